"""Ctrl-C in a program that runs child processes: it reaches the parent once, and no child outlives the parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def follow_parent() -> None:
    """Ignore Ctrl-C in this child process, which the parent handles, and end this process whenever the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def one_interrupt() -> Iterator[None]:
    """Let the first Ctrl-C raise `KeyboardInterrupt`; ignore later ones while the processes end."""

    def interrupt(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    with _handler(interrupt):
        yield


@contextmanager
def held_interrupt() -> Iterator[None]:
    """Delay a Ctrl-C while processes and threads start: otherwise some of them would wait forever."""
    pressed: list[int] = []
    with _handler(lambda number, _frame: pressed.append(number)):
        yield
    if pressed:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _handler(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Handle Ctrl-C with a function, except outside the main thread, where Python forbids it, or if it is ignored."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is handler:
            signal.signal(signal.SIGINT, before)
