"""The strip of local times: when a seminar begins in each time zone of its participants, from west to east."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.compose import forms
from pipeline.core.documents import ZoneClock
from pipeline.core.sources import Locale, Seminar, Series

UTC = "UTC"
MOST_CITIES = 3
"""Names of cities in one cell, at most; speakers' capitals come first."""


def zone_clocks(seminar: Seminar, series: Series, locale: Locale) -> tuple[ZoneClock, ...]:
    """Return one clock for each time that differs: of UTC, the capitals and the cities of the regions."""
    named = [(capital.city, capital.zone) for capital in seminar.capitals]
    for region in series.regions:
        if region.id in seminar.region:
            named += [(forms.in_language(place.city, locale.language), place.zone) for place in region.zones]
    cities: dict[timedelta, list[str]] = {timedelta(0): [UTC]}
    starts: dict[timedelta, datetime] = {timedelta(0): seminar.begins}
    for city, zone in named:
        start = seminar.begins.astimezone(ZoneInfo(zone))
        offset = start.utcoffset() or timedelta(0)
        starts[offset] = start
        names = cities.setdefault(offset, [])
        if city not in names and len(names) < MOST_CITIES:
            names.append(city)
    return tuple(
        ZoneClock(
            time=forms.hour(starts[offset].time(), locale),
            shift=forms.shift(starts[offset].date(), seminar, locale),
            cities=tuple(cities[offset]),
            utc=not offset,
        )
        for offset in sorted(cities)
    )
