"""Both cores at work: processes that share what was read, each making one kind of one seminar at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.model import ReadingList, Seminar, Series

Make = Callable[..., list[Any]]
_shared: tuple[Path, Series, Mapping[str, Mapping[str, Any]], Make] | None = None


def _share(*values: Any) -> None:
    global _shared
    _shared = values


def _run(kind: str, seminar: str, reading: ReadingList | None) -> tuple[str, list[Any]]:
    root, series, known, make = _shared
    return seminar, make(kind, series.seminars[seminar], reading, series, root, known[seminar])


class Workers:
    """A pool of one process a core; where processes cannot be forked, the work is done here in turn.

    A forked process has the whole series already, so only a reading list travels to it and finished files back.
    """

    def __init__(self, root: Path, series: Series, known: Mapping[str, Mapping[str, Any]], make: Make) -> None:
        self.shared = (root, series, known, make)
        self.count = min(os.cpu_count() or 1, 8)

    def __enter__(self) -> Workers:
        _share(*self.shared)
        forks = "fork" in multiprocessing.get_all_start_methods() and self.count > 1
        context = multiprocessing.get_context("fork") if forks else None
        self.pool = ProcessPoolExecutor(self.count, mp_context=context) if forks else None
        return self

    def __exit__(self, *raised: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def start(self, seminar: Seminar, kind: str, reading: ReadingList | None) -> Future:
        """Begin to make one kind of a seminar."""
        if self.pool:
            return self.pool.submit(_run, kind, seminar.id, reading)
        done: Future = Future()
        done.set_result(_run(kind, seminar.id, reading))
        return done

    def finished(self, tasks: Iterable[Future]) -> Iterator[tuple[str, list[Any]]]:
        """Yield each task's seminar and files, in the order in which they were begun."""
        for task in tasks:
            yield task.result()
