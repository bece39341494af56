"""What the exports say: registrations and joins as they were read, and the people that come of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pipeline.core.problems import Problem

Approval = Literal["approved", "pending", "denied"]

Outcome = Literal["read", "waiting", "absent", "outside", "unread", "unused"]
"""What became of a line that is no header. `outside`: it is about the meeting and its hosts; `waiting`: never let in;
`absent`: registered and did not come; `unread`: it has a problem of its own; `unused`: its table cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One row that says who registered; `country` is two letters or empty, `typed_country` and `language` as typed.

    `stay`: the row is of a report of attendance, which has one for each time that somebody came in. `by_joining`:
    nobody had to register, and the name is what was shown in the meeting.
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
    stay: bool = False
    by_joining: bool = False


@dataclass(frozen=True, kw_only=True)
class Join:
    """One stay of somebody in the meeting, in UTC."""

    path: str
    line: int
    name: str
    address: str
    start: datetime
    end: datetime


@dataclass(kw_only=True)
class Exports:
    """All that the exports of one seminar say, with what could not be read and what is worth a look."""

    files: int = 0
    registrations: list[Registration] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One person, from one or several rows.

    `address` is where to write, as it was typed; `keys` are the folded addresses that nobody else registered with, and
    `name_key` is the folded name. `stays` are the joins that were found to be this person's.
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
    stays: int = 0

    @property
    def by_joining(self) -> bool:
        """Whether nothing is known of the person but that somebody joined under this name."""
        return all(row.by_joining for row in self.rows)

    @property
    def twice(self) -> bool:
        """Whether the person registered more than once: with two addresses, or in two rows of one registration."""
        files = [row.path for row in self.rows if not row.stay]
        return len(self.keys) > 1 or len(files) > len(set(files))

    @property
    def place(self) -> str:
        """Where the person's first row stands."""
        return f"{self.rows[0].path}:{self.rows[0].line}"


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """Somebody who joined and of whom nobody can tell who it is; `place` is the first of the `stays`."""

    name: str
    address: str
    place: str
    stays: int
    minutes: int
