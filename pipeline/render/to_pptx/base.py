"""What the decks of one seminar share: the template in the brand's colours and one ready slide for each layout.

A ready slide has all its placeholders, the footer and the emblem. It is copied for each slide of a deck, since
`slides.add_slide` of python-pptx searches each slide anew for free names and takes several times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.opc.constants import CONTENT_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.slide import CT_Slide
from pptx.package import Package
from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu

from pipeline.core.documents import Paragraph, Properties, Run
from pipeline.core.sources import Brand
from pipeline.render import emblem, office
from pipeline.render.to_pptx.filling import Language, fitted, write_paragraphs
from pipeline.render.to_pptx.placeholders import Box, Placeholder, in_reading_order
from pipeline.render.to_pptx.template import Template, copied

EMBLEM = "Emblem"


@dataclass(frozen=True, kw_only=True)
class Base:
    """A template in the brand's colours with its ready slides by layout; neither is changed once it is made."""

    package: Package
    ready: Mapping[str, CT_Slide]


def base_for(template: Template, brand: Brand, properties: Properties) -> Base:
    """Return what a deck shares with those of the same language, footer and prompts: all speakers' of a seminar."""
    prompts = [(name, text) for name, text in properties.words.items() if name.startswith("prompt:")]
    language = Language(office.office_language(properties.language), properties.direction == "rtl")
    look = tuple(brand.colours.items()), brand.fonts["office"]
    return _base(template, look, language, properties.running_title, tuple(prompts))


@lru_cache(maxsize=4)  # making one takes as long as three decks
def _base(
    template: Template,
    look: tuple[tuple[tuple[str, str], ...], str],
    language: Language,
    footer: str,
    prompts: tuple[tuple[str, str], ...],
) -> Base:
    package = deepcopy(template.package)
    for part in package.iter_parts():
        if part.content_type == CONTENT_TYPE.OFC_THEME:
            part.blob = office.branded_theme(part.blob, dict(look[0]), look[1])
    asked = dict(prompts)
    file = Presentation(package.presentation_part._element, package.presentation_part)
    for layout in layouts_of(file).values():
        for placeholder in layout.placeholders:
            is_footer = placeholder.placeholder_format.type == PP_PLACEHOLDER.FOOTER
            text = footer if is_footer else asked.get(f"prompt:{layout.name}:{placeholder.name}")
            if text:
                placeholder.text_frame.text = office.xml_text(text)
                office.set_run_language(placeholder.text_frame.paragraphs[0].runs[0], language.tag)
    drafts = copied(package)
    ready = {
        name: _ready_slide(drafts, layout, template.layouts[name], footer, language)
        for name, layout in layouts_of(drafts).items()
    }
    return Base(package=package, ready=ready)


def layouts_of(file: Presentation) -> dict[str, SlideLayout]:
    """Return the layouts of all masters by name."""
    return {layout.name: layout for master in file.slide_masters for layout in master.slide_layouts}


def add_slide(file: Presentation, layout: SlideLayout, ready: CT_Slide) -> Slide:
    """Return a new slide with a copy of what is ready for its layout."""
    relation, slide = file.part.add_slide(layout)
    file.slides._sldIdLst.add_sldId(relation)
    slide._element[:] = deepcopy(ready)[:]
    return slide


def _ready_slide(
    file: Presentation, layout: SlideLayout, placeholders: Mapping[str, Placeholder], footer: str, language: Language
) -> CT_Slide:
    """Return a slide with every placeholder of its layout under the same name, in reading order."""
    _, slide = file.part.add_slide(layout)
    for source in in_reading_order(layout):
        placeholder = placeholders[source.name]
        if source.name == EMBLEM:
            _draw_emblem(slide, placeholder.box)
            continue
        slide.shapes.clone_placeholder(source)
        shape = slide.shapes[-1]
        shape.name = source.name
        office.set_language(shape.text_frame.paragraphs[0], language.tag, rtl=False)
        if placeholder.kind == PP_PLACEHOLDER.FOOTER:
            write_paragraphs(shape.text_frame, [Paragraph(runs=(Run(text=footer),))], language)
        elif placeholder.kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            office.set_language(shape.text_frame.paragraphs[0], language.tag, rtl=language.rtl)
            office.add_slide_number(shape.text_frame.paragraphs[0], language.tag)
        if placeholder.geometry != "rect":  # LibreOffice does not take the geometry from the layout
            shape.left, shape.top, shape.width, shape.height = map(Emu, placeholder.box)
            office.set_geometry(shape, placeholder.geometry)
    own, colours = (each._element.find(qn("p:clrMapOvr")) for each in (slide, layout))
    if colours is not None:
        slide._element.replace(own, deepcopy(colours))
    return slide._element


def _draw_emblem(slide: Slide, box: Box) -> None:
    """Draw the EU emblem with its white border; its colours are its own, not the theme's."""
    edge = emblem.BORDER
    whole = fitted(box, emblem.WIDTH + 2 * edge, emblem.HEIGHT + 2 * edge)
    inset = round(edge * whole.height / (emblem.HEIGHT + 2 * edge))
    field = Box(whole.left + inset, whole.top + inset, whole.width - 2 * inset, whole.height - 2 * inset)
    group = slide.shapes.add_group_shape()
    border = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, whole))
    blue = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, field))
    first, *others = [[(1000 * x, 1000 * y) for x, y in star] for star in emblem.stars()]  # a path has whole units
    path = group.shapes.build_freeform(*first[0], scale=field.width / (1000 * emblem.WIDTH))
    path.add_line_segments(first[1:])
    for start, *rest in others:
        path.move_to(*start)
        path.add_line_segments(rest)
    gold = path.convert_to_shape(Emu(field.left), Emu(field.top))
    for shape, name, colour in (
        (border, "Border", emblem.WHITE),
        (blue, "Field", emblem.BLUE),
        (gold, "Stars", emblem.GOLD),
    ):
        shape.name = name
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        office.remove_theme_style(shape)
    group.name = EMBLEM
