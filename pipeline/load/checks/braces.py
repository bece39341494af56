"""Texts with words in braces, like `{name}`, which are filled in later: only what something fills may stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.core.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FOR_SPEAKERS = frozenset(
    ("name", "series", "seminar", "segment", "day", "date", "hours", "duration", "deadline", "remarks", "hosts")
)
"""What the rules and the mail for speakers may leave open."""

_WORD = re.compile(r"\{(\w*)\}")


def words_in(text: str) -> list[str]:
    """Return the words that a text leaves open, in order."""
    return _WORD.findall(text)


def check_braces(text: str, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield message and fix for each word that nothing fills, and for a brace that stands alone."""
    for word in words_in(text):
        if word not in allowed:
            yield f"nothing is filled in for `{{{word}}}`", nearest(word, allowed, otherwise="delete the braces")
    if re.search(r"[{}]", _WORD.sub("", text)):
        yield "a brace stands alone in this text", "write `{word}`, or delete it"
