"""Decides what fits: spreads bodies and tables over continuation slides and names what still runs over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor
from pathlib import Path

from pipeline.core.documents import Deck, Paragraph, Run, Slide, Table
from pipeline.core.problems import quoted
from pipeline.render.to_pptx import measure
from pipeline.render.to_pptx.layouts import EMU, Placeholder
from pipeline.render.to_pptx.shapes import BODY, CELL, heading
from pipeline.render.to_pptx.template import Template, template

SIZES = (18, 17, 16)  # type sizes of a table: the largest at which all of it fits; if none is, it is split at the first

Paragraphs = tuple[Paragraph, ...]


# --- continuation slides ---------------------------------------------------------------------------------------------


def paged(deck: Deck, found: Template) -> tuple[Slide, ...]:
    """Return the deck's slides with each over-full body or table spread over several, their titles numbered."""
    return tuple(page for slide in deck.slides for page in _pages(slide, found))


def _pages(slide: Slide, found: Template) -> Iterator[Slide]:
    body = slide.placeholders.get(BODY, ())
    chunks = _chunks(body, found.placeholder(slide.layout, BODY)) if len(body) > 1 else [body]
    if len(chunks) > 1:
        yield from (_page(slide, i, len(chunks), body=chunk) for i, chunk in enumerate(chunks))
        return
    for name, content in slide.tables.items():
        tables = _tables(content, found.placeholder(slide.layout, name))
        if len(tables) > 1:
            yield from (_page(slide, i, len(tables), name=name, table=part) for i, part in enumerate(tables))
            return
    yield slide


def _page(
    slide: Slide, i: int, count: int, *, body: Paragraphs | None = None, name: str = "", table: Table | None = None
) -> Slide:
    *before, last = slide.placeholders["Title"]
    title = (*before, replace(last, runs=(*last.runs, Run(text=f"\u00a0({i + 1}/{count})"))))
    texts = {**slide.placeholders, "Title": title} | ({} if body is None else {BODY: body})
    tables = {**slide.tables, name: table} if table else slide.tables
    return replace(slide, placeholders=texts, tables=tables, notes=slide.notes if i == 0 else ())


def _chunks(paragraphs: Paragraphs, place: Placeholder) -> list[Paragraphs]:
    """Return the paragraphs in as few parts as fit, of much the same height; a heading stays with what follows."""
    heights = [height((paragraph,), place) for paragraph in paragraphs]
    limit = place.inner.height / EMU
    if sum(heights) + place.style.before * (len(heights) - 1) <= limit:
        return [paragraphs]
    fewest = _cut(paragraphs, heights, place.style.before, limit)
    for share in range(50, 100, 4):
        parts = _cut(paragraphs, heights, place.style.before, limit * share / 100)
        if len(parts) == len(fewest):
            return parts
    return fewest


def _cut(paragraphs: Paragraphs, heights: list[float], gap: float, limit: float) -> list[Paragraphs]:
    parts: list[list[int]] = [[]]
    used = 0.0
    for i, tall in enumerate(heights):
        if parts[-1] and used + gap + tall > limit:
            moved = []
            while len(parts[-1]) > 1 and heading(paragraphs[parts[-1][-1]]):
                moved.insert(0, parts[-1].pop())
            parts.append(moved)
            used = sum(heights[k] + gap for k in moved) - gap
        used += tall + (gap if parts[-1] else 0)
        parts[-1].append(i)
    return [tuple(paragraphs[i] for i in part) for part in parts]


# --- tables ----------------------------------------------------------------------------------------------------------


def row_heights(content: Table, place: Placeholder, size: float) -> list[int]:
    """Return the height of each row in EMU with its text at this size."""
    whole = sum(content.widths)
    widths = [(place.box.width * share / whole - 2 * CELL[0]) / EMU for share in content.widths]
    return [_row(row, widths, size, head=not i) for i, row in enumerate(content.rows)]


def _row(row: Paragraphs, widths: Sequence[float], size: float, *, head: bool) -> int:
    counts = [measure.wrapped(measure.pieces(cell, bold=head), size, width) for cell, width in zip(row, widths)]
    return round(max(counts, default=1) * size * measure.LINE * EMU) + 2 * CELL[1]


def table_size(content: Table, place: Placeholder) -> float:
    """Return the largest type size at which the whole table fits, or the largest of all where it must be split."""
    fitting = (size for size in SIZES if sum(row_heights(content, place, size)) <= place.box.height)
    return next(fitting, SIZES[0])


def _tables(content: Table, place: Placeholder) -> list[Table]:
    """Return the table in as many parts as its zone needs, each with the header row."""
    head, *heights = row_heights(content, place, table_size(content, place))
    parts: list[list[Paragraphs]] = [[]]
    used = head
    for row, tall in zip(content.rows[1:], heights):
        if parts[-1] and used + tall > place.box.height:
            parts.append([])
            used = head
        parts[-1].append(row)
        used += tall
    return [replace(content, rows=(content.rows[0], *part)) for part in parts]


# --- measuring -------------------------------------------------------------------------------------------------------


def height(paragraphs: Paragraphs, place: Placeholder) -> float:
    """Return the points that paragraphs take in a placeholder at the template's size."""
    style, width = place.style, place.inner.width / EMU
    tall = 0.0
    for paragraph in paragraphs:
        inner = width - (style.margin if paragraph.bullet == style.bullets else 20 if paragraph.bullet else 0)
        parts = measure.pieces(paragraph, bold=style.bold)
        tall += measure.wrapped(parts, style.size, inner) * style.size * measure.LINE * style.spacing
    return tall + style.before * max(0, len(paragraphs) - 1)


def overflow(deck: Deck, templates: Path) -> list[str]:
    """Return a message for each text that runs out of its box on the finished slides."""
    found = template(templates, direction=deck.properties.direction)
    return [
        message
        for number, slide in enumerate(paged(deck, found), start=1)
        for message in (*_texts_over(number, slide, found), *_tables_over(number, slide, found))
    ]


def _texts_over(number: int, slide: Slide, found: Template) -> Iterator[str]:
    for name, paragraphs in slide.placeholders.items():
        place = found.placeholder(slide.layout, name)
        if place.kind == "pic" or height(paragraphs, place) <= place.inner.height / EMU:
            continue
        line = place.style.size * measure.LINE * place.style.spacing
        gaps = place.style.before * (len(paragraphs) - 1)
        taken = round((height(paragraphs, place) - gaps) / line)
        room = max(0, floor((place.inner.height / EMU - gaps) / line))
        text = quoted(" ".join(run.text for paragraph in paragraphs for run in paragraph.runs))
        yield f"slide {number}: {text} takes {taken} lines, and there is room for {room}"


def _tables_over(number: int, slide: Slide, found: Template) -> Iterator[str]:
    for name, content in slide.tables.items():
        place = found.placeholder(slide.layout, name)
        tall = sum(row_heights(content, place, table_size(content, place)))
        if tall > place.box.height:
            text = quoted(" ".join(run.text for run in content.rows[-1][0].runs))
            yield f"slide {number}: the row {text} of the table is too high for the slide"
