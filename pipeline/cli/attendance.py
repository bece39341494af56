"""Count the registrations, and list the people to ask about missing details; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import attendance
from pipeline.attendance.records import Outcome
from pipeline.cli import console
from pipeline.cli.options import Output, Root, SeminarIds
from pipeline.compose.forms import cldr
from pipeline.core.columns import word
from pipeline.core.problems import quoted
from pipeline.core.text import number_of
from pipeline.workflows import attendance as workflow

NOTHING = "Nothing in sources/registrations. Put Zoom's exports there, named like africa-fr-registration.csv."
OUTCOMES: dict[Outcome, str] = {
    "read": "read",
    "waiting": "of the waiting room only",
    "absent": "of people who did not come",
    "outside": "about the meeting and its hosts",
    "unused": "in tables that are not used",
    "unread": "not read, named above",
}


def registrations(ids: SeminarIds = None, root: Root = Path(), output: Output = None) -> int:
    """Count registrations by country, list whom to ask."""
    found, unused, quota = workflow.registrations(ids or [], root)
    for problem in unused:
        console.say(str(problem))
    for each in found:
        _say(each, quota)
    if not unused and not found:
        console.say(NOTHING)
    return 1 if unused or any(each.attendance.problems for each in found) else 0


def _say(found: workflow.Registrations, quota: int) -> None:
    present, summary = found.attendance, found.summary
    console.say(f"{found.seminar.id}, {found.seminar.date.isoformat()}")
    for problem in present.problems:
        console.say(f"  {problem}")
    for remark in present.remarks:
        console.say(f"  remark: {remark}")
    outcomes = [f"{present.outcomes[key]} {words}" for key, words in OUTCOMES.items() if present.outcomes[key]]
    console.say(f"  {number_of(present.outcomes.total(), 'line')}: {', '.join(outcomes) or 'none'}")
    people = f"{number_of(summary.people, 'person', 'people')} in {number_of(summary.rows, 'row')}"
    console.say(f"  {people}: {summary.approved} approved, {summary.pending} pending, {summary.denied} denied")
    if summary.countries:
        _say_countries(summary, quota)
    _say_whom_to_ask(summary)
    if present.sessions:
        there, sessions = sum(person.minutes > 0 for person in present.people), number_of(present.sessions, "session")
        console.say(f"  {there} of them {'was' if there == 1 else 'were'} there; {sessions} in all")
    unmatched = [attendee for attendee in present.unmatched if not attendee.is_host]
    if unmatched:
        cure = "write the registered address into their rows"
        console.say(f"  joined, and matches no registration: {len(unmatched)}; {cure}")
        for attendee in unmatched:
            console.say(f"    {unmatched_line(attendee)}")
    if hosts := len(present.unmatched) - len(unmatched):
        console.say(f"  joined as host of the meeting: {hosts}")


def _say_countries(summary: attendance.Summary, quota: int) -> None:
    names = cldr("en-GB").territories
    shown = {country: names.get(country, country) for country, *_ in summary.countries}
    countries = number_of(len(shown), "country", "countries")
    console.say(f"  {countries} (about {quota} participants each):")
    rows = []
    for country, approved, pending in sorted(summary.countries, key=lambda c: (-c[1] - c[2], word(shown[c[0]]))):
        over = approved + pending - quota
        count = f"{approved} + {pending} pending" if pending else str(approved)
        rows.append((shown[country], f"{count}   {over} over: choose" if over > 0 else count))
    console.table(("Country", "Participants"), rows, indent="    ", least=31)


def _say_whom_to_ask(summary: attendance.Summary) -> None:
    """Print who registered twice, and whom to ask for which missing detail."""
    if summary.duplicates:
        console.say(f"  registered more than once (counted once): {len(summary.duplicates)}")
        for person in summary.duplicates:
            rows = (row for row in person.rows if not row.with_session)
            lines = (_line(row.name, row.address, f"{row.path}:{row.line}") for row in rows)
            console.say(f"    {' = '.join(lines)}")
    for title, people, more in (
        ("no country that is known: ask", summary.without_country, _typed(summary.without_country)),
        ("no institution: ask", summary.without_institution, ""),
        ("no address: ask", summary.without_address, ""),
    ):
        if people:
            console.say(f"  {title}: {len(people)}{more}")
            for person in people:
                console.say(f"    {person_line(person)}")
    for title, groups in (
        ("one name, kept apart: ask whether they are one", summary.namesakes),
        ("one address, several names: ask for an address of their own", summary.shared_addresses),
    ):
        for group in groups:
            console.say(f"  {title}: {'; '.join(map(person_line, group))}")


def _typed(people: Sequence[attendance.Participant]) -> str:
    """Return the texts that these people typed for their country, each once."""
    texts = sorted({row.typed_country for person in people for row in person.rows if row.typed_country})
    return f"; {', '.join(map(quoted, texts))} {'is' if len(texts) == 1 else 'are'} written there" if texts else ""


def person_line(person: attendance.Participant) -> str:
    """Return name, address and row of a person."""
    return _line(person.name, person.address, person.place)


def unmatched_line(attendee: attendance.UnmatchedAttendee) -> str:
    """Return a line about an attendee without a registration, with the first row and the minutes."""
    return f"{_line(attendee.name, attendee.address, attendee.place)}, {number_of(attendee.minutes, 'minute')}"


def _line(name: str, address: str, place: str) -> str:
    shown = f" <{address}>" if address and address != name else ""
    return f"{name}{shown} ({place})"
