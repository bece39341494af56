"""Stage: a document, deck, event or message becomes the bytes of one file.

`vocabulary` is all that a document may hold: a writer refuses any other element or class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.documents import Calendar, Deck, Document, Event, Message
from pipeline.core.sources import Brand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path


def _docx(document: Document, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_docx import write

    return write(document, brand, templates)


def _pdf(document: Document, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_pdf import write

    return write(document, brand, templates)


def _html(document: Document, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_html import write

    return write(document, brand, templates)


def _pptx(deck: Deck, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_pptx import write

    return write(deck, brand, templates)


def _ics(event: Event | Calendar, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_ics import write

    return write(event, brand, templates)


def _eml(message: Message, brand: Brand, templates: Path) -> bytes:
    from pipeline.render.to_eml import write

    return write(message, brand, templates)


FORMATS = {"docx": _docx, "pdf": _pdf, "html": _html, "pptx": _pptx, "ics": _ics, "eml": _eml}
"""By file ending: the writer that makes a document, deck, event or message a file. Each is imported only when used."""


def contract(templates: Path, layouts: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield path and message for each style, layout or placeholder that is needed and that a template lacks."""
    from pipeline.render import to_docx, to_pptx

    yield from to_docx.contract(templates)
    deck = "templates/deck.pptx"
    try:
        for message in to_pptx.contract(templates, layouts):
            yield deck, message.removeprefix(f"{templates / 'deck.pptx'}: ")
    except OSError:
        yield deck, "this file is missing"
    except (ValueError, KeyError, TypeError, SyntaxError):  # no zip, or one without the parts and marks of a deck
        yield deck, "this is no PowerPoint file; save it in PowerPoint as .pptx"


def overflow(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each text that runs out of its box on the finished slides."""
    from pipeline.render.to_pptx import overflow

    return overflow(deck, templates)
