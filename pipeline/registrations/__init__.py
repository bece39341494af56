"""Stage: the exports of Zoom in `sources/registrations` become the people of a seminar, with their minutes.

What stands there is personal data: it is read, counted and shown to who typed the command, and goes nowhere else. A
problem says the file and the line, never what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.model import Seminar
from pipeline.problems import Problem, SourceError, quoted
from pipeline.registrations.attendance import attendance, registered_by_joining
from pipeline.registrations.folder import exports, keep_private
from pipeline.registrations.languages import language
from pipeline.registrations.people import people
from pipeline.registrations.reading import read
from pipeline.registrations.records import Exports, Participant
from pipeline.registrations.tally import Tally, tally

__all__ = ["Participant", "Roll", "Tally", "exports", "keep_private", "language", "roll", "tally", "window"]


@dataclass(frozen=True, kw_only=True)
class Roll:
    """The people of one seminar. `unknown` joined under a name that nobody registered; `stays` counts all joins."""

    people: tuple[Participant, ...]
    unknown: tuple[str, ...]
    stays: int
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def roll(seminar: Seminar, paths: Sequence[Path], root: Path, host_zone: str) -> Roll:
    """Return who registered and who was there; `host_zone` is the time zone of the account that made the exports."""
    start, end = window(seminar)
    found = read(paths, root, start, end, _zone(host_zone, seminar.id))
    rows = found.registrations or registered_by_joining(found.joins)
    counted = attendance(people(rows), found.joins, start, end)
    return Roll(
        people=counted.people,
        unknown=counted.unknown,
        stays=len(found.joins),
        problems=tuple(found.problems),
        remarks=(*found.remarks, *_zone_remarks(found, seminar, host_zone)),
    )


def window(seminar: Seminar) -> tuple[datetime, datetime]:
    """Return start and end of a seminar in UTC; one that ends before it starts ends the day after."""
    start = datetime.combine(seminar.date, seminar.start, tzinfo=UTC)
    end = datetime.combine(seminar.date, seminar.end, tzinfo=UTC)
    return start, end if end > start else end + timedelta(days=1)


def _zone(name: str, seminar: str) -> tzinfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fix = "write one like Europe/Brussels"
        path = f"sources/seminars/{seminar}.yaml"
        raise SourceError([Problem(path=path, line=1, message=f"no time zone {quoted(name)}", fix=fix)]) from None


def _zone_remarks(found: Exports, seminar: Seminar, host_zone: str) -> list[Problem]:
    """Return what is to be said of the time zone, which no export names."""
    if not found.joins:
        return []
    path, start, end = f"sources/seminars/{seminar.id}.yaml", *window(seminar)
    remarks = []
    if not host_zone:
        message = "the exports' times are taken for UTC, since no `host_zone` is given"
        fix = "write the time zone of the Zoom account, like `host_zone: Europe/Brussels`"
        remarks.append(Problem(path=path, line=1, message=message, fix=fix))
    if all(join.end <= start or join.start >= end for join in found.joins):
        message = "nobody was there during the seminar's hours, by the exports' times: another day, or another zone?"
        remarks.append(Problem(path=path, line=1, message=message))
    return remarks
