"""Files and folders that are complete or absent, whenever a run is stopped or killed.

Each is made under a temporary name beside its final one and then renamed. `recover` undoes what a killed run left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

FILE, FOLDER = 0o644, 0o755
"""The modes of published files and folders, whatever the user's umask: a web server can read them."""


def put(path: Path, content: bytes, *, mode: int | None = FILE, synced: bool = True) -> bool:
    """Make `path` hold `content` by one renaming and return whether it had to change."""
    return bool(put_all({path: content}, mode=mode, synced=synced))


def put_all(files: Mapping[Path, bytes], *, mode: int | None = FILE, synced: bool = True) -> list[Path]:
    """Make every path hold its content, each by one renaming, and return those that had to change.

    All are on the disk before the first is renamed, unless they need not be `synced` because they can be made again.
    """
    changed = [path for path, content in files.items() if not _holds(path, content)]
    new = {path: temporary(path, "new") for path in changed}
    try:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            new[path].unlink(missing_ok=True)  # a killed run may have had the same number
            write(new[path], files[path], mode, synced=synced)
        for path in changed:
            new[path].replace(path)
    finally:
        for left in new.values():
            left.unlink(missing_ok=True)
    return changed


def put_folder(
    folder: Path, files: Iterable[tuple[str, bytes | Path]], *, mode: int = FILE, folder_mode: int = FOLDER
) -> list[str]:
    """Make `folder` hold just these files by one renaming and return the names of those that are new or changed.

    A name may have folders in it. A file that is given by its path gets a second name (a hard link), which takes no
    space; where the file system has no such links, it is copied with its date. Unchanged files keep their dates.
    """
    new = temporary(folder, "new")
    shutil.rmtree(new, ignore_errors=True)
    names: set[str] = set()
    changed: list[str] = []
    try:
        new.mkdir(parents=True)
        new.chmod(folder_mode)
        for name, content in files:
            names.add(name)
            same = _holds(folder / name, content)
            changed += [] if same else [name]
            _make_folders((new / name).parent, folder_mode)
            source = content if isinstance(content, Path) else folder / name
            if isinstance(content, bytes) and not same:
                write(new / name, content, mode)
            else:
                _link(source, new / name)
        if not changed and names == _names(folder):
            return []
        for inner in (new, *(path for path in new.rglob("*") if path.is_dir())):
            _sync_folder(inner)
        exchange(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return changed


def write(path: Path, content: bytes, mode: int | None = FILE, *, synced: bool = True) -> None:
    """Write a new file; its mode is this one whatever the user's umask.

    Without a mode the umask decides, as for any file that somebody saves.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode or 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        if synced:
            file.flush()
            os.fsync(handle)
    if mode is not None:
        path.chmod(mode)


def temporary(path: Path, state: str) -> Path:
    """Return the name beside a path under which it is made (`new`) or replaced (`old`)."""
    return path.with_name(f".{state}-{os.getpid()}-{path.name}")


def exchange(new: Path, folder: Path) -> None:
    """Put a finished folder in the place of another by renaming; if that fails, the other one comes back."""
    old = temporary(folder, "old")
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        _sync_folder(folder.parent)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undo what a killed run left below a folder: put back what was being replaced, remove what was unfinished."""
    for left in _left_behind(folder, "old"):
        target = left.with_name(left.name.split("-", 2)[2])
        if target.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(target)
    for left in _left_behind(folder, "new"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _left_behind(folder: Path, state: str) -> list[Path]:
    """Return everything that has a temporary name; `rglob` takes ten times as long."""
    return sorted(
        Path(inside, name)
        for inside, folders, files in os.walk(folder)
        for name in (*folders, *files)
        if name.startswith(f".{state}-")
    )


def _holds(path: Path, content: bytes | Path) -> bool:
    try:
        if isinstance(content, Path):
            return path.samefile(content) or path.read_bytes() == content.read_bytes()
        return path.read_bytes() == content
    except OSError:
        return False


def _link(source: Path, new: Path) -> None:
    try:
        os.link(source, new)
    except OSError:
        shutil.copy2(source, new)


def _make_folders(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        _make_folders(folder.parent, mode)
        folder.mkdir()
        folder.chmod(mode)


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can do that for a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
