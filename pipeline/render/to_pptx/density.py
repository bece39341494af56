"""Estimates how much of a slide is filled, and counts its words, for remarks on slides that are empty or crowded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil, floor

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from pipeline.core.documents import Map, Paragraph, Slide, Table, Timeline
from pipeline.render.to_pptx.drawing import card_heights, card_size, cards
from pipeline.render.to_pptx.pages import line_count, line_height, row_heights, stretched, table_size, text_height
from pipeline.render.to_pptx.placeholders import Box, Placeholder, fitted
from pipeline.render.to_pptx.template import Template

COLUMNS, ROWS = 24, 10
"""The grid over a slide whose cells are counted."""
TOP, BOTTOM = 0.20, 0.92
"""The part of a slide's height that the grid covers: not the title above it, nor the footer below."""
INK = 0.02
"""The share of a cell that must be covered for the cell to count; pale panels do not cover it."""
LEAST_FILL = {"Title": 0.45, "Speaker title": 0.45}
"""By layout; 0.55 on all others."""
MOST_WORDS = {"Programme": 90, "Table": 70, "Readings": 70}
"""By layout; 60 on all others."""
LAST_LINE = 0.4
"""The share of its width that the last line of a paragraph takes, about."""
SMALL_PRINT = ("Emblem", "Funding", "Map", "Sample")
"""Placeholders whose words nobody reads from a slide."""
_WORD = re.compile(r"\w[\w’'-]*")


def remarks_on(slide: Slide, template: Template) -> Iterator[str]:
    """Yield what is said of a slide that is emptier, or has more words, than a slide should."""
    filled, least = fill(slide, template), LEAST_FILL.get(slide.layout, 0.55)
    if filled < least:
        yield f"{filled:.0%} of it is filled; {least:.0%} or more looks full"
    words, most = word_count(slide), MOST_WORDS.get(slide.layout, 60)
    if words > most:
        yield f"it has {words} words; more than {most} are not read while somebody speaks"


def fill(slide: Slide, template: Template) -> float:
    """Return the share of the cells of a grid over the slide that hold text, pictures or strong colours.

    A placeholder that is left to a speaker counts in whole, since its prompt is seen there.
    """
    boxes = [*template.painted[slide.layout], *_inked(slide, template)]
    return len({cell for box in boxes for cell in _cells(box, template.size)}) / (COLUMNS * ROWS)


def word_count(slide: Slide) -> int:
    """Return the number of words on a slide, without those that nobody reads from it."""
    texts = [text for name, text in slide.placeholders.items() if name not in SMALL_PRINT]
    texts += [row for table in slide.tables.values() for row in table.rows]
    return sum(len(_WORD.findall("".join(run.text for run in each.runs))) for text in texts for each in text)


def _cells(box: Box, size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield column and row of each cell of which a box covers enough."""
    width, height = size[0] / COLUMNS, size[1] * (BOTTOM - TOP) / ROWS
    left, right = box.left / width, (box.left + box.width) / width
    top, bottom = ((y - size[1] * TOP) / height for y in (box.top, box.top + box.height))
    for column in range(max(0, floor(left)), min(COLUMNS, ceil(right))):
        for row in range(max(0, floor(top)), min(ROWS, ceil(bottom))):
            across = min(right, column + 1) - max(left, column)
            if across * (min(bottom, row + 1) - max(top, row)) > INK:
                yield column, row


def _inked(slide: Slide, template: Template) -> Iterator[Box]:
    for name, placeholder in template.layouts[slide.layout].items():
        text, box = slide.placeholders.get(name), placeholder.box
        if name in slide.tables:
            yield from _of_table(slide.tables[name], placeholder)
        elif name in slide.drawings:
            drawing = slide.drawings[name]
            if isinstance(drawing, Timeline):
                yield from _of_timeline(drawing, box)
            else:
                yield fitted(box, Pt(drawing.width), Pt(drawing.height)) if isinstance(drawing, Map) else box
        elif name in slide.pictures or text == ():
            yield box
        elif text:
            is_whole = placeholder.painted or placeholder.kind == PP_PLACEHOLDER.PICTURE
            yield from [box] if is_whole else _of_text(text, placeholder)


def _of_text(text: tuple[Paragraph, ...], placeholder: Placeholder) -> Iterator[Box]:
    """Yield the full lines of each paragraph in a placeholder, and its last line."""
    box, style, width = placeholder.box, placeholder.style, placeholder.text_width
    spare = box.height - Pt(text_height(text, placeholder))
    top = box.top + {"t": 0, "ctr": spare // 2, "b": spare}.get(placeholder.anchor, 0)
    left, line = box.left + (box.width - Pt(width)) // 2, Pt(line_height(placeholder))
    for paragraph in text:
        full = line_count(paragraph, style.size, width, bold=style.bold) - 1
        yield Box(left, top, Pt(width), full * line)
        last = LAST_LINE if full else _share(paragraph, style.size, width, bold=style.bold)
        yield Box(left, top + full * line, Pt(width * last), line)
        top += (full + 1) * line + Pt(style.space_before)


def _of_table(table: Table, placeholder: Placeholder) -> Iterator[Box]:
    """Yield the header row of a table, and the boxes around the texts of the other rows."""
    size, box, top = table_size(table, placeholder), placeholder.box, placeholder.box.top
    needed = row_heights(table, placeholder, size)
    for number, (row, height, least) in enumerate(zip(table.rows, stretched(needed, placeholder), needed)):
        left = box.left
        for cell, part in zip(row, table.widths):
            width = round(box.width * part / sum(table.widths))
            share = _share(cell, size, width / Pt(1), bold=False)
            yield Box(left, top + (height - least) // 2, width if number == 0 else round(width * share), least)
            left += width
        top += height


def _of_timeline(drawing: Timeline, box: Box) -> Iterator[Box]:
    """Yield the line, the dates and the texts of a timeline; the cards themselves are pale."""
    width, height = box.width / Pt(1), box.height / Pt(1)
    frames, size = cards(drawing, width, height), card_size(drawing, width, height)
    yield Box(box.left, box.top + box.height // 2 - Pt(9), box.width, Pt(18))
    heights = card_heights(drawing, frames[0][1].width, size)
    for point, (date, card), text_high in zip(drawing.points, frames, heights):
        left, wide = box.left + Pt(card.left), Pt(card.width)
        yield Box(left, box.top + Pt(date.top), wide, Pt(date.height))
        spare = 0 if point.state == "here" else card.height - text_high  # the card of this seminar is gold
        yield Box(left, box.top + Pt(card.top + spare / 2), wide, Pt(card.height - spare))


def _share(paragraph: Paragraph, size: float, width: float, *, bold: bool) -> float:
    """Return the share of a width that a paragraph takes, in twelfths; it is at most one line."""
    if line_count(paragraph, size, width, bold=bold) > 1:
        return 1.0
    return next(part / 12 for part in range(1, 13) if line_count(paragraph, size, width * part / 12, bold=bold) == 1)
