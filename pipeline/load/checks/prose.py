"""What Markdown prose may hold: paragraphs, lists, emphasis and links; the rest would be printed as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
