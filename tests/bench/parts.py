"""Where the time of a cold build goes: processor time by stage, in one process, and the dearest imports."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

seconds: Counter[str] = Counter()
_running: list[str] = []


def _clock() -> float:
    """Return the processor time so far, of this process and of those it waited for: other work does not disturb it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def report(root: Path, output: Path) -> str:
    """Return the parts of a cold build in milliseconds, and the imports that cost most."""
    command = [sys.executable, "-m", "tests.bench.parts", str(output)]
    parts = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    loaded = "from pipeline.build.packages import LIBRARIES\nlist(map(__import__, LIBRARIES))"
    timed = [sys.executable, "-X", "importtime", "-c", loaded]
    said = subprocess.run(timed, cwd=root, capture_output=True, text=True, check=True).stderr
    rows = [line.partition(":")[2].split("|") for line in said.splitlines() if line.startswith("import time:")]
    dearest = sorted(((int(own), name.strip()) for own, _, name in rows[1:]), reverse=True)[:10]
    imports = "\n".join(f"{own / 1000:9.1f}  {name}" for own, name in dearest)
    head = "ms of processor time in one process, with what each stage imports on its way:"
    return f"{head}\n{parts}\nms of the dearest imports at the start:\n{imports}\n"


def clocked(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with a clock; what runs inside another clocked function is not counted twice."""

    @wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:
        started = _clock()
        _running.append(name)
        try:
            return function(*arguments, **named)
        finally:
            spent = _clock() - started
            _running.pop()
            seconds[name] += spent
            if _running:
                seconds[_running[-1]] -= spent

    return timed


class InTurn:
    """Stands for the pool of threads: one task after the other, so that the clocks do not mix."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make

    def __enter__(self) -> InTurn:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*arguments))
        return done

    def results(self, tasks: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
        for arguments in tasks:
            yield arguments[0], self.make(*arguments)


def build_in_turn(output: Path) -> None:
    """Build everything with a clock at every stage."""
    started = _clock()
    from pipeline import load
    from pipeline.build import packages as build
    from pipeline.build import schedule as press
    from pipeline.build import tasks as make
    from pipeline.core.formats import FORMATS

    for name in build.LIBRARIES:
        import_module(name)
    seconds["import"] = _clock() - started
    press.Workers, build.beside.begun = InTurn, lambda work: work
    stages = ("lacking", "prepare", "compose_page", "_publish_package", "_publish_speakers")
    composed = ("compose", "compose_speaker", "compose_message", "content_of", "of_composed")
    for module, names in ((load, ("load",)), (build, ("of_seminar",)), (press, stages), (make, composed)):
        for name in names:
            setattr(module, name, clocked(name.strip("_").replace("_", " "), getattr(module, name)))
    build.reading_lists = clocked("pandoc", build.reading_lists)
    for format in FORMATS.values():
        if format.writer:
            writer = import_module(f"pipeline.render.{format.writer}")
            writer.write = clocked(f"render {format.id}", writer.write)
    clocked("rest", build.build)(Path(), output, (), lambda path, seconds: None)


if __name__ == "__main__":
    build_in_turn(Path(sys.argv[1]))
    for part, spent in seconds.most_common():
        print(f"{spent * 1000:9.1f}  {part}")
    print(f"{seconds.total() * 1000:9.1f}  together")
