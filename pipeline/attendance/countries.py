"""A country by its name in the languages of accounts, or by its letters."""

from __future__ import annotations

from functools import lru_cache

from pipeline.attendance.columns import listed
from pipeline.attendance.fold import word
from pipeline.core.text import one_line

LANGUAGES = ("en", "fr", "es", "pt")
_ARTICLES = ("the ", "la ", "le ", "les ", "l ", "el ", "los ", "las ", "o ", "a ", "os ", "as ")


@lru_cache(maxsize=1024)
def country(text: str) -> str:
    """Return the two letters of a country, or nothing if the text is not known to be one."""
    letters = one_line(text).upper()
    if letters in _letters():
        return _letters()[letters]
    name = word(text)
    if name in _names():
        return _names()[name]
    article = next((a for a in _ARTICLES if name.startswith(a)), "")
    return _names().get(name.removeprefix(article), "") if article else ""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Return the two letters of every country and territory of today."""
    import babel
    from babel.core import get_global

    old = get_global("territory_aliases")
    codes = babel.Locale.parse("en").territories
    return frozenset(c for c in codes if len(c) == 2 and c.isalpha() and c not in old and c not in _GROUPS)


_GROUPS = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """Return countries by two letters, and by three where these stand for one country alone."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    three = {old: new[0] for old, new in aliases.items() if len(old) == 3 and old.isalpha() and len(new) == 1}
    return three | {"UK": "GB"} | {code: code for code in _codes()}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    import babel

    found = {}
    for language in LANGUAGES:
        names = babel.Locale.parse(language).territories
        for code in _codes() & names.keys():
            name = names[code]
            found |= dict.fromkeys(
                (word(name), word(name.replace("&", "and")), word(name.replace("St. ", "Saint "))), code
            )
    more = dict(listed("countries.yaml"))
    unclear = more.pop("ask")
    found |= {word(name): code for code, names in more.items() for name in names}
    return {name: code for name, code in found.items() if name not in set(map(word, unclear))}
