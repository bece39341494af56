"""Vector pictures (SVG) as bitmaps, for programs that draw no vectors."""

from __future__ import annotations

import typst
from lxml import etree

PAGE = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", height: 40mm)'

PIXELS_PER_INCH = 25.4 * 12


def bitmap(svg: bytes) -> bytes:
    """Return the picture as PNG, 480 pixels high, in the proportions of its view box; no installed font is used."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(svg, parser)
    if root.get("viewBox"):
        for size in ("width", "height"):  # they may say something else than the view box
            root.attrib.pop(size, None)
    files = {"main.typ": PAGE, "picture.svg": etree.tostring(root)}
    content = typst.compile(files, format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True)
    assert isinstance(content, bytes)
    return content
