"""Whether the fonts of PDFs have the characters of a text; Typst stops at a character that none of them has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from importlib.util import find_spec
from pathlib import Path

from pipeline.core.problems import Problem, SourceError

ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
FIX = "put a font that has it (.ttf or .otf, like Noto Sans for that script) into templates/fonts"

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ETHIOPIC": "Ethiopic (Amharic, Tigrinya)",
}
_NEEDS_NO_GLYPH = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Characters that programs never draw: variation selectors and fillers. Joiners and spaces have Unicode categories."""
_DRAWN = "\ufff9\ufffa\ufffb"
"""Of the joiners (category Cf), those that Typst draws."""


def font_folders(templates: Path) -> list[Path]:
    """Return the folders with the fonts of PDFs: those of the installed `fontpkg-*` packages, and `templates/fonts`."""
    spec = find_spec("fontpkg")  # these packages are not imported: only their files are used
    installed = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    return [*sorted(installed.glob("fontpkg_*/files")), *([templates / "fonts"] if supplied_fonts(templates) else [])]


def supplied_fonts(templates: Path) -> list[Path]:
    """Return the font files that the user has put into `templates/fonts`."""
    return sorted(path for path in (templates / "fonts").rglob("*") if path.suffix.lower() in ENDINGS)


def printable(templates: Path) -> frozenset[int]:
    """Return the code points that PDFs can print; raise `SourceError` for each supplied font that cannot be read."""
    supplied, known, problems = supplied_fonts(templates), set[int](), []
    for path in supplied:
        try:
            known |= characters_of([path])
        except Exception:  # fontTools raises a dozen types for a damaged file
            name, fix = path.relative_to(templates.parent).as_posix(), "put a .ttf or .otf file here, or delete it"
            problems.append(Problem(path=name, line=1, message="this font cannot be read", fix=fix))
    if problems:
        raise SourceError(problems)
    installed = (path for folder in font_folders(templates) for path in folder.rglob("*") if path not in supplied)
    return frozenset(known | characters_of(path for path in installed if path.suffix.lower() in ENDINGS))


def characters_of(fonts: Iterable[Path]) -> frozenset[int]:
    """Return the code points of all characters that at least one of these fonts has."""
    from fontTools.ttLib import TTCollection, TTFont  # here: it takes 100 ms to import, and few texts need it

    found: set[int] = set()
    for path in fonts:
        with path.open("rb") as file:
            several = path.suffix.lower() in (".ttc", ".otc")
            for font in TTCollection(file, lazy=True).fonts if several else [TTFont(file, lazy=True)]:
                found.update(font.getBestCmap() or ())
    return frozenset(found)


def missing(text: str, known: Collection[int]) -> list[str]:
    """Return the characters of a text that have no glyph, each once; `known` are the code points of the fonts."""
    found = dict.fromkeys(unicodedata.normalize("NFC", text))
    return [character for character in found if ord(character) not in known and _needs_glyph(character)]


def missing_characters(name: str, known: Collection[int]) -> str:
    """Return what no font has of a name, such as "Chinese letters"; empty if all of it can be printed."""
    for character in missing(name, known):
        if unicodedata.category(character)[0] not in "LM":
            return f"the character U+{ord(character):04X}"
        return f"{_script(character) or f'U+{ord(character):04X}'} letters"
    return ""


def described(character: str) -> str:
    """Return a character with its number and its name or script: `☎` (U+260E, black telephone)."""
    number, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    if unicodedata.category(character) == "Co":
        return f"{number} (a character that only one font on one computer has, often a bullet copied from Word)"
    if unicodedata.category(character)[0] == "L" and _script(character):
        name = f"{_script(character)} letter"
    return f"`{character}` ({number}{f', {name}' if name else ''})"


def _script(character: str) -> str:
    word = unicodedata.name(character, "").split(" ")[0]
    return _SCRIPTS.get(word, word.capitalize())


def _needs_glyph(character: str) -> bool:
    if character in _DRAWN:
        return True
    return unicodedata.category(character) not in ("Cf", "Zs", "Cc") and not _NEEDS_NO_GLYPH.match(character)
