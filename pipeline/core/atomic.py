"""Ground floor: files and folders that are whole or not there at all, whenever a run is stopped or killed.

Each is made under a name beside its own and takes its place by renaming; `recover` knows these names, in the folders
that it is given.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

FEW = 3
"""Fewer files than these are brought to the disk one after the other."""


def put(path: Path, content: bytes, *, mode: int | None = 0o644, synced: bool = True) -> bool:
    """Make `path` hold `content` by one renaming and return whether it had to change."""
    return bool(put_all({path: content}, mode=mode, synced=synced))


def put_all(files: Mapping[Path, bytes], *, mode: int | None = 0o644, synced: bool = True) -> list[Path]:
    """Make every path hold its content, each by one renaming, and return those that had to change.

    They are on the disk before they are renamed, unless they need not be `synced` since they can be made again.
    """
    changed = [path for path, content in files.items() if not _is(path, content)]
    new = {path: beside(path, "new") for path in changed}
    try:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            new[path].unlink(missing_ok=True)  # a killed run may have had the same number
            write(new[path], files[path], mode)
        if synced:
            sync_all(new.values())
        for path in changed:
            new[path].replace(path)
    finally:
        for left in new.values():
            left.unlink(missing_ok=True)
    return changed


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def write(path: Path, content: bytes, mode: int | None = 0o644) -> None:
    """Write a new file whole, not yet onto the disk; its mode is this one whatever the caller's umask.

    Without one the umask decides, as for any file that somebody saves.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    if mode is not None:
        path.chmod(mode)


def beside(path: Path, state: str) -> Path:
    """Return the name beside a path under which it is made (`new`) or replaced (`old`)."""
    return path.with_name(f".{state}-{os.getpid()}-{path.name}")


def exchange(new: Path, folder: Path) -> None:
    """Put a whole new folder in the place of another by renaming; if that fails, what was there comes back."""
    old = beside(folder, "old")
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        _sync(folder.parent)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undo what a killed run left below a folder: put back a folder that was being replaced, remove halves."""
    for left in _left(folder, "old"):
        target = left.with_name(left.name.split("-", 2)[2])
        if target.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(target)
    for left in _left(folder, "new"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _left(folder: Path, state: str) -> list[Path]:
    """Return all that bears a name of `beside`; `rglob` takes ten times as long."""
    walk = os.walk(folder)
    return sorted(Path(at, name) for at, *names in walk for name in sum(names, []) if name.startswith(f".{state}-"))


def sync_all(paths: Iterable[Path]) -> None:
    """Bring files and folders to the disk at the same time: the disk then writes them in one go."""
    paths = list(paths)
    if len(paths) < FEW:  # to hand them to threads takes longer than they would wait
        for path in paths:
            _sync(path)
        return
    list(_disk().map(_sync, paths))


@lru_cache(maxsize=1)
def _disk() -> ThreadPoolExecutor:
    """Return the threads that wait for the disk: the same ones the whole time.

    A process that is forked after their first use has none of them, so none is ever forked then.
    """
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(8)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
