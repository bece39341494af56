"""Seminars become a calendar file that every calendar program takes: UTC times, folded lines, no clock of ours.

The lines are those of RFC 5545, written here: a library of its own would take a tenth of the time of a small build to
be loaded. The tests read every file with two.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.core.documents import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pipeline.core.documents import Calendar
    from pipeline.core.sources import Brand

STANDING = {
    "tentative": ("TENTATIVE", "OPAQUE"),
    "confirmed": ("CONFIRMED", "OPAQUE"),
    "postponed": ("TENTATIVE", "TRANSPARENT"),
    "cancelled": ("CANCELLED", "TRANSPARENT"),
}
"""By status of a seminar: what iCalendar calls it, which knows nothing postponed, and whether its hours are taken."""
LINE = 75
"""Octets in a line without its end (RFC 5545, 3.1)."""


def write(entry: Event | Calendar, _brand: Brand, _templates: Path) -> bytes:
    """Return the calendar with one event or with several.

    One cancelled event is a CANCEL, which takes the entry out of a calendar that has it; among others it is published
    as cancelled.
    """
    return _written(entry)


@lru_cache(maxsize=8)  # each speaker of a seminar gets the same entry
def _written(entry: Event | Calendar) -> bytes:
    return b"".join(_folded(line) + b"\r\n" for line in _lines(entry))


def _lines(entry: Event | Calendar) -> Iterator[str]:
    alone = isinstance(entry, Event)
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_text(f'-//{entry.organiser}//seminar packages//EN')}"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{'CANCEL' if alone and entry.status == 'cancelled' else 'PUBLISH'}"
    if not alone:
        yield f"X-WR-CALNAME:{_text(entry.title)}"
    for event in (entry,) if alone else entry.events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    """Yield the lines of one event; the day of the seminar stands for the moment of writing."""
    status, transparency = STANDING[event.status]
    language = f";LANGUAGE={event.language}"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY{language}:{_text(event.title)}"
    yield f"DTSTART:{_moment(event.start)}"
    yield f"DTEND:{_moment(event.end)}"
    yield f"DTSTAMP:{_moment(event.start)}"
    yield f"UID:{_text(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield "CLASS:PUBLIC"
    yield f"DESCRIPTION{language}:{_text(event.description)}"
    yield f"LOCATION{language}:{_text(event.location)}"
    if event.contact:
        yield f"ORGANIZER;CN={_quoted(event.organiser)}:mailto:{event.contact}"
    yield f"STATUS:{status}"
    yield f"TRANSP:{transparency}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text with what would end it escaped (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _one_end(text).replace("\n", "\\n")


def _quoted(text: str) -> str:
    """Return the value of a parameter, in which nothing but quotation marks and lines has to give way (RFC 6868)."""
    return '"' + _one_end(text.replace("^", "^^").replace('"', "^'")).replace("\n", "^n") + '"'


def _one_end(text: str) -> str:
    """Return a text whose lines all end alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _folded(line: str) -> bytes:
    """Return the line in pieces of at most `LINE` octets; none ends within a letter or an escape."""
    if "\r" in line or "\n" in line:
        raise ValueError(f"an address or a language holds the end of a line: {line!r}")
    rest, pieces = line.encode(), []
    while len(rest) > LINE:
        end = LINE
        while rest[end] & 0xC0 == 0x80:  # a letter goes on here
            end -= 1
        before = rest[:end]
        end -= (len(before) - len(before.rstrip(b"\\"))) % 2
        pieces.append(rest[:end])
        rest = b" " + rest[end:]
    return b"\r\n".join([*pieces, rest])
