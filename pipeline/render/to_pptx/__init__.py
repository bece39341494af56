"""Writer: a deck becomes a PowerPoint file; python-pptx fills the named placeholders of the template's layouts.

`template` opens the template and prepares it for a brand, `ready_slides` makes one slide per layout to be copied,
`filling` fills a slide, `pages` splits long texts over several slides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import floor
from pathlib import Path

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from pipeline.core.documents import Deck, Paragraph, Run
from pipeline.core.problems import quoted
from pipeline.core.sources import Brand
from pipeline.render import office
from pipeline.render.to_pptx.density import remarks_on
from pipeline.render.to_pptx.filling import Language, fill, write_paragraphs
from pipeline.render.to_pptx.pages import line_height, paged, row_heights, table_size, text_height
from pipeline.render.to_pptx.ready_slides import add_notes, add_slide
from pipeline.render.to_pptx.template import (
    FILE,
    Template,
    TemplateMismatch,
    branded,
    copied,
    layouts_of,
    open_template,
)

__all__ = ["TemplateMismatch", "contract", "overflow", "unbalanced", "write"]


def write(deck: Deck, brand: Brand, templates: Path) -> bytes:
    """Return the deck as a PowerPoint file in the brand's colours, from `deck.pptx` in `templates`."""
    template, properties = _template_for(deck, templates), deck.properties
    language = Language(office.office_language(properties.language), properties.direction == "rtl")
    file = copied(branded(template, brand, language.tag, properties.running_title, properties.words, deck.layouts))
    layouts = layouts_of(file)
    for number, content in enumerate(paged(deck, template), 1):
        slide = add_slide(file, layouts[content.layout], template.ready[content.layout])
        try:
            fill(slide, content, number, properties.running_title, template, language)
            if content.notes:
                notes = [Paragraph(runs=(Run(text=note),)) for note in content.notes]
                write_paragraphs(add_notes(file, slide, template.notes), notes, language)
        except ValueError as error:
            raise ValueError(f"{FILE}, slide {number} (`{content.layout}`): {error}") from error
    package = file.part.package
    office.set_properties(file, properties, lambda name, kind, blob: Part(PackURI(name), kind, package, blob))
    return office.file_bytes(file)


def overflow(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each text that is too long for its place on the finished slides."""
    template, messages = _template_for(deck, templates), []
    for number, slide in enumerate(paged(deck, template), 1):
        for name, paragraphs in slide.placeholders.items():
            placeholder = template.layouts[slide.layout][name]
            height = text_height(paragraphs, placeholder)
            if placeholder.kind == PP_PLACEHOLDER.PICTURE or height <= placeholder.text_height:
                continue
            gaps, line = placeholder.style.space_before * (len(paragraphs) - 1), line_height(placeholder)
            room = max(0, floor((placeholder.text_height - gaps) / line))
            text = quoted(" ".join(run.text for paragraph in paragraphs for run in paragraph.runs))
            messages.append(
                f"slide {number}: {text} takes {round((height - gaps) / line)} lines, and there is room for {room}"
            )
        for name, table in slide.tables.items():
            placeholder = template.layouts[slide.layout][name]
            if sum(row_heights(table, placeholder, table_size(table, placeholder))) > placeholder.box.height:
                text = quoted(" ".join(run.text for run in table.rows[-1][0].runs))
                messages.append(f"slide {number}: the row {text} of the table is too high for the slide")
    return messages


def unbalanced(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each finished slide that is emptier, or has more words, than a slide should."""
    template = _template_for(deck, templates)
    slides = enumerate(paged(deck, template), 1)
    return [f"slide {number}: {remark}" for number, slide in slides for remark in remarks_on(slide, template)]


def _template_for(deck: Deck, templates: Path) -> Template:
    """Return the template, or raise `TemplateMismatch` with every layout and placeholder that it lacks for the deck."""
    template = open_template(templates, deck.properties.direction)
    template.check(
        (slide.layout, (*slide.placeholders, *slide.tables, *slide.pictures, *slide.drawings)) for slide in deck.slides
    )
    return template


def contract(templates: Path, layouts: Mapping[str, Collection[str]]) -> list[str]:
    """Return a message for each required layout or placeholder that `deck.pptx` lacks."""
    try:
        open_template(templates, "ltr").check(layouts.items())
    except TemplateMismatch as mismatch:
        return str(mismatch).splitlines()
    return []
