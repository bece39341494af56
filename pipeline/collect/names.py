"""Which names the parts inside a deck may bear; a name that could mean two things, or a place on a disk, is refused."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

from pipeline.collect import limits
from pipeline.collect.verdict import Refused

PUNCTUATION = frozenset(" -_.()[]{}$+,;=@!~'&%")
"""The signs a name may hold beside letters and digits: none that is a separator, a drive or a pattern on any system."""

SPACES = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""What French sets before its signs; they may be printed like plain ones."""

_DOTS = (".", "..")


def checked(name: str) -> str:
    """Return a part name as it is, or refuse the file."""
    segments = name.removesuffix("/").split("/")
    if not name or len(name) > limits.NAME_LENGTH or not all(_fit(segment) for segment in segments):
        raise Refused("zip-name", detail=shown(name))
    return name


def _fit(segment: str) -> bool:
    """Return whether a folder or file name is harmless as written and with its percent signs resolved."""
    try:
        return _plain(segment) and _plain(unquote(segment, errors="strict"))
    except UnicodeDecodeError:
        return False


def _plain(segment: str) -> bool:
    if not segment or segment in _DOTS or segment.endswith((".", " ")) or segment.startswith(" "):
        return False
    return all(sign in PUNCTUATION or sign.isalnum() for sign in segment)


def twin(name: str) -> str:
    """Return the form in which two names that some system takes for the same are equal."""
    return unicodedata.normalize("NFKC", unquote(name)).casefold()


def shown(text: str, length: int = 80) -> str:
    """Return a text from the file so that it can be printed: no control or direction signs, not too long."""
    plain = "".join(sign if sign.isprintable() or sign in SPACES else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
