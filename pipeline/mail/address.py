"""Whether a name or a text may stand in the head of a mail: nothing that a mail program obeys."""

from __future__ import annotations

import re
import unicodedata

from pipeline.core.text import Unusable, forbidden

LONGEST_NAME = 100

_LIKE_AN_ADDRESS = re.compile(r'[@<>":/\\]')


def shown_name(text: str) -> str:
    """Return a name as a head shows it; an empty string if it looks like an address or a link; else `Unusable`."""
    text = unicodedata.normalize("NFC", text)
    check_line(text)
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise Unusable(f"the name is longer than {LONGEST_NAME} characters")
    return "" if _LIKE_AN_ADDRESS.search(name) else name


def check_line(text: str) -> None:
    """Raise `Unusable` if a text for a head holds characters that break lines or words, or are decoded into such."""
    if forbidden(text):
        raise Unusable("a control character, line break or change of direction")
    if "=?" in text:  # an encoded word may hold a line break, which some libraries write as one
        raise Unusable("the signs =?, which mail programs decode")
