"""Who is to get a certificate, what was issued, and what the register has on a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["valid", "revoked", "expired"]
"""`expired`: the personal data was deleted when its time was over; the number stays issued."""


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody who was there: `keys` are the addresses of this person alone and `name_key` the name, in the form in
    which spellings are equal; `address` is where to send the certificate, `place` the file and line of the person;
    `institution` is as registered, `country` two letters, and either may be empty."""

    name: str
    address: str
    place: str
    keys: tuple[str, ...]
    name_key: str
    language: str
    minutes: int
    institution: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """One certificate as it is printed; `code` without its hyphen, the other values as in the attendee."""

    number: str
    code: str
    name: str
    address: str
    place: str
    language: str
    minutes: int
    institution: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the register has on one certificate; `name` is empty once it has been deleted."""

    number: str
    state: State
    seminar: str
    title: str
    date: date
    name: str
