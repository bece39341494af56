"""Vector pictures (SVG) as bitmaps, for programs that draw no vectors."""

from __future__ import annotations

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
