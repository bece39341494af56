"""Judges files from outside in processes of their own, bounded in time and memory: what breaks there breaks alone.

Each child leaves the clean copy on the disk and sends home a verdict without it, so that a hundred decks take no more
memory than one. Small files are judged side by side; a large one waits until it is alone.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from pipeline.collect import limits
from pipeline.collect.judge import judge
from pipeline.collect.verdict import Finding, Verdict
from pipeline.collect.weight import weight

SECONDS = 60  # for one file, from the moment it may begin
MEMORY = 1_000_000_000  # bytes of address space beyond what this program already has
TOGETHER = 160_000_000  # bytes of memory for all files that are judged side by side
MOST = 4  # processes


@dataclass(frozen=True, kw_only=True)
class Job:
    """A file to be judged with the options of `judge`, and where its clean copy goes."""

    path: Path
    copy: Path
    options: dict[str, Any]


@dataclass(kw_only=True)
class _Child:
    job: Job
    process: Any
    deadline: float = float("inf")  # it waits for its turn


def judged(jobs: Iterable[Job], scratch: Path) -> Iterator[tuple[Job, Verdict]]:
    """Yield each file with its verdict, as they are ready; the copy is at its place, not in the verdict.

    `scratch` is a folder on this disk that nobody else uses.
    """
    _prepare()
    waiting, running = list(reversed(list(jobs))), {}
    most = min(os.cpu_count() or 1, MOST)
    while waiting or running:
        while waiting and len(running) < most:
            job = waiting.pop()
            size = job.path.stat().st_size
            if size > limits.FILE_BYTES:
                yield job, _refused("too-large", f"{size // limits.MEGABYTE} MB")
                continue
            end, process = _started(job, scratch / "turn", TOGETHER // most)
            running[end] = _Child(job=job, process=process)
        yield from _heard(running)


def _heard(running: dict[Connection, _Child]) -> Iterator[tuple[Job, Verdict]]:
    """Wait for word from the children; yield the verdicts of those that are ready or out of time."""
    pause = min((child.deadline for child in running.values()), default=0.0) - time.monotonic()
    for end in wait(list(running), timeout=None if pause == float("inf") else max(pause, 0)):
        answer = _received(end)
        if answer == "begun":
            running[end].deadline = time.monotonic() + SECONDS
            continue
        child = running.pop(end)
        child.process.join()
        end.close()
        yield child.job, answer
    for end in [end for end, child in running.items() if child.deadline < time.monotonic()]:
        child = running.pop(end)
        child.process.kill()
        child.process.join()
        end.close()
        yield child.job, _refused("zip-bomb", f"{SECONDS} s")


def _received(end: Connection) -> Verdict | str:
    try:
        return end.recv()
    except EOFError:  # the child was ended by its bounds or crashed: nothing of the file has come through
        return _refused("zip-broken", "–")


def _refused(code: str, detail: str) -> Verdict:
    return Verdict(status="refused", refusals=(Finding(code=code, detail=detail),))


# --- the children ----------------------------------------------------------------------------------------------------


def _prepare() -> None:
    """Load what every child needs, once."""
    import lxml.etree  # noqa: F401
    from PIL import Image

    import pipeline.collect.remarks  # noqa: F401

    Image.preinit()


def _started(job: Job, turn: Path, share: int) -> tuple[Connection, Any]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, job, turn, share), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _child(end: Connection, job: Job, turn: Path, share: int) -> None:
    """Bounded, read and judge one file, leave its copy and send the verdict home."""
    _bounded()
    try:
        content = job.path.read_bytes()
        with turn.open("ab") as file:
            _wait_for_turn(file, alone=weight(content) > share)
            end.send("begun")
            verdict = judge(content, **job.options)
            del content
        if verdict.content:
            job.copy.write_bytes(verdict.content)
        end.send(replace(verdict, content=b""))
    except MemoryError:
        end.send(_refused("zip-bomb", f"> {MEMORY // 1_000_000} MB"))


def _wait_for_turn(file: Any, *, alone: bool) -> None:
    """Wait until no large file is judged, and if this is one, until none is; the kernel ends it with the process."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)


def _bounded() -> None:
    import resource

    memory = Path("/proc/self/statm")
    used = int(memory.read_text().split()[0]) * resource.getpagesize() if memory.exists() else 0
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
