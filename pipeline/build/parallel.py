"""Both cores at work: threads that make the files of one task at a time.

Threads, not processes: Typst and pandoc take half of a build's time and need no Python meanwhile, so that two threads
keep two cores busy; what was imported and read is there once, and no finished file has to travel.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

AHEAD = 40
"""Tasks begun before the first has to be finished: some seminars' worth."""


class Workers:
    """A pool of one thread a core; `make` takes what `results` is given, one task at a time."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make

    def __enter__(self) -> Workers:
        self.pool = ThreadPoolExecutor(min(os.cpu_count() or 1, 8))
        return self

    def __exit__(self, *raised: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Begin anything else beside the tasks."""
        return self.pool.submit(function, *arguments)

    def results(self, tasks: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
        """Yield the first of each task's arguments with what was made of it, in order.

        Some are begun ahead, so that no thread waits; the others only then, so that few files are held at once.
        """
        begun: deque[tuple[Any, Future]] = deque()
        for arguments in tasks:
            begun.append((arguments[0], self.pool.submit(self.make, *arguments)))
            if len(begun) > AHEAD:
                task, made = begun.popleft()
                yield task, made.result()
        for task, made in begun:
            yield task, made.result()
