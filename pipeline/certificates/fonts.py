"""Whether the fonts have the characters of a name, and the script of those that they lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ETHIOPIC": "Ethiopic (Amharic, Tigrinya)",
}
_WITHOUT_GLYPH = {"Cf", "Zs"}
"""Unicode categories of joiners and spaces, which a font need not have."""


def characters_of(fonts: Iterable[Path]) -> frozenset[int]:
    """Return the code points of all characters that at least one of these fonts has."""
    found: set[int] = set()
    for path in fonts:
        if path.suffix.lower() in (".ttc", ".otc"):
            with TTCollection(path, lazy=True) as collection:
                found.update(code for font in collection.fonts for code in font.getBestCmap() or ())
        else:
            with TTFont(path, lazy=True) as font:
                found.update(font.getBestCmap() or ())
    return frozenset(found)


def missing_characters(name: str, known: Collection[int]) -> str:
    """Return what no font has of a name, such as "Chinese letters"; empty if all of it can be printed."""
    for character in unicodedata.normalize("NFC", name):
        category = unicodedata.category(character)
        if ord(character) in known or category in _WITHOUT_GLYPH:
            continue
        if category[0] not in "LM":
            return f"the character U+{ord(character):04X}"
        word = unicodedata.name(character, "").split(" ")[0]
        return f"{_SCRIPTS.get(word, word.capitalize()) or f'U+{ord(character):04X}'} letters"
    return ""
