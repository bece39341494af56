"""Rows become people: the same address is the same person, and so is the same name where nothing speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.registrations.fold import address_key, name_key, word
from pipeline.registrations.records import Approval, Participant, Registration

_BEST: tuple[Approval, ...] = ("approved", "pending", "denied")


def people(registrations: Iterable[Registration]) -> list[Participant]:
    """Return the people in the order of their first rows."""
    groups = _by_address(registrations)
    merged = [group for same in _by_name(groups) for group in _joined(same)]
    merged.sort(key=lambda rows: (rows[0].path, rows[0].line))
    return [_person(rows) for rows in merged]


def _by_address(registrations: Iterable[Registration]) -> list[list[Registration]]:
    groups: dict[str, list[Registration]] = {}
    for row in registrations:
        # A row without an address that can be one stands alone here; its name may still join it to another.
        key = address_key(row.address) or f"{row.path}:{row.line}"
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _by_name(groups: Iterable[list[Registration]]) -> Iterable[list[list[Registration]]]:
    same: dict[str, list[list[Registration]]] = defaultdict(list)
    for rows in groups:
        same[name_key(rows[0].name) or f"{rows[0].path}:{rows[0].line}"].append(rows)
    return same.values()


def _joined(same: Sequence[list[Registration]]) -> Iterator[list[Registration]]:
    """Yield groups of one name put together, or each for itself where country or institution tell them apart."""
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
    """Return one person of one or several rows: what an earlier row leaves open, a later one fills."""
    addresses = (address_key(row.address) for row in rows)
    return Participant(
        name=rows[0].name,
        keys=tuple(dict.fromkeys(address for address in addresses if address)),
        name_key=name_key(rows[0].name),
        country=next((row.country for row in rows if row.country), ""),
        institution=next((row.institution for row in rows if row.institution), ""),
        language=next((row.language for row in rows if row.language), ""),
        approval=min((row.approval for row in rows), key=_BEST.index),
        rows=tuple(rows),
    )


def namesakes(everybody: Iterable[Participant]) -> list[list[Participant]]:
    """Return people who bear one name and were kept apart: only they themselves know whether they are one."""
    same: dict[str, list[Participant]] = defaultdict(list)
    for person in everybody:
        same[person.name_key].append(person)
    return [group for key, group in same.items() if key and len(group) > 1]
