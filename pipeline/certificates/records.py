"""Who is to get a certificate, what was issued, and what the register says of a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["valid", "revoked", "expired"]
"""`expired`: the personal data was deleted at the end of its time; that the number was given still stands."""


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody who was there: `keys` are folded addresses of this person alone, `name_key` the folded name, `address`
    is where to send the certificate and `place` the row in which all this stands."""

    name: str
    address: str
    place: str
    keys: tuple[str, ...]
    name_key: str
    language: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Issued:
    """One certificate as it is printed; `code` without its hyphen, `address` and `place` as the attendee has them."""

    number: str
    code: str
    name: str
    address: str
    place: str
    language: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the register says of one certificate; `name` is empty when it has been deleted."""

    number: str
    state: State
    seminar: str
    title: str
    date: date
    name: str
