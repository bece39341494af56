"""The cases that are measured: what the pipeline and its reference do in each, and what must be reached."""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.bench.measure import Usage, alternated, peak, ratio, run
from tests.bench.peer import Peer
from tests.bench.role import Role

ONE = "africa-fr"
"""The seminar that stands for one seminar."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One case: seconds, how many times the reference takes them, bytes, and the targets in words."""

    case: str
    pipeline: Usage
    reference: Usage | None = None
    wall: float | None = None
    cpu: float | None = None
    memory: int | None = None
    target: str = ""
    goal: str = ""
    reached: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The project, its peer, a folder for all that is built, and how many rounds a short and a long case get."""

    root: Path
    peer: Peer
    scratch: Path
    short: int
    long: int

    def pipeline(self, command: str, *words: object) -> list[str]:
        """Return a command of the pipeline as the Makefile starts it."""
        start = re.search(r"^RUN := \S+ (.*)$", (self.root / "Makefile").read_text(), re.MULTILINE)[1]
        return [sys.executable, *shlex.split(start), command, *map(str, words)]

    @property
    def seminars(self) -> tuple[str, ...]:
        """The seminars by name: a build of named ones makes their packages and nothing else."""
        return tuple(sorted(path.stem for path in (self.root / "sources/seminars").glob("*.yaml")))

    def fresh(self, name: str) -> Path:
        """Return a folder that is not there yet."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        return folder


def cold(bench: Bench) -> Result:
    """All packages, nothing built before; without the site, which the peer does not make."""
    found = _against_peer(bench, "all five packages, cold", bench.seminars, bench.long)
    return _judged(found, found.wall >= 2.2 and found.cpu >= 2.5, "≥ 2.2× wall, ≥ 2.5× CPU", "≥ 4×, ≥ 4.5×")


def one_seminar(bench: Bench) -> Result:
    """One package, nothing built before."""
    found = _against_peer(bench, "one seminar, cold", (ONE,), bench.short)
    return _judged(found, found.wall >= 1.2, "≥ 1.2× wall", "≥ 2×")


def no_op(bench: Bench) -> Result:
    """Nothing to do: the start of Python is the reference, since nothing in Python can be faster."""
    output = bench.fresh("still")
    command = bench.pipeline("build", "--output", output)
    run(command, bench.root)
    still, nothing = alternated(
        (lambda: run(command, bench.root), lambda: run((sys.executable, "-c", "pass"), bench.root)), 3 * bench.short
    )
    memory = peak(command, bench.root, 0.002)[1]
    found = _result("nothing to do, against `python -c pass`", still, nothing, memory, ratio(still, nothing, "wall"))
    return _judged(found, found.wall <= 2.5, "≤ 2.5× as long", "≤ 2×")


def no_op_of_make(bench: Bench) -> Result:
    """Nothing to do, against the peer's make, which only looks at dates: no target, for information."""
    ours, theirs = bench.scratch / "still", bench.fresh("peer-still")
    run(bench.peer.command(theirs), bench.root)
    runs = (
        lambda: run(bench.pipeline("build", "--output", ours), bench.root),
        lambda: run(bench.peer.command(theirs), bench.root),
    )
    return _result("nothing to do, against make", *alternated(runs, 2 * bench.short), None)


def edited_role(bench: Bench) -> Result:
    """One role line edited; for the peer, all Markdown that prints the line has a new date."""
    copy = bench.fresh("edited")
    for name in ("sources", "templates", "bibliography"):
        shutil.copytree(bench.root / name, copy / name)
    role, number, output = Role.of_one_seminar(copy), itertools.count(1), bench.fresh("peer-edited")
    build = bench.pipeline("build", *bench.seminars, "--root", copy)
    run(build, bench.root)
    run(bench.peer.command(output), bench.root)

    def ours(measured: Callable = run) -> Usage:
        role.edit(f"({next(number)})")
        return measured(build, bench.root)

    def theirs() -> Usage:
        for path in role.printed_in(bench.peer.markdown):
            path.touch()
        return run(bench.peer.command(output), bench.root)

    found = _result("one edited role line", *alternated((ours, theirs), bench.short), ours(peak)[1])
    return _judged(found, found.wall >= 0.5, "≥ 0.5× wall", "≥ 1×")


def _against_peer(bench: Bench, case: str, seminars: tuple[str, ...], rounds: int) -> Result:
    def ours(measured: Callable = run) -> Usage:
        return measured(bench.pipeline("build", *seminars, "--output", bench.fresh("ours")), bench.root)

    def theirs() -> Usage:
        return run(bench.peer.command(bench.fresh("theirs"), seminars), bench.root)

    return _result(case, *alternated((ours, theirs), rounds), ours(peak)[1])


def _result(case: str, ours: list[Usage], theirs: list[Usage], memory: int | None, wall: float | None = None) -> Result:
    """Return medians; the ratios are those of neighbouring runs, reference to pipeline unless `wall` is given."""
    upwards = wall is None
    return Result(
        case=case,
        pipeline=middle(ours),
        reference=middle(theirs),
        wall=ratio(theirs, ours, "wall") if upwards else wall,
        cpu=ratio(theirs, ours, "cpu") if upwards else ratio(ours, theirs, "cpu"),
        memory=memory,
    )


def middle(usages: list[Usage]) -> Usage:
    """Return the median of each of the figures."""
    return Usage(wall=median(each.wall for each in usages), cpu=median(each.cpu for each in usages))


def _judged(found: Result, reached: bool, target: str, goal: str) -> Result:
    return replace(found, reached=reached, target=target, goal=goal)
