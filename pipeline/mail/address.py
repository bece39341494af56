"""Whether a name and an address may stand in the head of a mail: one plain address, and nothing a program obeys."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME, LONGEST_LOCAL, LONGEST_ADDRESS = 100, 64, 254

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LIKE_AN_ADDRESS = re.compile(r'[@<>":/\\]')


class Unfit(ValueError):
    """Why a name or an address cannot be used, in words that do not repeat it."""


def plain_address(text: str) -> str:
    """Return the one address in `text`, its domain in ASCII and small letters; raise `Unfit` if it is not just one."""
    text = unicodedata.normalize("NFC", text.strip(" \t\u00a0"))
    check_line(text)
    local, at, domain = text.partition("@")
    if not at:
        raise Unfit("no mail address")
    if "@" in domain or re.search(r"[\s,;<>()\[\]\"]", text):
        raise Unfit("more than one plain mail address")
    if not _LOCAL.fullmatch(local) or len(local.encode()) > LONGEST_LOCAL:
        raise Unfit("the part before the @ is not that of a mail address")
    address = f"{local}@{_domain(domain)}"
    if len(address.encode()) > LONGEST_ADDRESS:
        raise Unfit("the mail address is too long")
    return address


def _domain(text: str) -> str:
    try:
        domain = text.encode("idna").decode().lower()
    except UnicodeError:
        raise Unfit("the part after the @ is not a domain") from None
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(_LABEL.fullmatch(label) for label in labels):
        raise Unfit("the part after the @ is not a domain")
    return domain


def shown_name(text: str) -> str:
    """Return a name as a head shows it; nothing if it looks like an address or a link; `Unfit` if it is hostile."""
    text = unicodedata.normalize("NFC", text)
    check_line(text)
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise Unfit(f"the name is longer than {LONGEST_NAME} characters")
    return "" if _LIKE_AN_ADDRESS.search(name) else name


def check_line(text: str) -> None:
    """Raise `Unfit` if a text for a head holds signs that break lines or words, or are decoded into such."""
    if _OBEYED.search(text):
        raise Unfit("a control character, line break or change of direction")
    if "=?" in text:  # an encoded word may hold a line break, which some libraries write as one
        raise Unfit("the signs =?, which mail programs decode")


def key(address: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return address.strip().casefold()
