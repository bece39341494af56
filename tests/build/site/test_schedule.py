"""The programme as frab and pretalx write it, held against a schema and against the sources."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.compose import forms
from tests.conftest import build_here, copy_miniature
from tests.faults import replace

HARBOUR, HILL = "sources/seminars/harbour-en.yaml", "sources/seminars/tal-ar.yaml"
SERIES, BEN = "sources/series.yaml", "sources/people/ben-south.yaml"
SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "schedule.schema.json").read_text(encoding="utf-8")))

GIVEN_OUT = {
    "africa-en": "681e40e3-b2c8-5c61-9cbb-9eec1181713b",
    "africa-fr": "a24501f1-de5c-5dc3-9bbb-7fe824177ff3",
    "asia-pacific-en": "064d6047-88ae-56e9-8b94-05c591b50095",
    "lac-en": "dd4ef10d-3665-5082-aefd-73fa0d2e480a",
    "lac-es": "fb3bdc1a-058a-59ec-b85a-001a454d139e",
}


def read(folder: Path) -> dict[str, Any]:
    """Return a schedule that obeys the schema."""
    schedule = json.loads((folder / "schedule.json").read_text(encoding="utf-8"))
    assert [error.message for error in SCHEMA.iter_errors(schedule)] == []
    return schedule["schedule"]


def talks(schedule: dict[str, Any]) -> list[dict[str, Any]]:
    days = schedule["conference"]["days"]
    return [talk for day in days for room in day["rooms"].values() for talk in room]


def built_with(folder: Path, *changes: tuple[str, str, str]) -> dict[str, Any]:
    """Return the schedule of the miniature series with changes to its sources: path, old and new passage."""
    root = copy_miniature(folder)
    for path, old, new in changes:
        replace(root, path, (old, new))
    done = build_here(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return read(root / "output/site")


@pytest.mark.parametrize("spoilt", [{"guid": "1"}, {"start": "8 h"}, {"persons": [{"name": "Ada"}]}, {"title": ""}])
def test_the_schema_refuses_what_an_app_could_not_read(spoilt, sites):
    schedule = json.loads((sites["real"].folder / "schedule.json").read_text(encoding="utf-8"))
    talks(schedule["schedule"])[0].update(spoilt)
    assert list(SCHEMA.iter_errors(schedule))


def test_a_schedule_obeys_the_schema_and_holds_every_seminar_in_its_hours(site):
    schedule = read(site.folder)
    conference = schedule["conference"]
    assert conference["acronym"] == site.series.id
    assert conference["time_zone_name"] == "UTC"
    assert [day["index"] for day in conference["days"]] == list(range(1, conference["daysCount"] + 1))
    for seminar in site.series.seminars.values():
        held = [talk for talk in talks(schedule) if talk["room"] == seminar.id]
        start, end = (datetime.combine(seminar.date, hour, tzinfo=UTC) for hour in (seminar.start, seminar.end))
        assert datetime.fromisoformat(held[-1]["end"]) == end
        assert datetime.fromisoformat(held[0]["date"]) >= start
        assert {talk["language"] for talk in held} == {seminar.language}


def test_times_say_the_same_in_every_form_and_no_room_is_taken_twice(site):
    for day in read(site.folder)["conference"]["days"]:
        for room, held in day["rooms"].items():
            last = datetime.fromisoformat(day["day_start"])
            for talk in held:
                start, end = datetime.fromisoformat(talk["date"]), datetime.fromisoformat(talk["end"])
                hours, minutes = map(int, talk["duration"].split(":"))
                assert talk["room"] == room
                assert (start.date().isoformat(), f"{start:%H:%M}") == (day["date"], talk["start"])
                assert start + timedelta(hours=hours, minutes=minutes) == end
                assert last <= start < end <= datetime.fromisoformat(day["day_end"])
                last = end


def test_every_talk_stands_in_a_room_and_a_track_that_are_listed(site):
    conference = read(site.folder)["conference"]
    rooms, tracks = ({each["name"] for each in conference[name]} for name in ("rooms", "tracks"))
    assert {talk["room"] for talk in talks({"conference": conference})} == rooms
    assert {talk["track"] for talk in talks({"conference": conference})} == tracks


def test_identifiers_are_found_once(site):
    schedule = read(site.folder)
    for name in ("guid", "id", "code", "slug"):
        found = [talk[name] for talk in talks(schedule)]
        assert len(found) == len(set(found))
    people = {person["guid"]: person["name"] for talk in talks(schedule) for person in talk["persons"]}
    assert len(people) == len(set(people.values()))


def test_identifiers_are_the_same_whatever_is_changed_about_a_seminar_and_its_people(tmp_path, sites):
    changed = built_with(
        tmp_path / "series",
        (HARBOUR, "title: Seminar at the harbour", "title: Another title"),
        (HARBOUR, "date: 2021-03-01", "date: 2021-02-03"),
        (HARBOUR, "edition: 2", "edition: 3"),
        (HARBOUR, "    start: 22:35\n", "    start: 22:40\n"),
        (BEN, "family: SOUTH", "family: NORTH-SOUTH"),
    )
    before = read(sites["miniature"].folder)
    assert {talk["code"]: (talk["guid"], talk["id"]) for talk in talks(changed)} == {
        talk["code"]: (talk["guid"], talk["id"]) for talk in talks(before)
    }
    people = [{person["guid"] for talk in talks(one) for person in talk["persons"]} for one in (changed, before)]
    assert people[0] == people[1]
    assert int(changed["version"]) > int(before["version"])


def test_the_identifiers_of_the_real_seminars_are_those_that_were_given_out(sites):
    """An app knows a talk by its identifier only: were these to change, every mark set on one would be lost."""
    found = {talk["code"]: talk["guid"] for talk in talks(read(sites["real"].folder))}
    assert found == GIVEN_OUT


def test_a_segment_whose_start_is_known_is_a_talk_and_no_start_is_made_up(sites):
    harbour = [talk for talk in talks(read(sites["miniature"].folder)) if talk["room"] == "harbour-en"]
    assert [(talk["code"], talk["type"], talk["start"], talk["duration"]) for talk in harbour] == [
        ("harbour-en-search", "talk", "22:35", "00:25"),
        ("harbour-en-sharing", "talk", "23:00", "00:30"),
    ]
    for talk in talks(read(sites["real"].folder)):
        assert talk["type"] == "seminar"
        titles = {segment.id: segment.title for segment in sites["real"].series.segments}
        seminar = sites["real"].series.seminars[talk["code"]]
        segments = [
            item.title or forms.in_language(titles[item.segment], seminar.language) for item in seminar.segments
        ]
        assert talk["abstract"].splitlines() == [f"{i}. {title}" for i, title in enumerate(segments, 1)]


def test_only_those_who_have_confirmed_are_named(sites):
    schedule = read(sites["miniature"].folder)
    names = {talk["code"]: [person["name"] for person in talk["persons"]] for talk in talks(schedule)}
    assert names == {
        "harbour-en-search": ["Ben SOUTH", "Dora WEST"],
        "harbour-en-sharing": [],
        "tal-ar": ["Ada NORTH", "Ben SOUTH", "Dora WEST", "Cleo EAST-OF-THE-HARBOUR AND-THE-HILL"],
    }


def test_what_is_called_off_stands_in_no_schedule(tmp_path):
    one = built_with(tmp_path / "one", (HARBOUR, "edition: 2\n", "edition: 2\nstatus: cancelled\n"))
    assert {talk["room"] for talk in talks(one)} == {"tal-ar"}
    none = built_with(
        tmp_path / "none",
        (HARBOUR, "edition: 2\n", "edition: 2\nstatus: cancelled\n"),
        (HILL, "language: ar\n", "language: ar\nstatus: postponed\n"),
    )
    assert (talks(none), none["conference"]["daysCount"]) == ([], 0)


def test_addresses_are_whole_once_the_site_has_one(tmp_path):
    website = "https://seminars.example.org/"
    given = (SERIES, "works_per_segment: 3\n", f"works_per_segment: 3\nwebsite: {website}\n")
    schedule = built_with(tmp_path / "series", given)
    assert (schedule["url"], schedule["base_url"]) == (f"{website}schedule.json", website)
    assert {talk["url"] for talk in talks(schedule)} == {
        f"{website}harbour-en/index.html",
        f"{website}tal-ar/index.html",
    }
