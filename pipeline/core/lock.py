"""A lock for one run at a time; the system frees it whenever the process that holds it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def locked(folder: Path, busy: Callable[[str], None], *, name: str = ".lock", mode: int = 0o644) -> Iterator[None]:
    """Hold the lock of a folder, which is made if it does not exist.

    If another process holds the lock, call `busy` with a description of that process, then wait, unless `busy` raises.
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
    except OSError:  # Windows does not allow reading a locked file
        return "another process"
