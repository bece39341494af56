"""Decides which links are kept: web, mail and telephone addresses, jumps within the deck and actions of a show.

Threat: a click that starts a program or a macro, opens a file, sends a password to a server, or leads to another host
than the address seems to name. Hosts in look-alike letters are not told apart. A doubtful link is removed; its text
stays.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pipeline.collect.allowed import LISTS
from pipeline.core.links import LONGEST, WEB, fault_of_link

SCHEMES, MAIL_FIELDS = frozenset(LISTS.links["schemes"]), frozenset(LISTS.links["mail_fields"])

JUMP = "ppaction://hlinksldjump"
SHOWS = frozenset(
    f"ppaction://hlinkshowjump?jump={where}"
    for where in ("nextslide", "previousslide", "firstslide", "lastslide", "lastslideviewed", "endshow")
)
PLAIN = frozenset(("ppaction://noaction", "ppaction://media"))
_CUSTOM_SHOW = re.compile(r"ppaction://customshow\?id=(\d{1,9})(&return=(true|false))?")
"""With SHOWS and PLAIN: the actions that only move within the show. All others, like `program`, are removed."""

_TEXT = re.compile(r"[^\x00-\x20\x7f-\x9f\\<>\"^`{|}\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_MAIL = re.compile(r"[\w.!#$&'*+/=?~-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"\+?[0-9().;=a-zA-Z-]{2,60}")
_LOOSE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def is_allowed(address: str) -> bool:
    """Return whether a link may keep an external address; a doubtful one is removed."""
    if len(address) > LONGEST or not _TEXT.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in SCHEMES:
        return False
    if parts.scheme in WEB:
        return fault_of_link(address, WEB) is None
    return _mail(address, parts) if parts.scheme == "mailto" else bool(_PHONE.fullmatch(address[4:]))


def _mail(address: str, parts: SplitResult) -> bool:
    fields = parse_qsl(parts.query, keep_blank_values=True)
    if _LOOSE.search(address) or parts.netloc or not _MAIL.fullmatch(unquote(parts.path)):
        return False
    return all(name.lower() in MAIL_FIELDS and _is_field(name.lower(), text) for name, text in fields)


def _is_field(name: str, text: str) -> bool:
    """Return whether a field holds no control characters; only a text may have lines, a subject could add a header."""
    return not any(ord(character) < 32 and not (name == "body" and character in "\r\n") for character in text)


def is_allowed_action(action: str, shows: frozenset[str] = frozenset()) -> bool:
    """Return whether an action without an address is kept; `shows` are the ids of the deck's custom shows."""
    if action in SHOWS or action in PLAIN:
        return True
    found = _CUSTOM_SHOW.fullmatch(action)
    return found is not None and found[1] in shows
