"""A folder with folders in it that is filled beside the one it replaces, and takes its place whole or not at all.

Finished files that stand elsewhere below the output are hard-linked: they take no room a second time, can be copied or
uploaded like any other, and stay as they were when the place they came from is built anew.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.core.atomic import beside, exchange, sync_all, write


class Tree:
    """The folder that is to stand at `folder`, while it is filled; leaving it unpublished takes nothing away."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.new = folder, beside(folder, "new")
        self.names: set[str] = set()
        self.changed: list[str] = []
        self.written: list[Path] = []

    def __enter__(self) -> Tree:
        shutil.rmtree(self.new, ignore_errors=True)
        self._make(self.new)
        return self

    def __exit__(self, *raised: object) -> None:
        shutil.rmtree(self.new, ignore_errors=True)

    def add(self, name: str, content: bytes | Path) -> bool:
        """Put a file in place, from its bytes or from where it stands finished, and return whether it has changed."""
        old, new = self.folder / name, self.new / name
        self._make(new.parent)
        same = _same(old, content)
        source = content if isinstance(content, Path) else old if same else None
        if source:
            _carried(source, new)
        else:
            write(new, content)
            self.written.append(new)
        self.names.add(name)
        self.changed += [] if same else [name]
        return not same

    def size(self, name: str) -> int:
        """Return the size of a file that was added."""
        return (self.new / name).stat().st_size

    def publish(self) -> bool:
        """Put the folder in its place by renaming, unless it would change nothing, and return whether it was put."""
        if not self.changed and self.names == _names(self.folder):
            return False
        folders = [self.new, *(path for path in self.new.rglob("*") if path.is_dir())]
        sync_all([*self.written, *folders])
        exchange(self.new, self.folder)
        return True

    def _make(self, folder: Path) -> None:
        """Make a folder that a web server may enter, whatever the umask."""
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o755)


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _same(old: Path, content: bytes | Path) -> bool:
    """Return whether what stands there has this content already."""
    try:
        if isinstance(content, Path):
            return old.samefile(content) or old.read_bytes() == content.read_bytes()
        return old.read_bytes() == content
    except OSError:
        return False


def _carried(source: Path, new: Path) -> None:
    """Give a file a second name; where a file system knows only one, copy it with its date."""
    try:
        os.link(source, new)
    except OSError:
        shutil.copy2(source, new)
