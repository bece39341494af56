"""The layouts of a template: their painted shapes, and the position and style of the text of each placeholder.

python-pptx reads these from a layout or from its master, but does not combine the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_FILL, MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.presentation import Presentation
from pptx.shapes.placeholder import LayoutPlaceholder
from pptx.slide import SlideMaster
from pptx.util import Centipoints, Emu

from pipeline.render.office import A

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
PALE = (MSO_THEME_COLOR.BACKGROUND_1, MSO_THEME_COLOR.BACKGROUND_2)
"""The colours of paper and panels; any other colour is ink."""
SMALL = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


class Box(NamedTuple):
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class TextStyle:
    """The style of the first level of a placeholder, in points; `line_spacing` is a share of the line height."""

    size: float = 18
    bold: bool = False
    bullets: bool = False
    margin: float = 0
    space_before: float = 0
    line_spacing: float = 1


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """One placeholder of a layout; `text_width` and `text_height` are the box without its margins, in points.

    `anchor` is where its text stands, `t`, `ctr` or `b`; `painted` whether its own ground is a strong colour.
    """

    name: str
    kind: PP_PLACEHOLDER
    box: Box
    text_width: float
    text_height: float
    geometry: str
    style: TextStyle
    anchor: str = "t"
    painted: bool = False


def fitted(box: Box, width: int, height: int) -> Box:
    """Return the largest box with the proportions of `width` and `height` in the middle of `box`."""
    scale = min(box.width / width, box.height / height)
    width, height = round(width * scale), round(height * scale)
    return Box(box.left + (box.width - width) // 2, box.top + (box.height - height) // 2, width, height)


def read_layouts(file: Presentation) -> dict[str, dict[str, Placeholder]]:
    """Return the placeholders of each layout by name, the title first and footer and slide number last.

    They have the values that they inherit from the master.
    """
    layouts = {}
    for master in file.slide_masters:
        inherited = {each.placeholder_format.type: each.element for each in list(master.placeholders)}
        for layout in master.slide_layouts:
            found = [_read(each, inherited, master) for each in list(layout.placeholders)]
            found.sort(key=lambda each: (each.kind in SMALL) - (each.kind in TITLES))
            layouts[layout.name] = {each.name: each for each in found}
    return layouts


def read_painted(file: Presentation) -> dict[str, list[Box]]:
    """Return the boxes of the shapes of each layout, and of its master, that are painted in a strong colour."""
    painted = {}
    for master in file.slide_masters:
        for layout in master.slide_layouts:
            sheets = [layout] if layout._element.get("showMasterSp") == "0" else [layout, master]
            shapes = [shape for sheet in sheets for shape in sheet.shapes if not shape.is_placeholder]
            boxes = [Box(s.left, s.top, s.width, s.height) for s in shapes if hasattr(s, "fill") and _is_ink(s.fill)]
            if layout._element.cSld.bg is not None and _is_ink(layout.background.fill):
                boxes.append(Box(0, 0, file.slide_width or 0, file.slide_height or 0))
            painted[layout.name] = boxes
    return painted


def _is_ink(fill: FillFormat) -> bool:
    return fill.type == MSO_FILL.SOLID and fill.fore_color.theme_color not in PALE


def _read(
    placeholder: LayoutPlaceholder, masters: Mapping[PP_PLACEHOLDER, CT_Shape], master: SlideMaster
) -> Placeholder:
    kind = placeholder.placeholder_format.type
    inherited = PP_PLACEHOLDER.TITLE if kind in TITLES else kind if kind in SMALL else PP_PLACEHOLDER.BODY
    elements = [placeholder.element, *(masters[each] for each in (inherited,) if each in masters)]
    placed = next((each for each in elements if each.spPr.xfrm is not None), None)
    box = Box(0, 0, 0, 0) if placed is None else Box(placed.x, placed.y, placed.cx, placed.cy)
    left, top, right, bottom = (_inset(elements, side) for side in ("lIns", "tIns", "rIns", "bIns"))
    geometry = elements[0].spPr.find(f"{A}prstGeom")
    name = "titleStyle" if kind in TITLES else "otherStyle" if kind in SMALL else "bodyStyle"
    levels = [master.element.find(f"{P}txStyles/{P}{name}/{A}lvl1pPr")]
    levels += [element.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr") for element in reversed(elements)]
    style = TextStyle()
    for level in levels:
        style = style if level is None else _with_level(style, level)
    return Placeholder(
        name=placeholder.name,
        kind=kind,
        box=box,
        text_width=Emu(box.width - left - right).pt,
        text_height=Emu(box.height - top - bottom).pt,
        geometry="rect" if geometry is None else geometry.get("prst", "rect"),
        style=style,
        anchor=next((body.get("anchor", "t") for body in _bodies(elements) if body.get("anchor")), "t"),
        painted=_is_ink(placeholder.fill),
    )


def _bodies(elements: list[CT_Shape]) -> list[etree._Element]:
    return [body for element in elements if (body := element.find(f"{P}txBody/{A}bodyPr")) is not None]


def _inset(elements: list[CT_Shape], side: str) -> int:
    for element in elements:
        body = element.find(f"{P}txBody/{A}bodyPr")
        value = None if body is None else body.get(side)
        if value:
            return int(value)
    return 91440 if side in ("lIns", "rIns") else 45720  # the defaults of DrawingML


def _with_level(style: TextStyle, level: etree._Element) -> TextStyle:
    """Return a style changed by the values that one level of a list style sets."""
    margin, before = level.get("marL"), level.find(f"{A}spcBef/{A}spcPts")
    if margin:
        style = replace(style, margin=Emu(int(margin)).pt)
    if before is not None:
        style = replace(style, space_before=Centipoints(int(before.get("val", "0"))).pt)
    spacing, run = level.find(f"{A}lnSpc/{A}spcPct"), level.find(f"{A}defRPr")
    if spacing is not None:
        style = replace(style, line_spacing=int(spacing.get("val", "100000")) / 100_000)
    if level.find(f"{A}buNone") is not None:
        style = replace(style, bullets=False)
    elif level.find(f"{A}buChar") is not None or level.find(f"{A}buAutoNum") is not None:
        style = replace(style, bullets=True)
    size, bold = (None, None) if run is None else (run.get("sz"), run.get("b"))
    if size:
        style = replace(style, size=Centipoints(int(size)).pt)
    if bold:
        style = replace(style, bold=bold in ("1", "true"))
    return style
