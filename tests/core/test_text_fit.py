"""The widths of characters, for text that may hold any."""

from __future__ import annotations

from importlib.resources import files
from unicodedata import east_asian_width

from fontTools.ttLib import TTFont

from pipeline.core import text_fit


def test_arimo_has_none_of_the_characters_that_are_not_looked_for_in_it():
    characters = map(chr, TTFont(str(files("fontpkg_arimo") / "files" / "Arimo[wght].ttf")).getBestCmap())
    assert [each for each in characters if each > "\uffff" or east_asian_width(each) in "WF"] == []


def test_sizes_may_differ_within_a_paragraph():
    word = 10 * 1139 / 2048  # ten letters `a` of one point
    runs = [("a" * 10, 10.0, False), ("a" * 10, 20.0, False)]
    assert text_fit.line_count(runs, 30 * word + 0.01) == 1
    assert text_fit.line_count(runs, 30 * word - 0.01) == 2
