"""Whether anything of certain people is left in files: their bytes are looked through, whatever kind of file it is.

What is packed inside a file (zip, docx, xlsx, pdf) is not unpacked.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

SHORTEST = 8
"""Octets in UTF-8: a shorter name may stand inside another word, so it is not looked for."""

START = SHORTEST // 2
"""Octets by which the texts are looked up: in no encoding is one of the shortest texts shorter."""

PIECE = 1 << 20
"""Octets that are held of a file at once, however large it is."""

NOT_OURS = {".git", ".venv", "node_modules", "__pycache__"}
"""What tools keep inside a project: nobody puts a list of people there."""


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield every file in these folders once, though they may lie in each other; `OSError` for a folder it cannot read.

    Links to folders are not followed: they may lead anywhere.
    """
    seen: set[str] = set()
    for top in folders:
        for folder, inner, names in os.walk(top, onerror=_refuse):
            inner[:] = sorted({*inner} - NOT_OURS)
            for path in (Path(folder, name) for name in sorted({*names} - NOT_OURS)):
                real = os.path.realpath(path)
                if real not in seen and path.is_file():
                    seen.add(real)
                    yield path


def _refuse(error: OSError) -> None:
    """Let an error out: a folder that was passed over in silence would count as searched."""
    if not isinstance(error, FileNotFoundError):
        raise error


def traces(sought: Iterable[str], paths: Iterable[Path]) -> dict[Path, int]:
    """Return the files in which any of the texts stands, in any encoding and letters, with the number of places."""
    wanted: dict[bytes, list[bytes]] = defaultdict(list)
    long_enough = (text for text in sought if len(text.encode()) >= SHORTEST)
    for octets in {octets for text in long_enough for octets in _forms(text)}:
        wanted[octets[:START]].append(octets)
    found = {path: _places(path, wanted) for path in paths} if wanted else {}
    return {path: count for path, count in found.items() if count}


def _forms(text: str) -> Iterator[bytes]:
    """Yield the octets of a text in the encodings of spreadsheets, its plain letters small as they are looked for.

    Other letters are not made small in a file: they are looked for as typed, all small and all large.
    """
    for written in {text, text.lower(), text.upper()}:
        yield written.encode().lower()
        # Without the empty octet at its end or beginning, a name in plain letters is the same in both orders.
        yield written.encode("utf-16-le").removesuffix(b"\0").lower()
        yield written.encode("utf-16-be").removeprefix(b"\0").lower()
        with suppress(UnicodeEncodeError):
            yield written.encode("cp1252").lower()


def _places(path: Path, wanted: dict[bytes, list[bytes]]) -> int:
    """Return how often a wanted text begins in a file, which is read piece by piece.

    The end of each piece, in which a text may begin and not be whole yet, is looked through with the next one.
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
    """Return how often a wanted text begins before `end`; their beginnings are looked up at once at every octet."""
    starts = (i for i in range(end) if content[i : i + START] in wanted)
    return sum(any(content.startswith(text, i) for text in wanted[content[i : i + START]]) for i in starts)
