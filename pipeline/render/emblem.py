"""The EU emblem, drawn from its published geometry (Council of Europe 2005; Regulation (EU) No 763/2014, annex).

The field is 27 by 18 units. The centres of the twelve stars are on a circle of radius 6; each star fits into a circle
of radius 1 and has one point at the top. On a coloured background the field has a white border of 1/25 of its height.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from lxml import etree

WIDTH, HEIGHT = 27.0, 18.0
BORDER = HEIGHT / 25
BLUE, GOLD, WHITE = "003399", "FFCC00", "FFFFFF"
BITMAP = Path(__file__).with_name("emblem.png")
"""The emblem with its border, 180 pixels high, for programs that draw no vectors; `make golden` draws it from `SVG`."""

_INNER_RADIUS = (3 - sqrt(5)) / 2  # of a pentagram with radius 1

_SVG = "{http://www.w3.org/2000/svg}"

Point = tuple[float, float]


def stars() -> tuple[tuple[Point, ...], ...]:
    """Return the ten vertices of each of the twelve stars, in units of the field; y grows downwards."""
    angles = [radians(30 * hour) for hour in range(12)]
    centres = [(WIDTH / 2 + 6 * sin(angle), HEIGHT / 2 - 6 * cos(angle)) for angle in angles]
    corners = [(_INNER_RADIUS if number % 2 else 1.0, radians(36 * number)) for number in range(10)]
    return tuple(
        tuple((x + radius * sin(angle), y - radius * cos(angle)) for radius, angle in corners) for x, y in centres
    )


def _drawing() -> etree._Element:
    default: Any = {None: _SVG.strip("{}")}  # the type hints of lxml do not include the default namespace
    root = etree.Element(f"{_SVG}svg", nsmap=default)
    left, width, height = f"{-BORDER:g}", f"{WIDTH + 2 * BORDER:g}", f"{HEIGHT + 2 * BORDER:g}"
    root.set("viewBox", f"{left} {left} {width} {height}")
    paths = " ".join("M" + " ".join(f"{x:.4f},{y:.4f}" for x, y in star) + "Z" for star in stars())
    etree.SubElement(root, f"{_SVG}rect", x=left, y=left, width=width, height=height, fill=f"#{WHITE}")
    etree.SubElement(root, f"{_SVG}rect", width=f"{WIDTH:g}", height=f"{HEIGHT:g}", fill=f"#{BLUE}")
    etree.SubElement(root, f"{_SVG}path", d=paths, fill=f"#{GOLD}")
    return root


SVG = etree.tostring(_drawing())
"""The emblem with its border as an SVG file, without ids or scripts."""
