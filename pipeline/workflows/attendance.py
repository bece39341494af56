"""The registrations and the attendance of a seminar, read from Zoom's exports in `sources/registrations`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.attendance import Attendance, Summary, exports, read_attendance, summary
from pipeline.build.check import read
from pipeline.core.problems import Problem, SourceError, nearest
from pipeline.core.sources import Seminar, Series


@dataclass(frozen=True, kw_only=True)
class Registrations:
    """The registrations of one seminar and their counts."""

    seminar: Seminar
    attendance: Attendance
    summary: Summary


def registrations(ids: Sequence[str], root: Path) -> tuple[list[Registrations], list[Problem], int]:
    """Return the registrations of these seminars, or of all that have exports; the exports that belong to no seminar;
    and about how many participants per country the series plans."""
    series = read(root, templates=())
    files, unused = exports(root, series.seminars)
    chosen = [seminar_named(id, series) for id in ids] or [s for id, s in sorted(series.seminars.items()) if files[id]]
    rows = [(seminar, attendance_of(seminar, series, root)) for seminar in chosen]
    found = [Registrations(seminar=seminar, attendance=of, summary=summary(of.people)) for seminar, of in rows]
    return found, unused, series.participants_per_country


def seminar_named(id: str, series: Series) -> Seminar:
    """Return the seminar with this id; raise `SourceError` if there is none."""
    if id not in series.seminars:
        fix = nearest(id, series.seminars)
        raise SourceError([Problem(path="SEMINAR", line=1, message=f"no seminar `{id}`", fix=fix)])
    return series.seminars[id]


def attendance_of(seminar: Seminar, series: Series, root: Path) -> Attendance:
    """Return the people of a seminar from its exports, with the problems of the exports."""
    files, _ = exports(root, series.seminars)
    return read_attendance(seminar, files[seminar.id], root, seminar.host_zone or series.host_zone)


def unused_exports(series: Series, root: Path) -> list[Problem]:
    """Return a problem for each possible export that is not used, because its name does not begin with a seminar id."""
    return exports(root, series.seminars)[1]
