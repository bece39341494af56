"""The words of lists of people in the languages of accounts: what a header, the title of a block or an answer means.

Each file of `account_languages` has the words of one language. The meaning of an unknown word is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ACCOUNT_LANGUAGES = ("en", "fr", "es", "pt", "de", "it")
"""The languages of accounts, in which headers, countries and months are known; each has a file."""

WORDS = "pipeline/core/account_languages"
"""The folder of these files, as messages name it."""

UNREAD, PREAMBLE = "unread", "preamble"
OTHER_HALF = {"given": "family", "family": "given"}

_ACCENTS = re.compile("[\u0300-\u036f]+")
_PUNCTUATION = re.compile(r"[^\w]+")


def word(text: str) -> str:
    """Return a header, a country or an answer without capitals, accents and punctuation."""
    return _PUNCTUATION.sub(" ", _without_accents(text.casefold())).strip()


def _without_accents(text: str) -> str:
    """Return a text without the accents of Latin, Greek and Cyrillic letters."""
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def yaml_list(path: Path) -> dict[str, Any]:
    """Return a YAML file of words, every value as the text that is written there."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (makes nothing but text)
    return found


@cache  # needed for each row of each list
def known_words() -> dict[str, dict[str, str]]:
    """Return what each known word means, by the sections of the files: headers, titles, answers, hosts, programs."""
    found: dict[str, dict[str, str]] = {name: {} for name in ("headers", "titles", "answers", "hosts", "programs")}
    for language in reversed(ACCOUNT_LANGUAGES):  # of two languages with one word, the first one counts
        lists = yaml_list(Path(__file__).parent / "account_languages" / f"{language}.yaml")
        sections = {**lists["columns"], **{kind: lists[kind] for kind in (UNREAD, PREAMBLE)}}
        found["headers"] |= {word(header): meaning for meaning, headers in sections.items() for header in headers}
        for name in ("titles", "answers", "programs"):
            found[name] |= {word(text): kind for kind, texts in lists.get(name, {}).items() for text in texts}
        found["hosts"] |= {word(text): "host" for text in lists["hosts"]}
    return found


def meanings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the meaning of each header: empty if it is not known, `unread` if its column is not wanted."""
    headers = known_words()["headers"]
    return tuple(headers.get(word(cell), "") for cell in cells)


def known_headers(cells: Sequence[str]) -> int:
    """Return how many of the cells are known headers."""
    return sum(map(bool, meanings(cells))) if len(cells) > 1 else 0


def name_columns(found: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the meanings of the headers with each `bare` name as what it is: a whole name, or half of one.

    Beside the column of one half, a bare name is the other half, unless each of its cells contains that half too.
    A column of whole names makes the column of one half superfluous: that is `unread`.
    """
    halves = [meaning for meaning in ("given", "family") if meaning in found]
    whole = next((meaning for meaning in ("name", "bare") if meaning in found), "")
    if not whole or len(halves) != 1:
        return [("name" if whole == "bare" else UNREAD) if meaning == "bare" else meaning for meaning in found]
    (half,) = halves
    pairs = [(_words(row, found.index(half)), _words(row, found.index(whole))) for row in rows]
    filled = [(one, both) for one, both in pairs if one]
    contains = all(one <= both for one, both in filled) and any(one < both for one, both in filled)
    if contains or (pairs and not filled):
        return [UNREAD if meaning == half else "name" if meaning == whole else meaning for meaning in found]
    return [OTHER_HALF[half] if meaning == "bare" else meaning for meaning in found]


def _words(row: Sequence[str], i: int) -> set[str]:
    return {*word(row[i]).split()} if i < len(row) else set()
