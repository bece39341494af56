"""Tells which files take so much memory to be judged that no other is judged at the same time.

It reads the file as other programs do and decides nothing about its safety: `judge` does, with limits of its own.
"""

from __future__ import annotations

from io import SEEK_END
from math import prod
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from pipeline.collect import pictures
from pipeline.collect.limits import MEGABYTE

FILE_BYTES = 10 * MEGABYTE
UNPACKED_BYTES = 20 * MEGABYTE
XML_BYTES = MEGABYTE  # of one part; its tree takes up to a hundred times as much
PIXELS = 6_000_000  # of one picture
MARKUP = (".xml", ".rels")


def is_large(file: BinaryIO) -> bool:
    """Return whether a file, what it unpacks to, or one of its parts is large; not if that cannot be read."""
    if file.seek(0, SEEK_END) > FILE_BYTES:
        return True
    try:
        with ZipFile(file) as package:
            parts = package.infolist()
            return (
                sum(part.file_size for part in parts) > UNPACKED_BYTES
                or any(part.file_size > XML_BYTES and part.filename.endswith(MARKUP) for part in parts)
                or any(_pixels(package, part) > PIXELS for part in parts if not part.filename.endswith(MARKUP))
            )
    except Exception:  # `judge` refuses it
        return False


def _pixels(package: ZipFile, part: ZipInfo) -> int:
    """Return how many pixels a picture has by its header; 0 if it is none."""
    try:
        with package.open(part) as file:
            kind = pictures.kind_of(file.read(pictures.KIND_BYTES))
            file.seek(0)
            return prod(pictures.opened(file, kind).size) if kind else 0
    except Exception:  # decoders raise any exception
        return 0
