"""Search the bytes of files for names and addresses, in every encoding of a spreadsheet.

Packed files (zip, docx, xlsx, pdf) are not unpacked.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

SHORTEST = 8
"""Bytes in UTF-8: a shorter name may be part of another word, so it is not looked for."""

START = SHORTEST // 2
"""The number of bytes by which texts are looked up: the shortest texts have at least so many in every encoding."""

PIECE = 1 << 20
"""Bytes of a file that are in memory at the same time, however large the file is."""

FOLDERS_OF_TOOLS = {".git", ".venv", "node_modules", "__pycache__"}
"""The folders of tools, which contain no lists of people; they are not searched."""


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield every file in these folders once, even if one contains another; raise `OSError` for an unreadable folder.

    Links to folders are not followed: they may lead anywhere.
    """
    seen: set[str] = set()
    for top in folders:
        for folder, inner, names in os.walk(top, onerror=_refuse):
            inner[:] = sorted({*inner} - FOLDERS_OF_TOOLS)
            for path in (Path(folder, name) for name in sorted({*names} - FOLDERS_OF_TOOLS)):
                real = os.path.realpath(path)
                if real not in seen and path.is_file():
                    seen.add(real)
                    yield path


def _refuse(error: OSError) -> None:
    """Raise the error: a folder that is skipped without an error would count as searched."""
    if not isinstance(error, FileNotFoundError):
        raise error


def search(texts: Iterable[str], paths: Iterable[Path]) -> dict[Path, int]:
    """Return the files that contain any of the texts, in any encoding and any case, with the number of places."""
    wanted: dict[bytes, list[bytes]] = defaultdict(list)
    long_enough = (text for text in texts if len(text.encode()) >= SHORTEST)
    for form in {form for text in long_enough for form in _forms(text)}:
        wanted[form[:START]].append(form)
    found = {path: _places(path, wanted) for path in paths} if wanted else {}
    return {path: count for path, count in found.items() if count}


def _forms(text: str) -> Iterator[bytes]:
    """Yield the bytes of a text in the encodings of spreadsheets, with its ASCII letters in lower case.

    Other letters stay as they are in a file, so they are looked for as typed, in lower case and in capitals.
    """
    for written in {text, text.lower(), text.upper()}:
        yield written.encode().lower()
        # Without the zero byte at its end or beginning, a name in ASCII is the same in both byte orders.
        yield written.encode("utf-16-le").removesuffix(b"\0").lower()
        yield written.encode("utf-16-be").removeprefix(b"\0").lower()
        with suppress(UnicodeEncodeError):
            yield written.encode("cp1252").lower()


def _places(path: Path, wanted: dict[bytes, list[bytes]]) -> int:
    """Return how often a wanted text occurs in a file, which is read piece by piece.

    The end of each piece is searched again with the next piece, because a text may begin in one and end in the other.
    """
    longest = max(len(text) for texts in wanted.values() for text in texts)
    count, held = 0, b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            held += piece.lower()
            end = max(0, len(held) - longest + 1)
            count += _begun(held, end, wanted)
            held = held[end:]
    return count + _begun(held, len(held), wanted)


def _begun(content: bytes, end: int, wanted: dict[bytes, list[bytes]]) -> int:
    """Return how many wanted texts begin before `end`; the first bytes of each are looked up at every place."""
    starts = (i for i in range(end) if content[i : i + START] in wanted)
    return sum(any(content.startswith(text, i) for text in wanted[content[i : i + START]]) for i in starts)
