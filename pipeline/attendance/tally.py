"""What the hosts want to know before a seminar: how many from each country, who came twice, and whom to ask what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.attendance.people import housemates, namesakes
from pipeline.attendance.records import Participant


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of those who are not denied; `countries` are two letters with approved and pending people, most first."""

    rows: int
    people: int
    approved: int
    pending: int
    denied: int
    countries: tuple[tuple[str, int, int], ...]
    duplicates: tuple[Participant, ...]
    namesakes: tuple[tuple[Participant, ...], ...]
    housemates: tuple[tuple[Participant, ...], ...]
    without_country: tuple[Participant, ...]
    without_institution: tuple[Participant, ...]
    without_address: tuple[Participant, ...]


def tally(people: Sequence[Participant]) -> Tally:
    """Return the counts and lists of one seminar's registrations."""
    of = Counter(person.approval for person in people)
    standing = [person for person in people if person.approval != "denied"]
    approved = Counter(person.country for person in standing if person.country and person.approval == "approved")
    pending = Counter(person.country for person in standing if person.country and person.approval == "pending")
    countries = sorted({*approved, *pending}, key=lambda c: (-approved[c] - pending[c], c))
    return Tally(
        rows=sum(len(person.rows) for person in people),
        people=len(people),
        approved=of["approved"],
        pending=of["pending"],
        denied=of["denied"],
        countries=tuple((country, approved[country], pending[country]) for country in countries),
        duplicates=tuple(person for person in people if person.twice),
        namesakes=tuple(map(tuple, namesakes(standing))),
        housemates=tuple(map(tuple, housemates(standing))),
        without_country=tuple(person for person in standing if not person.country),
        without_institution=tuple(person for person in standing if not person.institution),
        without_address=tuple(person for person in standing if not person.address),
    )
