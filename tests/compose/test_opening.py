"""The map, the time strip, the timeline and the table of the series, from real seminars and made-up ones."""

from __future__ import annotations

from datetime import date, time

import pytest

from pipeline.compose.clocks import zone_clocks
from pipeline.compose.planning import planning
from pipeline.compose.region_map import CITY, DOT, EM, map_picture, region_map
from pipeline.compose.timeline import timeline
from pipeline.core.land import PATH, is_land, read_land
from pipeline.core.sources import Capital, Milestone
from pipeline.core.zones import zone_places
from pipeline.load import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


def drawn(series, seminar, **changes):
    return region_map(seminar.model_copy(update=changes), series, width=216, height=188, size=8)


def boxes(found):
    """Yield the place and size of each name on a map: left, top, right, bottom."""
    for place in found.places:
        width = len(place.name) * found.size * EM
        left = place.label_x - {"start": 0, "middle": width / 2, "end": width}[place.anchor]
        yield left, place.label_y - found.size * 0.8, left + width, place.label_y + found.size * 0.2


# --- the map ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [(14, -15, True), (0, 0, False), (-25, 135, True), (-25, 495, True), (65.5, -45.5, True), (89.9, 0, False)],
)
def test_the_land_is_where_it_is_on_the_earth(latitude, longitude, land):
    assert is_land(read_land((ROOT / PATH).read_text(encoding="utf-8")), latitude, longitude) is land


def test_zones_have_the_country_and_the_place_of_their_city():
    niamey = zone_places()["Africa/Niamey"]
    assert niamey.country == "NE"
    assert (round(niamey.latitude, 1), round(niamey.longitude, 1)) == (13.5, 2.1)


def test_every_seminar_shows_the_capitals_of_its_region_and_no_others(series):
    shown = {id: {place.name for place in drawn(series, one).places} for id, one in series.seminars.items()}
    assert shown["africa-fr"] == {"Dakar", "Niamey", "Rabat", "Ouagadougou"}
    assert shown["asia-pacific-en"] == {"Colombo", "Manila", "Nuku’alofa"}  # beyond the meridian of 180 degrees
    assert shown["lac-es"] == {"Santo Domingo", "Buenos Aires", "Asunción", "San José"}


def test_no_name_stands_on_a_dot_on_another_name_or_outside(series):
    for seminar in series.seminars.values():
        found = drawn(series, seminar)
        names = list(boxes(found))
        for number, (left, top, right, bottom) in enumerate(names):
            assert left > -1 and top > -1 and right < found.width + 1 and bottom < found.height + 1
            assert not any(left < x < right and top < y < bottom for x, y in found.dots)
            for other in names[number + 1 :]:
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top, seminar.id
            assert not any(left < place.x < right and top < place.y < bottom for place in found.places)


def test_cities_stand_to_each_other_as_on_the_earth(series):
    places = {place.name: place for place in drawn(series, series.seminars["africa-fr"]).places}
    assert places["Dakar"].x < places["Ouagadougou"].x < places["Niamey"].x
    assert places["Rabat"].y < places["Dakar"].y
    assert places["Rabat"].country == "MA"


def test_dots_never_touch_a_city(series):
    found = drawn(series, series.seminars["lac-es"])
    step = found.radius / DOT
    for place in found.places:
        nearest = min((place.x - x) ** 2 + (place.y - y) ** 2 for x, y in found.dots)
        assert nearest >= (step * (CITY + DOT) - 0.2) ** 2


def test_a_region_without_a_window_has_no_map(series):
    regions = tuple(region.model_copy(update={"window": None}) for region in series.regions)
    seminar = series.seminars["africa-fr"]
    assert region_map(seminar, series.model_copy(update={"regions": regions}), width=216, height=188, size=8) is None


def test_a_seminar_of_two_regions_shows_both(series):
    seminar = series.seminars["africa-fr"]
    capitals = (Capital(city="Dakar", zone="Africa/Dakar"), Capital(city="Manila", zone="Asia/Manila"))
    found = drawn(series, seminar, region=("africa", "asia-pacific"), capitals=capitals)
    assert [place.name for place in found.places] == ["Dakar", "Manila"]


def test_the_picture_holds_every_dot_and_name_and_asks_for_the_font_of_the_language(series):
    found = drawn(series, series.seminars["africa-fr"])
    brand = series.brand.model_copy(update={"fonts": {**series.brand.fonts, "fr": "Own Font"}})
    svg = map_picture("map", found, brand, "fr").content.decode()
    assert svg.count("h.01") == len(found.dots) > 500
    assert all(f">{place.name}</text>" in svg for place in found.places)
    assert "font-family=\"'Own Font', 'Source Sans 3', 'Arial', sans-serif\"" in svg


# --- the strip of local times ----------------------------------------------------------------------------------------


def test_clocks_go_from_west_to_east_with_utc_among_them(series):
    seminar = series.seminars["africa-fr"]
    clocks = zone_clocks(seminar, series, series.locales["fr"])
    assert [clock.time.replace("\u00a0", " ") for clock in clocks] == ["4 h", "8 h", "9 h", "10 h", "11 h"]
    assert [clock.cities[0] for clock in clocks] == ["New York", "UTC", "Niamey", "Vienne", "Addis-Abeba"]
    assert [clock.utc for clock in clocks] == [False, True, False, False, False]
    assert all(len(clock.cities) <= 3 for clock in clocks)


def test_a_clock_of_another_day_says_so(series):
    seminar = series.seminars["asia-pacific-en"].model_copy(update={"start": time(15), "end": time(16)})
    clocks = zone_clocks(seminar, series, series.locales["en"])
    assert [clock.cities[0] for clock in clocks if clock.shift] == ["Tokyo", "Suva", "Nuku’alofa"]
    assert {clock.shift.replace("\u00a0", " ") for clock in clocks if clock.shift} == {"+1 day"}


def test_a_seminar_without_capitals_and_zones_has_the_clock_of_utc(series):
    regions = tuple(region.model_copy(update={"zones": ()}) for region in series.regions)
    seminar = series.seminars["africa-fr"].model_copy(update={"capitals": ()})
    (clock,) = zone_clocks(seminar, series.model_copy(update={"regions": regions}), series.locales["fr"])
    assert clock.utc and clock.cities == ("UTC",)


# --- the timeline and the series -------------------------------------------------------------------------------------


def test_the_seminar_stands_among_the_points_by_its_date(series):
    seminar = series.seminars["africa-fr"]
    points = timeline(seminar, series, series.locales["fr"]).points
    assert [point.state for point in points] == ["earlier"] * 3 + ["present", "here", "present"]
    printed = [point.when.replace("\u00a0", " ") for point in points]
    assert printed == ["2010", "2013", "2018-2021", "déc. 2019", "9 juil. 2020", "août 2020"]
    later = seminar.model_copy(update={"date": date(2021, 1, 1)})
    assert timeline(later, series, series.locales["fr"]).points[-1].state == "here"


@pytest.mark.parametrize("when", ["2010-2", "2010-13", "in 2010", "2010-02-30", "20100101"])
def test_what_is_no_date_has_no_day(when):
    with pytest.raises(ValueError):
        Milestone(when=when, text="X", source="rationale").first_day  # noqa: B018


def test_the_table_of_the_series_names_others_in_the_readers_language(series):
    rows = planning(series.seminars["africa-fr"], series)
    assert [row.here for row in rows] == [False, False, True, False, False]
    assert [row.heading for row in rows][2:] == ["Afrique francophone"] + ["Amérique latine et Caraïbes"] * 2
    assert {row.language for row in rows} == {"anglais", "français", "espagnol"}
    assert {row.note for row in rows} == {series.locales["fr"].words["registration_soon"]}


def test_the_table_of_the_series_says_which_seminar_is_cancelled(series):
    planned = tuple(
        one.model_copy(update={"status": "cancelled"}) if one.id == "lac-es" else one for one in series.planned
    )
    rows = planning(series.seminars["africa-fr"], series.model_copy(update={"planned": planned}))
    assert [row.note for row in rows][-1] == series.locales["fr"].words["cancelled"]
