"""Functions for text that people type: forbidden characters, mail addresses, and numbers with their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, line separators, changes of direction, halves of characters, byte order marks. A terminal, a
mail program or a file obeys them or cannot contain them. Joiners and direction marks are allowed: scripts need them."""

_UNSEEN = re.compile(_FORBIDDEN.pattern[:-1] + "\u00ad\u200b\u200e\u200f]")
"""The same, and allowed characters that are invisible and do not distinguish two names."""

_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,}", re.ASCII
)
"""A mail address as almost all are; with at most 64 characters each rule of email-validator allows it."""


_NAMED_ADDRESS = re.compile(r"(?P<name>[^<>@]*)<(?P<address>[^<>]*)>")

COVERED = "\u0020-\u0377\u038e-\u03a1\u03a3-\u052f\u0600-\u06ff\u1e00-\u1eff\u2000-\u2063\u1d52\u20ac\u2122\u2212"
"""Ranges of characters that the installed fonts always have: Latin, Greek, Cyrillic, Arabic, punctuation."""
_OTHER = re.compile(f"[^\t\n{COVERED}]")


class Unusable(ValueError):
    """A name, an address or another text cannot be used; the message does not repeat it."""


def forbidden(text: str, allowed: str = "") -> str:
    """Return the first forbidden character of `text` that is not `allowed`; else an empty string."""
    return next((found for found in _FORBIDDEN.findall(text) if found not in allowed), "")


def unusual(text: str) -> list[str]:
    """Return the characters of a text that only the fonts themselves can tell whether they can be printed."""
    return _OTHER.findall(unicodedata.normalize("NFC", text)) if _OTHER.search(text) else []


def invisible(text: str, allowed: str = "") -> str:
    """Return in words the first character of `text` that no source may contain; empty if there is none."""
    if "\ufffd" in text:  # a program writes it for a character that it could not read
        return "a replacement character (U+FFFD)"
    found = forbidden(text, allowed)
    return f"an invisible character (U+{ord(found):04X})" if found else ""


def without_forbidden(text: str, allowed: str = "") -> str:
    """Return `text` without the forbidden characters that are not `allowed`."""
    return _FORBIDDEN.sub(lambda found: found[0] if found[0] in allowed else "", text)


def printable(text: str) -> str:
    """Return `text` with each forbidden character replaced by its number."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """Return `text` in NFC on one line, without invisible characters and with one space between two words."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())


def number_of(count: int, one: str, many: str = "") -> str:
    """Return a number with its word: "1 person", "2 people"; without `many` the word gets an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=32_768)  # each address is in several rows; 10,000 registrations take half the time
def mail_address(text: str) -> str:
    """Return the one mail address in `text`, its domain in ASCII and lower case; raise `Unusable` if it is not one."""
    text = unicodedata.normalize("NFC", text.strip(" \t\u00a0"))
    if len(text) <= 64 and _PLAIN_ADDRESS.fullmatch(text):
        local_part, _, domain = text.partition("@")
        return f"{local_part}@{domain.lower()}"
    if forbidden(text):
        raise Unusable("the mail address contains a control character, line break or change of direction")
    if "@" not in text:
        raise Unusable("no mail address")
    if re.fullmatch(r"[^@,;<>]*\s[^@,;<>]*@[^@,;<>]*|[^@,;<>]*@[^@,;<>]*\s[^@,;<>]*", text):
        raise Unusable("the mail address contains a space")
    if re.search(r"@.*@|[\s,;<>]", text):
        raise Unusable("more than one plain mail address")
    import email_validator  # here, since the library takes longer to import than all sources to read

    # An address of a test, or one that the office has to correct, is still an address. The library documents this list.
    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()
    try:
        found = email_validator.validate_email(text, strict=True, check_deliverability=False)
    except email_validator.EmailNotValidError as error:
        raise Unusable(f"not a mail address: {str(error).rstrip('.')}") from None
    return f"{found.local_part}@{found.ascii_domain}"


def typed_address(text: str) -> tuple[str, str]:
    """Return name and address of a cell with `Name <address>`, `mailto:address` or an address; the name may be empty.

    What is anything else, or more than one address, comes back as the address.
    """
    text = text.strip(" \t\u00a0\u200b,;")
    found = _NAMED_ADDRESS.fullmatch(text)
    name, address = (found["name"].strip(" \"'"), found["address"].strip()) if found else ("", text)
    if address[:7].casefold() == "mailto:":
        address = address[7:].partition("?")[0].strip()
    return name, address


def is_mail_address(text: str) -> bool:
    """Return whether `text` is one mail address."""
    try:
        return bool(mail_address(text))
    except Unusable:
        return False


def address_key(text: str) -> str:
    """Return the form in which two spellings of one mail address are equal; an empty string if it is not one."""
    return one_line(text).casefold() if is_mail_address(text) else ""
