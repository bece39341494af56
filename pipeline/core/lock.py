"""One run at a time: a lock that the system frees when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


def say_on_stderr(holder: str) -> None:
    """Tell that a build waits for another one."""
    print(f"Another build is at work here ({holder}); waiting for it to end.", file=sys.stderr, flush=True)


@contextmanager
def locked(
    folder: Path, busy: Callable[[str], None] = say_on_stderr, *, name: str = ".lock", mode: int = 0o644
) -> Iterator[None]:
    """Hold the lock of a folder, which is made if need be.

    If another process holds it, call `busy` with that process, then wait; a `busy` that raises does not wait.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / name, mode=mode, fallback_to_soft=False, on_acquired=_sign)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        busy(_holder(folder / name))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _sign(handle: int) -> None:
    """Write into the lock file which process holds it."""
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0)
    os.write(handle, f"process {os.getpid()}".encode())


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip() or "another process"
    except OSError:  # Windows lets nobody read a locked file
        return "another process"
