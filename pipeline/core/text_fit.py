"""Measures text: how many lines it takes. Widths are those of Arimo, which are the same as in Arial."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from unicodedata import category, east_asian_width

from PIL import ImageFont

LINE_HEIGHT = 1.2
"""The height of a line in PowerPoint, as a share of the type size."""
_EM = 2048  # the units of the font: widths are exact at this size
_UNKNOWN, _WIDE = 0.56, 1.0  # em of a character that Arimo lacks: more than Arabic takes in Arial; of East Asian ones
_INVISIBLE = ("Mn", "Me", "Cf")  # Unicode categories of characters without a width: marks, joiners, direction marks
_WORD = re.compile(r"[^ \t\-\u2010\u2013\u2014]*[\-\u2010\u2013\u2014]*[ \t]*")  # a line may break after each


def line_count(runs: Iterable[tuple[str, float, bool]], width: float) -> int:
    """Return how many lines a paragraph takes in a box of this width.

    A run is its text, its type size in the unit of the width, and whether it is bold.
    """
    text, widths = "", list[float]()
    for part, size, bold in runs:
        text += part
        widths += [size * _width(character, bold) for character in part]
    count = start = 0
    for line in text.split("\n"):
        count += _broken(line, widths[start : start + len(line)], width)
        start += len(line) + 1
    return count


def _broken(line: str, widths: list[float], limit: float) -> int:
    """Return how many lines a text without forced breaks takes."""
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


def _width(character: str, bold: bool) -> float:
    """Return the width of a character as a share of the type size.

    Arimo has no East Asian characters and none above U+FFFF; without looking for them the cache stays small.
    """
    if character > "\uffff" or east_asian_width(character) in "WF":
        return 0.0 if category(character) in _INVISIBLE else _of_missing(character)
    return _in_font(character, bold)


def _of_missing(character: str) -> float:
    return _WIDE if east_asian_width(character) in "WF" else _UNKNOWN


@cache  # a text has some thousand characters, of which a hundred differ
def _in_font(character: str, bold: bool) -> float:
    if category(character) in _INVISIBLE:
        return 0.0
    font, small, missing = _fonts(bold)
    if not character.isspace() and bytes(small.getmask(character)) == missing:
        return _of_missing(character)
    return font.getlength(character) / _EM


@cache
def _fonts(bold: bool) -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont, bytes]:
    """Return the font for measuring, a small one, and how the small one draws a character that the font lacks."""
    path = files("fontpkg_arimo") / "files" / "Arimo[wght].ttf"
    sizes = [ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC) for size in (_EM, 16)]
    for font in sizes:
        font.set_variation_by_axes([700 if bold else 400])
    return sizes[0], sizes[1], bytes(sizes[1].getmask("\uffff"))
