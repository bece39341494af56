"""Judges each file of unknown origin in a child process of its own, limited in time and memory.

A file that crashes a library, or takes more time or memory than allowed, is refused; the others are judged all the
same. What this machine does is never the file's fault: a file that cannot be read, a clean copy that cannot be written
or a child that the system ends raises `OSError`. Neither is a mistake of this program: `judged` raises it at the end.

A child has the rights of the user: only `judge` prevents that a file takes it over. Each child has a pipe of its own,
so that it cannot answer for another file, and so that one that is killed while it answers blocks no other.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

from pipeline.collect import limits
from pipeline.collect.child import USUAL, Answer, Bounds, Job, Mistake, Task, answer_for, refused, run
from pipeline.core.interrupts import held_interrupt, one_interrupt
from pipeline.core.verdicts import Verdict

PROCESSES = 4  # at most, at a time
LOADED = (__name__, "pipeline.collect.warm_up")
"""The modules that the fork server loads once for all children."""
_GLIBC = {
    "MALLOC_MMAP_THRESHOLD_": str(8 * limits.MEGABYTE),  # each block of this size: a fifth less for large animations
    "MALLOC_TRIM_THRESHOLD_": str(8 * limits.MEGABYTE),  # only more than this: a twentieth faster with some photos
}
"""When the C library of Linux gives freed memory back to the system."""
SECONDS_TO_END = 1
CRASHES = {-signal.SIGABRT, -signal.SIGFPE, -signal.SIGILL, -signal.SIGSEGV}
"""How a library ends its process when a file breaks it; any other end of it is not the fault of the file."""


@dataclass(frozen=True, kw_only=True)
class _Child:
    job: Job
    process: BaseProcess
    answer: Connection
    deadline: float


def judged(
    jobs: Iterable[Job], judging: Callable[..., Verdict] | None = None, bounds: Bounds = USUAL
) -> Iterator[tuple[Job, Verdict]]:
    """Yield each file with its verdict as soon as it is ready; the clean copy is at `job.copy`, not in the verdict.

    `judging` is called in a child; without it, `judge` is.
    Large files come last, one after the other. A file over which this program makes a mistake gets no verdict: after
    all the others, raise the mistakes as an `ExceptionGroup`.
    """
    large: list[Job] = []  # filled in the first round
    mistakes: list[Mistake] = []
    rounds = ((jobs, min(os.cpu_count() or 1, PROCESSES), False), (large, 1, True))
    with one_interrupt():
        for files, at_once, alone in rounds:
            task = partial(answer_for, judging=judging, bounds=bounds, alone=alone)
            with closing(_answered(files, at_once, task, bounds)) as answered:
                for job, answer in answered:
                    if answer is None:
                        large.append(job)
                    elif isinstance(answer, Mistake):
                        mistakes.append(answer)
                    else:
                        yield job, answer
    if mistakes:
        raise ExceptionGroup("mistakes of this program: these files are not judged", mistakes)


def _answered(
    jobs: Iterable[Job], at_once: int, task: Task, bounds: Bounds
) -> Generator[tuple[Job, Verdict | Mistake | None], None, None]:
    """Yield each file with its answer as it becomes ready; raise `OSError` if the machine failed."""
    waiting, running, context = deque(jobs), dict[Connection, _Child](), start_server()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                with held_interrupt():
                    child = _started(waiting.popleft(), task, context, bounds)
                    running[child.answer] = child
            first = min(child.deadline for child in running.values())
            ready = wait(list(running), timeout=max(first - time.monotonic(), 0))
            late = [end for end, child in running.items() if child.deadline <= time.monotonic()]
            for end in [end for end in running if end in ready] or late:
                child, answer = running[end], _received(running[end], bounds)
                with held_interrupt():
                    _end(running.pop(end))
                yield child.job, answer
    finally:
        for child in running.values():  # left over only after an error or Ctrl-C
            _end(child)


def start_server() -> ForkServerContext | SpawnContext:
    """Return how processes are started; where the system has a fork server, it now loads its modules.

    This takes as long as judging some decks, and the caller can do something else at the same time.
    """
    if sys.platform == "win32" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    resource_tracker.ensure_running()
    forkserver.set_forkserver_preload(list(LOADED))
    with _inherited():
        forkserver.ensure_running()
    return multiprocessing.get_context("forkserver")


@contextmanager
def _inherited() -> Iterator[None]:
    """Set what processes that start now and their children inherit: memory is given back late, Ctrl-C is blocked."""
    ours = dict(os.environ)
    os.environ |= _GLIBC
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        for name in _GLIBC.keys() - ours.keys():
            del os.environ[name]
        os.environ |= ours


def _started(job: Job, task: Task, context: ForkServerContext | SpawnContext, bounds: Bounds) -> _Child:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(theirs, job, task), daemon=True)
    process.start()
    theirs.close()
    return _Child(job=job, process=process, answer=ours, deadline=time.monotonic() + bounds.clock)


def _received(child: _Child, bounds: Bounds) -> Verdict | Mistake | None:
    """Return the answer of a child, or what it means that there is none; raise `OSError` if the machine failed."""
    try:
        answer: Answer = child.answer.recv() if child.answer.poll() else _too_late(child, bounds)
    except (EOFError, OSError):  # the child has ended before its answer, or within it
        answer = _ended(child, bounds)
    if isinstance(answer, OSError):
        raise answer
    return answer


def _too_late(child: _Child, bounds: Bounds) -> Verdict | OSError:
    if sys.platform == "win32":
        return refused("zip-bomb", f"{bounds.clock:.0f} s")
    return OSError(errno.ETIMEDOUT, f"not judged within {bounds.clock:.0f} seconds", str(child.job.path))


def _ended(child: _Child, bounds: Bounds) -> Verdict | OSError:
    child.process.join(SECONDS_TO_END)
    code = child.process.exitcode
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return refused("zip-bomb", f"{bounds.processor} s")
    if code in CRASHES:
        return refused("zip-broken", "–")
    return OSError(errno.ECHILD, "the process that judged this file ended without an answer", str(child.job.path))


def _end(child: _Child) -> None:
    child.process.kill()
    child.process.join()
    child.process.close()
    child.answer.close()
