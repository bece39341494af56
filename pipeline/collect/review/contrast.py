"""Computes the contrast of text and background, where both colours are known."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

from lxml import etree

from pipeline.collect.allowed import qn
from pipeline.collect.review.inherited import Box, Design, clark
from pipeline.collect.review.slides import Page, Run, Shape

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
LARGE_POINTS, LARGE_BOLD_POINTS = 18.0, 14.0
_NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
}  # fmt: skip


def needed(run: Run) -> float:
    """Return the contrast that a run needs, by WCAG 1.4.3."""
    large = run.points >= LARGE_POINTS or run.bold and run.points >= LARGE_BOLD_POINTS
    return ENOUGH_LARGE if large else ENOUGH


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[float]:
    return [part / 255 for part in bytes.fromhex(colour)]


# --- colours ---------------------------------------------------------------------------------------------------------


def text_colour(run: Run, design: Design) -> str:
    """Return the colour of a run as RRGGBB, empty when it is unknown."""
    return design.colours.get("tx1", "") if run.colour is None else _plain(run.colour, design)


def _plain(fill: etree._Element, design: Design) -> str:
    """Return the colour of a solid fill as RRGGBB, empty when it is transparent or computed in an unknown way."""
    colour = next(iter(fill), None)
    if colour is None:
        return ""
    value = colour.get("val", "")
    known = {
        "schemeClr": design.colours.get(value, ""),
        "sysClr": colour.get("lastClr", ""),
        "prstClr": _NAMED.get(value, ""),
        "srgbClr": value,
    }
    return _changed(known.get(etree.QName(colour).localname, ""), colour)


def _changed(value: str, colour: etree._Element) -> str:
    """Return a colour after its lumMod and lumOff changes, empty after any other change."""
    try:
        red, green, blue = _parts(value)
        hue, light, full = colorsys.rgb_to_hls(red, green, blue)
        for change in colour:
            name, share = etree.QName(change).localname, int(change.get("val", "0")) / 100_000
            if name not in ("lumMod", "lumOff"):
                return ""
            light = light * share if name == "lumMod" else light + share
        changed = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
        return "".join(f"{round(255 * part):02X}" for part in changed)
    except (ValueError, OverflowError):
        return ""


# --- backgrounds -----------------------------------------------------------------------------------------------------


def ground(shape: Shape, behind: Iterable[Shape], page: Page) -> str:
    """Return the colour behind the text of a shape, empty when it is unknown."""
    for element in (shape.element, *(base.element for base in shape.bases)):
        found = _filled(element.find(clark("p:spPr")), page.design)
        if found is not None:
            return found
    if shape.element.find(clark("p:style")) is not None:
        return ""
    return "" if _covered(shape, behind, page.design) else _background(page)


def _filled(properties: etree._Element | None, design: Design) -> str | None:
    """Return the colour that fills a shape, empty if unknown, None if it has no fill of its own."""
    if properties is None:
        return None
    solid = properties.find(clark("a:solidFill"))
    if solid is not None:
        return _plain(solid, design)
    others = ("a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
    return "" if any(properties.find(clark(name)) is not None for name in others) else None


def _covered(shape: Shape, behind: Iterable[Shape], design: Design) -> bool:
    """Return whether something else may lie between the text and the background."""
    if shape.box is None or shape.grouped:
        return True
    boxes = (each.box for each in behind if each.type is None or each.element.tag != qn("p:sp"))
    return any(_meet(shape.box, each) for each in (*boxes, *design.boxes))


def _meet(one: Box, other: Box | None) -> bool:
    if other is None:
        return True
    aside = one[0] >= other[0] + other[2] or other[0] >= one[0] + one[2]
    return not (aside or one[1] >= other[1] + other[3] or other[1] >= one[1] + one[3])


def _background(page: Page) -> str:
    """Return the colour of a slide's background: its own, the layout's or the master's."""
    own = page.root.find(clark("p:cSld/p:bg"))
    found = page.design.background if own is None else own
    if found is None:
        return page.design.colours.get("bg1", "")
    solid, theme = found.find(clark("p:bgPr/a:solidFill")), found.find(clark("p:bgRef[@idx='1001']"))
    fill = theme if solid is None else solid
    return "" if fill is None else _plain(fill, page.design)
