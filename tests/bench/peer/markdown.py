"""Ready Markdown for the peer: the very documents and decks of the pipeline, written back as pandoc's own Markdown."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

from pipeline.compose import KINDS, compose, compose_message, compose_page, compose_speaker, seminar_view, turns
from pipeline.core.documents import Artifact, Deck, Document, Event, Paragraph, Properties, ReadingList, Table
from pipeline.core.sources import Seminar, Series
from pipeline.curate import curate
from pipeline.load import load

PROSE = ("factsheet", "programme", "bibliography")


def write(root: Path, folder: Path, pandoc: str) -> None:
    """Write a folder of Markdown and BibTeX for each seminar below `root`; none of this is timed."""
    series = load(root)
    seminars = list(series.seminars.values())
    readings = curate(series, seminars, root)
    pages = [page for s in seminars for page in _pages(s, readings[s.id], series, root, folder / s.id)]
    with ThreadPoolExecutor(2) as threads:
        for _ in threads.map(lambda page: _convert(pandoc, *page), pages):
            pass


def _pages(
    seminar: Seminar, reading: ReadingList, series: Series, root: Path, folder: Path
) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Yield path, HTML and metadata of each kind and of each speaker's deck, and write the works beside them."""
    folder.mkdir(parents=True)
    (folder / "works.bib").write_text(reading.bibtex, encoding="utf-8")
    listed, view = [], seminar_view(seminar, reading, series, root)
    for kind in (*PROSE, "deck"):
        composed = compose(kind, view)
        listed += [_artifact(composed.properties, format) for format in KINDS[kind].formats]
        html = _slides(composed) if isinstance(composed, Deck) else _prose(kind, composed)
        # Typst, as pandoc calls it, knows no region of three figures: es-419 is es.
        language = re.sub(r"-\d+$", "", composed.properties.language)
        metadata = {"title": composed.properties.title, "lang": language}
        yield folder / f"{kind}.md", html, metadata | ({"nocite": "@*"} if kind == "bibliography" else {})
    event = compose("calendar", view)
    yield folder / "calendar.md", "", _event(event)
    page = compose_page(view, [*listed, _artifact(event, "ics")], {})
    yield folder / "index.md", _prose("index", page), {"title": page.properties.title, "lang": page.properties.language}
    for turn in turns(seminar):
        deck = compose_speaker(turn, view)
        about = {"title": deck.properties.title, "lang": deck.properties.language}
        yield folder / f"speaker-{turn.folder}.md", _slides(deck), about
        draft = compose_message(turn, view)
        text = "".join(f"<p>{escape(part)}</p>" for part in draft.text.split("\n\n"))
        yield folder / f"message-{turn.folder}.md", text, {"title": draft.subject, "lang": draft.language}


def _artifact(about: Properties | Event, format: str) -> Artifact:
    """Return a file as the page lists it, of a size that any has."""
    named = {"path": f"{about.name}.{format}", "title": about.title, "language": about.language, "kind": about.kind}
    return Artifact(**named, format=format, size=30_000, sha256="", fingerprint="")


def _event(event: Event) -> dict[str, str]:
    """Return what the peer's template of a calendar entry asks for."""
    start, end = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (event.start, event.end))
    return {
        "title": event.title,
        "lang": event.language,
        "uid": event.uid,
        "organiser": event.organiser,
        "location": event.location,
        "start": start,
        "end": end,
        "sequence": str(event.sequence),
    }


def _prose(kind: str, document: Document) -> str:
    """Return the body; in a bibliography the list is left to citeproc. Pictures give way to their alternative text."""
    body = re.sub(r"<span [^>]*/>", "", document.body)
    body = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*/>', r"\1", body)
    return re.sub(r"<section>.*</section>", "", body, flags=re.DOTALL) if kind == "bibliography" else body


def _slides(deck: Deck) -> str:
    """Return a heading of the second level for each slide, with all that stands on it and its notes."""
    parts = []
    for slide in deck.slides:
        titles = slide.placeholders.get("Title", ())
        parts.append(f"<h2>{' '.join(_text(title) for title in titles)}</h2>")
        for name, paragraphs in slide.placeholders.items():
            parts += _paragraphs(paragraphs) if name != "Title" else []
        parts += map(_table, slide.tables.values())
        notes = "".join(f"<p>{escape(note)}</p>" for note in slide.notes)
        parts.append(f'<div class="notes">{notes}</div>' if notes else "")
    return "\n".join(parts).replace("</ul>\n<ul>", "")


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield f"<ul><li>{_text(paragraph)}</li></ul>" if paragraph.bullet else f"<p>{_text(paragraph)}</p>"


def _text(paragraph: Paragraph) -> str:
    shown = ""
    for run in paragraph.runs:
        text = f"<em>{escape(run.text)}</em>" if run.emphasis else escape(run.text)
        shown += f'<a href="{escape(run.link)}">{text}</a>' if run.link else text
    return shown


def _table(table: Table) -> str:
    head, *rows = ["".join(f"<td>{_text(cell)}</td>" for cell in row) for row in table.rows]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head.replace('td>', 'th>')}</tr></thead><tbody>{body}</tbody></table>"


def _convert(pandoc: str, path: Path, html: str, metadata: dict[str, str]) -> None:
    """Write the HTML as Markdown below its metadata; only slides keep their divisions, which hold the notes."""
    reader = "html-native_divs-native_spans" if path.stem in (*PROSE, "index") else "html-native_spans"
    command = [pandoc, "-f", reader, "-t", "markdown", "--wrap", "none"]
    markdown = subprocess.run(command, input=html.encode(), capture_output=True, check=True).stdout.decode()
    path.write_text(f"---\n{json.dumps(metadata, ensure_ascii=False)}\n---\n\n{markdown}", encoding="utf-8")
