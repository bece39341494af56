"""The command that counts registrations: what it says to who typed it, as lines; nothing of it is kept anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import attendance
from pipeline.attendance.words import word
from pipeline.core.problems import quoted
from pipeline.core.sources import Seminar, Series
from pipeline.core.text import number_of
from pipeline.workflows.people import Lines, attendance_of, person_line, rows_line, seminar_of, unmatched_line

_NONE = "Nothing in sources/registrations. Put Zoom's exports there, named like africa-fr-registration.csv."
_OUTCOMES = {
    "read": "read",
    "waiting": "of the waiting room only",
    "absent": "of people who did not come",
    "outside": "about the meeting and its hosts",
    "unused": "in tables that are not used",
    "unread": "not read, named above",
}


def registrations(ids: Sequence[str], root: Path) -> Lines:
    """Return who registered, by country against the quota, and whom to ask; 1 if something could not be read."""
    from pipeline.build.check import read

    series = read(root)
    files, problems = attendance.exports(root, series.seminars)
    asked = [seminar_of(id, series) for id in ids] or [s for id, s in sorted(series.seminars.items()) if files[id]]
    lines = [str(problem) for problem in problems]
    code = 1 if problems else 0
    for seminar in asked:
        found = attendance_of(seminar, series, root)
        lines += _told(seminar, found, series)
        code = 1 if found.problems else code
    return lines or [_NONE], code


def _told(seminar: Seminar, found: attendance.Attendance, series: Series) -> Iterator[str]:
    """Yield what is said of one seminar's registrations."""
    counted = attendance.summary(found.people)
    yield f"{seminar.id}, {seminar.date.isoformat()}"
    yield from (f"  {problem}" for problem in found.problems)
    yield from (f"  remark: {remark}" for remark in found.remarks)
    yield f"  {_lines_of(found)}"
    people = f"{number_of(counted.people, 'person', 'people')} in {number_of(counted.rows, 'row')}"
    yield f"  {people}: {counted.approved} approved, {counted.pending} pending, {counted.denied} denied"
    yield from _countries(counted, series.participants_per_country)
    yield from _to_ask(counted)
    if found.sessions:
        there = sum(person.minutes > 0 for person in found.people)
        sessions = number_of(found.sessions, "session")
        yield f"  {there} of them {'was' if there == 1 else 'were'} there; {sessions} in all"
    yield from _unmatched(found.unmatched)


def _lines_of(found: attendance.Attendance) -> str:
    """Return what became of every line of the exports."""
    parts = [f"{found.outcomes[key]} {words}" for key, words in _OUTCOMES.items() if found.outcomes[key]]
    return f"{number_of(found.outcomes.total(), 'line')}: {', '.join(parts) or 'none'}"


def _countries(counted: attendance.Summary, quota: int) -> Iterator[str]:
    from pipeline.compose.forms import cldr

    names = cldr("en-GB").territories
    if counted.countries:
        yield f"  {number_of(len(counted.countries), 'country', 'countries')} (about {quota} participants each):"
    shown = {country: names.get(country, country) for country, *_ in counted.countries}
    for country, approved, pending in sorted(counted.countries, key=lambda c: (-c[1] - c[2], word(shown[c[0]]))):
        over = approved + pending - quota
        more = f" + {pending} pending" if pending else ""
        yield f"    {shown[country]:32} {approved}{more}{f'   {over} over: choose' if over > 0 else ''}"


def _to_ask(counted: attendance.Summary) -> Iterator[str]:
    """Yield who came twice, and whom to ask what."""
    if counted.duplicates:
        yield f"  registered more than once (counted once): {len(counted.duplicates)}"
        yield from (f"    {rows_line(person)}" for person in counted.duplicates)
    for title, people, more in (
        ("no country that is known: ask", counted.without_country, _written(counted.without_country)),
        ("no institution: ask", counted.without_institution, ""),
        ("no address: ask", counted.without_address, ""),
    ):
        if people:
            yield f"  {title}: {len(people)}{more}"
            yield from (f"    {person_line(person)}" for person in people)
    for title, groups in (
        ("one name, kept apart: ask whether they are one", counted.namesakes),
        ("one address, several names: ask for an address of their own", counted.shared_addresses),
    ):
        yield from (f"  {title}: {'; '.join(map(person_line, group))}" for group in groups)


def _written(people: Sequence[attendance.Participant]) -> str:
    """Return what these people wrote for their country, each text once."""
    texts = sorted({row.typed_country for person in people for row in person.rows if row.typed_country})
    return f"; {', '.join(map(quoted, texts))} {'is' if len(texts) == 1 else 'are'} written there" if texts else ""


def _unmatched(unmatched: Sequence[attendance.UnmatchedAttendee]) -> Iterator[str]:
    if unmatched:
        yield f"  joined, and matches no registration: {len(unmatched)}; write the registered address into their rows"
        yield from (f"    {unmatched_line(attendee)}" for attendee in unmatched)
