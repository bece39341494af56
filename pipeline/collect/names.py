"""Which names the parts of a deck may have; a name that is ambiguous or could be a path on a disk is refused."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

from pipeline.collect import limits
from pipeline.collect.verdict import Refused

PUNCTUATION = frozenset(" -_.()[]{}$+,;=@!~'&%")
"""The characters of a name besides letters and digits: none is a separator, a drive or a pattern on any system."""

SPACES = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""Spaces that French sets before punctuation; they may be printed."""

_DOTS = (".", "..")


def checked(name: str) -> str:
    """Return a part name unchanged, or raise Refused."""
    segments = name.removesuffix("/").split("/")
    if not name or len(name) > limits.NAME_LENGTH or not all(_fit(segment) for segment in segments):
        raise Refused("zip-name", detail=shown(name))
    return name


def _fit(segment: str) -> bool:
    """Return whether a folder or file name is harmless, both as written and percent-decoded."""
    try:
        return _plain(segment) and _plain(unquote(segment, errors="strict"))
    except UnicodeDecodeError:
        return False


def _plain(segment: str) -> bool:
    if not segment or segment in _DOTS or segment.endswith((".", " ")) or segment.startswith(" "):
        return False
    return all(character in PUNCTUATION or character.isalnum() for character in segment)


def twin(name: str) -> str:
    """Return the form of a name that is equal for all names that some system takes for the same."""
    return unicodedata.normalize("NFKC", unquote(name)).casefold()


def shown(text: str, length: int = 80) -> str:
    """Return a text of the file that is safe to print: no control or direction characters, at most `length` long."""
    plain = "".join(
        character if character.isprintable() or character in SPACES else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
