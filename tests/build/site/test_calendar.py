"""The calendar of the series and those of its seminars, as two programs read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.build.site.calendars import events, lines, method
from tests.conftest import build_here, copy_miniature
from tests.faults import replace

SERIES, HARBOUR = "sources/series.yaml", "sources/seminars/harbour-en.yaml"


def whole(site):
    return site.folder / f"{site.series.id}.ics"


def test_the_calendar_of_the_series_holds_every_seminar_as_its_own_file_does(site):
    each = [event for path in site.output.glob("*/package/*.ics") for event in events(path)]
    every = events(whole(site))
    assert every == sorted(each, key=lambda event: event["start"])
    assert len(every) == len(site.series.seminars)
    assert method(whole(site)) == "PUBLISH"


def test_an_entry_has_the_seminars_hours_in_utc_and_its_language(site):
    found = {event["uid"].partition("@")[0]: event for event in events(whole(site))}
    for seminar in site.series.seminars.values():
        event = found[seminar.id]
        hours = [datetime.combine(seminar.date, hour, tzinfo=UTC) for hour in (seminar.start, seminar.end)]
        assert [event["start"], event["end"]] == hours
        assert event["language"] == site.tag(seminar.language)
        assert seminar.title.split()[0] in event["summary"]
        assert event["status"] == "CONFIRMED"


def test_a_calendar_names_no_time_zone_and_no_moment_of_its_making(site):
    for path in (whole(site), *site.output.glob("*/package/*.ics")):
        times = [line for line in lines(path) if re.match("DT|LAST-MODIFIED|CREATED", line)]
        assert times and all(re.fullmatch(r"[A-Z-]+:\d{8}T\d{6}Z", line) for line in times), path.name
        starts = {line.partition(":")[2] for line in times if line.startswith("DTSTART")}
        assert {line.partition(":")[2] for line in times if line.startswith("DTSTAMP")} == starts, path.name


def test_one_cancelled_seminar_among_others_is_published_as_cancelled(tmp_path):
    root = copy_miniature(tmp_path / "series")
    replace(root, HARBOUR, ("edition: 2\n", "edition: 2\nstatus: cancelled\n"))
    assert build_here(root).returncode == 0
    path = root / "output/site/miniature.ics"
    assert {event["uid"].partition("@")[0]: event["status"] for event in events(path)} == {
        "harbour-en": "CANCELLED",
        "tal-ar": "CONFIRMED",
    }
    assert method(path) == "PUBLISH"


@pytest.mark.parametrize(
    ("contact", "organiser"), [("office@example.org", ["mailto:office@example.org"] * 2), ("Ask the office", [])]
)
def test_an_entry_names_an_organiser_only_where_there_is_an_address(contact, organiser, tmp_path):
    root = copy_miniature(tmp_path / "series")
    replace(root, SERIES, ("works_per_segment: 3\n", f"works_per_segment: 3\ncontact: {contact}\n"))
    assert build_here(root).returncode == 0
    path = root / "output/site/miniature.ics"
    found = [line for line in lines(path) if line.startswith("ORGANIZER")]
    assert [line[-len("mailto:office@example.org") :] for line in found] == organiser
    assert len(events(path)) == 2
