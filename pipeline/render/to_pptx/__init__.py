"""Writer: a deck becomes a PowerPoint file; python-pptx fills the named placeholders of the template's layouts.

`template` opens the template and prepares it for a brand, `ready_slides` makes one slide per layout to be copied,
`filling` fills a slide, `pages` splits long texts over several slides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from pipeline.core.documents import Deck, Paragraph, Run
from pipeline.core.sources import Brand
from pipeline.render import office
from pipeline.render.to_pptx.filling import Language, fill, write_paragraphs
from pipeline.render.to_pptx.pages import paged, too_long
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

__all__ = ["TemplateMismatch", "contract", "overflow", "write"]


def write(deck: Deck, brand: Brand, templates: Path) -> bytes:
    """Return the deck as a PowerPoint file in the brand's colours, from `deck.pptx` in `templates`."""
    template, properties = _template_for(deck, templates), deck.properties
    file = copied(branded(template, brand, properties))
    layouts = layouts_of(file)
    language = Language(office.office_language(properties.language), properties.direction == "rtl")
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
    template = _template_for(deck, templates)
    return list(too_long(paged(deck, template), template))


def _template_for(deck: Deck, templates: Path) -> Template:
    """Return the template, or raise `TemplateMismatch` with every layout and placeholder that it lacks for the deck."""
    template = open_template(templates, deck.properties.direction)
    template.check((slide.layout, (*slide.placeholders, *slide.tables, *slide.pictures)) for slide in deck.slides)
    return template


def contract(templates: Path, layouts: Mapping[str, Collection[str]]) -> list[str]:
    """Return a message for each required layout or placeholder that `deck.pptx` lacks."""
    try:
        open_template(templates, "ltr").check(layouts.items())
    except TemplateMismatch as mismatch:
        return str(mismatch).splitlines()
    return []
