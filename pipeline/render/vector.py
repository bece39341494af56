"""Vector pictures (SVG) as bitmaps, for programs that draw no vectors."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from lxml import etree

from pipeline.core.fonts import font_folders

PAGE = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", height: 40mm)'
PIXELS = 480
MEASURES = "Arimo"
"""The font that has the widths of Arial and comes with the program."""
LETTER = 0.56
"""The width of a letter of a name as a share of its size, more than most letters take."""
DOT = r"M(-?[\d.]+) (-?[\d.]+)h\.01"
"""A dot of the land on a map."""


def bitmap(svg: bytes, pixels: int = PIXELS) -> bytes:
    """Return the picture as PNG of this height, in the proportions of its view box; no font of the system is used."""
    root = parsed(svg)
    if root.get("viewBox"):
        for size in {"width", "height"} & set(root.attrib):  # they may differ from the view box
            del root.attrib[size]
    return _bitmap(etree.tostring(root), pixels)


def with_font(svg: bytes, font: str) -> bytes:
    """Return the picture with all its text in one font, or where that is missing in one of the same widths."""
    root = parsed(svg)
    for text in root.iter("{*}text"):
        text.set("font-family", f"{font}, {MEASURES}, sans-serif")
    return etree.tostring(root)


def with_names(svg: bytes, size: float) -> bytes:
    """Return a map with its names in this size, in its own units; it grows to the sides until they are all on it.

    The dots of land that a larger name would cover are left out.
    """
    root = parsed(svg)
    left, top, right, bottom = map(float, (root.get("viewBox") or "").split())
    boxes = []
    for text in root.iter("{*}text"):
        x, y, width = float(text.get("x", 0)), float(text.get("y", 0)), len(text.text or "") * size * LETTER
        start = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        boxes.append((start, y - size * 0.95, start + width, y + size * 0.35))
        text.set("font-size", f"{size:g}")
    left, right = min([left, *(box[0] for box in boxes)]), max([right, *(box[2] for box in boxes)])
    root.set("viewBox", f"{left:g} {top:g} {right - left:g} {bottom:g}")
    for land in root.iter("{*}path"):
        near = float(land.get("stroke-width", 0)) / 2
        dots = [(dot, float(dot[1]), float(dot[2])) for dot in re.finditer(DOT, land.get("d", ""))]
        free = [
            dot[0]
            for dot, x, y in dots
            if not any(a - near < x < c + near and b - near < y < d + near for a, b, c, d in boxes)
        ]
        land.set("d", "".join(free))
    return etree.tostring(root)


def parsed(svg: bytes) -> etree._Element:
    root: etree._Element = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    return root


@lru_cache(maxsize=64)  # the documents of a seminar place the same pictures
def _bitmap(svg: bytes, pixels: int) -> bytes:
    # the documentation allows files in memory; the type hints do not include them
    files: Any = {"main.typ": PAGE, "picture.svg": svg}
    paths = [str(folder) for folder in font_folders(Path())]
    ppi = pixels / 40 * 25.4
    content: bytes = typst.compile(files, format="png", ppi=ppi, font_paths=paths, ignore_system_fonts=True)
    return content
