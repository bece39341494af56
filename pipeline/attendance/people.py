"""Registrations become people: one address is one person, and so is one name unless country or institution differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.attendance.records import Approval, Participant, Registration
from pipeline.attendance.words import name_key
from pipeline.core.columns import word
from pipeline.core.text import address_key

_BEST: tuple[Approval, ...] = ("approved", "pending", "denied")


def people(registrations: Iterable[Registration]) -> list[Participant]:
    """Return the people in the order of their first rows."""
    groups = _by_address(registrations)
    merged = [group for same in _by_name(groups) for group in _joined(same)]
    merged.sort(key=lambda rows: (rows[0].path, rows[0].line))
    found = [_person(rows) for rows in merged]
    times = Counter(key for person in found for key in person.keys)
    shared = {key for key, count in times.items() if count > 1}
    return [replace(p, keys=tuple(k for k in p.keys if k not in shared)) if shared & {*p.keys} else p for p in found]


def _by_address(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """Return rows by address: one person each, or several if names have no word in common (an office)."""
    groups: list[list[Registration]] = []
    by_word: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    nameless: dict[str, int] = {}
    for row in registrations:
        # A row without a mail address is a group of its own here; its name may still join it to another.
        key = address_key(row.address) or f"{row.path}:{row.line}"
        words = set() if row.name == row.address else {*name_key(row.name).split()}
        known = [by_word[key, word] for word in words if (key, word) in by_word]
        # A row without a name is the first person with this address; the first row with a name fills it in.
        i = min(known) if known else nameless.pop(key, None) if words else first.get(key)
        if i is None:
            i = len(groups)
            groups.append([])
            first.setdefault(key, i)
            if not words:
                nameless[key] = i
        groups[i].append(row)
        by_word.update({(key, word): i for word in words if (key, word) not in by_word})
    return groups


def _by_name(groups: Iterable[list[Registration]]) -> Iterable[list[list[Registration]]]:
    same: dict[str, list[list[Registration]]] = defaultdict(list)
    for rows in groups:
        same[name_key(rows[0].name) or f"{rows[0].path}:{rows[0].line}"].append(rows)
    return same.values()


def _joined(same: Sequence[list[Registration]]) -> Iterator[list[Registration]]:
    """Yield the groups of one name as one, or each alone if country or institution tell them apart."""
    if len(same) > 1 and not _told_apart(same):
        yield sorted((row for rows in same for row in rows), key=lambda row: (row.path, row.line))
    else:
        yield from same


def _told_apart(same: Iterable[Iterable[Registration]]) -> bool:
    rows = [row for group in same for row in group]
    countries = {row.country for row in rows if row.country}
    institutions = {word(row.institution) for row in rows if row.institution}
    return len(countries) > 1 or len(institutions) > 1


def _person(rows: Sequence[Registration]) -> Participant:
    """Return one person of one or several rows; where a row is empty, the next one counts."""
    addresses = (address_key(row.address) for row in rows)
    best = sorted((row for row in rows if address_key(row.address)), key=lambda row: _BEST.index(row.approval))
    name = next((row.name for row in rows if row.name != row.address), rows[0].name)
    return Participant(
        name=name,
        name_key=name_key(name),
        address=best[0].address if best else "",
        keys=tuple(dict.fromkeys(address for address in addresses if address)),
        country=next((row.country for row in rows if row.country), ""),
        institution=next((row.institution for row in rows if row.institution), ""),
        language=next((row.language for row in rows if row.language), ""),
        approval=min((row.approval for row in rows), key=_BEST.index),
        rows=tuple(rows),
    )


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Counts of registrations for the hosts, and whom to ask what. `countries` are two letters with the number of
    approved and of pending people, most first; those who are denied are in no list but `duplicates`."""

    rows: int
    people: int
    approved: int
    pending: int
    denied: int
    countries: tuple[tuple[str, int, int], ...]
    duplicates: tuple[Participant, ...]
    namesakes: tuple[tuple[Participant, ...], ...]
    shared_addresses: tuple[tuple[Participant, ...], ...]
    without_country: tuple[Participant, ...]
    without_institution: tuple[Participant, ...]
    without_address: tuple[Participant, ...]


def summary(people: Sequence[Participant]) -> Summary:
    """Return the counts and lists of one seminar's registrations.

    `namesakes` have one name and were kept apart: only they know whether they are one person. `shared_addresses` are
    people of different names with one address: the mailbox of an office, or a mistake.
    """
    of = Counter(person.approval for person in people)
    invited = [person for person in people if person.approval != "denied"]
    approved = Counter(person.country for person in invited if person.country and person.approval == "approved")
    pending = Counter(person.country for person in invited if person.country and person.approval == "pending")
    countries = sorted({*approved, *pending}, key=lambda c: (-approved[c] - pending[c], c))
    return Summary(
        rows=sum(len(person.rows) for person in people),
        people=len(people),
        approved=of["approved"],
        pending=of["pending"],
        denied=of["denied"],
        countries=tuple((country, approved[country], pending[country]) for country in countries),
        duplicates=tuple(person for person in people if person.twice),
        namesakes=_groups((person.name_key, person) for person in invited),
        shared_addresses=_groups((address_key(person.address), person) for person in invited),
        without_country=tuple(person for person in invited if not person.country),
        without_institution=tuple(person for person in invited if not person.institution),
        without_address=tuple(person for person in invited if not person.address),
    )


def _groups(keyed: Iterable[tuple[str, Participant]]) -> tuple[tuple[Participant, ...], ...]:
    same: dict[str, list[Participant]] = defaultdict(list)
    for key, person in keyed:
        same[key].append(person)
    return tuple(tuple(group) for key, group in same.items() if key and len(group) > 1)
