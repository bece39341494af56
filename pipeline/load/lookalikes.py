"""Characters that look like those of YAML's syntax but mean nothing in it: word processors and keyboards put them in.

In a text they are allowed; where YAML wants the plain character, they are named as what they are.
"""

from __future__ import annotations

import re

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that YAML reads as letters, for a regular expression."""
DASHES = "‐‑‒–—―−•·‣▪●"
OPENING, CLOSING = "“„‟«‹‘‚‛", "”“»›’‘"
COLONS = "：﹕꞉︰∶"
NAMES = {
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\u3000": "an ideographic space",
    "‑": "a no-break hyphen",
    "–": "an en dash",
    "—": "an em dash",
    "−": "a minus sign",
    "•": "a bullet",
    "·": "a middle dot",
    "：": "a full-width colon",
    "，": "a full-width comma",
    **dict.fromkeys("“”„‟«»‹›‘’‚‛", "a typographic quotation mark"),
}

_INDENT = re.compile(rf"(?: |- )*([{SPACES}])")
_DASH = re.compile(rf" *(?:([{DASHES}])(?:[ {SPACES}]|$)|-([{SPACES}]))")
_COLON = re.compile(rf" *(?:- +)*[\w-]+(?: ?([{COLONS}])|:([{SPACES}]))")
_QUOTED = re.compile(rf"([{OPENING}]).*[{CLOSING}\"']", re.DOTALL)

SPACE_FIX, DASH_FIX = "delete it and type the space again", "begin the item with `- `"
Fault = tuple[str, str]
"""Message and fix."""


def named(character: str) -> str:
    """Return what a character is, with its number: `an en dash (U+2013)`."""
    return f"{NAMES.get(character, 'an unusual character')} (U+{ord(character):04X})"


def in_syntax(line: str) -> Fault | None:
    """Return the fault of a line in which such a character is the indentation, a list dash, a colon or a space."""
    if found := _DASH.match(line):
        if found[1]:
            return f"a list cannot begin with `{found[1]}`, {named(found[1])}", DASH_FIX
        return f"the space after the dash is {named(found[2])}", SPACE_FIX
    if found := _INDENT.match(line):
        return f"this line is indented with {named(found[1])}", "indent it with plain spaces"
    if found := _COLON.match(line):
        if found[1]:
            return f"the colon of this line is {named(found[1])}", "write `:` and a space"
        return f"the space after the colon is {named(found[2])}", SPACE_FIX
    return None


def around(value: str) -> Fault | None:
    """Return the fault of a value without quotes that ends with such a space or stands in typographic quotes."""
    if found := re.match(rf"[{SPACES}]", value):
        return f"the text begins with {named(found[0])}", SPACE_FIX
    if found := re.search(rf"[{SPACES}]$", value):
        return f"the text ends with {named(found[0])}", "delete it"
    if found := _QUOTED.fullmatch(value):
        fix = 'use plain ones (`"`), or put plain ones around them if they are to be printed'
        return f"`{found[1]}` is {named(found[1])}, which is printed", fix
    return None


def inside(value: str) -> str:
    """Return what the first such character of a value is, for a value that is no text; empty if it has none."""
    found = re.search(rf"[{SPACES}{DASHES}{OPENING}{CLOSING}{COLONS}，]", value)
    if not found:
        return ""
    return f"`{found[0]}` in it is {named(found[0])}" if found[0].strip() else f"it contains {named(found[0])}"
