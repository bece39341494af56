"""A language by its name in the languages of accounts, by its own name, or by its letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.attendance.countries import LANGUAGES
from pipeline.attendance.fold import word


def language(text: str, own_names: Mapping[str, str]) -> str:
    """Return the language meant, one of the keys of `own_names` (how each calls itself), or nothing."""
    return _names(tuple(own_names.items())).get(word(text), "")


@lru_cache(maxsize=4)
def _names(own_names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    import babel

    found = {}
    for language, own in own_names:
        names = [babel.Locale.parse(asked).languages.get(language, language) for asked in LANGUAGES]
        found |= {word(name): language for name in (language, own, *names)}
    return found
