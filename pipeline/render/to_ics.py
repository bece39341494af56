"""Writer: seminars become a calendar file (RFC 5545) for any calendar program, with times in UTC."""

from __future__ import annotations

from pathlib import Path

import icalendar

from pipeline.core.documents import Calendar, Event
from pipeline.core.sources import Brand
from pipeline.core.text import forbidden

STATUSES = {
    "tentative": ("TENTATIVE", "OPAQUE"),
    "confirmed": ("CONFIRMED", "OPAQUE"),
    "postponed": ("TENTATIVE", "TRANSPARENT"),
    "cancelled": ("CANCELLED", "TRANSPARENT"),
}
"""STATUS and TRANSP for each status of a seminar: STATUS has no postponed; TRANSP is whether the time is busy."""


class _Text(icalendar.vText):
    """A text that is read back unchanged: the library reads a backslash before an N (`C:\\New`) as a line break."""

    def to_ical(self) -> bytes:
        return b"\\\\".join(icalendar.vText(part).to_ical() for part in self.split("\\"))


def write(entry: Event | Calendar, _brand: Brand, _templates: Path) -> bytes:
    """Return the calendar file of one event or of several.

    A single cancelled event has the method CANCEL, which removes the entry from a calendar; among other events it is
    published with the status CANCELLED.
    """
    alone = isinstance(entry, Event)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _Text(f"-//{entry.organiser}//seminar packages//EN"))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if isinstance(entry, Event) and entry.status == "cancelled" else "PUBLISH")
    if not alone:
        calendar.add("x-wr-calname", _Text(entry.title))
    for event in (entry,) if isinstance(entry, Event) else entry.events:
        calendar.add_component(_event(event))
    content: bytes = calendar.to_ical(sorted=False)  # in the order of `add`
    return content


def _event(event: Event) -> icalendar.Event:
    """Return one event; its time of writing is the start of the seminar, so that equal events give equal bytes."""
    if forbidden(event.contact + event.url + event.language):  # the library escapes only texts
        raise ValueError(f"an address or a language of {event.uid} contains a control character or the end of a line")
    status, transparency = STATUSES[event.status]
    language = {"LANGUAGE": event.language}
    made = icalendar.Event()
    made.add("summary", _Text(event.title), language)
    made.add("dtstart", event.start)
    made.add("dtend", event.end)
    made.add("dtstamp", event.start)
    made.add("uid", _Text(event.uid))
    made.add("sequence", event.sequence)
    made.add("class", "PUBLIC")
    made.add("description", _Text(event.description), language)
    made.add("location", _Text(event.location), language)
    if event.contact:
        made.add("organizer", f"mailto:{event.contact}", {"CN": event.organiser})
    made.add("status", status)
    made.add("transp", transparency)
    if event.url:
        made.add("url", event.url)
    return made
