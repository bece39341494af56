"""Which addresses the sources may link to: web and mail addresses that lead only to where they say."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.core.problems import quoted
from pipeline.core.text import is_mail_address

WEB = ("https", "http")
SCHEMES = (*WEB, "mailto")
LONGEST = 2_000
"""Characters; browsers and mail programs cut longer addresses."""

_STRANGE = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffe]")
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::[0-9]{1,5})?", re.IGNORECASE)
_COPY = "copy the address again from the browser"


def fault_of_link(address: str, schemes: tuple[str, ...] = SCHEMES) -> tuple[str, str] | None:
    """Return message and fix for an address that no document may link to, or None."""
    scheme, colon, rest = address.partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in schemes or (scheme in WEB and not rest.startswith("//")):
        begin = "https://" if "mailto" not in schemes else "https:// or mailto:"
        return f"the link to {quoted(address)} cannot be used", f"begin the address with {begin}"
    if len(address) > LONGEST:
        return f"this link has {len(address):,} characters, and programs cut it after {LONGEST:,}", _COPY
    if found := _STRANGE.search(address):
        sign = f"`{found[0]}`" if found[0].isprintable() and found[0] not in " `" else f"U+{ord(found[0]):04X}"
        return f"the link to {quoted(address)} contains {sign}, which no address has", _COPY
    return _fault_of_mail(address, rest) if scheme == "mailto" else _fault_of_web(address)


def _fault_of_web(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"the link to {quoted(address)} is no web address", _COPY
    user, at, host = parts.netloc.rpartition("@")
    if at:
        message = f"the link to {quoted(address)} leads to {quoted(host)}: what stands before the `@` is a user's name"
        return message, f"delete {quoted(f'{user}@')} if that is right"
    if not _HOST.fullmatch(parts.netloc):
        return f"the link to {quoted(address)} has no host", _COPY
    if any(character < " " or character in "\\\x7f" for character in unquote(parts.path)):
        return f"the link to {quoted(address)} contains a control character or a backslash", _COPY
    return None


def _fault_of_mail(address: str, rest: str) -> tuple[str, str] | None:
    recipient, _, query = rest.partition("?")
    if not is_mail_address(unquote(recipient)):
        return f"the link to {quoted(address)} has not one mail address", "write it like mailto:office@example.org"
    for name, text in parse_qsl(query, keep_blank_values=True):
        if name.lower() != "subject":
            return f"the link to {quoted(address)} fills in {quoted(name)}", f"delete {quoted(f'{name}=…')}"
        if any(character < " " for character in text):
            return f"the subject in {quoted(address)} contains a control character", "delete it"
    return None
