"""Certificates become files, several at a time; each is complete or absent, and only its owner can read it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.certificates.records import Issued
from pipeline.core.atomic import put
from pipeline.core.private import FILE, FOLDER
from pipeline.core.problems import ToolError

CERTIFICATES = "certificates"
"""The folder beside a seminar's package; none of its files goes into the package."""

LIST = "list.csv"
"""The table in that folder, for a mail merge."""

Draw = Callable[[Issued], bytes]
Written = bool | ToolError

TOGETHER = 200
"""So many certificates are drawn ahead of the one that the caller waits for, so that memory stays flat."""


def write_all(certificates: Sequence[Issued], folder: Path, draw: Draw) -> Iterator[Written]:
    """Make the folder, and yield for each certificate whether its file had to change, or why there is none.

    Threads are enough: Typst draws outside of Python's lock.
    """
    _private_folder(folder)

    def written(one: Issued) -> Written:
        path = folder / f"{one.number}.pdf"
        try:
            return write_private(path, draw(one))
        except ToolError as error:  # the others get theirs
            path.unlink(missing_ok=True)
            return error

    return _in_turn(certificates, written)


def _in_turn(certificates: Sequence[Issued], written: Callable[[Issued], Written]) -> Iterator[Written]:
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        for i in range(0, len(certificates), TOGETHER):
            yield from pool.map(written, certificates[i : i + TOGETHER])


def write_private(path: Path, content: bytes) -> bool:
    """Write a private file by renaming, and return whether its content had to change."""
    changed = put(path, content, mode=FILE, synced=False)
    if not changed:
        path.chmod(FILE)
    return changed


def _private_folder(folder: Path) -> None:
    """Make the folder, for its owner alone, and remove half-written files of a killed run."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    folder.chmod(FOLDER)
    for left in folder.glob(".new-*"):
        left.unlink()
