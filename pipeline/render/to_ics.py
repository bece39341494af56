"""Seminars become a calendar file that every calendar program takes: UTC times, folded lines, no clock of ours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.model import Event

if TYPE_CHECKING:
    from pathlib import Path

    import icalendar

    from pipeline.model import Brand, Calendar

STANDING = {
    "tentative": ("TENTATIVE", "OPAQUE"),
    "confirmed": ("CONFIRMED", "OPAQUE"),
    "postponed": ("TENTATIVE", "TRANSPARENT"),
    "cancelled": ("CANCELLED", "TRANSPARENT"),
}
"""By status of a seminar: what iCalendar calls it, which knows nothing postponed, and whether its hours are taken."""


def write(entry: Event | Calendar, _brand: Brand, _templates: Path) -> bytes:
    """Return the calendar with one event or with several.

    One cancelled event is a CANCEL, which takes the entry out of a calendar that has it; among others it is published
    as cancelled.
    """
    return _written(entry)


@lru_cache(maxsize=8)  # each speaker of a seminar gets the same entry
def _written(entry: Event | Calendar) -> bytes:
    from icalendar import Calendar as File

    events = (entry,) if isinstance(entry, Event) else entry.events
    file = File()
    file.add("prodid", f"-//{entry.organiser}//seminar packages//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    cancelled = isinstance(entry, Event) and entry.status == "cancelled"
    file.add("method", "CANCEL" if cancelled else "PUBLISH")
    if not isinstance(entry, Event):
        file.add("x-wr-calname", entry.title)
    for event in events:
        file.add_component(_component(event))
    return file.to_ical()


def _component(event: Event) -> icalendar.Event:
    """Return one event; the day of the seminar stands for the moment of writing."""
    from icalendar import Event as Component

    status, transparency = STANDING[event.status]
    component = Component()
    language = {"LANGUAGE": event.language}
    component.add("uid", event.uid)
    component.add("dtstamp", event.start)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    component.add("dtend", event.end)
    component.add("summary", event.title, parameters=language)
    component.add("description", event.description, parameters=language)
    component.add("location", event.location, parameters=language)
    if event.url:
        component.add("url", event.url)
    if event.contact:
        component.add("organizer", f"mailto:{event.contact}", parameters={"CN": event.organiser})
    component.add("status", status)
    component.add("transp", transparency)
    component.add("class", "PUBLIC")
    return component
