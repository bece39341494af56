"""Certificates become files, several at a time; each is whole or absent, and only its owner's account can read it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pipeline.certificates.records import Issued

CERTIFICATES = "certificates"
"""The folder beside a seminar's package: nothing of it goes into the package."""

Draw = Callable[[Issued], bytes]

_FEW = 8  # so many are not worth another process
_work: tuple[Draw, Path, Sequence[Issued]] | None = None


def write_all(certificates: Sequence[Issued], folder: Path, draw: Draw) -> Iterator[bool]:
    """Write every certificate below `folder` and yield for each whether its file had to change.

    A forked process has everything already: only places in the list travel to it, so that memory does not grow.
    """
    global _work
    _private_folder(folder)
    _work = (draw, folder, certificates)
    count = min(os.cpu_count() or 1, 8)
    if count > 1 and len(certificates) > _FEW and "fork" in multiprocessing.get_all_start_methods():
        with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_write, range(len(certificates)), chunksize=_FEW)
    else:
        yield from map(_write, range(len(certificates)))


def _write(i: int) -> bool:
    assert _work
    draw, folder, certificates = _work
    return write_private(folder / f"{certificates[i].number}.pdf", draw(certificates[i]))


def write_private(path: Path, content: bytes) -> bool:
    """Make a private file hold `content` by one renaming, and return whether it had to change."""
    try:
        if path.read_bytes() == content:
            path.chmod(0o600)
            return False
    except OSError:
        pass
    new = path.with_name(f".new-{os.getpid()}-{path.name}")
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return True


def _private_folder(folder: Path) -> None:
    """Make the folder, for its owner alone, and remove what a killed run left half-written."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for left in folder.glob(".new-*"):
        left.unlink()


def clear(folder: Path) -> int:
    """Remove a folder of certificates and return how many files were in it."""
    count = sum(path.is_file() for path in folder.rglob("*"))
    shutil.rmtree(folder, ignore_errors=True)
    return count
