"""Days, hours, local times, roles and countries as the three languages write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from pipeline.compose import forms, seminar_view
from pipeline.compose.clocks import zone_clocks
from pipeline.compose.structured import seminar_data
from pipeline.compose.view import SpeakerView, initials
from pipeline.core.sources import Capital, Series
from pipeline.load import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


@pytest.mark.parametrize(
    ("language", "full", "first"),
    [
        ("en", "Wednesday 22\u00a0July\u00a02020", "1\u00a0July\u00a02020"),
        ("fr", "Mercredi 22\u00a0juillet\u00a02020", "1er\u00a0juillet\u00a02020"),
        ("es", "Miércoles 22\u00a0de\u00a0julio\u00a0de\u00a02020", "1\u00a0de\u00a0julio\u00a0de\u00a02020"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(series, language, full, first):
    locale = series.locales[language]
    assert forms.day(date(2020, 7, 22), locale) == full
    assert forms.day(date(2020, 7, 1), locale, "long") == first


@pytest.mark.parametrize(
    ("seminar", "hours"),
    [
        ("asia-pacific-en", "07:00–08:45\u00a0UTC"),
        ("africa-fr", "8\u00a0h\u00a0–\u00a09\u00a0h\u00a045\u00a0UTC"),
        ("lac-es", "15:00-16:45\u00a0h\u00a0UTC"),
    ],
)
def test_hours_are_one_range_with_the_zone_named_once(series, seminar, hours):
    one = series.seminars[seminar]
    assert forms.hours(one, series.locales[one.language]) == hours


@pytest.mark.parametrize(
    ("seminar", "zone", "shown"),
    [
        ("asia-pacific-en", "Pacific/Tongatapu", ("20:00", "")),
        ("asia-pacific-en", "America/New_York", ("03:00", "")),
        ("africa-fr", "Africa/Casablanca", ("9\u00a0h", "")),
        ("lac-es", "America/Costa_Rica", ("9:00", "")),
        ("lac-es", "Pacific/Kiritimati", ("5:00", "+1\u00a0día")),
        ("asia-pacific-en", "Pacific/Honolulu", ("21:00", "−1\u00a0day")),
    ],
)
def test_local_times_say_when_the_day_differs(series, seminar, zone, shown):
    one = series.seminars[seminar]
    seminar = one.model_copy(update={"capitals": (Capital(city="X", zone=zone),)})
    (clock,) = [clock for clock in zone_clocks(seminar, series, series.locales[one.language]) if "X" in clock.cities]
    assert (clock.time, clock.shift) == shown


@pytest.mark.parametrize(
    ("seminar", "printed"),
    [
        ("africa-en", "22:30–00:15 UTC (+1 day)"),
        ("africa-fr", "22 h 30 – 0 h 15 UTC (+1 jour)"),
        ("lac-es", "22:30-0:15 h UTC (+1 día)"),
    ],
)
def test_an_end_on_the_next_day_is_marked_after_the_unit_and_the_time_zone(series, seminar, printed):
    one = series.seminars[seminar].model_copy(update={"start": time(22, 30), "end": time(0, 15)})
    assert forms.hours(one, series.locales[one.language]).replace("\u00a0", " ") == printed


def shown(person: str, seminar: str, series: Series) -> SpeakerView:
    """Return what documents print of a person in a seminar."""
    view, given = seminar_view(series.seminars[seminar], None, series, ROOT), series.people[person]
    people = [view.chair, *(speaker for segment in view.segments for speaker in segment.speakers)]
    return next(each for each in people if each.name == f"{given.given} {given.family}")


def test_a_country_at_the_end_of_the_role_line_is_not_printed_twice(series):
    speaker = shown("momodou-jallow", "africa-en", series)
    assert (speaker.role[-14:], speaker.country) == ("Infrastructure", "The Gambia")


def test_a_country_within_the_role_line_stays_there_too(series):
    speaker = shown("fernanda-teixeira-souza-domingos", "lac-en", series)
    assert speaker.role == "Federal Prosecutor, Brazil | Cybercrime Supporting Group Coordinator"
    assert speaker.country == "Brazil"


def test_a_borrowed_role_line_says_its_language(series):
    speaker = shown("alexander-seger", "africa-fr", series)
    assert (speaker.role_language, speaker.role[:16]) == ("en-GB", "Head of Division")


def test_a_role_line_may_differ_from_seminar_to_seminar(series):
    lines = {id: shown("patryk-pawlak", id, series).role for id in ("asia-pacific-en", "lac-en")}
    assert lines["asia-pacific-en"].endswith("EUISS")
    assert lines["lac-en"].endswith("EU Institute for Security Studies")


def test_a_full_hour_in_french_has_no_minutes(series):
    assert forms.hour(time(15, 0), series.locales["fr"]) == "15\u00a0h"


@pytest.mark.parametrize(
    ("given", "family", "printed"),
    [
        ("Ada", "NORTH", "AN"),
        ("e\u0301lodie", "d’Arc", "ÉD"),
        ("’Aisha", "'t Hooft", "AT"),
        ("ǆemal", "ŁUKASZ", "ǅŁ"),
        ("ქართული", "ENA", ""),
        ("ليلى", "الحسن", ""),
        ("伟", "ZHANG", ""),
        ("ßen", "ABC", ""),
        ("123", "ABC", ""),
    ],
)
def test_initials_are_made_of_letters_that_have_capitals(given, family, printed):
    assert initials(given, family) == printed


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Evidence", "Announce: Evidence."),
        ("Who owns data?", "Announce: Who owns data?"),
        ("Martin King Jr.", "Announce: Martin King Jr."),
        ("« Qui ? »", "Announce: « Qui ? »."),
        ("“Who?”", "Announce: “Who?”"),
        ("And so on...", "Announce: And so on..."),
    ],
)
def test_a_sentence_ends_once(title, said):
    assert forms.sentence("Announce: {title}.", title=title) == said


@pytest.mark.parametrize("status", ["cancelled", "postponed", "tentative"])
def test_the_description_of_a_seminar_that_is_not_held_has_no_end_twice(series, status):
    for seminar in series.seminars.values():
        view = seminar_view(seminar.model_copy(update={"status": status}), None, series, ROOT)
        said = seminar_data(view)["description"]
        assert said == f"{view.status['note']} {view.series_subtitle}" and ".." not in said
