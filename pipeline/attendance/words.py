"""Names, countries and languages as people type them, brought to a form in which two spellings are equal."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import babel
import pycountry

from pipeline.core.columns import ACCOUNT_LANGUAGES, word, yaml_list
from pipeline.core.text import one_line

_ARTICLES: tuple[str, ...] = ("the ", "la ", "le ", "les ", "l ", "el ", "los ", "las ", "o ", "a ", "os ", "as ")
_ARTICLES += ("der ", "die ", "das ", "il ", "lo ", "i ", "gli ")


@lru_cache(maxsize=32_768)  # each name is in several rows
def name_key(text: str) -> str:
    """Return a name without capitals, accents and punctuation, its parts sorted; empty if it contains no letter.

    Letters of all scripts stay, and so do the vowel signs that a script cannot do without.
    """
    return " ".join(sorted(word(text).split()))


@lru_cache(maxsize=1024)
def country(text: str) -> str:
    """Return the two letters of a country by its name or its letters; empty if the text is not known to be one."""
    known = _countries()
    name = word(one_line(text))
    article = next((article for article in _ARTICLES if name.startswith(article)), "")
    return known.get(name) or known.get(name.removeprefix(article), "")


@cache  # some 3,000 names from two libraries, needed for each registration
def _countries() -> dict[str, str]:
    """Return the two letters of each country and territory by letters and names in the languages of accounts."""
    territories = [babel.Locale.parse(language).territories for language in ACCOUNT_LANGUAGES]
    translated = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True).gettext
        for language in ACCOUNT_LANGUAGES
    ]
    found: dict[str, str] = {}
    for one in pycountry.countries:
        names = [one.name, getattr(one, "official_name", one.name), getattr(one, "common_name", one.name)]
        names = [translate(name) for translate in translated for name in names]
        names += [names_of[one.alpha_2] for names_of in territories if one.alpha_2 in names_of]
        for short, long in (("&", "and"), ("St. ", "Saint ")):
            names += [name.replace(short, long) for name in names]
        found |= dict.fromkeys(map(word, [*names, one.alpha_2, one.alpha_3]), one.alpha_2)
    typed = yaml_list(Path(__file__).parent / "countries.yaml")
    unclear = set(map(word, typed.pop("ask")))
    found |= {word(name): code for code, names in typed.items() for name in names}
    return {name: code for name, code in found.items() if name not in unclear}


def language(text: str, own_names: Mapping[str, str]) -> str:
    """Return the language that is meant, one of the keys of `own_names` (how each calls itself); else empty."""
    for code, own in own_names.items():
        names = [babel.Locale.parse(asked).languages.get(code, code) for asked in ACCOUNT_LANGUAGES]
        if word(text) in map(word, (code, own, *names)):
            return code
    return ""
