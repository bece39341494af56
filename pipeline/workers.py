"""Both cores at work: processes that share what was read, each making the files of one task at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

AHEAD = 80
"""Tasks begun before the first has to be finished: some seminars' worth."""

_shared: tuple[Any, ...] | None = None


def _run(task: Any, reading: Any) -> tuple[str, list[Any]]:
    make, root, series, known = _shared
    return task.seminar, make(task, reading, series, root, known[task.seminar])


class Workers:
    """A pool of one process a core; where processes cannot be forked, the work is done here in turn.

    A forked process has the whole series already, so only a reading list travels to it and finished files back.
    """

    def __init__(self, make: Callable[..., list[Any]], root: Any, series: Any, known: Any) -> None:
        self.shared = (make, root, series, known)
        self.count = min(os.cpu_count() or 1, 8)

    def __enter__(self) -> Workers:
        global _shared
        _shared = self.shared
        gc.freeze()  # what is shared now is never looked through again, which would copy it into every process
        forks = "fork" in multiprocessing.get_all_start_methods() and self.count > 1
        context = multiprocessing.get_context("fork") if forks else None
        self.pool = ProcessPoolExecutor(self.count, mp_context=context) if forks else None
        return self

    def __exit__(self, *raised: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def results(self, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, list[Any]]]:
        """Yield the seminar and files of each task with its reading list, in order.

        Some tasks are begun ahead, so that no process waits; the others only then, so that few files are held at once.
        """
        begun: deque[Future] = deque()
        for task, reading in tasks:
            begun.append(self._begun(task, reading))
            if len(begun) > AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()

    def _begun(self, task: Any, reading: Any) -> Future:
        if self.pool:
            return self.pool.submit(_run, task, reading)
        done: Future = Future()
        done.set_result(_run(task, reading))
        return done
