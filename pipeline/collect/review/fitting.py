"""Measures how much of its box a text fills."""

from __future__ import annotations

from lxml import etree

from pipeline.collect.review.inherited import clark, number
from pipeline.collect.review.slides import Run, Shape
from pipeline.core.text_fit import LINE_HEIGHT, line_count

TOO_FULL = 1.15
"""The share of its box from which on a text is too long: fonts other than Arial may be narrower."""
EMU_PER_POINT = 12_700
LONGEST = 20_000
"""The number of characters of a shape that are measured; more overflow any box in a size that can be read."""
_FITS = ("a:noAutofit", "a:normAutofit", "a:spAutoFit")
_INSETS = {"lIns": 91_440, "rIns": 91_440, "tIns": 45_720, "bIns": 45_720}


def fullness(shape: Shape) -> float:
    """Return the height of a text as a share of its box; 0 when it is unknown or the box grows with its text."""
    if shape.box is None or shape.grouped or shape.table or next(shape.runs, None) is None:
        return 0.0
    bodies = [body for each in _elements(shape) for body in each.findall(clark("p:txBody/a:bodyPr"))]
    left, right, top, bottom = (number(_setting(bodies, name), inset) for name, inset in _INSETS.items())
    width = (shape.box[2] - left - right) / EMU_PER_POINT
    height = (shape.box[3] - top - bottom) / EMU_PER_POINT
    if _grows(bodies) or width < 20 or height < 5:
        return 0.0
    left_over, used = LONGEST, 0.0
    for each in shape.paragraphs:
        runs = _cut(each.runs, left_over)
        left_over -= sum(len(text) for text, _, _ in runs)
        room = max(width - each.indent / EMU_PER_POINT, 20)
        used += line_count(runs, room) * each.points * LINE_HEIGHT * each.spacing
    return used / height


def _elements(shape: Shape) -> list[etree._Element]:
    return [shape.element, *(base.element for base in shape.bases)]


def _cut(runs: tuple[Run, ...], length: int) -> list[tuple[str, float, bool]]:
    """Return the beginning of a paragraph as text, size and boldness of its runs."""
    found = []
    for run in runs:
        if length <= 0:
            break
        found.append((run.text[:length], run.points, run.bold))
        length -= len(run.text)
    return found


def _setting(bodies: list[etree._Element], name: str) -> str | None:
    """Return an attribute of the body of a text, its own or inherited."""
    return next((value for body in bodies if (value := body.get(name))), None)


def _grows(bodies: list[etree._Element]) -> bool:
    """Return whether a box grows or shrinks with its text, is rotated, has columns or never breaks a line."""
    fits = [each for body in bodies for name in _FITS for each in body.findall(clark(name))][:1]
    if any(each.tag.endswith("spAutoFit") or each.get("fontScale") for each in fits):
        return True
    wrap, vertical, columns = (_setting(bodies, name) for name in ("wrap", "vert", "numCol"))
    return wrap == "none" or vertical not in (None, "horz") or columns not in (None, "1")
