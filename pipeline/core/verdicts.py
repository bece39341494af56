"""The results for decks that speakers return: findings, verdicts, and the decks that are still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.core.status import Status


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding in a returned deck: its code, the slide of the returned file, the place in it and a detail."""

    code: str
    slide: int | None = None
    where: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The verdict on a returned deck; `content` is the clean copy, empty if the deck is refused.

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
class SpeakerState:
    """One speaker on the board: whether the speaker is confirmed, and whether a deck is made, returned and accepted.

    `says` are the differences of the accepted deck from the programme, as pairs of their texts.
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
    """One seminar's speakers; `days` is the number of days until the deadline, negative if it has passed."""

    seminar: str
    status: Status
    deadline: date
    days: int
    rows: tuple[SpeakerState, ...]
