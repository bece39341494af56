"""A PowerPoint file as readable text, so that two writers or two versions of a template can be compared.

`python -m tests.render.powerpoint_outline FILE …` prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE as TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu

PARAGRAPH = ("rtl", "algn", "marL", "indent", "lvl")
CELL = ("marL", "marR", "marT", "marB", "anchor")


def outline(content: bytes) -> str:
    """Return everything that a deck shows or says of itself, one thing a line.

    `¶` begins a paragraph. A language is printed where it is not the deck's own, `lang=none` where it is missing.
    """
    deck = Presentation(BytesIO(content))
    own = deck.core_properties.language
    lines = [f"size {_length(deck.slide_width)} x {_length(deck.slide_height)}{_marks(deck.part._element, ('rtl',))}"]
    core = deck.core_properties
    for name in ("title", "subject", "author", "language", "created", "modified", "last_modified_by", "revision"):
        lines.append(f"core {name}: {getattr(core, name)}")
    lines += _other_properties(content)
    lines += _theme(deck)
    for layout in deck.slide_layouts:
        lines += ["", f"layout {layout.name}", *_colour_map(layout)]
        for place in layout.placeholders:
            lines.append(f"  {_placeholder(place)}{_box(place)}{_insets(place)}{_levels(place)}")
            lines += [f"    {text}" for text in _paragraphs(place.text_frame, own)]
    for number, slide in enumerate(deck.slides, 1):
        lines += ["", f"slide {number} {slide.slide_layout.name}", *_colour_map(slide)]
        for shape in slide.shapes:
            lines += _shape(shape, own)
        if slide.has_notes_slide:
            lines.append("  notes")
            lines += [f"    {text}" for text in _paragraphs(slide.notes_slide.notes_text_frame, own)]
    return "\n".join(lines) + "\n"


def _length(emu: int | None) -> str:
    return "-" if emu is None else f"{Emu(emu).pt:.10g}"


def _box(shape: Any) -> str:
    """Return left, top, width and height of a shape in points, or nothing where it inherits them."""
    frame = shape._element.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    if frame is None and not shape._element.tag.endswith(("}graphicFrame", "}grpSp")):
        return ""
    return ": " + " ".join(map(_length, (shape.left, shape.top, shape.width, shape.height)))


def _placeholder(shape: Any) -> str:
    kind = shape.placeholder_format
    return f"{shape.name} ({kind.type.name} {kind.idx})"


def _marks(element: Any, names: tuple[str, ...]) -> str:
    found = () if element is None else (f"{name}={element.get(name)}" for name in names if element.get(name))
    return "".join(f" {each}" for each in found)


def _insets(place: Any) -> str:
    return _marks(place._element.find(f".//{qn('a:bodyPr')}"), ("lIns", "tIns", "rIns", "bIns", "anchor"))


def _levels(place: Any) -> str:
    level = place._element.find(f".//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}")
    return _marks(level, PARAGRAPH)


def _other_properties(content: bytes) -> Iterator[str]:
    """Yield the extended and custom properties, which python-pptx does not read."""
    with ZipFile(BytesIO(content)) as archive:
        for name in ("docProps/app.xml", "docProps/custom.xml"):
            for each in etree.fromstring(archive.read(name)):
                yield f"{Path(name).stem} {each.get('name', etree.QName(each).localname)}: {''.join(each.itertext())}"


def _theme(deck: Any) -> Iterator[str]:
    for owner in (deck.slide_master, deck.notes_master):
        theme = etree.fromstring(owner.part.part_related_by(RT.THEME).blob)
        colours = {
            etree.QName(slot).localname: slot[0].get("val") for slot in theme.iterfind(f".//{qn('a:clrScheme')}/*")
        }
        fonts = {each.get("typeface") for each in theme.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}")}
        yield f"theme {' '.join(f'{slot}={colour}' for slot, colour in colours.items())} {', '.join(sorted(fonts))}"
    for level in deck.slide_master._element.iterfind(f"{qn('p:txStyles')}/*/{qn('a:lvl1pPr')}"):
        yield f"master {etree.QName(level.getparent()).localname}{_marks(level, PARAGRAPH)}"


def _colour_map(slide: Any) -> Iterator[str]:
    for each in slide._element.iterfind(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}"):
        yield "  colours" + "".join(f" {name}={value}" for name, value in sorted(each.attrib.items()))


def _shape(shape: Any, own: str) -> Iterator[str]:
    element = shape._element
    geometry = element.find(f"{qn('p:spPr')}/{qn('a:prstGeom')}")
    form = "" if geometry is None else f" {geometry.get('prst')}"
    yield f"  {_placeholder(shape) if shape.is_placeholder else shape.name}{_box(shape)}{form}"
    if description := element.xpath("./*[1]/p:cNvPr/@descr"):
        yield f"    described as: {description[0]}"
    if shape.has_text_frame:
        yield from (f"    {text}" for text in _paragraphs(shape.text_frame, own))
    elif shape.has_table:
        yield from (f"    {line}" for line in _table(shape.table, own))
    elif shape.shape_type == TYPE.GROUP:
        for each in shape.shapes:
            yield f"    {_drawing(each, shape)}"
            if each.has_text_frame and each.text_frame.text:
                yield from (f"      {text}" for text in _paragraphs(each.text_frame, own))
    elif hasattr(shape, "image"):
        crop = " ".join(
            f"{each:.4g}" for each in (shape.crop_left, shape.crop_top, shape.crop_right, shape.crop_bottom)
        )
        yield f"    {shape.image.content_type} {sha256(shape.image.blob).hexdigest()[:12]} cropped {crop}"


def _drawing(shape: Any, group: Any) -> str:
    """Return name, place and colour of a part of a drawing; a path is where its points are, whatever its box."""
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    points = list(shape._element.iter(qn("a:pt")))
    if points:
        path = points[0].getparent().getparent()
        across = [left + width * int(point.get("x")) / int(path.get("w")) for point in points]
        down = [top + height * int(point.get("y")) / int(path.get("h")) for point in points]
        left, top, width, height = min(across), min(down), max(across) - min(across), max(down) - min(down)
    frame = group._element.grpSpPr.find(qn("a:xfrm"))
    corner, size = frame.find(qn("a:chOff")), frame.find(qn("a:chExt"))
    wide, high = group.width / int(size.get("cx")), group.height / int(size.get("cy"))
    left, top = group.left + (left - int(corner.get("x"))) * wide, group.top + (top - int(corner.get("y"))) * high
    place = " ".join(f"{Emu(each).pt:.2f}" for each in (left, top, width * wide, height * high))
    colours = [each.get("val") for each in shape._element.spPr.iter(qn("a:srgbClr"), qn("a:schemeClr"))]
    return f"{shape.name}: {place} {' '.join(colours) or 'no fill'}" + (f" {len(points)} points" if points else "")


def _table(table: Any, own: str) -> Iterator[str]:
    style = table._tbl.tblPr.findtext(qn("a:tableStyleId"))
    yield f"table {style}{_marks(table._tbl.tblPr, ('rtl', 'firstRow', 'bandRow'))}"
    yield "columns " + " ".join(_length(column.width) for column in table.columns)
    for row in table.rows:
        yield f"row {_length(row.height)}{_marks(row.cells[0]._tc.tcPr, CELL)}"
        yield from (f"  {text}" for cell in row.cells for text in _paragraphs(cell.text_frame, own))


def _paragraphs(frame: Any, own: str) -> Iterator[str]:
    """Yield each paragraph: its own settings, the look of its end, and its runs, marked where they change."""
    for paragraph in frame.paragraphs:
        properties, end = paragraph._p.pPr, paragraph._p.find(qn("a:endParaRPr"))
        settings = _marks(properties, PARAGRAPH)
        settings += "".join(f" {etree.QName(each).localname}" for each in (() if properties is None else properties))
        look = _look(end, own, ("sz",))
        settings += f" end({look.strip()})" if look and end is not None else ""
        yield f"¶{settings}{''.join(_runs(paragraph, own))}"


def _look(properties: Any, own: str, names: tuple[str, ...] = ("sz", "b", "i")) -> str:
    language = "none" if properties is None else properties.get("lang", "none")
    return f" lang={language}" * (language != own) + _marks(properties, names)


def _runs(paragraph: Any, own: str) -> Iterator[str]:
    shown = None
    for run in paragraph._p.iterchildren(qn("a:r"), qn("a:br"), qn("a:fld")):
        properties = run.find(qn("a:rPr"))
        look = _look(properties, own)
        if properties is not None:
            for link in properties.iterchildren(qn("a:hlinkClick")):
                look += f" link={paragraph.part.rels[link.get(qn('r:id'))].target_ref}"
            for colour in properties.iterfind(f"{qn('a:solidFill')}/{qn('a:schemeClr')}"):
                look += f" {colour.get('val')}"
        look += f" field={run.get('type')}" if run.tag == qn("a:fld") else ""
        if look != (shown or ""):
            yield f" [{look.strip()}]"
        yield (" " if shown is None or look != shown else "") + (
            "↵" if run.tag == qn("a:br") else run.findtext(qn("a:t"))
        )
        shown = look


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(outline(Path(name).read_bytes()), end="")
