"""What may be the id of a seminar, a person, a segment or a work: a name that is safe as a file name everywhere."""

from __future__ import annotations

import re

LONGEST = 60
FIX = f"use only a to z, 0 to 9 and single hyphens, {LONGEST} at most"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def fault_of(id: str) -> str:
    """Return what is wrong with an id, or nothing."""
    if id in _TAKEN:
        return "is a name that Windows keeps for itself"
    if _ID.fullmatch(id) and len(id) <= LONGEST:
        return ""
    # A Cyrillic letter looks like a Latin one: the message has to say which sign it is.
    foreign = next((sign for sign in id if not sign.isascii()), "")
    return "cannot be a name here" + (f" (`{foreign}` is U+{ord(foreign):04X})" if foreign else "")


def near_id(text: str) -> str:
    """Return the id that a wrong one was probably meant to be, so that one mistake is not reported twice."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
