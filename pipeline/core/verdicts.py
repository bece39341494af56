"""What became of the decks that speakers return: findings, verdicts, and whose are still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.core.status import Status


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found in a returned deck: a stable word, the slide of the returned file, the place and the thing."""

    code: str
    slide: int | None = None
    where: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of a returned deck; `content` is the clean copy, empty when the deck is refused.

    `title_texts` are the texts of the first slide's shapes, `title_places` those of its placeholders by name.
    """

    status: Literal["accepted", "cleaned", "refused"]
    refusals: tuple[Finding, ...] = ()
    removals: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    content: bytes = b""
    identity: Mapping[str, str] = field(default_factory=dict)
    slides: int = 0
    title: str = ""
    title_texts: tuple[str, ...] = ()
    title_places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One speaker on the board: is it sure who speaks, is a deck made, has one come back, is one accepted?

    `says` are pairs: what the accepted one says, and what the programme says instead.
    """

    speaker: str
    name: str
    confirmed: bool
    made: bool
    returned: bool
    accepted: bool
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Board:
    """One seminar's speakers; `days` are left until the deadline, negative when it has passed."""

    seminar: str
    status: Status
    deadline: date
    days: int
    rows: tuple[Standing, ...]
