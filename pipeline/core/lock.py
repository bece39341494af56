"""One build at a time: a lock that the kernel frees when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the project's lock; if somebody else does, say who and wait."""
    try:
        import fcntl
    except ImportError:  # Windows: no lock of this kind; the renamings still keep every file whole
        yield
        return
    output.mkdir(parents=True, exist_ok=True)
    handle = os.open(output / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 100).decode(errors="replace").strip() or "somebody"
            print(f"Another build is at work here ({holder}); waiting for it to end.", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(handle)
