"""Personal data can be read by its owner's account alone: files and folders lose the rights of everybody else."""

from __future__ import annotations

import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def keep_private(path: Path) -> None:
    """Take all rights on a file, or on a folder and everything in it, from everybody but its owner.

    Links in it stay as they are, since their targets lie elsewhere; what is deleted meanwhile is passed over.
    """
    _narrow(path.resolve())
    for folder, inner, names in os.walk(path):
        for name in (*inner, *names):
            _narrow(Path(folder, name))


def _narrow(path: Path) -> None:
    mode = FOLDER if path.is_dir() else FILE
    try:
        if not path.is_symlink() and path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)
    except FileNotFoundError:  # the journal of a database, or a temporary file of another run
        return
