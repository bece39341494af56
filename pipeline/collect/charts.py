"""Finds what in charts leads out of the deck.

Threat: a map that PowerPoint asks a server to draw, and formulas with the path of a workbook, which names a person or a
machine. The workbook itself is left to `dropped`, the other markup of charts to `cleaning`.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.collect.xml import values

_CELLS = r"(?:'[^'\\/\[\]:*?]{1,31}'|[\w.]{1,31})!\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
_LIBREOFFICE = r"categories|(?:label )?\d{1,4}"  # what it writes for a chart without a workbook
_FORMULA = re.compile(rf"\(?{_CELLS}(?:,{_CELLS})*\)?|_xlchart\.v\d\.\d{{1,6}}|{_LIBREOFFICE}")
_FORMULAS = ("{*}f", "{*}nf", "{*}sqref", "{*}fullRef")
_REPLACEMENT = "Sheet1!$A$1"


def is_drawn_by_a_server(root: etree._Element) -> bool:
    """Return whether a chart of type chartEx is a map, which PowerPoint loads from the web."""
    return bool(values(root, "//@layoutId[. = 'regionMap']"))


def replace_paths(root: etree._Element) -> bool:
    """Replace each formula that names a file by a plain one, and return whether there was any.

    The chart itself holds the values, so that it is drawn the same.
    """
    leading_out = [each for each in root.iter(*_FORMULAS) if each.text and not _FORMULA.fullmatch(each.text.strip())]
    for element in leading_out:
        element.text = _REPLACEMENT
    return bool(leading_out)
