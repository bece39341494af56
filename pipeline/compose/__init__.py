"""Stage: a seminar, its reading list and the series become documents in semantic HTML, or a deck of slides.

A kind of document is one template in `templates/kinds` and one row below. Templates see plain values only, escape them
by themselves, and give HTML of the vocabulary in `pipeline.render`; no word of any language stands in them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compose import forms
from pipeline.compose.deck import LAYOUTS as DECK_LAYOUTS
from pipeline.compose.deck import SPEAKER_LAYOUTS, seminar_deck
from pipeline.compose.event import calendar_links, seminar_event
from pipeline.compose.files import file_view, files_view, presentations_view
from pipeline.compose.series import is_held
from pipeline.compose.speaker import Turn, presentation_properties, speaker_deck, speaker_message, turns
from pipeline.compose.structured import seminar_data, written
from pipeline.compose.template import prepare as prepare_templates
from pipeline.compose.template import rendered
from pipeline.compose.view import View, pictures, properties, seminar_view
from pipeline.compose.website import sisters_view, ways_view
from pipeline.core.documents import Artifact, Deck, Document, Event, Message, ReadingList
from pipeline.core.sources import Seminar, Series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "KINDS",
    "LAYOUTS",
    "Turn",
    "compose",
    "compose_message",
    "compose_page",
    "compose_site_page",
    "compose_speaker",
    "is_held",
    "prepare",
    "presentation_properties",
    "turns",
]

PAGE, PARTS = "page.html", "parts.html"

LAYOUTS = {**DECK_LAYOUTS, **SPEAKER_LAYOUTS}
"""All that the decks ask of the PowerPoint template."""

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "factsheet": ("factsheet.html", ("docx", "pdf", "html")),
    "programme": ("programme.html", ("docx", "pdf", "html")),
    "bibliography": ("bibliography.html", ("docx", "pdf", "html", "bib", "csl.json")),
    "deck": ("", ("pptx",)),
    "calendar": ("", ("ics",)),
}
"""By kind: its template (none for what is no text: slides, a calendar entry) and the formats participants get."""


def prepare(series: Series, root: Path) -> None:
    """Load beforehand what the documents of these seminars are composed with."""
    templates = [template for template, _ in KINDS.values() if template] + [PAGE, PARTS]
    for language in {seminar.language for seminar in series.seminars.values()}:
        locale = series.locales[language]
        prepare_templates(root / "templates/kinds", templates, locale)
        forms.cldr(locale.tag).languages  # noqa: B018 -- read from the disk when first asked for


def compose(
    kind: str, seminar: Seminar, reading: ReadingList | None, series: Series, root: Path
) -> Document | Deck | Event:
    """Return the document, deck or calendar entry of one kind for one seminar."""
    view = seminar_view(seminar, reading, series, root)
    if kind == "deck":
        return seminar_deck(view, series)
    if kind == "calendar":
        return seminar_event(view, seminar, series)
    return _document(kind, KINDS[kind][0], view, seminar, series, root)


def compose_page(
    seminar: Seminar,
    reading: ReadingList,
    artifacts: Sequence[Artifact],
    presentations: Mapping[str, Artifact],
    series: Series,
    root: Path,
) -> Document:
    """Return the landing page of a seminar's package: its files, and each speaker's presentation or "to follow"."""
    return _page(seminar, reading, artifacts, presentations, series, root, ways={}, sisters=(), zip={})


def compose_site_page(
    seminar: Seminar,
    reading: ReadingList,
    artifacts: Sequence[Artifact],
    presentations: Mapping[str, Artifact],
    size: int,
    series: Series,
    root: Path,
) -> Document:
    """Return a seminar's page in the site of the series: the landing page, the ways to the others, and the package as
    one zip of `size` bytes beside it."""
    zip = file_view(f"{seminar.id}.zip", size, series.locales[seminar.language])
    ways, sisters = ways_view(seminar, series), sisters_view(seminar, series)
    return _page(seminar, reading, artifacts, presentations, series, root, ways=ways, sisters=sisters, zip=zip)


def _page(
    seminar: Seminar,
    reading: ReadingList,
    artifacts: Sequence[Artifact],
    presentations: Mapping[str, Artifact],
    series: Series,
    root: Path,
    **more: object,
) -> Document:
    view = seminar_view(seminar, reading, series, root)
    event = seminar_event(view, seminar, series)
    paths = {(artifact.kind, artifact.format): artifact.path for artifact in artifacts}
    values = {
        "files": [*files_view(artifacts, view), *presentations_view(presentations, tuple(turns(seminar)), view)],
        "calendars": (("iCalendar", paths["calendar", "ics"]), *calendar_links(event)),
        "bibliography": paths["bibliography", "html"],
        **more,
    }
    page = _document("page", PAGE, view, seminar, series, root, **values)
    return replace(page, structured=written(seminar_data(view, seminar, series)))


def compose_speaker(turn: Turn, seminar: Seminar, reading: ReadingList | None, series: Series, root: Path) -> Deck:
    """Return the deck that one speaker gets to fill in."""
    return speaker_deck(turn, seminar_view(seminar, reading, series, root), seminar, series, root)


def compose_message(turn: Turn, seminar: Seminar, series: Series, root: Path) -> Message:
    """Return the draft of the mail that carries a speaker's deck."""
    return speaker_message(turn, seminar_view(seminar, None, series, root), seminar, series)


def _document(
    kind: str, template: str, view: View, seminar: Seminar, series: Series, root: Path, **more: object
) -> Document:
    locale = series.locales[seminar.language]
    values = {"view": view, "words": locale.words, "texts": series.texts[seminar.language], **more}
    body = rendered(root / "templates/kinds", template, values, locale)
    return Document(properties=properties(kind, view, series), body=body, pictures=pictures(kind, view))
