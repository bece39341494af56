"""Words and names brought to the form in which two writings of the same one are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("[\u0300-\u036f]+")
_SIGNS = re.compile(r"[^\w]+")


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


def _bare(text: str) -> str:
    """Return small letters without accents: only marks of Latin, Greek and Cyrillic letters count as accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
