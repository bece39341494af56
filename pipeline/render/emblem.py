"""The EU emblem, drawn from its published geometry (Council of Europe 2005; Regulation (EU) No 763/2014, annex).

The field is 27 by 18 units; the centres of the twelve stars lie on a circle of radius 6, each star on one of radius 1,
all upright. On a coloured ground a white border of 1/25 of the height goes round the field.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin, sqrt
from pathlib import Path

WIDTH, HEIGHT = 27.0, 18.0
BORDER = HEIGHT / 25
BITMAP = Path(__file__).with_name("emblem.png")
BLUE, GOLD, WHITE = "003399", "FFCC00", "FFFFFF"
_INNER = (3 - sqrt(5)) / 2  # 1/phi²: the inner radius of a pentagram

Point = tuple[float, float]


@lru_cache(maxsize=1)
def stars() -> tuple[tuple[Point, ...], ...]:
    """Return twelve stars of ten vertices each in units of the field, y downwards, the first star at twelve o'clock."""
    return tuple(_star(13.5 + 6 * sin(radians(30 * k)), 9 - 6 * cos(radians(30 * k))) for k in range(12))


def _star(x: float, y: float) -> tuple[Point, ...]:
    radii = ((1.0 if i % 2 == 0 else _INNER, radians(36 * i)) for i in range(10))
    return tuple((x + r * sin(a), y - r * cos(a)) for r, a in radii)


@lru_cache(maxsize=1)
def svg() -> str:
    """Return the emblem with its white border as an SVG element without id or script."""
    paths = " ".join("M" + " ".join(f"{x:.4f},{y:.4f}" for x, y in star) + "Z" for star in stars())
    left, width, height = -BORDER, WIDTH + 2 * BORDER, HEIGHT + 2 * BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {left:g} {width:g} {height:g}">'
        f'<rect x="{left:g}" y="{left:g}" width="{width:g}" height="{height:g}" fill="#{WHITE}"/>'
        f'<rect width="27" height="18" fill="#{BLUE}"/><path d="{paths}" fill="#{GOLD}"/></svg>'
    )


@lru_cache(maxsize=1)
def png() -> bytes:
    """Return the emblem with its border as a PNG 180 pixels high, for programs that draw no vectors.

    It is a file, since drawing it took a tenth of the time of a small build; `make golden` draws it anew.
    """
    return BITMAP.read_bytes()
