"""Certificates become files, several at a time; each is whole or absent, and only its owner's account can read it."""

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
"""The folder beside a seminar's package: nothing of it goes into the package."""

LIST = "list.csv"
"""The table in that folder, for a mail merge."""

Draw = Callable[[Issued], bytes]
Written = bool | ToolError

TOGETHER = 200
"""Certificates begun ahead of the one that is waited for."""


def write_all(certificates: Sequence[Issued], folder: Path, draw: Draw) -> Iterator[Written]:
    """Make the folder, and write every certificate into it as the results are asked for: whether its file had to
    change, or why there is none.

    Threads and no processes: drawing runs beside Python's own lock, and a forked process would wait for ever for the
    threads of Typst that it does not have.
    """
    _private_folder(folder)

    def written(one: Issued) -> Written:
        path = folder / f"{one.number}.pdf"
        try:
            return write_private(path, draw(one))
        except ToolError as error:  # one name that cannot be drawn keeps nobody else waiting
            path.unlink(missing_ok=True)
            return error

    return _in_turn(certificates, written)


def _in_turn(certificates: Sequence[Issued], written: Callable[[Issued], Written]) -> Iterator[Written]:
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        for i in range(0, len(certificates), TOGETHER):
            yield from pool.map(written, certificates[i : i + TOGETHER])


def write_private(path: Path, content: bytes) -> bool:
    """Make a private file hold `content` by one renaming, and return whether it had to change."""
    changed = put(path, content, mode=FILE, synced=False)
    if not changed:
        path.chmod(FILE)
    return changed


def _private_folder(folder: Path) -> None:
    """Make the folder, for its owner alone, and remove what a killed run left half-written."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    folder.chmod(FOLDER)
    for left in folder.glob(".new-*"):
        left.unlink()
