"""Judges each file of unknown origin in its own process, limited in time and memory; a crash affects that file only.

A file that cannot be read, or a clean copy that cannot be written, is an error of this machine and not of the file: the
caller gets the `OSError` of the child process.

Each child process writes the clean copy to the disk and sends a verdict without it, so that a hundred decks take no
more memory than one. Small files are judged in parallel; the large ones come last, one after the other.
"""

from __future__ import annotations

import errno
import mmap
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.collect import limits
from pipeline.collect.findings import Finding, Verdict
from pipeline.collect.judge import judge

SECONDS = 60  # for one file
MEMORY = 1_000_000_000  # bytes of address space beyond what this program already has
TOGETHER = 160_000_000  # bytes of memory for all files that are judged in parallel
MOST = 4  # processes
HEAVY = "heavy"
ENDED = {-signal.SIGXCPU, -signal.SIGKILL}  # how the system ends a process that exceeds its limits
UNREADABLE = {-signal.SIGBUS}  # likewise, if a mapped file cannot be read or became shorter


@dataclass(frozen=True, kw_only=True)
class Job:
    """A file to be judged with the options of `judge`, and where its clean copy goes."""

    path: Path
    copy: Path
    options: dict[str, Any]


@dataclass(kw_only=True)
class _Child:
    job: Job
    process: BaseProcess
    deadline: float


def judged(jobs: Iterable[Job]) -> Iterator[tuple[Job, Verdict]]:
    """Yield each file with its verdict as soon as it is ready; the clean copy is at `job.copy`, not in the verdict."""
    _prepare()
    most = min(os.cpu_count() or 1, MOST)
    heavy: list[Job] = []
    for job, answer in _answered(jobs, most, TOGETHER // most):
        if answer == HEAVY:
            heavy.append(job)
        else:
            yield job, answer
    yield from _answered(heavy, 1, None)


def _answered(jobs: Iterable[Job], most: int, share: int | None) -> Iterator[tuple[Job, Any]]:
    """Yield each file with its verdict, or with HEAVY if it may take more memory than its share."""
    waiting = list(reversed(list(jobs)))
    running: dict[Connection, _Child] = {}
    try:
        while waiting or running:
            while waiting and len(running) < most:
                job = waiting.pop()
                size = job.path.stat().st_size
                if size > limits.FILE_BYTES:
                    yield job, _refused("too-large", f"{size // limits.MEGABYTE} MB")
                    continue
                end, process = _started(job, share)
                running[end] = _Child(job=job, process=process, deadline=time.monotonic() + SECONDS)
            yield from _heard(running)
    finally:
        for child in running.values():  # left over only after an error
            child.process.kill()
            child.process.join()


def _heard(running: dict[Connection, _Child]) -> Iterator[tuple[Job, Any]]:
    """Wait for the children; yield the answers of those that are ready, else the refusal of those that are too late."""
    pause = min((child.deadline for child in running.values()), default=0.0) - time.monotonic()
    ready = wait(list(running), timeout=max(pause, 0))
    late = [end for end, child in running.items() if child.deadline < time.monotonic()]
    for end in [end for end in running if end in ready] if ready else late:
        child = running.pop(end)
        answer = _received(end, child.process, child.job.path) if ready else _too_long()
        child.process.kill()
        child.process.join()
        end.close()
        if isinstance(answer, OSError):
            raise answer
        yield child.job, answer


def _received(end: Connection, process: BaseProcess, path: Path) -> Any:
    """Return the answer of a child; a child that ended without an answer refuses its file, unless the disk failed."""
    try:
        return end.recv()
    except EOFError:
        process.join(1)
        if process.exitcode in UNREADABLE:
            return OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return _too_long() if process.exitcode in ENDED else _refused("zip-broken", "–")


def _too_long() -> Verdict:
    return _refused("zip-bomb", f"{SECONDS} s")


def _refused(code: str, detail: str) -> Verdict:
    return Verdict(status="refused", refusals=(Finding(code=code, detail=detail),))


# --- the children ----------------------------------------------------------------------------------------------------


def _prepare() -> None:
    """Load the readers of pictures once, before the children start."""
    Image.preinit()


def _started(job: Job, share: int | None) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, job, share), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _child(end: Connection, job: Job, share: int | None) -> None:
    """Judge one file within limits, write its copy and send the verdict; send HEAVY if it may exceed its share."""
    _silenced()
    try:
        content = _mapped(job.path)
        _bounded()
        if share is not None and weight(content) > share:
            end.send(HEAVY)
            return
        verdict = judge(content, **job.options)
        if verdict.content:
            job.copy.write_bytes(verdict.content)
        end.send(replace(verdict, content=b""))
    except MemoryError:
        end.send(_refused("zip-bomb", f"> {MEMORY // 1_000_000} MB"))
    except OSError as error:  # it cannot be read, or its copy cannot be written
        error.filename = error.filename or str(job.copy)
        end.send(error)


def _silenced() -> None:
    """Keep the warnings of picture libraries, in Python and in C, off the screen; tracebacks are still printed."""
    warnings.simplefilter("ignore")
    sys.stderr = os.fdopen(os.dup(2), "w")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - `os.devnull` is no path on Windows
        os.dup2(nowhere.fileno(), 2)


def _mapped(path: Path) -> bytes | mmap.mmap:
    """Return a file mapped into memory: only the pages that are read take memory."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def _bounded() -> None:
    import resource  # Windows has no such module

    memory = Path("/proc/self/statm")
    used = int(memory.read_text().split()[0]) * resource.getpagesize() if memory.exists() else 0
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # SIGXCPU first, SIGKILL a second later
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
