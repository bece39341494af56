"""What the exports say: registrations and sessions as they were read, and the people who come of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pipeline.core.problems import Problem

Approval = Literal["approved", "pending", "denied"]

Outcome = Literal["read", "waiting", "absent", "outside", "unread", "unused"]
"""What became of a line that is no header. `waiting`: in the waiting room and never let in; `absent`: registered and
did not come; `outside`: about the meeting and its hosts; `unread`: it has a problem of its own; `unused`: its table
cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One row that says who registered; `country` is two letters or empty, `typed_country` and `language` as typed.

    `with_session`: the row is of a report of attendance, which has a row for each time that somebody joined.
    `by_joining`: nobody had to register, and the name is the one that the meeting showed.
    """

    path: str
    line: int
    name: str
    address: str
    country: str = ""
    typed_country: str = ""
    institution: str = ""
    language: str = ""
    approval: Approval = "approved"
    with_session: bool = False
    by_joining: bool = False


@dataclass(frozen=True, kw_only=True)
class Session:
    """One time that somebody joined and left the meeting, in UTC."""

    path: str
    line: int
    name: str
    address: str
    start: datetime
    end: datetime


@dataclass(kw_only=True)
class Exports:
    """All that the exports of one seminar say, with what could not be read and what staff should look at.

    `hosts` has the addresses (`core.text.address_key`) and names (`words.name_key`) of those who ran the meeting.
    """

    registrations: list[Registration] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One person, from one or several rows.

    `address` is where to write, as it was typed; `keys` are the addresses (`core.text.address_key`) that nobody else
    registered with; `name_key` is the name without accents, in alphabetical order; `sessions` counts the sessions that
    were found to be this person's.
    """

    name: str
    address: str
    keys: tuple[str, ...]
    name_key: str
    country: str
    institution: str
    language: str
    approval: Approval
    rows: Sequence[Registration]
    minutes: int = 0
    sessions: int = 0

    @property
    def by_joining(self) -> bool:
        """Whether nothing is known of the person but that somebody joined under this name."""
        return all(row.by_joining for row in self.rows)

    @property
    def twice(self) -> bool:
        """Whether the person registered more than once: with two addresses, or in two rows of one export."""
        files = [row.path for row in self.rows if not row.with_session]
        return len(self.keys) > 1 or len(files) > len(set(files))

    @property
    def place(self) -> str:
        """File and line of the person's first row."""
        return f"{self.rows[0].path}:{self.rows[0].line}"


@dataclass(frozen=True, kw_only=True)
class UnmatchedAttendee:
    """Somebody who joined and was found in no registration; `place` is the file and line of the first session.

    `is_host`: as one of those who ran the meeting, who need no registration.
    """

    name: str
    address: str
    place: str
    sessions: int
    minutes: int
    is_host: bool = False
