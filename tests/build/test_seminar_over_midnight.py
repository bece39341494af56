"""A seminar that begins before midnight UTC and ends after it, and one for two regions."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import icalendar
import pytest
from lxml import html

from tests.conftest import run
from tests.faults import replace

HARBOUR = "sources/seminars/harbour-en.yaml"
LATE = (("end: 23:30", "end: 00:15"), ("start: 23:00", "start: 00:00"))


@pytest.fixture
def late(miniature):
    """The miniature series with a seminar from 22:30 to 00:15, whose second segment begins at midnight."""
    replace(miniature, HARBOUR, *LATE)
    done = run("build", "--root", str(miniature))
    assert done.returncode == 0, done.stdout + done.stderr
    return miniature / "output"


def test_every_document_gives_the_end_on_the_next_day(late):
    for name in ("factsheet", "programme", "index"):
        (page,) = (late / "harbour-en/package").glob(f"*{name}.html")
        text = html.fromstring(page.read_bytes()).text_content()
        assert "22:30–00:15\u00a0UTC (+1\u00a0day)" in text, name
        assert "1 March 2021" in text.replace("\u00a0", " "), name


def test_a_page_breaks_no_line_within_the_hours(late):
    (page,) = (late / "harbour-en/package").glob("*programme.html")
    (when,) = html.fromstring(page.read_bytes()).xpath("//p[@class='when']")
    (hours,) = when.xpath("./span[@class='unbroken']")
    assert (hours.text, hours.tail) == ("22:30–00:15\u00a0UTC", " (+1\u00a0day)")
    assert when.text.endswith("2021\u00a0· ")


def test_calendars_and_schedules_have_the_next_day(late):
    (file,) = (late / "harbour-en/package").glob("*.ics")
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["dtstart"].dt == datetime(2021, 3, 1, 22, 30, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2021, 3, 2, 0, 15, tzinfo=UTC)
    days = json.loads((late / "site/schedule.json").read_bytes())["schedule"]["conference"]["days"]
    (day,) = [day for day in days if day["date"] == "2021-03-01"]
    assert (day["day_start"], day["day_end"]) == ("2021-03-01T22:30:00+00:00", "2021-03-02T00:15:00+00:00")
    talks = [(talk["start"], talk["date"], talk["duration"]) for talk in day["rooms"]["harbour-en"]]
    assert talks == [("22:35", "2021-03-01T22:35:00+00:00", "01:25"), ("00:00", "2021-03-02T00:00:00+00:00", "00:15")]
    page = (late / "harbour-en/package/index.html").read_text(encoding="utf-8")
    assert '"endDate": "2021-03-02T00:15:00+00:00"' in page


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("10:30", ""),
        ("10:31", "from 22:30 to 10:31 of the next day are more than 12 hours"),
        ("22:30", "the end (22:30) is not after the start (22:30)"),
    ],
)
def test_a_seminar_lasts_at_most_twelve_hours(miniature, end, message):
    replace(miniature, HARBOUR, ("end: 23:30", f'end: "{end}"'))
    done = run("check", "--root", str(miniature))
    assert done.returncode == (1 if message else 0), done.stdout
    assert message in done.stdout


def test_two_seminars_that_meet_after_midnight_are_remarked(miniature):
    replace(miniature, HARBOUR, *LATE)
    path = miniature / "sources/seminars/early-en.yaml"
    text = (miniature / HARBOUR).read_text(encoding="utf-8")
    changes = (("2021-03-01", "2021-03-02"), ("22:30", "00:05"), ("end: 00:15", "end: 01:00"), ("22:35", "00:06"))
    for old, new in (*changes, ("start: 00:00", "start: 00:30")):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    done = run("check", "--root", str(miniature))
    assert done.returncode == 0, done.stdout
    assert (
        "sources/seminars/early-en.yaml:5: remark: `ada-north` is also in `harbour-en` at the same time" in done.stdout
    )


def test_a_seminar_of_two_regions_lists_the_works_of_both(miniature):
    def listed() -> str:
        done = run("build", "harbour-en", "--root", str(miniature))
        assert done.returncode == 0, done.stdout + done.stderr
        (file,) = (miniature / "output/harbour-en/package").glob("*.bib")
        return file.read_text(encoding="utf-8")

    bibliography = miniature / "bibliography/references.bib"
    work = """
@book{only-africa, author = {One, Una}, title = {A Work of One Region}, date = {2015}, publisher = {Press},
  langid = {english}, keywords = {segment:search, region:africa, language:en, first}}
"""
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + work, encoding="utf-8")
    assert "only-africa" not in listed()
    replace(miniature, HARBOUR, ("region: asia-pacific", "region: [asia-pacific, africa]"))
    assert "only-africa" in listed()
    replace(miniature, HARBOUR, ("short: Harbours of the Pacific\n", ""))  # else the index prints this
    run("build", "--root", str(miniature))
    assert "Asia and the Pacific and Africa" in (miniature / "output/site/index.html").read_text(encoding="utf-8")


def test_a_region_that_does_not_exist_is_named_also_in_a_list(miniature):
    replace(miniature, HARBOUR, ("region: asia-pacific", "region: [asia-pacific, afrika]"))
    done = run("check", "--root", str(miniature))
    assert f"{HARBOUR}:3: no region `afrika`; did you mean `africa`?" in done.stdout
    replace(miniature, HARBOUR, ("[asia-pacific, afrika]", "[]"))
    assert f"{HARBOUR}:3: `region` is an empty list" in run("check", "--root", str(miniature)).stdout
