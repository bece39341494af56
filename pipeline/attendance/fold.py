"""Words and names brought to the form in which two writings of the same one are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SIGNS = re.compile(r"[^\w]+")


def plain(text: str) -> str:
    """Return a text on one line: white space folded, signs that nobody sees gone (joiners of letters stay)."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=4096)
def word(text: str) -> str:
    """Return a header, country or answer without capitals, accents and signs."""
    return _SIGNS.sub(" ", _bare(text)).strip()


@lru_cache(maxsize=32_768)
def name_key(text: str) -> str:
    """Return a name without capitals, accents and signs, its parts in alphabetical order; empty if no letter is left.

    Letters of all scripts stay, and so do the vowel signs that a script cannot do without.
    """
    return " ".join(sorted(_SIGNS.sub(" ", _bare(text)).split()))


def address_key(text: str) -> str:
    """Return a mail address as one compares it, or nothing if the text cannot be one."""
    address = plain(text).casefold()
    local, at, domain = address.partition("@")
    return address if at and local and "." in domain and " " not in address and "@" not in domain else ""


def _bare(text: str) -> str:
    """Return small letters without accents: only marks of Latin, Greek and Cyrillic letters count as accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
