"""Where the time of a cold build goes: processor time by stage, in one process, and the dearest imports."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
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
    loaded = "from pipeline.build import packages, parallel\nlist(map(__import__, parallel.LIBRARIES))"
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


class InTurn(Executor):
    """Runs each task where it is submitted, so that the clocks do not mix."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(function(*arguments, **named))
        except BaseException as error:
            done.set_exception(error)
        return done


def build_in_turn(output: Path) -> None:
    """Build everything with a clock at every stage."""
    started = _clock()
    from pipeline import load
    from pipeline.build import cache, check, packages, parallel, site, tasks
    from pipeline.core.formats import FORMATS

    for name in parallel.LIBRARIES:
        import_module(name)
    seconds["import"] = _clock() - started
    composed = ("compose", "compose_page", "compose_speaker", "compose_message", "of_composed")
    published = ("of_seminar", "publish_package", "publish_speakers")
    of_site = ("compose_page", "put_folder")
    for module, names in (
        (load, ("load",)),
        (check, ("lacking",)),
        (cache, ("reading_lists",)),
        (packages, published),
        (tasks, composed),
        (site, of_site),
    ):
        for name in names:
            setattr(module, name, clocked(name.replace("_", " "), getattr(module, name)))
    for format in FORMATS.values():
        if format.writer:
            writer = import_module(f"pipeline.render.{format.writer}")
            writer.write = clocked(f"render {format.id}", writer.write)
    build = clocked("rest", packages.build)
    build(Path(), output, (), lambda path, seconds: None, (InTurn(), Path()))


if __name__ == "__main__":
    build_in_turn(Path(sys.argv[1]))
    for part, spent in seconds.most_common():
        print(f"{spent * 1000:9.1f}  {part}")
    print(f"{seconds.total() * 1000:9.1f}  together")
