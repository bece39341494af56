"""The participants of a seminar who get a mail: the list that staff wrote, else the approved registrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import attendance
from pipeline.core.problems import SourceError
from pipeline.core.sources import Seminar, Series
from pipeline.core.text import address_key, number_of
from pipeline.mail.recipients import Recipient, listed_in, participants
from pipeline.workflows.attendance import attendance_of, unused_exports


@dataclass(frozen=True, kw_only=True)
class MailingList:
    """The participants who get a mail, and remarks about their source, which contain no names."""

    recipients: tuple[Recipient, ...]
    remarks: tuple[str, ...] = ()


def mailing_list(seminar: Seminar, series: Series, root: Path) -> MailingList:
    """Return the participants of a seminar.

    If staff wrote a list, only the list counts: a person who was removed from it gets no mail, even if an export has
    the name. Without a list, raise `SourceError` if a part of the exports cannot be read: each row is a person.
    """
    present, lists = attendance_of(seminar, series, root), listed_in(root, seminar.id)
    misnamed = attendance.misnamed_lists(root, series.seminars)
    approved = [person for person in present.people if person.approval == "approved" and not person.by_joining]
    if lists:
        listed, hard_to_read = participants(root, seminar.id)
        remarks = [*_beside(listed, approved, lists[0].name), *map(str, hard_to_read)]
        remarks += [str(fault) for owner, fault in misnamed if owner in ("", seminar.id)]
        return MailingList(recipients=tuple(listed), remarks=tuple(remarks))
    problems = [*present.problems, *(fault for owner, fault in misnamed if owner == seminar.id)]
    if problems:
        raise SourceError(problems)
    waiting = sum(person.approval == "pending" for person in present.people)
    remarks = []
    if approved:
        found = number_of(len(approved), "approved registration")
        remarks.append(f"the participants are those of Zoom's exports: {found}")
    if waiting:
        remarks.append(f"pending, so no mail is sent to them yet: {number_of(waiting, 'registration')}")
    remarks += map(str, unused_exports(series, root))
    return MailingList(recipients=tuple(map(_recipient, approved)), remarks=tuple(remarks))


def _beside(listed: Sequence[Recipient], approved: Sequence[attendance.Participant], name: str) -> list[str]:
    """Return a remark on how many approved registrations are not in the list."""
    known = {address_key(recipient.address) for recipient in listed}
    left_out = sum(not known & {address_key(row.address) for row in person.rows} for person in approved)
    count = number_of(left_out, "approved registration is", "approved registrations are")
    return [f"the participants are those of {name}: {count} not in it"] if left_out else []


def _recipient(person: attendance.Participant) -> Recipient:
    # Without an address only the row distinguishes two people, and the table must list both.
    alone = "" if person.address else person.place
    return Recipient(kind="participant", name=person.name, address=person.address, person=alone, place=person.place)
