"""Names of people as they stand in running text, from family names that the sources have in capitals."""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import normalize

PARTICLES = frozenset(("DA", "DAS", "DE", "DEL", "DO", "DOS", "DU", "E", "LA", "LAS", "LOS", "Y"))
"""The small words of family names in Spanish, Portuguese and French; in other languages they have a capital."""
SHORT = 3
"""A word of so few letters beside another one may be a particle of any language."""
DOTLESS = ("AZ", "TR")
"""The countries in whose languages I and İ are two letters, each with a small one of its own."""
_GREEK = re.compile("[\u0370-\u03ff]")
_PREFIX = re.compile("(MA?C|IJ)[A-Z]")


def running_name(given: str, family: str) -> str:
    """Return a whole name with small letters in the family name: `Ana DE LA CRUZ-RUIZ` becomes `Ana de la Cruz-Ruiz`.

    What is not in capitals stays, like the particle of `van der BERG` and the prefix of `McDONALD`.
    """
    words = normalize("NFC", family).split()
    ends = len(words) - 1
    return " ".join(
        (given, *(word.lower() if i < ends and word in PARTICLES else _small(word) for i, word in enumerate(words)))
    )


def is_sure(family: str, country: str) -> bool:
    """Return whether small letters for a family name can hardly be wrong.

    They may be for a prefix or a particle in capitals (MACDONALD, DE LUCA, VAN DER BERG), for the Turkish I, and for
    Greek, whose capitals have no accents.
    """
    words = [word for word in re.split(r"[\s\-]+", normalize("NFC", family)) if word.isupper()]
    if country in DOTLESS and any("I" in word[1:] for word in words):
        return False
    if len(words) > 1 and any(len(word) <= SHORT for word in words):
        return False
    return not any(_GREEK.search(word) or _PREFIX.match(word) for word in words)


def _small(word: str) -> str:
    """Return a word in which only the first of several capitals is kept; most scripts have none."""
    runs = ("".join(run) for _, run in groupby(word, str.isupper))
    return normalize("NFC", "".join(run.lower().capitalize() if run.isupper() else run for run in runs))
