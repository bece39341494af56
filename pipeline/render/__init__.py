"""Stage: writes a document, deck, event, calendar or message as the bytes of one file.

The table of formats is `pipeline.core.formats`; each format has one writer, a module of this package. `vocabulary`
lists the elements and classes that a document may contain: a writer refuses all others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.documents import Calendar, Deck, Document, Event, Message
from pipeline.core.formats import FORMATS

if TYPE_CHECKING:
    from pipeline.core.sources import Brand


def write(format: str, content: Document | Deck | Event | Calendar | Message, brand: Brand, templates: Path) -> bytes:
    """Return `content` as a file of the format with this id.

    The writers are not imported at the top: each loads a heavy library, and most runs need only few of them.
    """
    writer = import_module(f"{__name__}.{FORMATS[format].writer}")
    written: bytes = writer.write(content, brand, templates)
    return written


def contract(templates: Path, layouts: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield path and message for each required style, layout or placeholder that a template lacks."""
    from pipeline.render import to_docx, to_pptx

    checks: dict[str, Callable[[], list[str]]] = {
        "document.docx": lambda: to_docx.contract(templates),
        "deck.pptx": lambda: to_pptx.contract(templates, layouts),
    }
    for name, check in checks.items():
        try:
            for message in check():
                yield f"templates/{name}", message
        except OSError:
            yield f"templates/{name}", "this file is missing"


def overflow(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each text that is too long for its box on the finished slides."""
    from pipeline.render import to_pptx

    return to_pptx.overflow(deck, templates)


def unbalanced(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each finished slide that is emptier, or has more words, than a slide should."""
    from pipeline.render import to_pptx

    return to_pptx.unbalanced(deck, templates)
