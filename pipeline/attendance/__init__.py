"""Stage: the exports of Zoom in `sources/registrations` become the people of a seminar, with their minutes.

What stands there is personal data: it is read, counted and shown to who typed the command, and goes nowhere else. A
problem says the file and the line, never what stands in it but a time that cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.attendance.attendance import attendance, registered_by_joining
from pipeline.attendance.folder import exports, misnamed_lists
from pipeline.attendance.languages import language
from pipeline.attendance.people import people
from pipeline.attendance.reading import read
from pipeline.attendance.records import Exports, Outcome, Participant, Stranger
from pipeline.attendance.tally import Tally, tally
from pipeline.core.problems import Problem
from pipeline.core.sources import Seminar

__all__ = [
    "Participant",
    "Roll",
    "Stranger",
    "Tally",
    "exports",
    "language",
    "misnamed_lists",
    "roll",
    "tally",
    "window",
]


@dataclass(frozen=True, kw_only=True)
class Roll:
    """The people of one seminar. `strangers` joined and nobody can tell who they are; `stays` counts all joins, and
    `outcomes` what became of each line of people."""

    people: tuple[Participant, ...]
    strangers: tuple[Stranger, ...]
    stays: int
    outcomes: Counter[Outcome]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def roll(seminar: Seminar, paths: Sequence[Path], root: Path, host_zone: str) -> Roll:
    """Return who registered and who was there; `host_zone` is the time zone of the account that made the exports."""
    start, end = window(seminar)
    found = read(paths, root, start, end, ZoneInfo(host_zone or "UTC"))
    rows = found.registrations or registered_by_joining(found.joins)
    counted = attendance(people(rows), found.joins, start, end)
    return Roll(
        people=counted.people,
        strangers=counted.strangers,
        stays=len(found.joins),
        outcomes=found.outcomes,
        problems=tuple(found.problems),
        remarks=(*found.remarks, *_zone_remarks(found, seminar, host_zone)),
    )


def window(seminar: Seminar) -> tuple[datetime, datetime]:
    """Return start and end of a seminar in UTC."""
    start, end = (datetime.combine(seminar.date, time, tzinfo=UTC) for time in (seminar.start, seminar.end))
    return start, end


def _zone_remarks(found: Exports, seminar: Seminar, host_zone: str) -> list[Problem]:
    """Return what is to be said of the time zone, which no export names."""
    if not found.joins:
        return []
    start, end = window(seminar)
    remarks = []
    if not host_zone:
        message = "the exports' times are taken for UTC, since no `host_zone` is given"
        fix = "write the time zone of the Zoom account, like `host_zone: Europe/Brussels`"
        remarks.append(Problem(path="sources/series.yaml", line=1, message=message, fix=fix))
    if all(join.end <= start or join.start >= end for join in found.joins):
        message = "nobody was there during the seminar's hours, by the exports' times: another day, or another zone?"
        remarks.append(Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message))
    return remarks
