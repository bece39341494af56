"""Slides that are read out in a sensible order, named, described, and large enough to read from the last row."""

from __future__ import annotations

from collections import Counter

import pytest
from pptx.enum.shapes import PP_PLACEHOLDER as KIND

from pipeline.render.to_pptx import overflow
from tests.conftest import ROOT
from tests.quality import slides

SMALL_PRINT = {"Sample"}  # the mark of a demonstration copy
DRAWN = {"Map", "Timeline", "Run", "Emblem", "Photo", "Photo 1", "Photo 2"}
LEFT_EMPTY = ("Speaker title", "Statement and picture", "Three points", "Table or diagram", "Quotation")
FOOT = {KIND.FOOTER, KIND.SLIDE_NUMBER}


def _shapes(package):
    """Yield the file's name, the number of the slide and the shape, for every shape that leaves for anybody."""
    for path in package.decks:
        for number, slide in enumerate(slides.read(path), 1):
            for shape in slide.shapes:
                yield f"{path.name}, slide {number}, {shape.name}", slide, shape


def test_every_slide_has_a_title_of_its_own_that_is_read_first(package):
    for path in package.decks:
        found = [slide.shapes.title.text_frame.text.strip() for slide in slides.read(path)]
        titles = found[1:] if path.parent.parent.name == "speakers" else found  # a talk has a title of its own
        assert all(titles), path.name
        assert [title for title, count in Counter(titles).items() if count > 1] == [], path.name
        assert all(slide.shapes[0].shape_id == slide.shapes.title.shape_id for slide in slides.read(path)), path.name


def test_the_footer_and_the_number_are_placeholders_and_are_read_last(package):
    for path, deck in package.decks.items():
        for slide in slides.read(path):
            wanted = [p for p in slide.slide_layout.placeholders if p.placeholder_format.type in FOOT]
            last = [*slide.shapes][len(slide.shapes) - len(wanted) :]
            assert {shape.placeholder_format.type for shape in last} == {p.placeholder_format.type for p in wanted}
            texts = [s.text_frame.text for s in last if s.placeholder_format.type == KIND.FOOTER]
            assert set(texts) <= {deck.properties.running_title}, path.name


def test_all_text_stands_in_placeholders_of_the_layout(package):
    for place, _, shape in _shapes(package):
        assert shape.is_placeholder or shape.name in DRAWN, place


def test_a_placeholder_is_empty_only_where_a_speaker_is_to_write(package):
    for place, slide, shape in _shapes(package):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            assert slides.layout_of(slide) in LEFT_EMPTY, place
        elif shape.has_text_frame:
            assert all(paragraph.text.strip() for paragraph in shape.text_frame.paragraphs), place


def test_the_prompt_of_an_empty_placeholder_is_in_the_language_of_the_deck(package):
    prompts = {word for name, word in package.locale.words.items() if name.startswith("prompt_")}
    for place, slide, shape in _shapes(package):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            mark = shape.placeholder_format.idx
            prompt = next(p for p in slide.slide_layout.placeholders if p.placeholder_format.idx == mark)
            assert prompt.text_frame.text in prompts, place


def test_every_picture_and_table_on_a_slide_says_what_it_shows(package):
    for path in package.decks:
        for slide in slides.read(path):
            for shape in slides.pictures(slide):
                told = slides.alternative(shape)
                if shape.name == "Map" and slides.is_decorative(shape):
                    continue
                assert told and "." not in told[-5:], f"{path.name}: {shape.name} is told as {told!r}"


def test_every_table_on_a_slide_has_a_header_row(package):
    tables = [(place, shape.table) for place, _, shape in _shapes(package) if getattr(shape, "has_table", False)]
    assert tables
    for place, table in tables:
        assert table.first_row, place
        assert all(cell.text.strip() for cell in table.rows[0].cells), place


def test_no_text_on_a_slide_is_too_small(package):
    for place, _, shape in _shapes(package):
        least = 18
        if shape.is_placeholder and shape.placeholder_format.type in FOOT:
            least = 10
        elif shape.name in SMALL_PRINT:
            least = 14
        sizes = {run.font.size.pt if run.font.size else slides.inherited(shape) for run in slides.runs(shape)}
        assert min(sizes, default=least) >= least, place


def test_no_text_runs_out_of_its_box(package):
    for path, deck in package.decks.items():
        assert overflow(deck, package.root / "templates") == [], path.name


def test_the_emblem_of_a_demonstration_copy_bears_its_mark_on_every_slide(package):
    mark = package.locale.words["sample"] if package.series.funding.emblem == "sample" else None
    for path in package.decks:
        for slide in slides.read(path):
            texts = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
            assert "Funding" not in texts or texts.get("Sample") == mark, f"{path.name}: {slides.layout_of(slide)}"


def test_nothing_moves_by_itself_and_nothing_is_hidden(package):
    for path in package.decks:
        for slide in slides.read(path):
            assert slide._element.get("show") != "0", path.name
            assert slide._element.xpath("./p:transition | ./p:timing") == [], path.name


def test_a_deck_from_right_to_left_says_so_in_every_paragraph_and_table(packages):
    for path in packages["tal-ar"].decks:
        assert slides.opened(path).part._element.get("rtl") == "1", path.name
        for slide in slides.read(path):
            texts = [p for p in slide._element.iter("{*}p") if p.find("{*}r") is not None]
            assert all(p.find("{*}pPr") is not None and p.find("{*}pPr").get("rtl") == "1" for p in texts), path.name
            assert all(table.get("rtl") == "1" for table in slide._element.iter("{*}tblPr")), path.name


def test_the_prompts_of_the_layouts_are_not_the_english_ones_of_the_template(package):
    """A slide that somebody adds by hand shows the prompts of its layout."""
    if package.seminar.language == "en":
        pytest.skip("the template is English")
    sample = slides.opened(ROOT / "templates/deck.pptx")
    english = {text for layout in sample.slide_layouts for text in _prompts(layout) if len(text) > 3}
    own = next(iter(package.decks))
    left = {text for layout in slides.opened(own).slide_layouts for text in _prompts(layout)}
    assert left & english == set()


def _prompts(layout) -> list[str]:
    return [p.text_frame.text for p in layout.placeholders if p.placeholder_format.type not in FOOT]
