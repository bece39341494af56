"""Checks of what the maps, the time strips and the timeline are made from, and remarks on what they lack."""

from __future__ import annotations

from pipeline.core.problems import nearest, quoted
from pipeline.core.sources import Capital, Seminar, Series
from pipeline.core.zones import zone_places
from pipeline.load.checks.known import check_text, check_zone
from pipeline.load.files import Loc, Sources

PATH = "sources/series.yaml"
TEXT = "rationale"
"""The source of a point of the timeline that no work of the bibliography tells."""
LARGEST = 200
"""Degrees from west to east: a larger map would show most of the Earth."""


def check_regions(series: Series, sources: Sources) -> None:
    """Note windows that are no part of the map, and zones that do not exist."""
    for i, region in enumerate(series.regions or ()):
        window = region.window if region else None
        if window and None not in (window.west, window.east, window.south, window.north):
            width = (window.east - window.west) % 360
            if not 0 < width <= LARGEST:
                message = f"from west {window.west:g} to east {window.east:g} are {width:g} degrees"
                fix = f"a map shows at most {LARGEST}; east of Greenwich is positive, west of it negative"
                sources.note(PATH, ("regions", i, "window", "east"), message, fix)
            if window.north <= window.south:
                message = f"the northern edge ({window.north:g}) is not north of the southern one ({window.south:g})"
                fix = "north of the equator is positive, south of it negative"
                sources.note(PATH, ("regions", i, "window", "north"), message, fix)
        for j, place in enumerate((region.zones if region else None) or ()):
            if place:
                check_text(place.city, series, sources, PATH, ("regions", i, "zones", j, "city"))
                check_zone(place.zone, sources, PATH, ("regions", i, "zones", j, "zone"))


def check_timeline(series: Series, sources: Sources) -> None:
    """Note points of the timeline without a day or a source that exists, and points out of order."""
    known = [*series.references, TEXT]
    before = None
    for i, milestone in enumerate(series.timeline or ()):
        if not milestone:
            continue
        check_text(milestone.text, series, sources, PATH, ("timeline", i, "text"))
        if milestone.source and series.references and milestone.source not in known:
            fix = nearest(milestone.source, known, otherwise=f"write a citation key, or `{TEXT}`")
            sources.note(PATH, ("timeline", i, "source"), f"no work {quoted(milestone.source)}", fix)
        if not milestone.when:
            continue
        try:
            day = milestone.first_day
        except ValueError:
            message = f"`when` cannot be {quoted(milestone.when)}"
            sources.note(PATH, ("timeline", i, "when"), message, "write it like 2010, 2018-2021, 2019-12 or 2019-12-27")
            continue
        if before and day < before:
            message = f"{milestone.when} is before the point above it"
            sources.note(PATH, ("timeline", i, "when"), message, "put the points in the order of time")
        before = day


def check_place(capital: Capital, sources: Sources, path: str, loc: Loc) -> None:
    """Note a capital with only half of a place."""
    for given, missing in (("latitude", "longitude"), ("longitude", "latitude")):
        if getattr(capital, given) is not None and (*loc, missing) not in sources.files[path].places:
            sources.note(path, (*loc, given), f"`{given}` needs a `{missing}` beside it", "write both, or neither")


def remark_on_places(seminar: Seminar, series: Series, sources: Sources) -> None:
    """Remark what the cover lacks: the region in a few words, its map, the place of a capital."""
    path = f"sources/seminars/{seminar.id}.yaml"
    if not seminar.short:
        message = "no `short`: the covers show the whole title instead of the region in two or three words"
        sources.remark(path, ("title",), message)
    windows = [region.window for region in series.regions if region.window and region.id in seminar.region]
    if not windows:
        sources.remark(path, ("region",), "no region of this seminar has a `window`: the covers show no map")
        return
    for i, capital in enumerate(seminar.capitals):
        zone = zone_places().get(capital.zone)
        if capital.latitude is not None:
            continue
        if zone is None:
            message = f"the place of {capital.city} is not known: add `latitude` and `longitude`"
            sources.remark(path, ("capitals", i), message)
            continue
        city = capital.zone.rpartition("/")[2].replace("_", " ")
        shown = any(window.shows(zone.latitude, zone.longitude) for window in windows)
        if shown and not _alike(capital.city, city):
            message = f"the map shows {capital.city} where {city} is: add `latitude` and `longitude`"
            sources.remark(path, ("capitals", i), message)


def _alike(city: str, other: str) -> bool:
    """Return whether two names may be the same city in two languages: they begin with the same letters."""
    return city.isascii() != other.isascii() or city[:2].casefold() == other[:2].casefold()
