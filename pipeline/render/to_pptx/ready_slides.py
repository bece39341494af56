"""Makes one slide for each layout of the template that has all its placeholders and is copied for the slides of decks.

`slides.add_slide` of python-pptx searches each new slide for free names and takes several times as long; it also gives
the placeholders other names than their layout, and leaves out footer, slide number and colour mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.oxml.slide import CT_Slide
from pptx.presentation import Presentation
from pptx.shapes.group import GroupShape
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu

from pipeline.render import emblem, office
from pipeline.render.to_pptx.placeholders import Placeholder, fitted, in_reading_order

EMBLEM = "Emblem"
"""The name of the placeholder that shows the EU emblem."""


def ready_slides(file: Presentation, layouts: Mapping[str, Mapping[str, Placeholder]]) -> dict[str, CT_Slide]:
    """Return a slide for each layout, by its name: the placeholders are empty and in reading order."""
    _, scratch = file.part.add_slide(file.slide_layouts[0])
    drawing = _emblem(scratch)
    return {
        layout.name: _ready_slide(file, layout, layouts[layout.name], drawing)
        for master in file.slide_masters
        for layout in master.slide_layouts
    }


def add_slide(file: Presentation, layout: SlideLayout, ready: CT_Slide) -> Slide:
    """Return a new slide with a copy of the ready slide of its layout."""
    slide: Slide
    relation, slide = file.part.add_slide(layout)
    file.slides._sldIdLst.add_sldId(relation)
    for empty, copy in zip(list(slide._element), deepcopy(ready)):
        slide._element.replace(empty, copy)
    return slide


def _ready_slide(
    file: Presentation, layout: SlideLayout, placeholders: Mapping[str, Placeholder], drawing: GroupShape
) -> CT_Slide:
    _, slide = file.part.add_slide(layout)
    for name, source in in_reading_order(layout).items():
        placeholder = placeholders[name]
        if name == EMBLEM:
            slide.shapes._spTree.append(deepcopy(drawing._element))
            shape, box = slide.shapes[-1], fitted(placeholder.box, drawing.width, drawing.height)
        else:
            slide.shapes.clone_placeholder(source)
            shape, box = slide.shapes[-1], placeholder.box
        shape.name = name
        if name == EMBLEM or placeholder.geometry != "rect":
            shape.left, shape.top, shape.width, shape.height = map(Emu, box)
        if placeholder.geometry != "rect":  # LibreOffice does not take the geometry from the layout
            office.set_geometry(shape, placeholder.geometry)
    colours = layout._element.find(qn("p:clrMapOvr"))
    if colours is not None:
        slide._element.replace(slide._element.find(qn("p:clrMapOvr")), deepcopy(colours))
    element: CT_Slide = slide._element
    return element


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
