"""Makes one slide for each layout of the template, and a page of notes, that are copied for the slides of decks.

`slides.add_slide` and `slide.notes_slide` of python-pptx search each new page for free names and take several times as
long; `add_slide` also gives the placeholders other names than their layout, and leaves out footer, slide number and
colour mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.slide import CT_NotesSlide, CT_Slide
from pptx.parts.slide import NotesSlidePart, SlidePart
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Emu

from pipeline.render import emblem, office
from pipeline.render.to_pptx.placeholders import Placeholder, fitted

EMBLEM = "Emblem"
"""The name of the placeholder that shows the EU emblem."""
FIRST_ID = 10
"""The id of the first shape on a slide; smaller ones belong to the slide itself and to the shapes of the emblem."""


def ready_slides(file: Presentation, layouts: Mapping[str, Mapping[str, Placeholder]]) -> dict[str, CT_Slide]:
    """Return a slide for each layout, by its name: the placeholders are empty and in reading order."""
    _, scratch = file.part.add_slide(file.slide_layouts[0])
    drawing = _emblem(scratch)
    return {
        layout.name: _ready_slide(layout, layouts[layout.name], drawing)
        for master in file.slide_masters
        for layout in master.slide_layouts
    }


def ready_notes(file: Presentation) -> CT_NotesSlide:
    """Return the page of notes for a slide: the placeholders of the notes master, without text."""
    _, scratch = file.part.add_slide(file.slide_layouts[0])
    notes: CT_NotesSlide = scratch.notes_slide._element
    return notes


def add_slide(file: Presentation, layout: SlideLayout, ready: CT_Slide) -> Slide:
    """Return a new slide that is a copy of the ready slide of its layout."""
    name = PackURI(f"/ppt/slides/slide{len(file.slides) + 1}.xml")
    part = SlidePart(name, CONTENT_TYPE.PML_SLIDE, file.part.package, deepcopy(ready))
    part.relate_to(layout.part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    file.slides._sldIdLst.add_sldId(file.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE))
    slide: Slide = part.slide
    return slide


def add_notes(file: Presentation, slide: Slide, ready: CT_NotesSlide) -> TextFrame:
    """Give a slide a page of notes that is a copy of the ready one, and return the frame for its text."""
    name = PackURI(slide.part.partname.replace("/slides/slide", "/notesSlides/notesSlide"))
    part = NotesSlidePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, file.part.package, deepcopy(ready))
    part.relate_to(file.part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    slide.part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
    frame: TextFrame | None = part.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the notes master of the template has no placeholder for text")
    return frame


def _ready_slide(layout: SlideLayout, placeholders: Mapping[str, Placeholder], drawing: GroupShape) -> CT_Slide:
    slide = CT_Slide.new()
    sources = {each.name: ph for each in list(layout.placeholders) if (ph := each.element.ph) is not None}
    for id, (name, placeholder) in enumerate(placeholders.items(), start=FIRST_ID):
        if name == EMBLEM:
            element, box = deepcopy(drawing._element), fitted(placeholder.box, drawing.width, drawing.height)
        else:
            source, box = sources[name], placeholder.box
            element = CT_Shape.new_placeholder_sp(id, "", source.type, source.orient, source.sz, source.idx)
        slide.cSld.spTree.append(element)
        shape = BaseShape(element, drawing.part)
        shape.name = name
        if name == EMBLEM or placeholder.geometry != "rect":
            shape.left, shape.top, shape.width, shape.height = map(Emu, box)
        if placeholder.geometry != "rect":  # LibreOffice does not take the geometry from the layout
            office.set_geometry(shape, placeholder.geometry)
    own, colours = slide.find(qn("p:clrMapOvr")), layout._element.find(qn("p:clrMapOvr"))
    if own is not None and colours is not None:
        slide.replace(own, deepcopy(colours))
    return slide


def _emblem(slide: Slide) -> GroupShape:
    """Return the EU emblem with its white border, drawn on a slide in its official colours, not those of the theme."""
    unit, edge = Emu(36_000), emblem.BORDER
    width, height = (round(unit * length) for length in (emblem.WIDTH, emblem.HEIGHT))
    border = round(unit * edge)
    group = slide.shapes.add_group_shape()
    rectangle = MSO_SHAPE.RECTANGLE
    ground = group.shapes.add_shape(rectangle, Emu(0), Emu(0), Emu(width + 2 * border), Emu(height + 2 * border))
    field = group.shapes.add_shape(rectangle, Emu(border), Emu(border), Emu(width), Emu(height))
    first, *others = [[(unit * x, unit * y) for x, y in star] for star in emblem.stars()]
    path = group.shapes.build_freeform(*first[0], scale=1.0)
    path.add_line_segments(first[1:])
    for start, *rest in others:
        path.move_to(*start)
        path.add_line_segments(rest)
    stars = path.convert_to_shape(Emu(border), Emu(border))
    for shape, name, colour in (
        (ground, "Border", emblem.WHITE),
        (field, "Field", emblem.BLUE),
        (stars, "Stars", emblem.GOLD),
    ):
        shape.name = name
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        office.remove_theme_style(shape)
    return group
