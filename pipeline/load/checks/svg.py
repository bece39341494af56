"""Logos in SVG: only shapes and colours. What runs, loads or links is refused, since pages contain the file."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from pipeline.core.problems import quoted

LARGEST = 2_000_000
"""Bytes: every page of the site contains each logo."""
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
SHAPES = frozenset((
    "svg", "g", "defs", "symbol", "use", "switch", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "image", "style", "title",
    "desc", "metadata", "view", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "feTile", "feDropShadow",
))  # fmt: skip
"""The elements that draw, and those of titles and metadata; everything else is refused."""
TEXTS = ("text", "tspan", "textPath", "tref", "font", "font-face")
ACTIVE = ("script", "foreignObject", "animate", "animateMotion", "animateTransform", "animateColor", "set", "handler")
EDITORS = (
    "http://www.inkscape.org/", "http://sodipodi.sourceforge.net/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#", "http://web.resource.org/cc/", "http://purl.org/dc/", "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/", "http://www.serif.com/", "https://boxy-svg.com", "http://vectornator.io",
    "http://www.figma.com/", "http://www.corel.com/",
)  # fmt: skip
"""The beginnings of the namespaces in which drawing programs keep their own notes, which no other program reads."""
BITMAPS = ("image/png", "image/jpeg", "image/gif")

_PLAIN = "save it again as plain SVG"


def fault_of_svg(content: bytes) -> tuple[str, str] | None:
    """Return message (without the name of the file) and fix for the first thing in a logo that is not allowed."""
    if len(content) > LARGEST:
        return f"has {len(content) / 1_000_000:,.1f} MB", f"save it simpler: {LARGEST // 1_000_000} MB at most"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "is not a complete picture", "save it again as SVG"
    if root.tag != f"{{{SVG}}}svg":
        return "is not a complete picture", "save it again as SVG"
    dtd: Any = root.getroottree().docinfo.internalDTD  # the type hints lack its entities
    if dtd is not None and any(True for _ in dtd.iterentities()):
        return "defines entities, which may stand for anything", _PLAIN
    return next(_faults(root), None)


def _faults(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        if isinstance(element, etree._ProcessingInstruction):
            yield f"contains the instruction {quoted(f'<?{element.target!s}')}", _PLAIN
        elif isinstance(element, etree._Entity):
            yield "contains an entity, which may stand for anything", _PLAIN
        elif isinstance(element.tag, str):
            yield from _faults_of_element(element)


def _faults_of_element(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = etree.QName(element)
    namespace = name.namespace or ""
    if namespace == SVG and name.localname in TEXTS:
        yield "contains text, which no PDF would show", "convert its text to paths and save it again"
    elif namespace == SVG and name.localname in ACTIVE:
        yield f"contains `<{name.localname}>`, which runs or moves", _PLAIN
    elif not (namespace == SVG and name.localname in SHAPES) and not namespace.startswith(EDITORS):
        yield f"contains `<{name.localname}>`, which is not part of a plain drawing", _PLAIN
    if namespace != SVG:
        return
    if name.localname == "style":
        yield from _faults_of_style(element.text or "")
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        if attribute.localname.lower().startswith("on") and not attribute.namespace:
            yield f"has the event handler `{attribute.localname}`", _PLAIN
        elif attribute.localname == "base" or (
            attribute.localname in ("href", "src")
            and attribute.namespace in (None, XLINK)
            and not _is_inside(str(value), name.localname)
        ):
            yield f"refers to {quoted(str(value))} outside the file", _PLAIN
        elif not attribute.namespace:
            yield from _faults_of_style(str(value))


def _faults_of_style(style: str) -> Iterator[tuple[str, str]]:
    """Yield a fault for a style or attribute that loads something, or hides what it does behind a backslash."""
    text = "".join(style.lower().split())
    parts = text.split("url(")[1:]
    if any(not part.lstrip("'\"").startswith("#") for part in parts):
        yield f"refers to {quoted(style)} outside the file", _PLAIN
    for word in ("@import", "@font-face", "\\", "javascript:", "expression(", "image-set(", "src("):
        if word in text:
            yield f"contains `{word}` in a style", _PLAIN


def _is_inside(address: str, element: str) -> bool:
    """Return whether an address is a part of the same file, or a bitmap in an `image`."""
    address = address.strip()
    if address.startswith("#"):
        return True
    head, comma, data = address.partition(",")
    kind, *options = head.lower().removeprefix("data:").split(";")
    if element != "image" or not head.lower().startswith("data:") or not comma or kind not in BITMAPS:
        return False
    from PIL import Image  # here, since few logos contain a bitmap

    try:
        content = b64decode("".join(data.split())) if "base64" in options else unquote_to_bytes(data)
        with Image.open(BytesIO(content)) as image:
            image.load()
            return f"image/{(image.format or '').lower()}" == kind
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
