"""Calendar files read by two independent libraries, and by the rules of RFC 5545 for lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icalendar
from ical.calendar_stream import IcsCalendarStream

LONGEST_LINE = 75  # bytes (RFC 5545, 3.1)


def lines(path: Path) -> list[str]:
    """Return the unfolded lines of a calendar file; each line of it must end and be as short as the rules say."""
    content = path.read_bytes()
    assert content.endswith(b"\r\n"), path.name
    physical = content.split(b"\r\n")[:-1]
    assert [line for line in physical if len(line) > LONGEST_LINE or b"\n" in line or b"\r" in line] == [], path.name
    for line in physical:
        line.decode()  # no character is cut in two
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(path: Path) -> list[dict[str, Any]]:
    """Return what both libraries read of each event, which must be the same; only one of them gives the language."""
    lines(path)
    one = [_by_icalendar(event) for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
    other = [_by_ical(event) for event in IcsCalendarStream.calendar_from_ics(path.read_bytes().decode()).events]
    assert [{**event, "language": one[i]["language"]} for i, event in enumerate(other)] == one, path.name
    return one


def _by_icalendar(event: Any) -> dict[str, Any]:
    return {
        "uid": str(event["uid"]),
        "start": event["dtstart"].dt,
        "end": event["dtend"].dt,
        "sequence": int(event["sequence"]),
        "status": str(event["status"]),
        "transp": str(event["transp"]),
        "summary": str(event["summary"]),
        "description": str(event["description"]),
        "language": event["summary"].params["LANGUAGE"],
    }


def _by_ical(event: Any) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "start": event.dtstart,
        "end": event.dtend,
        "sequence": event.sequence,
        "status": event.status.value,
        "transp": event.transparency,
        "summary": event.summary,
        "description": event.description,
    }


def method(path: Path) -> str:
    """Return what a calendar file asks a program to do."""
    return next(line.partition(":")[2] for line in lines(path) if line.startswith("METHOD:"))
