"""Judges one file in a child process, within bounds of time and memory.

Threat: a file that takes all of the machine. One that takes more memory than allowed is refused here; one that ends its
process is left to `workers`. The libraries of `judge` are loaded in the child only: the parent does without.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.collect import limits
from pipeline.core.interrupts import follow_parent
from pipeline.core.verdicts import Finding, Verdict

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, kw_only=True)
class Job:
    """A file to be judged with the options of `judge`, and where its clean copy goes."""

    path: Path
    copy: Path
    options: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one child may take: seconds of the processor and on the clock, and bytes of address space of its own.

    The processor and the memory are limited where the system can do it; elsewhere the clock counts instead.
    """

    processor: int = 60
    clock: float = 300
    memory: int = 1_000_000_000


USUAL = Bounds()


class Mistake(Exception):
    """A mistake of this program in a child, as the text of its traceback."""


Answer = Verdict | OSError | Mistake | None
"""What a child sends: the verdict without its clean copy, an error, or None for a file to be judged alone."""
Task = Callable[[Job], Answer]


def run(answer: Connection, job: Job, task: Task) -> None:
    """Send the answer for one file; warnings of libraries, in Python and in C, stay off the screen."""
    follow_parent()
    warnings.simplefilter("ignore")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    answer.send(task(job))


def answer_for(job: Job, *, judging: Callable[..., Verdict] | None, bounds: Bounds, alone: bool) -> Answer:
    """Judge one file within the bounds, write its clean copy, and return what the parent must know."""
    try:
        from pipeline.collect.judge import judge
        from pipeline.collect.large import is_large

        _limit(bounds)
        size = job.path.stat().st_size
        if size > limits.FILE_BYTES:
            return refused("too-large", f"{size // limits.MEGABYTE} MB")
        with job.path.open("rb") as file:
            if not alone and is_large(file):
                return None
            file.seek(0)
            verdict = (judging or judge)(file, **job.options)
        if verdict.content:
            job.copy.write_bytes(verdict.content)
        return replace(verdict, content=b"")
    except MemoryError:
        return refused("zip-bomb", f"> {bounds.memory // 1_000_000} MB")
    except Exception as error:
        if isinstance(error, OSError) and error.errno:  # the system's: those of Pillow have no number
            return OSError(error.errno, error.strerror, error.filename or str(job.copy))
        return Mistake(f"{str(job.path)!r}\n{traceback.format_exc()}")


def _limit(bounds: Bounds) -> None:
    """Limit this process, where the system can; the memory only where it tells how much the program has."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.processor, bounds.processor + 1))  # SIGXCPU, then SIGKILL
    used = Path("/proc/self/statm")
    if used.exists():
        most = int(used.read_text().split()[0]) * resource.getpagesize() + bounds.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def refused(code: str, detail: str) -> Verdict:
    """Return the verdict on a file that took its process down, or too much of the machine."""
    return Verdict(status="refused", refusals=(Finding(code=code, detail=detail),))
