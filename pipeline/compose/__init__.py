"""Stage: a seminar, its reading list and the series become documents in semantic HTML, or a deck of slides.

A kind of document is one template in `templates/kinds` and one row below. Templates see plain values only, escape them
by themselves, and give HTML of the vocabulary in `pipeline.render`; no word of any language stands in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compose.deck import LAYOUTS, seminar_deck
from pipeline.compose.template import rendered
from pipeline.compose.view import View, files_view, pictures, properties, seminar_view
from pipeline.model import Artifact, Deck, Document, ReadingList, Seminar, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["KINDS", "LAYOUTS", "compose", "compose_page"]

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "factsheet": ("factsheet.html", ("docx", "pdf", "html")),
    "programme": ("programme.html", ("docx", "pdf", "html")),
    "bibliography": ("bibliography.html", ("docx", "pdf", "html", "bib", "csl.json")),
    "deck": ("", ("pptx",)),
}
"""By kind: its template (none for a deck, whose slides are a function) and the formats in which participants get it."""


def compose(kind: str, seminar: Seminar, reading: ReadingList, series: Series, root: Path) -> Document | Deck:
    """Return the document or deck of one kind for one seminar."""
    view = seminar_view(seminar, reading, series, root)
    if kind == "deck":
        return seminar_deck(view, series)
    return _document(kind, KINDS[kind][0], view, seminar, series, root)


def compose_page(seminar: Seminar, artifacts: Iterable[Artifact], series: Series, root: Path) -> Document:
    """Return the landing page of a seminar's package, which lists its files."""
    view = seminar_view(seminar, None, series, root)
    return _document("page", "page.html", view, seminar, series, root, files=files_view(artifacts, view))


def _document(
    kind: str, template: str, view: View, seminar: Seminar, series: Series, root: Path, **more: object
) -> Document:
    locale = series.locales[seminar.language]
    values = {"view": view, "words": locale.words, "texts": series.texts[seminar.language], **more}
    body = rendered(root / "templates/kinds", template, values, locale)
    return Document(properties=properties(kind, view, series), body=body, pictures=pictures(kind, view))
