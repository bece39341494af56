"""How long each person was there: the union of the person's sessions, inside the hours of the seminar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.attendance.records import Participant, Registration, Session, UnmatchedAttendee
from pipeline.attendance.words import name_key
from pipeline.core.columns import known_words, word
from pipeline.core.text import address_key

_SHOWN = re.compile(r"(?P<shown>[^()]*)\((?P<original>[^()]*)\)\s*")


def is_host(session: Session, hosts: Collection[str]) -> bool:
    """Return whether somebody joined as a host of the meeting: by the address, else by the name or by Zoom's mark."""
    shown = _SHOWN.fullmatch(session.name)
    if shown and word(shown["original"]) in known_words()["hosts"]:
        return True
    return (address_key(session.address) or name_key(session.name)) in hosts


def matched(
    people: Sequence[Participant], sessions: Iterable[Session], start: datetime, end: datetime, hosts: Collection[str]
) -> tuple[tuple[Participant, ...], tuple[UnmatchedAttendee, ...]]:
    """Return the people with their minutes, and the attendees whom no registration matches.

    A session belongs to the person with its address, else to the only person with its name.
    """
    by_address = {key: i for i, person in enumerate(people) for key in person.keys}
    names: dict[str, set[int]] = defaultdict(set)
    for i, person in enumerate(people):
        for row in person.rows:
            names[name_key(row.name)].add(i)
    by_name = {name: min(found) for name, found in names.items() if name and len(found) == 1}
    theirs: dict[int, list[Session]] = defaultdict(list)
    unknown: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        address = address_key(session.address)
        found = {by_address[address]} if address in by_address else _named(session.name, by_name)
        if len(found) == 1:
            theirs[found.pop()].append(session)
        else:
            unknown[name_key(session.name), address].append(session)
    everybody = tuple(
        replace(person, minutes=minutes(theirs[i], start, end), sessions=len(theirs[i]))
        for i, person in enumerate(people)
    )
    return everybody, tuple(_unmatched(found, start, end, hosts) for found in unknown.values())


def _named(text: str, by_name: dict[str, int]) -> set[int]:
    """Return who has one of the names in "shown (original)": people join as "iPhone (Brian Smith)"."""
    found = _SHOWN.fullmatch(text)
    names = [text, found["original"].strip(), found["shown"].strip()] if found else [text]
    return {by_name[key] for name in names if (key := name_key(name)) in by_name}


def _unmatched(
    sessions: Sequence[Session], start: datetime, end: datetime, hosts: Collection[str]
) -> UnmatchedAttendee:
    first = sessions[0]
    return UnmatchedAttendee(
        name=first.name,
        address=first.address,
        place=f"{first.path}:{first.line}",
        sessions=len(sessions),
        minutes=minutes(sessions, start, end),
        is_host=is_host(first, hosts),
    )


def minutes(sessions: Iterable[Session], start: datetime, end: datetime) -> int:
    """Return the full minutes that the sessions cover between `start` and `end`, none of them counted twice."""
    covered, reached = 0.0, start
    for session in sorted(sessions, key=lambda session: (session.start, session.end)):
        joined, left = max(session.start, reached), min(session.end, end)
        if left > joined:
            covered += (left - joined).total_seconds()
            reached = left
    return int(covered // 60)


def registered_by_joining(sessions: Iterable[Session]) -> list[Registration]:
    """Return a registration for each address that joined: for meetings to which nobody had to register."""
    found: dict[str, Registration] = {}
    for session in sessions:
        key = address_key(session.address)
        if key and key not in found:
            found[key] = Registration(
                path=session.path,
                line=session.line,
                name=session.name or session.address,
                address=session.address,
                with_session=True,
                by_joining=True,
            )
    return list(found.values())
