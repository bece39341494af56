"""Splits long bodies and tables over several slides, and measures how much room text takes.

Text is never made smaller, except that a table may use the smaller of its sizes. Widths are those of Arimo, which are
the same as in Arial.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from unicodedata import category, east_asian_width

from PIL import ImageFont
from pptx.util import Emu, Pt

from pipeline.core.documents import Deck, Paragraph, Run, Slide, Table
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
LINE_HEIGHT = 1.2
"""The height of a line in PowerPoint, as a share of the type size."""
_EM = 2048  # the units of the font: widths are exact at this size
_UNKNOWN, _WIDE = 0.56, 1.0  # em of a character that Arimo lacks: more than Arabic takes in Arial; of East Asian ones
_INVISIBLE = ("Mn", "Me", "Cf")  # Unicode categories of characters without a width: marks, joiners, direction marks
_WORD = re.compile(r"[^ \t\-\u2010\u2013\u2014]*[\-\u2010\u2013\u2014]*[ \t]*")  # a line may break after each


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
    text = "".join(run.text for run in paragraph.runs)
    widths = [_width(character, bold or run.strong) for run in paragraph.runs for character in run.text]
    count = start = 0
    for line in text.split("\n"):
        count += _broken(line, widths[start : start + len(line)], width / size)
        start += len(line) + 1
    return count


def _broken(line: str, widths: list[float], limit: float) -> int:
    """Return how many lines a text without forced breaks takes; `widths` and `limit` are shares of the type size."""
    if sum(widths) <= limit:
        return 1
    count, used = 1, 0.0
    for word in _WORD.finditer(line):
        start, end = word.span()
        total, visible = sum(widths[start:end]), sum(widths[start : start + len(word[0].rstrip(" \t"))])
        if used and visible and used + visible > limit:
            count, used = count + 1, 0.0
        if visible > limit:  # a word that is longer than the line is broken anywhere
            count, total = count + int(visible // limit), total % limit
        used += total
    return count


@cache  # a deck has some thousand characters, of which a hundred differ
def _width(character: str, bold: bool) -> float:
    """Return the width of a character as a share of the type size."""
    if category(character) in _INVISIBLE:
        return 0.0
    font, small, missing = _fonts(bold)
    if not character.isspace() and bytes(small.getmask(character)) == missing:
        return _WIDE if east_asian_width(character) in "WF" else _UNKNOWN
    return font.getlength(character) / _EM


@cache
def _fonts(bold: bool) -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont, bytes]:
    """Return the font for measuring, a small one, and how the small one draws a character that the font lacks."""
    path = files("fontpkg_arimo") / "files" / "Arimo[wght].ttf"
    sizes = [ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC) for size in (_EM, 16)]
    for font in sizes:
        font.set_variation_by_axes([700 if bold else 400])
    return sizes[0], sizes[1], bytes(sizes[1].getmask("\uffff"))
