"""Runs tasks in one process for each core of this machine, or on the machines of a Dask scheduler.

A task is a plain function whose arguments and result can be pickled. It reads templates and pictures from the folder
that `folder` gives it and writes nothing: only the caller writes to the disk.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from pipeline.build.fingerprint import program
from pipeline.core.atomic import put
from pipeline.core.interrupts import follow_parent, held_interrupt, one_interrupt
from pipeline.core.problems import ToolError

LIBRARIES = (
    *(f"pipeline.render.to_{format}" for format in ("docx", "pptx", "pdf", "html", "eml", "ics")),
    *("jinja2", "markdown_it", "babel.dates"),
)
"""The modules that make documents: loading them takes as long as reading the sources."""
SHIPPED = ("templates", "sources/logos")
"""The folders of the project that every task reads."""
MOST = 16
"""The largest number of processes on this machine: starting more takes longer than a build of a few seminars."""
AHEAD = 2 * MOST
"""The largest number of tasks of `in_order` that run or wait, so that memory does not grow with the number of tasks."""
KILLED = "a process that made files was killed, or ran out of memory; start again"
SECONDS = 10
"""The longest wait for the answer of a scheduler."""


Argument = TypeVar("Argument")
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The files that tasks read, by path, for workers on other machines; `program` is the version that sends them."""

    files: Mapping[str, bytes]
    program: str

    def __hash__(self) -> int:
        return hash(tuple(self.files.items()))


Files = Path | Copy
"""The folder of the project, or a copy of the files in it that tasks read."""
Workers = tuple[Executor, Any]
"""An executor, and the `Files` for its tasks: a path, or the future with which Dask sends the copy."""


@contextmanager
def executor(root: Path, scheduler: str = "", libraries: Sequence[str] = LIBRARIES) -> Iterator[Workers]:
    """Yield an executor, and the argument of its tasks for `folder`.

    Without a scheduler, tasks run in processes of this machine, which load the `libraries` while the caller continues;
    with one (`tcp://host:8786`), they run on its workers.
    """
    if scheduler:
        with _distributed(scheduler, _copy(root)) as workers:
            yield workers
        return
    count = min(os.cpu_count() or 1, MOST)
    pool = ProcessPoolExecutor(count, initializer=_begin_worker, initargs=(libraries,))
    with one_interrupt():
        try:
            with held_interrupt():
                pool.submit(os.getpid)  # starts the processes
            yield pool, root
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _distributed(scheduler: str, copy: Copy) -> Iterator[Workers]:
    try:
        from distributed import Client  # takes a second to import, and is an extra
    except ImportError:
        raise ToolError(
            "`--scheduler` needs Dask: install it with `pip install 'seminar-package-pipeline[distributed]'`"
        ) from None
    try:
        client = Client(scheduler, timeout=SECONDS)
    except (OSError, ValueError) as error:
        cure = "start it with `dask scheduler`, and `dask worker` on each machine"
        raise ToolError(f"no scheduler answers at {scheduler} ({error}); {cure}") from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise ToolError(f"the scheduler at {scheduler} has no workers; start `dask worker {scheduler}`")
        yield client.get_executor(pure=False), client.scatter(copy, broadcast=True, hash=False)


def in_order(
    task: Callable[[Argument, Files], Result],
    arguments: Sequence[Argument],
    root: Path,
    scheduler: str = "",
    libraries: Sequence[str] = (),
) -> Iterator[Result]:
    """Yield the result of the task for each argument, in their order; raise `ToolError` if a process is killed.

    A single task without a scheduler runs in this process: starting others would take longer.
    """
    if len(arguments) < 2 and not scheduler:
        yield from (task(argument, root) for argument in arguments)
        return
    waiting: deque[Future[Result]] = deque()
    with executor(root, scheduler, libraries) as (pool, files):
        try:
            for argument in arguments:
                waiting.append(pool.submit(task, argument, files))
                if len(waiting) == AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise ToolError(KILLED) from None


def folder(files: Files, more: Mapping[str, bytes] = {}) -> Path:  # noqa: B006 -- is only read
    """Return the folder that a task reads; `more` are files that only this task needs, by path."""
    if isinstance(files, Path):
        return files
    if files.program != program():
        raise ToolError("a worker runs another version of the program; install the same one on all machines")
    place = Path(_unpacked(files).name)
    for path, content in more.items():
        put(place / path, content, synced=False)
    return place


@lru_cache(maxsize=1)
def _unpacked(copy: Copy) -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="seminars-")
    for path, content in copy.files.items():
        put(Path(place.name) / path, content, synced=False)
    return place


def _copy(root: Path) -> Copy:
    paths = [path for name in SHIPPED for path in sorted((root / name).rglob("*")) if path.is_file()]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return Copy(files=files, program=program())


def _begin_worker(libraries: Sequence[str]) -> None:
    """End whenever the parent process ends, and load the libraries."""
    follow_parent()
    for name in libraries:
        import_module(name)
