"""Judges files from outside in processes of their own, bounded in time and memory: what breaks there breaks alone."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from pipeline.collect.judge import judge
from pipeline.collect.verdict import Finding, Verdict

SECONDS = 60
MEMORY = 1_000_000_000  # bytes of address space beyond what this program already has
LARGEST = 200_000_000  # bytes of a returned file


def judged(files: Iterable[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Path, Verdict]]:
    """Yield each file with its verdict, in the order in which they are ready; options are those of `judge`."""
    waiting = list(reversed(list(files)))
    running: dict[Connection, tuple[Path, Any]] = {}
    while waiting or running:
        while waiting and len(running) < min(os.cpu_count() or 1, 4):
            path, options = waiting.pop()
            if path.stat().st_size > LARGEST:
                yield path, _refused("too-large", f"{path.stat().st_size // 1_000_000} MB")
                continue
            end, process = _started(path, options)
            running[end] = (path, process)
        ready = wait(list(running), timeout=SECONDS)
        for end in ready or list(running):
            path, process = running.pop(end)
            yield path, _answer(end, process) if ready else _ended(process)


def _started(path: Path, options: dict[str, Any]) -> tuple[Connection, Any]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_judge, args=(theirs, path, options), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _judge(end: Connection, path: Path, options: dict[str, Any]) -> None:
    """The child: bounded, it reads and judges one file and sends the verdict home."""
    import resource

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if Path("/proc").exists() else 0
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        end.send(judge(path.read_bytes(), **options))
    except MemoryError:
        end.send(_refused("zip-bomb", "memory"))


def _answer(end: Connection, process: Any) -> Verdict:
    try:
        verdict = end.recv()
    except EOFError:  # the child was ended by its bounds or crashed: nothing of the file has come through
        verdict = _refused("zip-broken", "the file could not be examined")
    process.join()
    end.close()
    return verdict


def _ended(process: Any) -> Verdict:
    process.kill()
    process.join()
    return _refused("zip-bomb", f"{SECONDS} s")


def _refused(code: str, detail: str) -> Verdict:
    return Verdict(status="refused", refusals=(Finding(code=code, detail=detail),))
