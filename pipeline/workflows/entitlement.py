"""Who is entitled to a certificate of attendance, and the reasons why others are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.attendance import Participant
from pipeline.core import fonts
from pipeline.core.problems import Problem, SourceError, quoted
from pipeline.core.sources import Seminar
from pipeline.core.text import number_of

LONGEST_INSTITUTION = 200
"""The largest number of letters of an institution: it takes three lines."""
LONGEST_NAME, LONGEST_WORD = 150, 70
"""The largest numbers of letters: so many of the widest letter fit into the frame at the smallest type size."""


def minutes_needed(threshold: str, seminar: Seminar) -> int:
    """Return how many minutes a person must attend to get a certificate; by default more than half of the seminar.

    Raise `SourceError` for a threshold that is not a number or is longer than the seminar.
    """
    start, end = seminar.begins, seminar.ends
    length = int((end - start).total_seconds()) // 60
    if not threshold:
        return length // 2 + 1
    found = re.fullmatch(r"(\d{1,4})\s*(%?)", threshold.strip())
    needed = -(-int(found[1]) * length // 100) if found and found[2] else int(found[1]) if found else 0
    if not 0 < needed <= length:
        why = "is no number of minutes and no share"
        if found:
            why = f"is longer than the seminar ({number_of(length, 'minute')})" if needed else "is not above 0"
        fix = f"write minutes (1 to {length}) or a share, like 75%"
        message = f"the threshold {quoted(threshold)} {why}"
        raise SourceError([Problem(path="THRESHOLD", line=1, message=message, fix=fix)])
    return needed


def refusals(present: Sequence[Participant], templates: Path) -> dict[str, str]:
    """Return the reasons why people who attended get no certificate, by their rows."""
    namesakes = Counter(person.name_key for person in present)
    known = fonts.printable(templates) if any(not person.name.isascii() for person in present) else frozenset()
    reasons = {person.place: _reason(person, namesakes[person.name_key] > 1, known) for person in present}
    return {place: reason for place, reason in reasons.items() if reason}


def printed_institution(person: Participant, templates: Path) -> str:
    """Return the person's institution, or an empty string if it is too long to be printed or has letters of no font."""
    text = person.institution
    if len(text) > LONGEST_INSTITUTION or max(map(len, text.split()), default=0) > LONGEST_WORD:
        return ""
    is_printable = text.isascii() or not fonts.missing_characters(text, fonts.printable(templates))
    return text if is_printable else ""


def _reason(person: Participant, has_namesake: bool, known: frozenset[int]) -> str:
    """Return the reason why a person who attended gets no certificate, or an empty string."""
    if person.approval != "approved":
        return f"the registration is {person.approval}"
    if not person.name_key or person.name == person.address:
        return "no name is registered"
    if has_namesake and not person.keys:
        return "another person has the same name, and this row has no address; write an address into the row"
    if person.by_joining and "(" in person.name:
        return "the row has two names and no registration; leave only the name to be printed in the row"
    if "," in person.name:
        return "the name has a comma; write it into the row as it is to be printed"
    if len(person.name) > LONGEST_NAME:
        return f"the name has {len(person.name)} letters; the certificate has room for {LONGEST_NAME}"
    longest = max(map(len, person.name.split()))
    if longest > LONGEST_WORD:
        return f"the name has a word of {longest} letters; the certificate has room for {LONGEST_WORD}"
    missing = "" if person.name.isascii() else fonts.missing_characters(person.name, known)
    return f"no font here has {missing}; {fonts.FIX}" if missing else ""
