"""Every text stands out from what lies under it, by at least 4.5 to 1. (The pages are judged in a browser.)"""

from __future__ import annotations

import pytest

from pipeline.load import load
from tests.conftest import ROOT
from tests.quality.grounds import contrast, in_slides, in_word
from tests.quality.page_content import pages

LEAST = 4.5
PAIRS = {
    ("ink", "paper"): "running text",
    ("ink", "panel"): "cards, the side panel, every second row of a table",
    ("muted", "paper"): "footers, labels, countries",
    ("muted", "panel"): "countries on cards, slots of logos in the side panel",
    ("primary", "paper"): "headings, links",
    ("primary", "panel"): "terms and links in the side panel",
    ("paper", "primary"): "the title area, the heads of tables, numbers and monograms",
    ("accent", "primary"): "the kind of a document in its title area",
}


@pytest.fixture(scope="module")
def colours() -> dict[str, str]:
    return dict(load(ROOT).brand.colours)


@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=PAIRS.values())
def test_the_colours_of_the_brand_that_meet_stand_out_from_each_other(text, ground, colours):
    assert contrast(colours[text], colours[ground]) >= LEAST


def test_black_on_white_has_the_contrast_that_is_known():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("4F81BD", "FFFFFF") == pytest.approx(4.03, abs=0.01)


def test_every_text_in_word_stands_out(package, colours):
    names = {digits: name for name, digits in colours.items()}
    for path, _ in package.written("docx"):
        for words, colour, ground in in_word(path):
            assert contrast(colour, ground) >= LEAST, f"{path.name}: {words}"
            assert (names.get(colour), names.get(ground)) in PAIRS, f"{path.name}: {words}"


def test_every_text_on_a_slide_stands_out(package):
    for path in (path for path in package.judged() if path.suffix == ".pptx"):
        for place, colour, ground in in_slides(path):
            assert contrast(colour, ground) >= LEAST, f"{path.name}: {place}"


def test_a_pdf_sets_text_in_no_other_colour_than_these(package, colours):
    known = {colours[text] for text, _ in PAIRS}
    for path, _ in package.written("pdf"):
        assert set().union(*(page.colours for page in pages(path).values())) <= known, path.name
