"""Estimates how much of its box a text fills; the widths are those of an average sans serif, not of the real font."""

from __future__ import annotations

from lxml import etree

from pipeline.collect.looks import number
from pipeline.collect.texts import Paragraph, Shape
from pipeline.collect.vocabulary import A

TOO_FULL = 1.15  # the estimate is good to about a tenth
EMU_PER_POINT = 12_700
LINE = 1.2
MANY_LINES = 500  # of one paragraph; more are too many for any box, and are not counted
LONG_WORD = 2_000
_INSETS = {"lIns": 91_440, "rIns": 91_440, "tIns": 45_720, "bIns": 45_720}
_NARROW, _WIDE = frozenset("iljtfrI.,;:'’|!()[] -"), frozenset("mwMW—…%@")


def fullness(shape: Shape) -> float:
    """Return the height of a text as a share of its box; 0 when it is unknown or the box grows with its text."""
    if shape.box is None or shape.grouped or shape.table or not shape.text or _grows(shape):
        return 0.0
    left, right, top, bottom = (_inset(shape, name) for name in ("lIns", "rIns", "tIns", "bIns"))
    width = (shape.box[2] - left - right) / EMU_PER_POINT
    height = (shape.box[3] - top - bottom) / EMU_PER_POINT
    if width < 20 or height < 5:
        return 0.0
    used = sum(_lines(each, width) * each.points * LINE * each.spacing for each in shape.paragraphs)
    return used / height


def _bodies(shape: Shape) -> list[etree._Element]:
    return [each for each in (shape.body, *(place.body for place in shape.chain)) if each is not None]


def _inset(shape: Shape, name: str) -> int:
    for body in _bodies(shape):
        if body.get(name):
            return number(body.get(name), _INSETS[name])
    return _INSETS[name]


def _grows(shape: Shape) -> bool:
    """Return whether a box grows or shrinks with its text, is rotated, has columns or never breaks a line."""
    bodies = _bodies(shape)
    fits = next((child for body in bodies for child in body if child.tag.endswith("utofit") or _auto(child)), None)
    if fits is not None and (_auto(fits) or fits.get("fontScale")):
        return True
    settings = {
        key: next((body.get(key) for body in bodies if body.get(key)), None) for key in ("wrap", "vert", "numCol")
    }
    return settings["wrap"] == "none" or settings["vert"] not in (None, "horz") or settings["numCol"] not in (None, "1")


def _auto(element: etree._Element) -> bool:
    return element.tag == f"{{{A}}}spAutoFit"


def _lines(paragraph: Paragraph, width: float) -> int:
    """Return how many lines a paragraph takes when lines break between words."""
    room, count, used = max(width - paragraph.indent / EMU_PER_POINT, 20), 1, 0.0
    for run in paragraph.runs:
        for row, line in enumerate(run.text.split("\n")):
            if row:
                count, used = count + 1, 0.0
            for word in line.split(" "):
                if count > MANY_LINES:
                    return count
                length = _length(word[:LONG_WORD], run.points)
                if used and used + length > room:
                    count, used = count + 1, 0.0
                count, length = count + int(length // room), length % room
                used += length + 0.28 * run.points
    return count


def _length(word: str, points: float) -> float:
    return points * sum(_share(character) for character in word)


def _share(character: str) -> float:
    """Return the width of a character as a share of the font size."""
    if character < "\u0300":
        wide = 0.83 if character in _WIDE else 0.64 if character.isupper() else 0.52
        return 0.29 if character in _NARROW else wide
    if "\u2e80" <= character <= "\ud7ff" or "\uf900" <= character <= "\uffef":
        return 1.0
    return 0.0 if "\u064b" <= character <= "\u065f" or "\u0300" <= character <= "\u036f" else 0.5
