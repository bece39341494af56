"""Whether anything of certain people is left in files: their bytes are looked through, whatever kind of file it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

SHORTEST = 8
"""Octets: a shorter name may stand inside another word, so it is not looked for."""


def traces(sought: Iterable[str], paths: Iterable[Path]) -> dict[Path, int]:
    """Return the files in which any of the texts stands, with the number of places."""
    wanted: dict[bytes, list[bytes]] = defaultdict(list)
    for text in sought:
        octets = text.encode()
        if len(octets) >= SHORTEST:
            wanted[octets[:SHORTEST]].append(octets)
    found = {path: _places(path.read_bytes(), wanted) for path in paths} if wanted else {}
    return {path: count for path, count in found.items() if count}


def _places(content: bytes, wanted: dict[bytes, list[bytes]]) -> int:
    """Return how often a wanted text begins; the beginnings of all of them are looked up at once at every octet."""
    starts = (i for i in range(len(content) - SHORTEST + 1) if content[i : i + SHORTEST] in wanted)
    return sum(any(content.startswith(text, i) for text in wanted[content[i : i + SHORTEST]]) for i in starts)
