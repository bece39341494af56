"""A seminar becomes a calendar file that every calendar program takes: UTC times, folded lines, no clock of ours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Brand, Event


def write(event: Event, _brand: Brand, _templates: Path) -> bytes:
    """Return the calendar with one event; the day of the seminar stands for the moment of writing."""
    return _written(event)


@lru_cache(maxsize=8)  # each speaker of a seminar gets the same entry
def _written(event: Event) -> bytes:
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", f"-//{event.organiser}//seminar packages//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    entry = Entry()
    language = {"LANGUAGE": event.language}
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.start)
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end)
    entry.add("summary", event.title, parameters=language)
    entry.add("description", event.description, parameters=language)
    entry.add("location", event.location, parameters=language)
    if event.url:
        entry.add("url", event.url)
    entry.add("status", "CONFIRMED")
    entry.add("transp", "OPAQUE")
    entry.add("class", "PUBLIC")
    calendar.add_component(entry)
    return calendar.to_ical()
