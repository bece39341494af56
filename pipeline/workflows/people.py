"""The people of a seminar as the commands of several desks ask for them, and how they are named to who typed one."""

from __future__ import annotations

from pathlib import Path

from pipeline import attendance
from pipeline.core.problems import Problem, SourceError, nearest
from pipeline.core.sources import Seminar, Series
from pipeline.core.text import number_of

Lines = tuple[list[str], int]
"""What a command says, and its exit code."""


def seminar_of(id: str, series: Series) -> Seminar:
    """Return the seminar that was asked for; an unknown one is a `SourceError`."""
    if id not in series.seminars:
        fix = nearest(id, series.seminars)
        raise SourceError([Problem(path="SEMINAR", line=1, message=f"no seminar `{id}`", fix=fix)])
    return series.seminars[id]


def attendance_of(seminar: Seminar, series: Series, root: Path) -> attendance.Attendance:
    """Return the people of a seminar as its exports have them, with the problems of these."""
    files, _ = attendance.exports(root, series.seminars)
    return attendance.read_attendance(seminar, files[seminar.id], root, seminar.host_zone or series.host_zone)


def owned_by_nobody(series: Series, root: Path) -> list[Problem]:
    """Return a problem for each file that may be an export and is not used, since its name begins with no seminar."""
    return attendance.exports(root, series.seminars)[1]


def person_line(person: attendance.Participant) -> str:
    """Return a person as the desk is told of one: name, address and the row."""
    return _line(person.name, person.address, person.place)


def rows_line(person: attendance.Participant) -> str:
    """Return a person with every row of a registration, as it was written each time."""
    rows = [row for row in person.rows if not row.with_session]
    return " = ".join(_line(row.name, row.address, f"{row.path}:{row.line}") for row in rows)


def unmatched_line(attendee: attendance.UnmatchedAttendee) -> str:
    """Return an attendee without a registration, with the first row and the minutes."""
    return f"{_line(attendee.name, attendee.address, attendee.place)}, {number_of(attendee.minutes, 'minute')}"


def _line(name: str, address: str, place: str) -> str:
    shown = f" <{address}>" if address and address != name else ""
    return f"{name}{shown} ({place})"
