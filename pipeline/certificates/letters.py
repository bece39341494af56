"""Which letters the fonts have, and the script of a name that none of them can write."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.problems import Problem, SourceError

ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ETHIOPIC": "Ethiopic (Amharic, Tigrinya)",
}
_UNDRAWN = {"Cf", "Mn", "Zs"}
"""Joiners, accents that melt into their letter, and spaces: what a font need not have by itself."""


def covered(folders: Iterable[Path]) -> frozenset[int]:
    """Return every letter that some font in these folders has; a font that cannot be read is a `SourceError`."""
    found: set[int] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in ENDINGS:
                found |= _letters(path)
    return frozenset(found)


def _letters(path: Path) -> set[int]:
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        if path.suffix.lower() in (".ttc", ".otc"):
            with TTCollection(path, lazy=True) as fonts:
                return {letter for font in fonts.fonts for letter in font.getBestCmap() or ()}
        with TTFont(path, lazy=True) as font:
            return set(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, AssertionError):
        message, fix = "this font cannot be read", "put a .ttf or .otf file here"
        raise SourceError([Problem(path=str(path), line=1, message=message, fix=fix)]) from None


def script_without_letters(name: str, letters: Collection[int]) -> str:
    """Return the script of the first letter of a name that no font has, or nothing if all can be written."""
    for sign in unicodedata.normalize("NFC", name):
        if ord(sign) not in letters and unicodedata.category(sign) not in _UNDRAWN:
            word = unicodedata.name(sign, f"sign U+{ord(sign):04X}").split()[0]
            return _SCRIPTS.get(word, word.capitalize())
    return ""
