"""A calendar file holds any text as it was given, read back by a library that did not write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.core.documents import Calendar, Event
from pipeline.render.to_ics import write
from tests.build.site.calendars import events, lines, method

ONE = Event(
    uid="one@example.org",
    name="one",
    language="en-GB",
    title="One",
    description="",
    location="",
    start=datetime(2020, 7, 9, 8, tzinfo=UTC),
    end=datetime(2020, 7, 9, 8, tzinfo=UTC),
    sequence=1,
    contact="office@example.org",
)


@pytest.mark.parametrize(
    "text",
    [
        "x\\" * 80,
        "\\" * 201,
        "é" * 100,
        "👩‍👩‍👧" * 30,
        "مؤتمر " * 30,
        "x" * 74 + "\\n" + ";" * 90,
        'C:\\New, "quoted"; a: b',
        "BEGIN:VEVENT\nEND:VCALENDAR\r\nX:1\rY",
        "",
    ],
)
def test_any_text_reaches_a_calendar_as_itself(text, tmp_path):
    event = replace(ONE, title=text, description=text * 2, location=text, organiser=text)
    path = tmp_path / "one.ics"
    path.write_bytes(write(event, None, tmp_path))
    (found,) = events(path)
    lines_alike = text.replace("\r\n", "\n").replace("\r", "\n")
    assert (found["summary"], found["description"]) == (lines_alike, 2 * lines_alike)
    assert len([line for line in lines(path) if line.startswith(("BEGIN:", "END:"))]) == 4


@pytest.mark.parametrize(
    "field",
    [
        {"contact": "office@example.org\nATTENDEE:mailto:x@example.org"},
        {"url": "https://example.org/\r\nATTENDEE:mailto:x@example.org"},
        {"language": "en\nATTENDEE:mailto:x@example.org"},
    ],
)
def test_an_address_or_a_language_cannot_add_a_line(field, tmp_path):
    event = replace(ONE, **field)
    with pytest.raises(ValueError, match="end of a line"):
        write(event, None, tmp_path)


def test_the_lines_of_an_entry_keep_their_order_and_their_sequence(tmp_path):
    path = tmp_path / "one.ics"
    path.write_bytes(write(replace(ONE, sequence=7, url="https://example.org/a?b=1;c"), None, tmp_path))
    names = [line.partition(":")[0].partition(";")[0] for line in lines(path)]
    assert " ".join(names) == (
        "BEGIN VERSION PRODID CALSCALE METHOD"
        " BEGIN SUMMARY DTSTART DTEND DTSTAMP UID SEQUENCE CLASS DESCRIPTION LOCATION ORGANIZER STATUS TRANSP URL END"
        " END"
    )
    assert "SEQUENCE:7" in lines(path) and "URL:https://example.org/a?b=1;c" in lines(path)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("tentative", ("PUBLISH", "TENTATIVE", "OPAQUE")),
        ("confirmed", ("PUBLISH", "CONFIRMED", "OPAQUE")),
        ("postponed", ("PUBLISH", "TENTATIVE", "TRANSPARENT")),
        ("cancelled", ("CANCEL", "CANCELLED", "TRANSPARENT")),
    ],
)
def test_the_status_of_a_seminar_decides_method_status_and_whether_the_hours_are_taken(status, expected, tmp_path):
    path = tmp_path / "one.ics"
    path.write_bytes(write(replace(ONE, status=status), None, tmp_path))
    (found,) = events(path)
    assert (method(path), found["status"], found["transp"]) == expected
    several = Calendar(
        name="all", title="All, of them", language="en", organiser="Us", events=(replace(ONE, status=status),)
    )
    path.write_bytes(write(several, None, tmp_path))
    assert method(path) == "PUBLISH" and "X-WR-CALNAME:All\\, of them" in lines(path)
