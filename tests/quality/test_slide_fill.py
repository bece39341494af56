"""How full the slides of a seminar's deck are, counted on the slides that LibreOffice draws."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from pipeline.render.to_pptx import density
from pipeline.render.to_pptx.pages import paged
from pipeline.render.to_pptx.template import open_template
from tests.conftest import tool

DARK = 200
"""A pixel is ink if one of its colours is below this; pale panels are above it."""
TOLERANCE = 0.2


def counted(picture: Path) -> float:
    """Return the share of the cells of the grid in which more than 2 % of the pixels are ink."""
    red, green, blue = Image.open(picture).convert("RGB").split()
    ink = ImageChops.darker(ImageChops.darker(red, green), blue).point(lambda value: 255 if value < DARK else 0)
    width, top, bottom = ink.width, ink.height * density.TOP, ink.height * density.BOTTOM
    cells = [
        (column * width / density.COLUMNS, top + row * (bottom - top) / density.ROWS)
        for column in range(density.COLUMNS)
        for row in range(density.ROWS)
    ]
    across, down = width / density.COLUMNS, (bottom - top) / density.ROWS
    full = 0
    for x, y in cells:
        cell = ink.crop((round(x), round(y), round(x + across), round(y + down)))
        full += cell.histogram()[255] > density.INK * cell.width * cell.height
    return full / len(cells)


@pytest.fixture
def drawn(real_package, outside, tmp_path) -> list[tuple[str, float, float]]:
    """The layout of each slide of the seminar's deck, how full it is as drawn, and as estimated."""
    tool("pdftoppm", "how full the slides are")
    (path, deck) = next((path, deck) for path, deck in real_package.decks.items() if deck.properties.kind == "deck")
    printed = outside.verdict("printed") / f"{path.stem}.pdf"
    subprocess.run(["pdftoppm", "-png", "-r", "40", printed, tmp_path / "slide"], check=True, timeout=60)
    template = open_template(real_package.root / "templates", deck.properties.direction)
    pictures = sorted(tmp_path.glob("*.png"))
    return [
        (slide.layout, counted(picture), density.fill(slide, template))
        for picture, slide in zip(pictures, paged(deck, template), strict=True)
    ]


def test_every_slide_of_a_seminar_is_filled(drawn):
    empty = [(layout, full) for layout, full, _ in drawn if full < density.LEAST_FILL.get(layout, 0.55)]
    assert empty == []


def test_the_estimate_of_the_check_is_near_to_what_is_drawn(drawn):
    far = [(layout, full, guess) for layout, full, guess in drawn if abs(full - guess) > TOLERANCE]
    assert far == []


def test_no_slide_has_more_words_than_are_read_while_somebody_speaks(real_package):
    deck = next(deck for deck in real_package.decks.values() if deck.properties.kind == "deck")
    template = open_template(real_package.root / "templates", deck.properties.direction)
    for slide in paged(deck, template):
        if slide.layout not in ("One speaker", "Two speakers"):  # the posts of the speakers decide on these
            assert density.word_count(slide) <= density.MOST_WORDS.get(slide.layout, 60), slide.layout
