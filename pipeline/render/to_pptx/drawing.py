"""Draws maps, timelines and the run of a seminar as groups of PowerPoint shapes that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_THEME_COLOR as COLOUR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Emu, Pt

from pipeline.core.documents import Map, Paragraph, Run, RunOfShow, Timeline
from pipeline.core.text_fit import LINE_HEIGHT
from pipeline.render import office
from pipeline.render.office import A
from pipeline.render.to_pptx.pages import line_count
from pipeline.render.to_pptx.placeholders import Box, fitted

LABEL = 18
"""Points: the smallest text of a drawing."""
CITY = 1.4
"""The radius of the dot of a city, in that of a dot of land."""
LAND = -0.3
"""How much darker the land is than its colour of the theme, so that it stays behind the names."""
HEAD, DATE, CARD_SIZES = 40, 20, (22, 20, 18, 17, 16)
"""Points: the height of the head of a card, its date, and the sizes that its text may have."""
INSET, GAP, STEM = 12, 14, 26
"""Points: inside a card at each side, between two cards, and from a card to the line of time."""
_LEAF = {
    "earlier": (COLOUR.ACCENT_3, COLOUR.BACKGROUND_1, COLOUR.BACKGROUND_2),
    "present": (COLOUR.TEXT_2, COLOUR.BACKGROUND_1, COLOUR.BACKGROUND_2),
    "here": (COLOUR.ACCENT_2, COLOUR.TEXT_1, COLOUR.ACCENT_2),
}
"""By state of a point: the colours of the head of its card, of the date on it, and of the card."""


class Frame(NamedTuple):
    """A rectangle in points, from the top left of the drawing."""

    left: float
    top: float
    width: float
    height: float


class Line(NamedTuple):
    """A paragraph in a shape: its text, size in points, weight and colour."""

    text: str
    size: float
    bold: bool
    colour: COLOUR


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """A group of shapes on a slide with its top left corner, and the language and direction of the text on it."""

    group: GroupShape
    left: int
    top: int
    language: str
    rtl: bool

    def shape(self, name: str, form: MSO_SHAPE, frame: Frame, colour: COLOUR | None) -> Shape:
        """Return a new shape without an outline, and without a fill if there is no colour."""
        shape = self.group.shapes.add_shape(form, *map(Emu, self._placed(frame)))
        shape.name = office.xml_text(name)
        office.remove_theme_style(shape)
        shape.line.fill.background()
        _paint(shape.fill, colour)
        return shape

    def text(
        self, name: str, frame: Frame, colour: COLOUR | None, lines: Sequence[Line], *, align: PP_ALIGN | None = None
    ) -> Shape:
        """Return a new rectangle with a paragraph for each line, in the middle of its height and without margins."""
        shape = self.shape(name, MSO_SHAPE.RECTANGLE, frame, colour)
        write(shape, lines, self.language, rtl=self.rtl, align=align)
        return shape

    def line(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a thin line in the second colour."""
        points = (self.left + Pt(start[0]), self.top + Pt(start[1]), self.left + Pt(end[0]), self.top + Pt(end[1]))
        line = self.group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Emu, points))
        line.name = office.xml_text(name)
        office.remove_theme_style(line)
        line.line.width = Pt(1)
        _paint(line.line.fill, COLOUR.ACCENT_2)

    def _placed(self, frame: Frame) -> Box:
        return Box(self.left + Pt(frame.left), self.top + Pt(frame.top), Pt(frame.width), Pt(frame.height))


def draw(shapes: SlideShapes, drawing: Map | Timeline | RunOfShow, box: Box, language: str, *, rtl: bool) -> GroupShape:
    """Return a new group on a slide with the drawing in this box."""
    group = shapes.add_group_shape()
    if isinstance(drawing, Map):
        box = fitted(box, Pt(drawing.width), Pt(drawing.height))
    canvas = Canvas(group=group, left=box.left, top=box.top, language=language, rtl=rtl)
    width, height = box.width / Pt(1), box.height / Pt(1)
    if isinstance(drawing, Map):
        _draw_map(canvas, drawing)
    elif isinstance(drawing, Timeline):
        _draw_timeline(canvas, drawing, width, height)
    else:
        _draw_run(canvas, drawing, width, height)
    return group


def monogram(shapes: SlideShapes, box: Box, initials: str, language: str, *, rtl: bool) -> Shape:
    """Return a new disc on a slide with the initials of a person, where there is no portrait."""
    disc = shapes.add_shape(MSO_SHAPE.OVAL, *map(Emu, box))
    office.remove_theme_style(disc)
    disc.line.fill.background()
    _paint(disc.fill, COLOUR.TEXT_2)
    line = Line(initials, round(box.height / Pt(1) * 0.34), True, COLOUR.BACKGROUND_1)
    write(disc, [line], language, rtl=rtl, align=PP_ALIGN.CENTER)
    return disc


def write(shape: Shape, lines: Sequence[Line], language: str, *, rtl: bool, align: PP_ALIGN | None = None) -> None:
    """Write lines into a shape, in the middle of its height and without margins."""
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        office.set_language(paragraph, language, rtl=rtl)
        paragraph.alignment = align or (PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT)
        if number:
            paragraph.space_before = Pt(6)
        run = paragraph.add_run()
        run.text = office.xml_text(line.text)
        run.font.size, run.font.bold, run.font.color.theme_color = Pt(line.size), line.bold, line.colour
        office.set_run_language(run, language)


def line_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in points."""
    low, high = 0.0, len(text) * size * 1.2
    paragraph = Paragraph(runs=(Run(text=text.replace(" ", "\u00a0").replace("-", "\u2011")),))
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if line_count(paragraph, size, middle, bold=bold) == 1 else (middle, high)
    return high


# --- the map of a region ---------------------------------------------------------------------------------------------


def _draw_map(canvas: Canvas, drawing: Map) -> None:
    _draw_land(canvas, drawing)
    radius = drawing.radius * CITY
    for place in drawing.places:
        if place.leader:
            canvas.line(f"Line to {place.name}", (place.x, place.y), place.leader)
    for place in drawing.places:
        dot = Frame(place.x - radius, place.y - radius, 2 * radius, 2 * radius)
        canvas.shape(f"Dot of {place.name}", MSO_SHAPE.OVAL, dot, COLOUR.ACCENT_2)
        width = line_width(place.name, drawing.size) + 4
        left = {"start": place.label_x, "end": place.label_x - width, "middle": place.label_x - width / 2}[place.anchor]
        align = {"start": PP_ALIGN.LEFT, "end": PP_ALIGN.RIGHT, "middle": PP_ALIGN.CENTER}[place.anchor]
        frame = Frame(left, place.label_y - drawing.size * 0.98, width, drawing.size * LINE_HEIGHT)
        name = Line(place.name, drawing.size, False, COLOUR.BACKGROUND_1)
        canvas.text(f"Name of {place.name}", frame, None, [name], align=align).text_frame.word_wrap = False


def _draw_land(canvas: Canvas, drawing: Map) -> None:
    """Draw the land as one shape, a path with a circle for each dot in tenths of a point.

    The circles are not closed, which makes no difference to what is filled, and a quarter fewer elements to read. The
    freeforms of python-pptx have no arcs, and a shape for each dot would take a second a map.
    """
    land = canvas.shape("Land", MSO_SHAPE.RECTANGLE, Frame(0, 0, drawing.width, drawing.height), COLOUR.ACCENT_4)
    land.fill.fore_color.brightness = LAND
    custom = etree.Element(f"{A}custGeom", nsmap={"a": A[1:-1]})
    for tag in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(custom, f"{A}{tag}")
    etree.SubElement(custom, f"{A}rect", l="0", t="0", r="r", b="b")
    size = {"w": str(round(drawing.width * 10)), "h": str(round(drawing.height * 10))}
    path = etree.SubElement(etree.SubElement(custom, f"{A}pathLst"), f"{A}path", size)
    radius = str(round(drawing.radius * 10))
    for x, y in drawing.dots:
        start = etree.SubElement(path, f"{A}moveTo")
        etree.SubElement(start, f"{A}pt", x=str(round((x + drawing.radius) * 10)), y=str(round(y * 10)))
        etree.SubElement(path, f"{A}arcTo", wR=radius, hR=radius, stAng="0", swAng="21600000")  # a whole turn
    for geometry in land._element.spPr.findall(f"{A}prstGeom"):
        land._element.spPr.replace(geometry, custom)


# --- the timeline ----------------------------------------------------------------------------------------------------


def _draw_timeline(canvas: Canvas, drawing: Timeline, width: float, height: float) -> None:
    """Draw a line with a dot for each point, and its card above or below in turn, so that each has twice the width."""
    middle, size = height / 2, card_size(drawing, width, height)
    canvas.shape("Line", MSO_SHAPE.RECTANGLE, Frame(0, middle - 2, width, 4), COLOUR.TEXT_2)
    for number, (point, (top_frame, card)) in enumerate(zip(drawing.points, cards(drawing, width, height))):
        head, on_head, ground = _LEAF[point.state]
        if canvas.rtl:
            top_frame, card = (each._replace(left=width - each.left - each.width) for each in (top_frame, card))
        at = card.left + card.width - INSET - 9 if canvas.rtl else card.left + INSET + 9
        stem = Frame(at - 1.5, middle - STEM if card.top < middle else middle, 3, STEM)
        canvas.shape(f"Stem {number + 1}", MSO_SHAPE.RECTANGLE, stem, head)
        canvas.shape(f"Dot {number + 1}", MSO_SHAPE.OVAL, Frame(at - 9, middle - 9, 18, 18), head)
        date = [Line(point.when, DATE, True, on_head)]
        texts = [Line(point.text, size, point.state == "here", COLOUR.TEXT_1)]
        texts += [Line(point.symbol, LABEL, False, COLOUR.ACCENT_3)] if point.symbol else []
        shapes = [
            canvas.text(f"Date {number + 1}", top_frame, head, date),
            canvas.text(f"Card {number + 1}", card, ground, texts),
        ]
        for shape in shapes:
            shape.text_frame.margin_left = shape.text_frame.margin_right = Pt(INSET)


def cards(drawing: Timeline, width: float, height: float) -> list[tuple[Frame, Frame]]:
    """Return the frames of the date and of the text of each point, from left to right, above and below in turn."""
    step = (width + GAP) / (len(drawing.points) + 1)
    wide, high = 2 * step - GAP, height / 2 - STEM
    frames = []
    for number in range(len(drawing.points)):
        left, top = number * step, 0 if number % 2 == 0 else height / 2 + STEM
        frames.append((Frame(left, top, wide, HEAD), Frame(left, top + HEAD, wide, high - HEAD)))
    return frames


def card_size(drawing: Timeline, width: float, height: float) -> float:
    """Return the largest type size at which every text fits on its card, else the smallest of all."""
    _, card = cards(drawing, width, height)[0]
    fitting = (size for size in CARD_SIZES if max(card_heights(drawing, card.width, size)) <= card.height - 8)
    return next(fitting, CARD_SIZES[-1])


def card_heights(drawing: Timeline, width: float, size: float) -> list[float]:
    """Return the height of the text on each card of this width."""
    texts = [(Paragraph(runs=(Run(text=point.text),)), point) for point in drawing.points]
    return [
        line_count(text, size, width - 2 * INSET, bold=point.state == "here") * size * LINE_HEIGHT
        + (6 + LABEL * LINE_HEIGHT if point.symbol else 0)
        for text, point in texts
    ]


# --- the run of a seminar --------------------------------------------------------------------------------------------


def _draw_run(canvas: Canvas, drawing: RunOfShow, width: float, height: float) -> None:
    """Draw a bar with a field for each part, as wide as its minutes, but never narrower than its label."""
    gap = 3
    room, minutes = width - gap * (len(drawing.parts) - 1), sum(part.minutes for part in drawing.parts)
    least = [line_width(part.label, LABEL, bold=True) + 14 for part in drawing.parts]
    widths = [max(narrow, room * part.minutes / minutes) for narrow, part in zip(least, drawing.parts)]
    over = sum(widths) - room
    spare = sum(each - narrow for each, narrow in zip(widths, least))
    widths = [each - over * (each - narrow) / spare if spare else each for each, narrow in zip(widths, least)]
    left = 0.0
    for part, field in zip(drawing.parts, widths):
        frame = Frame(width - left - field if canvas.rtl else left, 0, field, height)
        colour = COLOUR.TEXT_2 if part.number else COLOUR.ACCENT_3
        label = Line(part.label, LABEL, True, COLOUR.BACKGROUND_1)
        canvas.text(f"Part {part.label}", frame, colour, [label], align=PP_ALIGN.CENTER)
        left += field + gap


def _paint(fill: FillFormat, colour: COLOUR | None) -> None:
    if colour is None:
        fill.background()
    else:
        fill.solid()
        fill.fore_color.theme_color = colour
