"""Computes the contrast of text and background, where both colours are known."""

from __future__ import annotations

import colorsys

from lxml import etree

from pipeline.collect.looks import Box, Look
from pipeline.collect.texts import Run, Shape
from pipeline.collect.vocabulary import A, P

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
LARGE_POINTS, LARGE_BOLD_POINTS = 18.0, 14.0
_NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
}  # fmt: skip
_DEFAULT_MAP = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


def needed(run: Run) -> float:
    """Return the contrast that a run needs, by WCAG 1.4.3."""
    large = run.points >= LARGE_POINTS or run.bold and run.points >= LARGE_BOLD_POINTS
    return ENOUGH_LARGE if large else ENOUGH


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_colour(run: Run, look: Look) -> str:
    """Return the colour of a run as RRGGBB, empty when it is unknown."""
    if run.colour is None:
        return _slot("tx1", look)
    return plain(run.colour, look)


def plain(fill: etree._Element | None, look: Look) -> str:
    """Return the colour of a solid fill as RRGGBB, empty when it is transparent or computed in an unknown way."""
    colour = fill[0] if fill is not None and len(fill) else None
    if colour is None:
        return ""
    name, value = colour.tag.rpartition("}")[2], colour.get("val", "")
    if name == "schemeClr":
        value = _slot(value, look)
    elif name == "sysClr":
        value = colour.get("lastClr", "")
    elif name == "prstClr":
        value = _NAMED.get(value, "")
    elif name != "srgbClr":
        return ""
    return _changed(value, colour) if len(value) == 6 else ""


def _slot(name: str, look: Look) -> str:
    master = look.above or look
    return master.theme.get(look.colours.get(name) or _DEFAULT_MAP.get(name, name), "")


def _changed(value: str, colour: etree._Element) -> str:
    """Return a colour after its lumMod and lumOff changes, empty after any other change."""
    try:
        parts = [int(value[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        hue, light, full = colorsys.rgb_to_hls(*parts)
        for change in colour:
            name, share = change.tag.rpartition("}")[2], int(change.get("val", "0")) / 100000
            if name == "lumMod":
                light *= share
            elif name == "lumOff":
                light += share
            else:
                return ""
    except (ValueError, OverflowError):
        return ""
    return "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full))


def ground(shape: Shape, behind: list[Shape], slide: etree._Element, look: Look) -> str:
    """Return the colour behind the text of a shape, empty when it is unknown."""
    own = shape.element.find(f"{{{P}}}spPr")
    for properties in (own, *(each.filled for each in shape.chain)):
        found = _filled(properties, look)
        if found is not None:
            return found
    if shape.element.find(f"{{{P}}}style") is not None or shape.table:
        return ""
    return "" if _covered(shape, behind, look) else _background(slide, look)


def _filled(properties: etree._Element | None, look: Look) -> str | None:
    """Return the colour that fills a shape, empty if unknown, None if it has no fill of its own."""
    if properties is None:
        return None
    solid = properties.find(f"{{{A}}}solidFill")
    if solid is not None:
        return plain(solid, look)
    others = ("gradFill", "blipFill", "pattFill", "grpFill")
    return "" if any(properties.find(f"{{{A}}}{name}") is not None for name in others) else None


def _covered(shape: Shape, behind: list[Shape], look: Look) -> bool:
    """Return whether something else may lie between the text and the background."""
    boxes = [each.box for each in behind if each.type is None or each.element.tag != f"{{{P}}}sp"]
    boxes += [*look.ornaments, *(look.above.ornaments if look.above else ())]
    return shape.box is None or shape.grouped or any(_meet(shape.box, each) for each in boxes)


def _meet(one: Box, other: Box | None) -> bool:
    if other is None:
        return True
    apart = one[0] >= other[0] + other[2] or other[0] >= one[0] + one[2]
    return not (apart or one[1] >= other[1] + other[3] or other[1] >= one[1] + one[3])


def _background(slide: etree._Element, look: Look) -> str:
    """Return the colour of a slide's background: its own, the layout's or the master's."""
    own = slide.find(f"{{{P}}}cSld/{{{P}}}bg")
    for each in (own, look.background, look.above.background if look.above else None):
        if each is None:
            continue
        solid = each.find(f"{{{P}}}bgPr/{{{A}}}solidFill")
        if solid is not None:
            return plain(solid, look)
        theme = each.find(f"{{{P}}}bgRef")
        return plain(theme, look) if theme is not None and theme.get("idx") == "1001" else ""
    return _slot("bg1", look)
