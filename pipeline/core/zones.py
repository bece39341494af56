"""The country and the place of each time zone, from the file `zone.tab` of the time zone database."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_PLACE = re.compile(r"([+-])(\d{2,3})(\d{2})(\d{2})?([+-])(\d{2,3})(\d{2})(\d{2})?")


class ZonePlace(NamedTuple):
    """The code (ISO 3166) of a zone's country, and the place of the city after which it is named, in degrees."""

    country: str
    latitude: float
    longitude: float


@cache
def zone_places() -> dict[str, ZonePlace]:
    """Return the places of all zones by their names, like Africa/Dakar."""
    found = {}
    for line in (files("tzdata") / "zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, place, name, *_ = line.split("\t")
        if match := _PLACE.fullmatch(place):
            south, *north, west, degrees, minutes, seconds = match.groups(default="0")
            found[name] = ZonePlace(country, _degrees(south, *north), _degrees(west, degrees, minutes, seconds))
    return found


def _degrees(sign: str, degrees: str, minutes: str, seconds: str) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds) / 3600
    return -value if sign == "-" else value
