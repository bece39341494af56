"""Which letters the fonts have, and the script of a name that none of them can write."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ETHIOPIC": "Ethiopic (Amharic, Tigrinya)",
}
_UNDRAWN = {"Cf", "Zs"}
"""Joiners and spaces: what a font need not have by itself."""


def covered(fonts: Iterable[Path]) -> frozenset[int]:
    """Return every letter that some of these fonts has."""
    return frozenset(letter for path in fonts for letter in _letters(path))


def _letters(path: Path) -> set[int]:
    from fontTools.ttLib import TTCollection, TTFont

    if path.suffix.lower() in (".ttc", ".otc"):
        with TTCollection(path, lazy=True) as fonts:
            return {letter for font in fonts.fonts for letter in font.getBestCmap() or ()}
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap() or ())


def lacking(name: str, letters: Collection[int]) -> str:
    """Return what no font has of a name, such as "Chinese letters"; nothing if all of it can be written."""
    for sign in unicodedata.normalize("NFC", name):
        kind = unicodedata.category(sign)
        if ord(sign) in letters or kind in _UNDRAWN:
            continue
        if kind[0] not in "LM":
            return f"the sign U+{ord(sign):04X}"
        word = unicodedata.name(sign, "").split(" ")[0]
        return f"{_SCRIPTS.get(word, word.capitalize()) or f'U+{ord(sign):04X}'} letters"
    return ""
