"""Decides which links are kept: web, mail and telephone addresses, jumps within the deck and actions of a show.

Threat: a click that starts a program or a macro, opens a file, sends a password to a server, or looks like another
address than it is. A doubtful link is removed; its text stays.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.collect.allowed import LISTS

SCHEMES, MAIL_FIELDS = frozenset(LISTS.links["schemes"]), frozenset(LISTS.links["mail_fields"])
LENGTH = 2_000

JUMP = "ppaction://hlinksldjump"
SHOWS = frozenset(
    f"ppaction://hlinkshowjump?jump={where}"
    for where in ("nextslide", "previousslide", "firstslide", "lastslide", "lastslideviewed", "endshow")
)
PLAIN = frozenset(("ppaction://noaction", "ppaction://media"))
_CUSTOM_SHOW = re.compile(r"ppaction://customshow\?id=(\d{1,9})(&return=(true|false))?")
"""With SHOWS and PLAIN: the actions that only move within the show. All others, like `program`, are removed."""

_TEXT = re.compile(r"[^\x00-\x20\x7f-\x9f\\<>\"^`{|}\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]+")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w-]+(\.[\w-]+)*\.?)(:\d{1,5})?", re.IGNORECASE)
_MAIL = re.compile(r"[\w.!#$&'*+/=?~-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"\+?[0-9().;=a-zA-Z-]{2,60}")
_LOOSE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def is_allowed(address: str) -> bool:
    """Return whether a link may keep an external address; a doubtful one is removed."""
    if len(address) > LENGTH or not _TEXT.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    scheme = address.partition(":")[0]
    if scheme.lower() not in SCHEMES or parts.scheme != scheme.lower():
        return False
    return {"mailto": _mail, "tel": _telephone}.get(parts.scheme, _web)(address)


def _web(address: str) -> bool:
    """Return whether a web address names its host only, without user and without hidden separators."""
    parts = urlsplit(address)
    if not address[len(parts.scheme) :].startswith("://") or not _HOST.fullmatch(parts.netloc):
        return False
    return not any(character in unquote(parts.path) for character in "\r\n\0\\")


def _mail(address: str) -> bool:
    parts = urlsplit(address)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    if _LOOSE.search(address) or parts.netloc or not _MAIL.fullmatch(unquote(parts.path)):
        return False
    return all(name.lower() in MAIL_FIELDS and _is_field(name.lower(), text) for name, text in fields)


def _is_field(name: str, text: str) -> bool:
    """Return whether a field holds no control characters; only a text may have lines, a subject could add a header."""
    return not any(ord(character) < 32 and not (name == "body" and character in "\r\n") for character in text)


def _telephone(address: str) -> bool:
    return bool(_PHONE.fullmatch(address[4:]))


def is_allowed_action(action: str, shows: frozenset[str] = frozenset()) -> bool:
    """Return whether an action without an address is kept; `shows` are the ids of the deck's custom shows."""
    if action in SHOWS or action in PLAIN:
        return True
    found = _CUSTOM_SHOW.fullmatch(action)
    return found is not None and found[1] in shows
