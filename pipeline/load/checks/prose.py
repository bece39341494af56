"""What a text may hold: Markdown that documents print, and words in braces that are filled in later."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.core.problems import nearest

FOR_SPEAKERS = frozenset(
    ("name", "series", "seminar", "segment", "day", "date", "hours", "duration", "deadline", "remarks", "hosts")
)
"""The words in braces that the rules and the mail for speakers may hold."""

_WORD = re.compile(r"\{(\w*)\}")
_LINK = re.compile(r"(!?)\[[^\[\]]*\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\))*)")
_SCHEMES = ("https://", "http://", "mailto:")


def check_prose(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line (from 1), message and fix for what Markdown knows and a document does not print."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r" {0,3}#{1,6} ", line):
            yield number, "a heading cannot stand in this text", "delete the `#`"
        for picture, address in _LINK.findall(line):
            if picture:
                yield number, "a picture cannot stand in this text", "delete it"
            elif not address.lower().startswith(_SCHEMES):
                yield number, f"the link to `{address}` leads nowhere", "begin the address with https:// or mailto:"


def words_in(text: str) -> list[str]:
    """Return the words that stand in braces, in order."""
    return _WORD.findall(text)


def check_braces(text: str, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield message and fix for each word in braces that is not `allowed`, and for a single brace."""
    for word in words_in(text):
        if word not in allowed:
            yield f"nothing is filled in for `{{{word}}}`", nearest(word, allowed, otherwise="delete the braces")
    if re.search(r"[{}]", _WORD.sub("", text)):
        yield "a brace stands alone in this text", "write `{word}`, or delete it"
