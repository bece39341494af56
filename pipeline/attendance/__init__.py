"""Stage: the exports of Zoom in `sources/registrations` become the people of a seminar, with their minutes.

  exports   which file belongs to which seminar
  reading   the rows of the files become registrations and sessions
  tables    the tables inside one file, found by their headers (`core.columns`)
  dates     times as exports write them
  words     names, countries (`countries.yaml`) and languages as people type them
  people    registrations become people, and the counts that the hosts ask for
  minutes   sessions find their people, and become minutes
  records   the types of all these

Exports are personal data: nothing here writes them anywhere. A problem says the file and the line and repeats nothing
of a row but a time that cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.attendance.exports import exports, misnamed_lists
from pipeline.attendance.minutes import is_host, matched, registered_by_joining
from pipeline.attendance.people import Summary, people, summary
from pipeline.attendance.reading import read_exports
from pipeline.attendance.records import Exports, Outcome, Participant, UnmatchedAttendee
from pipeline.attendance.words import language
from pipeline.core.problems import Problem
from pipeline.core.sources import Seminar

__all__ = [
    "Attendance",
    "Participant",
    "Summary",
    "UnmatchedAttendee",
    "exports",
    "language",
    "misnamed_lists",
    "read_attendance",
    "summary",
]


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """The people of one seminar. `unmatched` attendees joined and are not registered, as far as anybody can tell;
    `sessions` counts all times that somebody joined, `outcomes` what became of each line of the exports."""

    people: tuple[Participant, ...]
    unmatched: tuple[UnmatchedAttendee, ...]
    sessions: int
    outcomes: Counter[Outcome]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def read_attendance(seminar: Seminar, paths: Sequence[Path], root: Path, host_zone: str) -> Attendance:
    """Return who registered and who was there; `host_zone` is the time zone of the account that made the exports."""
    start, end = seminar.begins, seminar.ends
    found = read_exports(paths, root, start, end, ZoneInfo(host_zone or "UTC"))
    attendees = [session for session in found.sessions if not is_host(session, found.hosts)]
    registrations = found.registrations or registered_by_joining(attendees)
    everybody, unmatched = matched(people(registrations), found.sessions, start, end, found.hosts)
    return Attendance(
        people=everybody,
        unmatched=unmatched,
        sessions=len(found.sessions),
        outcomes=found.outcomes,
        problems=tuple(found.problems),
        remarks=(*found.remarks, *_zone_remarks(found, seminar, host_zone)),
    )


def _zone_remarks(found: Exports, seminar: Seminar, host_zone: str) -> list[Problem]:
    """Return remarks on the time zone, which no export names."""
    if not found.sessions:
        return []
    start, end = seminar.begins, seminar.ends
    remarks = []
    if not host_zone:
        message = "the times in the exports are read as UTC, since no `host_zone` is given"
        fix = "write the time zone of the Zoom account, like `host_zone: Europe/Brussels`"
        remarks.append(Problem(path="sources/series.yaml", line=1, message=message, fix=fix))
    if all(session.end <= start or session.start >= end for session in found.sessions):
        message = "by the times in the exports nobody was there during the seminar: another day, or another time zone?"
        remarks.append(Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message))
    return remarks
