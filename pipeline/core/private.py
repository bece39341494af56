"""Makes files and folders with personal data readable only for the account that owns them."""

from __future__ import annotations

import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def keep_private(path: Path) -> None:
    """Remove all rights of other accounts on a file, or on a folder and everything in it.

    Links in the folder are not changed, since their targets are outside; files that are deleted meanwhile are skipped.
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
