"""Draws maps, timelines and runs of show as native shapes, which can be moved and coloured in PowerPoint.

A drawing is a group in the box of its placeholder, in the colours of the theme, with one alternative text.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from pipeline.core.documents import Map, Paragraph, Place, Run, RunOfShow, Timeline
from pipeline.render import office
from pipeline.render.office import A
from pipeline.render.to_pptx.pages import LINE_HEIGHT, line_count
from pipeline.render.to_pptx.placeholders import Box

Drawing = Map | Timeline | RunOfShow
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LABEL = 14
"""Points: the smallest text of a drawing."""
CITY = 1.4
"""The radius of the dot of a city, in that of a dot of land."""
HEAD, DATE, CARD_SIZES = 46, 20, (20, 19, 18, 17, 16)
"""Points: the height of the head of a card, its date, and the sizes its text may have."""
INSET, GAP = 9, 8
"""Points inside a card at each side, and between two cards."""
_ALL = "21600000"  # a whole turn, in sixtieth thousandths of a degree
_LEAF = {"earlier": ("accent3", "bg1", "bg2"), "present": ("tx2", "bg1", "bg2"), "here": ("accent2", "tx1", "accent2")}
"""By state of a point: the colours of the head of its card, of the text on it, and of the card."""


class Look(NamedTuple):
    """What the text of a drawing needs: the language of the deck, and whether it is written from right to left."""

    tag: str
    rtl: bool


class Frame(NamedTuple):
    """A rectangle in points, from the top left of the drawing."""

    left: float
    top: float
    width: float
    height: float


def drawn(drawing: Drawing, box: Box, name: str, id: int, described: str, look: Look) -> Any:
    """Return a drawing as a group in a box of a slide; one that is not `described` is marked as decorative."""
    group: Any = parse_xml(
        f"<p:grpSp {nsdecls('p', 'a')}><p:nvGrpSpPr><p:cNvPr/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        "<p:grpSpPr><a:xfrm><a:off/><a:ext/><a:chOff/><a:chExt/></a:xfrm></p:grpSpPr></p:grpSp>"
    )
    width, height = box.width / Pt(1), box.height / Pt(1)
    left, top = box.left, box.top
    if isinstance(drawing, Map):
        left += round((box.width - Pt(drawing.width)) / 2)
        top += round((box.height - Pt(drawing.height)) / 2)
        width, height = drawing.width, drawing.height
        shapes = _map(drawing, look)
    elif isinstance(drawing, Timeline):
        shapes = _timeline(drawing, width, height, look)
    else:
        shapes = _run_of_show(drawing, width, height, look)
    about = group.find(f"{P}nvGrpSpPr/{P}cNvPr")
    place = group.find(f"{P}grpSpPr/{A}xfrm")
    about.set("id", str(id))
    about.set("name", name)
    if described:
        about.set("descr", office.xml_text(described))
    else:
        about.append(_decorative())
    size = {"cx": str(Pt(width)), "cy": str(Pt(height))}
    for tag, values in (
        ("off", {"x": str(left), "y": str(top)}),
        ("ext", size),
        ("chOff", {"x": "0", "y": "0"}),
        ("chExt", size),
    ):
        place.find(f"{A}{tag}").attrib.update(values)
    for number, shape in enumerate(shapes, 1):
        shape.find(f"{P}nvSpPr/{P}cNvPr").set("id", str(1000 * id + number))
        group.append(shape)
    return group


# --- the map of a region ---------------------------------------------------------------------------------------------


def _map(drawing: Map, look: Look) -> list[Any]:
    shapes = [deepcopy(_land(drawing.dots, drawing.radius, drawing.width, drawing.height))]
    radius = drawing.radius * CITY
    for place in drawing.places:
        if place.leader:
            shapes.append(_line((place.x, place.y), place.leader))
    for place in drawing.places:
        dot = Frame(place.x - radius, place.y - radius, 2 * radius, 2 * radius)
        shapes.append(_shape(f"City {place.name}", dot, "ellipse", "accent2"))
        shapes.append(_city(place, drawing.size, look))
    return shapes


@lru_cache(maxsize=32)  # the decks of all speakers of a segment have the same land
def _land(dots: tuple[tuple[float, float], ...], radius: float, width: float, height: float) -> Any:
    """Return the land of a map as one shape: a path with a circle for each dot, in tenths of a point."""
    shape = _shape("Land", Frame(0, 0, width, height), "rect", "bg1", land=True)
    properties = shape.find(f"{P}spPr")
    custom = etree.Element(f"{A}custGeom")
    for tag in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(custom, f"{A}{tag}")
    etree.SubElement(custom, f"{A}rect", l="0", t="0", r="r", b="b")
    paths = etree.SubElement(custom, f"{A}pathLst")
    path = etree.SubElement(paths, f"{A}path", w=str(round(width * 10)), h=str(round(height * 10)))
    turn = {"wR": str(round(radius * 10)), "hR": str(round(radius * 10)), "stAng": "0", "swAng": _ALL}
    for x, y in dots:
        start = etree.SubElement(path, f"{A}moveTo")
        etree.SubElement(start, f"{A}pt", x=str(round((x + radius) * 10)), y=str(round(y * 10)))
        etree.SubElement(path, f"{A}arcTo", turn)
        etree.SubElement(path, f"{A}close")
    properties.replace(properties.find(f"{A}prstGeom"), custom)
    return shape


def _city(place: Place, size: float, look: Look) -> Any:
    """Return the name of a city as a text box around the foot of its line."""
    width = line_width(place.name, size) + 4
    left = {"start": place.label_x, "end": place.label_x - width, "middle": place.label_x - width / 2}[place.anchor]
    align = {"start": "l", "end": "r", "middle": "ctr"}[place.anchor]
    frame = Frame(left, place.label_y - size * 0.98, width, size * LINE_HEIGHT)
    return _text(f"Name {place.name}", frame, [(place.name, size, False, "bg1")], look, align=align, wrap=False)


# --- the timeline ----------------------------------------------------------------------------------------------------


def _timeline(drawing: Timeline, width: float, height: float, look: Look) -> list[Any]:
    """Return a line with a dot for each point, and below it a card for each."""
    widths, size = card_widths(drawing, width)
    line, radius, top = 14, 9, 34
    shapes = [_shape("Line", Frame(0, line - 2, width, 4), "rect", "tx2")]
    left = 0.0
    for point, wide in zip(drawing.points, widths):
        at = width - left - wide if look.rtl else left
        head, on_head, ground = _LEAF[point.state]
        middle = at + wide - INSET - radius if look.rtl else at + INSET + radius
        shapes.append(_shape("Stem", Frame(middle - 1.5, line, 3, top - line), "rect", head))
        dot = Frame(middle - radius, line - radius, 2 * radius, 2 * radius)
        shapes.append(_shape("Dot", dot, "ellipse", head, edge="bg1"))
        card = Frame(at, top + HEAD, wide, height - top - HEAD)
        texts = [(point.text, size, point.state == "here", "tx1")]
        texts += [(point.symbol, LABEL, False, "accent3")] if point.symbol else []
        date = Frame(at, top, wide, HEAD)
        shapes.append(
            _text(f"Date {point.when}", date, [(point.when, DATE, True, on_head)], look, fill=head, inset=INSET)
        )
        shapes.append(_text(f"Card {point.when}", card, texts, look, fill=ground, inset=INSET, middle=False))
        left += wide + GAP
    return shapes


def card_widths(drawing: Timeline, width: float) -> tuple[list[float], float]:
    """Return the width of each card, in which its longest word fits, and the type size of the cards."""
    points = drawing.points
    room = width - GAP * (len(points) - 1) - 2 * INSET * len(points)
    for size in CARD_SIZES:
        least = [
            max(
                line_width(point.when, DATE, bold=True) + 2,
                line_width(point.symbol, LABEL),
                *(line_width(word, size, bold=point.state == "here") + 2 for word in point.text.split(" ")),
            )
            for point in points
        ]
        if sum(least) <= room:
            break
    spare = max(0.0, room - sum(least)) / len(points)
    return [wide + spare + 2 * INSET for wide in least], size


# --- the run of a seminar --------------------------------------------------------------------------------------------


def _run_of_show(drawing: RunOfShow, width: float, height: float, look: Look) -> list[Any]:
    """Return a bar with a field for each part, as wide as its minutes, but never narrower than its label."""
    gap = 3
    room, minutes = width - gap * (len(drawing.parts) - 1), sum(part.minutes for part in drawing.parts)
    least = [line_width(part.label, LABEL, bold=True) + 14 for part in drawing.parts]
    widths = [max(narrow, room * part.minutes / minutes) for narrow, part in zip(least, drawing.parts)]
    over = sum(widths) - room
    wide = sum(each - narrow for each, narrow in zip(widths, least))
    widths = [each - over * (each - narrow) / wide if wide else each for each, narrow in zip(widths, least)]
    shapes, left = [], 0.0
    for part, field in zip(drawing.parts, widths):
        frame = Frame(width - left - field if look.rtl else left, 0, field, height)
        colour = "tx2" if part.number else "accent3"
        text = [(part.label, LABEL, True, "bg1")]
        shapes.append(_text(f"Part {part.label}", frame, text, look, fill=colour, inset=4, align="ctr"))
        left += field + gap
    return shapes


# --- shapes ----------------------------------------------------------------------------------------------------------


def line_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in points."""
    low, high = 0.0, len(text) * size * 1.2
    paragraph = Paragraph(runs=(Run(text=text.replace(" ", "\u00a0").replace("-", "\u2011")),))
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if line_count(paragraph, size, middle, bold=bold) == 1 else (middle, high)
    return high


def _shape(name: str, frame: Frame, form: str, colour: str, *, edge: str = "", land: bool = False) -> Any:
    shape: Any = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm/>"
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )
    about, properties = shape.find(f"{P}nvSpPr/{P}cNvPr"), shape.find(f"{P}spPr")
    about.set("name", office.xml_text(name))
    place = properties.find(f"{A}xfrm")
    etree.SubElement(place, f"{A}off", x=str(Pt(frame.left)), y=str(Pt(frame.top)))
    etree.SubElement(place, f"{A}ext", cx=str(Pt(frame.width)), cy=str(Pt(frame.height)))
    scheme = _coloured(properties, colour)
    if land:  # the ground shows through, so that one shape suits a ground of any colour
        etree.SubElement(scheme, f"{A}alpha", val="38000")
    outline = etree.SubElement(properties, f"{A}ln")
    if edge:
        outline.set("w", str(Pt(2)))
        _coloured(outline, edge)
    else:
        etree.SubElement(outline, f"{A}noFill")
    return shape


def _line(start: tuple[float, float], end: tuple[float, float]) -> Any:
    """Return a thin line that leads from a city to its name."""
    left, top = min(start[0], end[0]), min(start[1], end[1])
    frame = Frame(left, top, abs(end[0] - start[0]), abs(end[1] - start[1]))
    shape = _shape("Leader", frame, "line", "accent2")
    if (end[0] - start[0]) * (end[1] - start[1]) < 0:
        shape.find(f"{P}spPr/{A}xfrm").set("flipV", "1")
    properties = shape.find(f"{P}spPr")
    outline = properties.find(f"{A}ln")
    outline.clear()
    outline.set("w", str(Pt(1)))
    _coloured(outline, "accent2")
    properties.remove(properties.find(f"{A}solidFill"))
    return shape


def _text(
    name: str,
    frame: Frame,
    texts: Sequence[tuple[str, float, bool, str]],
    look: Look,
    *,
    fill: str = "",
    inset: float = 0,
    align: str = "",
    wrap: bool = True,
    middle: bool = True,
) -> Any:
    """Return a text box with a paragraph for each text, which has a size, a weight and a colour."""
    shape = _shape(name, frame, "rect", fill or "bg1")
    properties = shape.find(f"{P}spPr")
    if not fill:
        properties.replace(properties.find(f"{A}solidFill"), etree.Element(f"{A}noFill"))
    body = etree.SubElement(shape, qn("p:txBody"))
    margins = {side: str(Pt(inset)) for side in ("lIns", "rIns")}
    margins |= {side: str(Pt(0 if middle else inset)) for side in ("tIns", "bIns")}
    anchor = "ctr" if middle else "t"
    etree.SubElement(body, f"{A}bodyPr", {"wrap": "square" if wrap else "none", "anchor": anchor, **margins})
    etree.SubElement(body, f"{A}lstStyle")
    for text, size, bold, colour in texts:
        paragraph = etree.SubElement(body, f"{A}p")
        settings = etree.SubElement(paragraph, f"{A}pPr", algn=align or ("r" if look.rtl else "l"))
        if look.rtl:
            settings.set("rtl", "1")
        if len(body) > 3:
            etree.SubElement(etree.SubElement(settings, f"{A}spcBef"), f"{A}spcPts", val="600")
        run = etree.SubElement(paragraph, f"{A}r")
        type = etree.SubElement(run, f"{A}rPr", lang=look.tag, sz=str(round(size * 100)), b=str(int(bold)))
        _coloured(type, colour)
        etree.SubElement(run, f"{A}t").text = office.xml_text(text)
    return shape


def monogram(shape: Any, box: Box, text: str, look: Look, *, dark: bool) -> None:
    """Turn the placeholder of a portrait into a disc with the initials of the person; `dark` is its ground."""
    size = box.height / Pt(1)
    ground, letters = ("bg1", "tx2") if dark else ("tx2", "bg1")
    initials = [(text, round(size * 0.34), True, letters)]
    disc = _text("", Frame(0, 0, size, size), initials, look, fill=ground, align="ctr")
    place = disc.find(f"{P}spPr/{A}xfrm")
    for tag, values in (
        ("off", {"x": str(box.left), "y": str(box.top)}),
        ("ext", {"cx": str(box.width), "cy": str(box.height)}),
    ):
        place.find(f"{A}{tag}").attrib.update(values)
    disc.find(f"{P}spPr/{A}prstGeom").set("prst", "ellipse")
    about, own = disc.find(f"{P}nvSpPr/{P}cNvPr"), shape.find(f"{P}nvSpPr/{P}cNvPr")
    about.attrib.update({"id": own.get("id", ""), "name": own.get("name", "")})
    shape.getparent().replace(shape, disc)


def _coloured(parent: Any, colour: str) -> Any:
    return etree.SubElement(etree.SubElement(parent, f"{A}solidFill"), f"{A}schemeClr", val=colour)


def _decorative() -> Any:
    """Return the extension by which screen readers pass over a shape."""
    extensions: Any = parse_xml(
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    return extensions
