"""Certificates become files; each is complete or absent, and only its owner can read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.certificates.records import Issued
from pipeline.core.atomic import put
from pipeline.core.private import FILE, FOLDER

CERTIFICATES = "certificates"
"""The folder beside a seminar's package; none of its files goes into the package."""

LIST = "list.csv"
"""The table in that folder, for a mail merge."""


def write_all(
    certificates: Sequence[Issued], folder: Path, drawn: Iterable[bytes | str]
) -> Iterator[tuple[Issued, bool | str]]:
    """Make the folder and write each certificate as it is drawn; yield whether its file had to change.

    For a certificate that could not be drawn, `drawn` has the reason, which is yielded; its file is deleted.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    folder.chmod(FOLDER)
    for left in folder.glob(".new-*"):  # from a killed run
        left.unlink()
    for one, content in zip(certificates, drawn, strict=True):
        path = folder / f"{one.number}.pdf"
        if isinstance(content, bytes):
            yield one, write_private(path, content)
        else:
            path.unlink(missing_ok=True)
            yield one, content


def write_private(path: Path, content: bytes) -> bool:
    """Write a private file by renaming, and return whether its content had to change."""
    changed = put(path, content, mode=FILE, synced=False)
    if not changed:
        path.chmod(FILE)
    return changed
