"""Widths and lines of text on slides."""

from __future__ import annotations

from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont
from pptx.enum.shapes import PP_PLACEHOLDER

from pipeline.core.documents import Paragraph, Run
from pipeline.render.to_pptx.pages import line_count, text_height
from pipeline.render.to_pptx.placeholders import Box, Placeholder, TextStyle


def lines(*texts: str, width: float, size: float = 10, **look: bool) -> int:
    return line_count(Paragraph(runs=tuple(Run(text=text, **look) for text in texts)), size, width)


@pytest.mark.parametrize("bold", [False, True])
def test_a_line_ends_where_the_widths_of_the_font_say(bold):
    font = TTFont(str(files("fontpkg_arimo") / "files" / "Arimo[wght].ttf"))
    glyphs, names = font.getGlyphSet(location={"wght": 700 if bold else 400}), font.getBestCmap()
    for text in ("cooperation", "législation", "cybercriminalité :", "№ 24/7 – 100 %", "Ελλάδα", "Україна"):
        width = sum(glyphs[names[ord(character)]].width for character in text) / font["head"].unitsPerEm
        text = text.replace(" ", "\u00a0")
        assert lines(text, width=10 * width + 0.01, strong=bold) == 1, text
        assert lines(text, width=10 * width - 0.01, strong=bold) > 1, text


def test_a_line_breaks_after_spaces_and_dashes_and_not_at_no_break_spaces():
    word = "w" * 10  # 72 points
    assert lines(f"{word} {word} {word}", width=80) == 3
    assert lines(f"{word}-{word}\u2013{word}", width=80) == 3
    assert lines(f"{word} ", width=72.3) == 1  # a space at the end of a line takes no room
    assert lines(f"i\u00a0{word} i\u00a0{word}", width=80) == 2
    assert lines("ww\u00a0ww ww\u00a0ww", width=35) == 2


def test_a_word_that_is_longer_than_the_line_is_broken_anywhere():
    assert lines("w" * 25, width=73) == 3


def test_a_line_end_in_the_text_begins_a_line():
    assert lines("a\nb\n\nc", width=500) == 4


def test_the_runs_of_a_paragraph_are_one_text():
    assert lines("wwwww", "wwwww", width=73) == 1
    assert lines("wwwww", "wwwww", width=71) == 2


def test_marks_and_direction_marks_have_no_width_and_what_the_font_lacks_is_estimated():
    assert lines("e\u0301" * 10 + "\u200f" * 50, width=56) == 1
    assert lines("\u0628" * 10, width=56.1) == 1  # Arabic
    assert lines("\u0628" * 10, width=55.9) == 2
    assert lines("\u7f51" * 10, width=100.1) == 1  # Chinese
    assert lines("\u7f51" * 10, width=99.9) == 2


def placeholder(**style: float) -> Placeholder:
    return Placeholder(
        name="Body",
        kind=PP_PLACEHOLDER.BODY,
        box=Box(0, 0, 0, 0),
        text_width=73,
        text_height=100,
        geometry="rect",
        style=TextStyle(size=10, **style),
    )


def test_a_bullet_takes_room_before_the_text():
    text = (Run(text="w" * 10),)  # 72 points
    assert text_height((Paragraph(runs=text),), placeholder()) == 12
    assert text_height((Paragraph(runs=text, bullet=True),), placeholder()) == 24
    assert text_height((Paragraph(runs=text, bullet=True),), placeholder(bullets=True)) == 12
    assert text_height((Paragraph(runs=text, bullet=True),), placeholder(bullets=True, margin=2)) == 24


def test_the_space_between_paragraphs_and_the_spacing_of_lines_count():
    line = Paragraph(runs=(Run(text="w"),))
    assert text_height((line, line, line), placeholder(space_before=5)) == 3 * 12 + 2 * 5
    assert text_height((line, line), placeholder(line_spacing=1.5)) == 2 * 18
