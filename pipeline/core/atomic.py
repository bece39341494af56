"""Writes files and folders so that they are complete or absent, even if a run is stopped or killed.

Each is made under a temporary name in the same folder and then renamed. `recover` cleans up after a killed run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

FILE, FOLDER = 0o644, 0o755
"""The modes of published files and folders, independent of the user's umask, so that a web server can read them."""


def put(path: Path, content: bytes, *, mode: int | None = FILE, synced: bool = True) -> bool:
    """Write `content` to `path` with one rename and return whether it had to change."""
    return bool(put_all({path: content}, mode=mode, synced=synced))


def put_all(files: Mapping[Path, bytes], *, mode: int | None = FILE, synced: bool = True) -> list[Path]:
    """Write each content to its path, each with one rename, and return the paths that had to change.

    With `synced`, all contents are on the disk before the first rename; files that can be made again do not need this.
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
    folder: Path,
    files: Iterable[tuple[str, bytes | Path]],
    *,
    mode: int = FILE,
    folder_mode: int = FOLDER,
    synced: bool = True,
) -> list[str]:
    """Replace `folder` with exactly these files with one rename and return the names of new and changed files.

    A name may have folders in it. A file that is given by its path becomes a hard link, which takes no space, or a copy
    with the same date if the file system has no hard links. Unchanged files keep their dates.
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
                write(new / name, content, mode, synced=synced)
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
    """Write a new file with this mode, independent of the user's umask; with None the umask decides."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode or 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        if synced:
            file.flush()
            os.fsync(handle)
    if mode is not None:
        path.chmod(mode)


def temporary(path: Path, state: str) -> Path:
    """Return the temporary name of a path while it is made (`new`) or replaced (`old`)."""
    return path.with_name(f".{state}-{os.getpid()}-{path.name}")


def exchange(new: Path, folder: Path) -> None:
    """Replace a folder with a finished one by renaming; if that fails, restore the replaced folder."""
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
    """Clean up below a folder after a killed run: restore what was being replaced, and remove what is incomplete."""
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
    """Write the names in a folder to the disk, if the system can do that for a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
