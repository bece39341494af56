"""The map of a seminar's region: its land as dots, and the speakers' capitals with their names.

It has no borders and no shapes of countries: the readers' states dispute some of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import cos, hypot, radians, sqrt

from lxml import etree

from pipeline.core.documents import Map, Picture, Place
from pipeline.core.land import is_land
from pipeline.core.sources import Brand, Capital, Seminar, Series, Window
from pipeline.core.zones import zone_places

COLUMNS = 40
"""Dots across the longer side of a map."""
DOT, CITY = 0.36, 0.5
"""The radius of a dot of land and of a city, as shares of the distance between two dots."""
LAND = {"primary": 0.38, "panel": 0.16}
"""The share of another colour in that of the land, by the colour of the ground: of the paper, or of the primary one."""
EM = 0.56
"""The width of a letter of a name as a share of its size, more than most letters take."""
_STEPS = (0.0, 1.6, 3.2, 5.0)
"""How far a name may stand from its city, in dots; beyond the first, a line leads to it."""
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Where a name may stand: 1 right or -1 left of its city, 1 below or -1 above it."""


@dataclass(frozen=True, kw_only=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: _Box) -> float:
        """Return the area that two boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def around(self, x: float, y: float, distance: float) -> bool:
        """Return whether a point is in the box, or no farther from it than `distance`."""
        return self.left - distance < x < self.right + distance and self.top - distance < y < self.bottom + distance


@dataclass(frozen=True, kw_only=True)
class _Projection:
    """Degrees to points: parallels and meridians are straight lines, true to scale in the middle of the window."""

    west: float
    north: float
    across: float
    down: float

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (longitude - self.west) % 360 * self.across, (self.north - latitude) * self.down

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        return self.north - y / self.down, self.west + x / self.across


def region_map(seminar: Seminar, series: Series, *, width: float, height: float, size: float) -> Map | None:
    """Return the map for a place of at most this width and height, with names of this size, all in points.

    Return None if no region of the seminar has a window.
    """
    windows = [region.window for region in series.regions if region.id in seminar.region and region.window]
    if not windows or not series.land:
        return None
    return _drawn(tuple(windows), seminar.capitals, series.land, width, height, size)


@lru_cache(maxsize=64)  # placing the names takes 0.1 s, and each report, certificate and mail asks for the same maps
def _drawn(
    windows: tuple[Window, ...],
    capitals: tuple[Capital, ...],
    land_cells: tuple[int, ...],
    width: float,
    height: float,
    size: float,
) -> Map:
    """Return the map of the windows with the names of the capitals."""
    west, east, south, north = _joined(windows)
    narrow = cos(radians((south + north) / 2))
    scale = min(width / ((east - west) * narrow), height / (north - south))
    projection = _Projection(west=west, north=north, across=scale * narrow, down=scale)
    right, bottom = (east - west) * projection.across, (north - south) * projection.down
    step = max(right, bottom) / COLUMNS
    cities = list(_cities(capitals, projection, right, bottom))
    land = _land(land_cells, projection, right, bottom, step)
    places, boxes = _labelled(cities, land, _Box(left=0, top=0, right=right, bottom=bottom), step, size)
    near = step * (CITY + DOT)
    dots = tuple(
        (round(x, 1), round(y, 1))
        for x, y in land
        if not any(box.around(x, y, step * DOT) for box in boxes)
        and not any(hypot(x - place.x, y - place.y) < near for place in places)
    )
    return Map(
        width=round(right, 1), height=round(bottom, 1), radius=round(step * DOT, 2), size=size, dots=dots, places=places
    )


def map_picture(name: str, drawn: Map, brand: Brand, language: str, *, ground: str = "primary") -> Picture:
    """Return the map as an SVG picture for a ground of a colour of the brand; its names are in this language."""
    names = filter(None, (brand.fonts.get(language), brand.fonts["screen"], "Arial"))
    fonts = ", ".join((*(f"'{name}'" for name in names), "sans-serif"))
    city, text = brand.colours["accent"], brand.colours["paper"]
    land = mixed(brand.colours[ground], brand.colours["paper" if ground == "primary" else "primary"], LAND[ground])
    root = etree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {drawn.width:g} {drawn.height:g}")
    # A line of no length with round ends is a dot, and much shorter than a circle.
    dots = {"stroke": f"#{land}", "stroke-width": f"{2 * drawn.radius:g}", "stroke-linecap": "round"}
    etree.SubElement(root, "path", dots, d="".join(f"M{x:g} {y:g}h.01" for x, y in drawn.dots))
    radius = f"{drawn.radius * CITY / DOT:.2f}"
    for place in drawn.places:
        x, y = f"{place.x:.1f}", f"{place.y:.1f}"
        if place.leader:
            end = {"x2": f"{place.leader[0]:g}", "y2": f"{place.leader[1]:g}"}
            etree.SubElement(root, "line", {"x1": x, "y1": y, "stroke": f"#{city}", "stroke-width": "0.6", **end})
        etree.SubElement(root, "circle", cx=x, cy=y, r=radius, fill=f"#{city}")
        label = etree.SubElement(
            root,
            "text",
            {
                "x": f"{place.label_x:.1f}",
                "y": f"{place.label_y:.1f}",
                "text-anchor": place.anchor,
                "font-family": fonts,
                "font-size": f"{drawn.size:g}",
                "fill": f"#{text}",
            },
        )
        label.text = place.name
    return Picture(name=name, media_type="image/svg+xml", content=etree.tostring(root))


def mixed(one: str, two: str, share: float) -> str:
    """Return a colour between two, as six hexadecimal digits; `share` is that of the second."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(two), strict=True)
    return bytes(round(a + (b - a) * share) for a, b in pairs).hex()


def _joined(windows: Sequence[Window]) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the smallest window around all; east may be more than 180."""
    east = (window.east + 360 if window.east <= window.west else window.east for window in windows)
    return (
        min(window.west for window in windows),
        max(east),
        min(window.south for window in windows),
        max(window.north for window in windows),
    )


def _cities(
    capitals: Sequence[Capital], projection: _Projection, right: float, bottom: float
) -> Iterator[tuple[str, str, float, float]]:
    """Yield name, country, x and y of each capital on the map; one without a known place is left out."""
    for capital in capitals:
        zone = zone_places().get(capital.zone)
        if capital.latitude is not None and capital.longitude is not None:
            latitude, longitude = capital.latitude, capital.longitude
        elif zone:
            latitude, longitude = zone.latitude, zone.longitude
        else:
            continue
        x, y = projection.point(latitude, longitude)
        if x < right and 0 < y < bottom:
            yield capital.city, zone.country if zone else "", round(x, 1), round(y, 1)


@lru_cache(maxsize=16)  # the maps of a seminar differ in their cities only
def _land(
    land_cells: tuple[int, ...], projection: _Projection, right: float, bottom: float, step: float
) -> tuple[tuple[float, float], ...]:
    """Return the middles of the dots that are on land."""
    return tuple((x, y) for x, y in _grid(right, bottom, step) if is_land(land_cells, *projection.degrees(x, y)))


def _grid(right: float, bottom: float, step: float) -> Iterator[tuple[float, float]]:
    """Yield the middles of all dots: every second row is moved by half a step."""
    row, y = 0, step / 2
    while y < bottom:
        x = step / 2 + (row % 2) * step / 2
        while x < right:
            yield x, y
            x += step
        row, y = row + 1, y + step * sqrt(3) / 2


def _labelled(
    cities: Sequence[tuple[str, str, float, float]],
    land: Sequence[tuple[float, float]],
    edge: _Box,
    step: float,
    size: float,
) -> tuple[tuple[Place, ...], list[_Box]]:
    """Return the cities with their names where they hide least, and the boxes of the names."""
    marks = [
        _Box(left=x - step * CITY, top=y - step * CITY, right=x + step * CITY, bottom=y + step * CITY)
        for _, _, x, y in cities
    ]
    places: list[Place] = []
    names: list[_Box] = []
    lines: list[_Box] = []
    for number, city in enumerate(cities):
        others = [*names, *lines, *marks[:number], *marks[number + 1 :]]
        reach = _STEPS[-1] * step + (len(city[0]) + 3) * size  # no name of this city covers land beyond
        around = _Box(left=city[2], top=city[3], right=city[2], bottom=city[3])
        near = [dot for dot in land if around.around(*dot, reach)]
        best: tuple[float, Place, _Box, list[_Box]] | None = None
        for away, (side, level) in product(_STEPS, _SIDES):
            place, box = _candidate(city, side, level, away * step, step, size)
            line = _along(place, size) if away else []
            hidden = sum(part.overlap(other) for part in (box, *line) for other in others)
            hidden += box.overlap(marks[number])
            outside = (box.right - box.left) * (box.bottom - box.top) - box.overlap(edge)
            cost = 50 * (hidden + outside) / step**2 + 1.5 * away + 0.5 * abs(level) * abs(side)
            if best and cost >= best[0]:
                continue  # counting the dots takes longest, and each only adds to the cost
            cost += sum(box.around(*dot, step * DOT) for dot in near)
            if best is None or cost < best[0]:
                best = cost, place, box, line
        if best:
            places.append(best[1])
            names.append(best[2])
            lines += best[3]
    return tuple(places), names


def _along(place: Place, size: float) -> list[_Box]:
    """Return small boxes along the line that leads from a city to its name."""
    if not place.leader:
        return []
    half, (end_x, end_y) = size * 0.15, place.leader
    shares = [number / 6 for number in range(1, 7)]
    points = [(place.x + (end_x - place.x) * share, place.y + (end_y - place.y) * share) for share in shares]
    return [_Box(left=x - half, top=y - half, right=x + half, bottom=y + half) for x, y in points]


def _candidate(
    city: tuple[str, str, float, float], side: int, level: int, away: float, step: float, size: float
) -> tuple[Place, _Box]:
    """Return a city with its name to one side of it (-1 left, 1 right) and level (-1 above, 1 below), and its box."""
    name, country, x, y = city
    gap, width = step * CITY + size * 0.35 + away, len(name) * size * EM
    label_x = x + side * (gap if not level else gap * 0.7)
    middle = y + level * (gap * 0.7 + size * (0.5 if not side else 0.2))
    left = {1: label_x, -1: label_x - width, 0: label_x - width / 2}[side]
    end = (label_x - side * size * 0.25, middle) if side else (x, middle - level * size * 0.75)
    place = Place(
        name=name,
        country=country,
        x=x,
        y=y,
        label_x=round(label_x, 1),
        label_y=round(middle + size * 0.35, 1),
        anchor="middle" if not side else "start" if side > 0 else "end",
        leader=(round(end[0], 1), round(end[1], 1)) if away else None,
    )
    return place, _Box(left=left, top=middle - size * 0.6, right=left + width, bottom=middle + size * 0.6)
