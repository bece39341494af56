"""Work in a process beside this one, for the start of a build, when Python's own lock leaves the second core idle."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Begin `work` in a forked process and return what gives its result, which has to be one that can be pickled.

    Whatever goes wrong there happens once more, and is seen, here: sources with mistakes are simply read again. Where
    there is no second core, or no system on which a process can safely be forked, all is done here.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 or threading.active_count() > 1:
        return work
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        _hand_over(work, outlet)
    os.close(outlet)

    def result() -> T:
        with os.fdopen(inlet, "rb") as pipe:
            content = pipe.read()
        _, status = os.waitpid(child, 0)
        return work() if status else pickle.loads(content)

    return result


def _hand_over(work: Callable[[], T], outlet: int) -> NoReturn:
    """Write the result and end at once: nothing that the other process has open is closed or flushed twice."""
    code = 1
    try:
        os.closerange(3, outlet)  # the lock of the project among them, which ends with the process that took it
        content = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(outlet, "wb") as pipe:
            pipe.write(content)
        code = 0
    finally:
        os._exit(code)
