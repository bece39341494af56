"""Fills the placeholders of a slide with the text, tables and pictures of a deck."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.shapes.placeholder import PicturePlaceholder, TablePlaceholder
from pptx.shapes.shapetree import SlideShapes
from pptx.slide import Slide as PowerPointSlide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from pipeline.core.documents import Paragraph, Picture, Run, Slide, Table
from pipeline.render import office
from pipeline.render.to_pptx.drawing import draw, monogram
from pipeline.render.to_pptx.pages import BODY, CELL_MARGIN, is_heading, row_heights, stretched, table_size
from pipeline.render.to_pptx.placeholders import Placeholder, fitted
from pipeline.render.to_pptx.ready_slides import EMBLEM
from pipeline.render.to_pptx.template import Template

PICTURES = ("image/png", "image/jpeg")
LINKS = ("http://", "https://", "mailto:")


class Language(NamedTuple):
    """The language of a deck as Office writes it, and whether it is written from right to left."""

    tag: str
    rtl: bool


def fill(
    slide: PowerPointSlide, content: Slide, number: int, footer: str, template: Template, language: Language
) -> None:
    """Fill a ready slide with `content` and remove the placeholders that `content` does not name."""
    shapes, placeholders = slide.shapes, template.layouts[content.layout].values()
    elements: list[Any] = list(shapes._spTree.iter_shape_elms())
    # The shapes of a ready slide are known: python-pptx would read the type of each again.
    for element, placeholder in zip(elements, placeholders, strict=True):
        name, given = placeholder.name, content.placeholders.get(placeholder.name)
        if placeholder.kind == PP_PLACEHOLDER.FOOTER:
            given = given or (Paragraph(runs=(Run(text=footer),)),)
        if name in content.tables:
            described = plain(content.placeholders.get("Title", ()))
            table = TablePlaceholder(element, shapes)
            _insert_table(table, content.tables[name], placeholder, template.table_style, described, language)
        elif name in content.pictures:
            named = content.placeholders.get(name.replace("Photo", "Name"), ())  # the name describes the portrait
            picture = PicturePlaceholder(element, shapes)
            _insert_picture(picture, content.pictures[name], placeholder, plain(given or named))
        elif name in content.drawings:
            group = draw(shapes, content.drawings[name], placeholder.box, language.tag, rtl=language.rtl)
            _put_in_place(shapes, group, element)
            if given:
                office.describe(group, plain(given))
            else:
                office.set_decorative(group)
        elif placeholder.kind == PP_PLACEHOLDER.PICTURE and name != EMBLEM and given:
            disc = monogram(shapes, placeholder.box, plain(given), language.tag, rtl=language.rtl)
            _put_in_place(shapes, disc, element)
        elif name == EMBLEM and given is not None:
            office.describe(GroupShape(element, shapes), plain(given))
        elif placeholder.kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            paragraph = Shape(element, shapes).text_frame.paragraphs[0]
            office.set_language(paragraph, language.tag, rtl=language.rtl)
            office.set_slide_number(paragraph, number, language.tag)
        elif given is not None:
            bullets = placeholder.style.bullets
            write_paragraphs(Shape(element, shapes).text_frame, given, language, bullets=bullets, headings=name == BODY)
        else:
            shapes._spTree.remove(element)


def _put_in_place(shapes: SlideShapes, new: BaseShape, placeholder: Any) -> None:
    """Put a new shape where a placeholder stands in the reading order, under its name, in its stead."""
    new.name = placeholder.shape_name
    placeholder.addprevious(new._element)
    shapes._spTree.remove(placeholder)


def plain(paragraphs: Sequence[Paragraph]) -> str:
    """Return paragraphs as one line of text."""
    return " ".join("".join(run.text for run in paragraph.runs) for paragraph in paragraphs).strip()


def write_paragraphs(
    frame: TextFrame,
    paragraphs: Sequence[Paragraph],
    language: Language,
    *,
    bullets: bool | None = None,
    headings: bool = False,
    size: float | None = None,
) -> None:
    """Write paragraphs into an empty frame; `bullets` is whether its layout has bullets, or None for any."""
    if not paragraphs:  # the prompt of the layout is shown; text that is typed there gets the language of the deck
        office.set_language(frame.paragraphs[0], language.tag, rtl=False)
    for number, paragraph in enumerate(paragraphs):
        target = frame.add_paragraph() if number else frame.paragraphs[0]
        office.set_language(target, language.tag, rtl=language.rtl, size=size)
        if bullets not in (None, paragraph.bullet):
            office.set_bullet(target, paragraph.bullet)
        for run in paragraph.runs:
            _add_run(target, run, language, size, heading=headings and is_heading(paragraph))


def _add_run(target: _Paragraph, run: Run, language: Language, size: float | None, *, heading: bool) -> None:
    """Add a run to a paragraph; a line end in its text breaks the line within the paragraph."""
    for number, line in enumerate(office.xml_text(run.text).split("\n")):
        if number:
            target.add_line_break()
        new = target.add_run()
        new.text = line
        office.set_run_language(new, office.office_language(run.language) if run.language else language.tag)
        if size:
            new.font.size = Pt(size)
        if run.strong:
            new.font.bold = True
        if run.emphasis:
            new.font.italic = True
        if heading:
            new.font.color.theme_color = MSO_THEME_COLOR.TEXT_2
        if run.link:
            if not run.link.startswith(LINKS):
                raise ValueError(f"a link must begin with http, https or mailto, not `{run.link}`")
            new.hyperlink.address = run.link
        if number:
            office.give_break_the_look_of(new)


def _insert_table(
    shape: TablePlaceholder, content: Table, placeholder: Placeholder, style: str, described: str, language: Language
) -> None:
    """Insert a table in the table style of the template; its first row is its header row."""
    size = table_size(content, placeholder)
    heights = stretched(row_heights(content, placeholder, size), placeholder)
    frame = shape.insert_table(len(content.rows), len(content.widths))
    frame.height = Emu(sum(heights))
    office.describe(frame, described)
    table = frame.table
    office.set_table_style(table, style, rtl=language.rtl)
    for column, share in zip(table.columns, content.widths):
        column.width = Emu(round(placeholder.box.width * share / sum(content.widths)))
    side, edge = CELL_MARGIN
    for row, height, paragraphs in zip(table.rows, heights, content.rows):
        row.height = Emu(height)
        for cell, paragraph in zip(row.cells, paragraphs):
            cell.margin_left = cell.margin_right = Emu(side)
            cell.margin_top = cell.margin_bottom = Emu(edge)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write_paragraphs(cell.text_frame, (paragraph,), language, size=size)
            if language.rtl:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _insert_picture(shape: PicturePlaceholder, content: Picture, placeholder: Placeholder, described: str) -> None:
    """Insert a picture: it fills a round placeholder; any other shows it uncropped, level with the text beside it."""
    if content.media_type not in PICTURES:
        raise ValueError(f"`{placeholder.name}`: a picture must be PNG or JPEG, not {content.media_type}")
    try:
        picture = shape.insert_picture(BytesIO(content.content))
    except OSError:
        picture = None
    if picture is None or picture.image.content_type != content.media_type:
        raise ValueError(f"the picture `{content.name}` is no {content.media_type} file")
    box = placeholder.box
    if placeholder.geometry == "rect":
        picture.crop_left = picture.crop_right = picture.crop_top = picture.crop_bottom = 0
        box = fitted(box, *picture.image.size)._replace(top=box.top)
    picture.left, picture.top, picture.width, picture.height = map(Emu, box)
    office.set_geometry(picture, placeholder.geometry)
    office.describe(picture, described)
