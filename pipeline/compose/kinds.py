"""The kinds of documents for participants. A new kind is one row here and, if it is text, one template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.compose.calendar import seminar_event
from pipeline.compose.deck import seminar_deck
from pipeline.compose.templates import filled
from pipeline.compose.view import View, file_name, properties
from pipeline.core.documents import Deck, Document, Event, Properties


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of document.

    `formats` are ids of `pipeline.core.formats`. `title` is the key of the locales' word that names the kind in titles
    and lists. Text documents have a `template` in `templates/kinds`; other kinds have a function instead.
    """

    id: str
    title: str
    formats: tuple[str, ...]
    template: str = ""
    function: Callable[[View, Properties], Deck | Event] | None = None


_ROWS = (
    Kind(id="factsheet", title="factsheet", formats=("docx", "pdf", "html"), template="factsheet.html"),
    Kind(id="programme", title="programme_kind", formats=("docx", "pdf", "html"), template="programme.html"),
    Kind(
        id="bibliography",
        title="bibliography",
        formats=("docx", "pdf", "html", "bib", "csl.json"),
        template="bibliography.html",
    ),
    Kind(id="print", title="print", formats=("pdf",), template="print.html"),
    Kind(id="deck", title="deck", formats=("pptx",), function=seminar_deck),
    Kind(id="calendar", title="calendar", formats=("ics",), function=lambda view, _: seminar_event(view)),
)
PAGE = "index.html"
"""The name of the page of a package: every other page of it leads back there."""
KINDS = {row.id: row for row in _ROWS}
"""Every kind by its id, in the order in which pages list them."""


def compose(kind: str, view: View) -> Document | Deck | Event:
    """Return the document, deck or calendar entry of one kind for the seminar of a view."""
    row, words = KINDS[kind], view.locale.words
    about = properties(kind, file_name(kind, view), f"{words[row.title]} – {view.title}, {view.date}", view)
    if row.function:
        return row.function(view, about)
    body = filled(view.templates, row.template, document_values(view))
    placed = tuple(picture for picture in view.pictures if f'src="{picture.name}"' in body)
    return Document(properties=about, body=body, pictures=placed, home=PAGE)


def document_values(view: View) -> dict[str, Any]:
    """Return the values for the template of a kind."""
    return {"view": view, "words": view.locale.words, "texts": view.series.texts[view.seminar.language]}
