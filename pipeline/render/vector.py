"""Vector pictures (SVG) as bitmaps, for programs that draw no vectors."""

from __future__ import annotations

from typing import Any

import typst
from lxml import etree

PAGE = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", height: 40mm)'

PIXELS_PER_INCH = 25.4 * 12


def bitmap(svg: bytes) -> bytes:
    """Return the picture as PNG, 480 pixels high, in the proportions of its view box; no installed font is used."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(svg, parser)
    if root.get("viewBox"):
        for size in {"width", "height"} & set(root.attrib):  # they may differ from the view box
            del root.attrib[size]
    # the documentation allows files in memory; the type hints do not include them
    files: Any = {"main.typ": PAGE, "picture.svg": etree.tostring(root)}
    content: bytes = typst.compile(files, format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True)
    return content
