"""Splits long bodies and tables over several slides, and measures how much room text takes.

Text is never made smaller, except that a table may use the smaller of its sizes.
"""

from __future__ import annotations

from dataclasses import replace

from pptx.util import Emu, Pt

from pipeline.core import text_fit
from pipeline.core.documents import Deck, Paragraph, Run, Slide, Table
from pipeline.core.text_fit import LINE_HEIGHT
from pipeline.render.to_pptx.placeholders import Placeholder
from pipeline.render.to_pptx.template import Template

BODY = "Body"
"""The placeholder of continuous text: only it has headings and continues on further slides."""
TABLE_SIZES = (20, 19, 18)
"""Points: a table uses the largest size at which it fits; if it fits at none, it is split at the largest."""
CELL_MARGIN = (127000, 107950)
"""EMU at each side, and above and below the text of a cell."""
HIGHEST_ROW = Pt(84)
"""EMU: a row is made no higher than this to fill a slide."""
BULLET_MARGIN = 20
"""Points that a bullet takes where the layout has none."""


def is_heading(paragraph: Paragraph) -> bool:
    """Return whether a paragraph of a body is the heading of the next ones: bold and without a bullet."""
    return not paragraph.bullet and all(run.strong and not run.link for run in paragraph.runs)


# --- continuation slides ---------------------------------------------------------------------------------------------


def paged(deck: Deck, template: Template) -> tuple[Slide, ...]:
    """Return the slides of a deck; a long body or table is split over several slides with numbered titles."""
    return tuple(page for slide in deck.slides for page in _pages(slide, template))


def _pages(slide: Slide, template: Template) -> list[Slide]:
    pages = [slide]
    body = slide.placeholders.get(BODY, ())
    if len(body) > 1:
        parts = _split_body(body, template.layouts[slide.layout][BODY])
        pages = [replace(slide, placeholders={**slide.placeholders, BODY: part}) for part in parts]
    for name, table in slide.tables.items():
        if len(pages) == 1:
            rows = _split_table(table, template.layouts[slide.layout][name])
            pages = [replace(slide, tables={**slide.tables, name: part}) for part in rows]
    if len(pages) == 1:
        return [slide]
    *before, last = slide.placeholders["Title"]
    numbered = []
    for number, page in enumerate(pages, 1):
        title = (*before, replace(last, runs=(*last.runs, Run(text=f"\u00a0({number}/{len(pages)})"))))
        notes = slide.notes if number == 1 else ()
        numbered.append(replace(page, placeholders={**page.placeholders, "Title": title}, notes=notes))
    return numbered


def _split_body(body: tuple[Paragraph, ...], placeholder: Placeholder) -> list[tuple[Paragraph, ...]]:
    """Return the paragraphs in the fewest parts that fit, of similar height."""
    lines = [_lines(paragraph, placeholder) for paragraph in body]
    fewest = _filled(body, lines, placeholder, placeholder.text_height)
    for percent in range(50, 100, 4):
        parts = _filled(body, lines, placeholder, placeholder.text_height * percent / 100)
        if len(parts) == len(fewest):
            return parts
    return fewest


def _filled(
    body: tuple[Paragraph, ...], lines: list[int], placeholder: Placeholder, limit: float
) -> list[tuple[Paragraph, ...]]:
    """Return the paragraphs in parts up to this height; a heading moves to the part of what follows it."""
    start, starts = 0, [0]
    for end in range(1, len(body)):
        if _height(sum(lines[start : end + 1]), end + 1 - start, placeholder) > limit:
            next_start = end
            while next_start > start + 1 and is_heading(body[next_start - 1]):
                next_start -= 1
            start = next_start
            starts.append(start)
    return [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)])]


def _split_table(table: Table, placeholder: Placeholder) -> list[Table]:
    """Return the table in as many parts as it needs, each with the header row."""
    head, *heights = row_heights(table, placeholder, table_size(table, placeholder))
    parts: list[list[tuple[Paragraph, ...]]] = [[]]
    used = head
    for row, height in zip(table.rows[1:], heights):
        if parts[-1] and used + height > placeholder.box.height:
            parts.append([])
            used = head
        parts[-1].append(row)
        used += height
    return [replace(table, rows=(table.rows[0], *part)) for part in parts]


# --- measuring -------------------------------------------------------------------------------------------------------


def text_height(paragraphs: tuple[Paragraph, ...], placeholder: Placeholder) -> float:
    """Return the height of paragraphs in a placeholder, in points."""
    return _height(sum(_lines(each, placeholder) for each in paragraphs), len(paragraphs), placeholder)


def _lines(paragraph: Paragraph, placeholder: Placeholder) -> int:
    style = placeholder.style
    margin: float = style.margin if paragraph.bullet == style.bullets else BULLET_MARGIN if paragraph.bullet else 0
    return line_count(paragraph, style.size, placeholder.text_width - margin, bold=style.bold)


def _height(lines: int, paragraphs: int, placeholder: Placeholder) -> float:
    return lines * line_height(placeholder) + placeholder.style.space_before * max(0, paragraphs - 1)


def line_height(placeholder: Placeholder) -> float:
    """Return the height of a line of the placeholder's text, in points."""
    return placeholder.style.size * LINE_HEIGHT * placeholder.style.line_spacing


def row_heights(table: Table, placeholder: Placeholder, size: float) -> list[int]:
    """Return the height of each row in EMU, with text of this size in points."""
    side, edge = CELL_MARGIN
    widths = [Emu(round(placeholder.box.width * share / sum(table.widths)) - 2 * side).pt for share in table.widths]
    heights = []
    for number, row in enumerate(table.rows):
        counts = [line_count(cell, size, width, bold=number == 0) for cell, width in zip(row, widths)]
        heights.append(Pt(max(counts, default=1) * size * LINE_HEIGHT) + 2 * edge)
    return heights


def stretched(heights: list[int], placeholder: Placeholder) -> list[int]:
    """Return the heights with the room that is left shared among the rows below the header, up to a limit."""
    spare = (placeholder.box.height - sum(heights)) // max(1, len(heights) - 1)
    return [*heights[:1], *(max(height, min(height + max(0, spare), HIGHEST_ROW)) for height in heights[1:])]


def table_size(table: Table, placeholder: Placeholder) -> float:
    """Return the largest type size in points at which the table fits, or the largest of all if it must be split."""
    fitting = (size for size in TABLE_SIZES if sum(row_heights(table, placeholder, size)) <= placeholder.box.height)
    return next(fitting, TABLE_SIZES[0])


def line_count(paragraph: Paragraph, size: float, width: float, *, bold: bool = False) -> int:
    """Return how many lines a paragraph of this size takes in a box of this width, both in points."""
    runs = ((run.text, 1.0, bold or run.strong) for run in paragraph.runs)  # sizes and width as shares of the type size
    return text_fit.line_count(runs, width / size)
