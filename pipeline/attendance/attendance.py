"""How long each person was there: the union of all their stays, inside the seminar's hours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.attendance.fold import name_key
from pipeline.attendance.records import Join, Participant, Registration, Stranger
from pipeline.core.text import address_key

Interval = tuple[datetime, datetime]

_SHOWN = re.compile(r"(?P<shown>[^()]*)\((?P<original>[^()]*)\)\s*")


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """The people with their minutes, and those who joined and whom nobody can tell."""

    people: tuple[Participant, ...]
    strangers: tuple[Stranger, ...]


def attendance(people: Sequence[Participant], joins: Iterable[Join], start: datetime, end: datetime) -> Attendance:
    """Return who was there and how long; a join finds its person by address, else by a name that one person bears."""
    everybody = _Directory(people)
    found: dict[int | None, list[Join]] = defaultdict(list)
    for join in joins:
        found[everybody.find(join)].append(join)
    strangers: dict[tuple[str, str], list[Join]] = defaultdict(list)
    for join in found.pop(None, ()):
        strangers[(name_key(join.name), address_key(join.address))].append(join)
    return Attendance(
        people=tuple(
            replace(person, minutes=minutes(map(_interval, found[i]), start, end), stays=len(found[i]))
            for i, person in enumerate(people)
        ),
        strangers=tuple(_stranger(stays, start, end) for stays in strangers.values()),
    )


def _interval(join: Join) -> Interval:
    return join.start, join.end


def _stranger(stays: Sequence[Join], start: datetime, end: datetime) -> Stranger:
    return Stranger(
        name=stays[0].name,
        address=stays[0].address,
        place=f"{stays[0].path}:{stays[0].line}",
        stays=len(stays),
        minutes=minutes(map(_interval, stays), start, end),
    )


def minutes(stays: Iterable[Interval], start: datetime, end: datetime) -> int:
    """Return the whole minutes that the stays cover between `start` and `end`, none of them twice."""
    covered, reached = 0.0, start
    for begin, leave in sorted(stays):
        begin, leave = max(begin, reached), min(leave, end)
        if leave > begin:
            covered += (leave - begin).total_seconds()
            reached = leave
    return int(covered // 60)


def registered_by_joining(joins: Iterable[Join]) -> list[Registration]:
    """Return a registration for each address that joined: for meetings to which nobody had to register."""
    found: dict[str, Registration] = {}
    for join in joins:
        key = address_key(join.address)
        if key and key not in found:
            name, where = join.name or join.address, (join.path, join.line)
            found[key] = Registration(
                path=where[0], line=where[1], name=name, address=join.address, stay=True, by_joining=True
            )
    return list(found.values())


class _Directory:
    """The people by address, and by name where only one bears it."""

    def __init__(self, people: Sequence[Participant]) -> None:
        self.by_address = {key: i for i, person in enumerate(people) for key in person.keys}
        names: dict[str, set[int]] = defaultdict(set)
        for i, person in enumerate(people):
            for row in person.rows:
                names[name_key(row.name)].add(i)
        self.by_name = {name: min(found) for name, found in names.items() if name and len(found) == 1}

    def find(self, join: Join) -> int | None:
        """Return the person's place in the list, or None."""
        i = self.by_address.get(address_key(join.address))
        if i is not None:
            return i
        found = {self.by_name[key] for name in _names(join.name) if (key := name_key(name)) in self.by_name}
        return found.pop() if len(found) == 1 else None


def _names(text: str) -> list[str]:
    """Return the names in "shown (original)", the whole first: people join as "iPhone (Brian Smith)"."""
    found = _SHOWN.fullmatch(text)
    return [text, found["original"].strip(), found["shown"].strip()] if found else [text]
