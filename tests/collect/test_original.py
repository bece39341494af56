"""Decks that were made here and come back: house rules left in, deleted, or nothing filled in at all."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from pipeline.collect.judge import judge
from pipeline.collect.original import Original
from pipeline.load import load
from pipeline.workflows.presentations import _original
from tests.collect import decks
from tests.collect.laws import breaches
from tests.conftest import ROOT, run_here, tool
from tests.desk import ANSWER, deck_of, filled, give_back, texts, with_rules

TITLE = "For you only: delete this slide"
QUESTIONS = ("How is data searched?", "What may be seized?", "How is data shared?")
NOTES = frozenset(f"A question to answer: {question}" for question in QUESTIONS)
TITLES = Original(rules=frozenset((TITLE,)), given=frozenset(("Further reading", "Thank you")), notes=NOTES)


@pytest.fixture(scope="module")
def went_out(built_miniature) -> bytes:
    """The deck as a speaker got it."""
    return deck_of(built_miniature.parent, "harbour-en", "ben-south").read_bytes()


def codes(verdict) -> list[str]:
    return [each.code for each in (*verdict.removals, *verdict.remarks)]


def judged_twice(content: bytes, original: Original = TITLES):
    """Return the verdict on a deck whose clean copy is lawful and comes back from the judge as it is."""
    verdict = judge(content, original=original)
    again = judge(verdict.content, original=original)
    assert (again.status, again.content == verdict.content) == ("accepted", True), again.removals
    assert breaches(verdict.content) == []
    return verdict


def test_house_rules_left_in_are_left_out_and_named_and_the_numbers_stay_those_of_the_file(went_out):
    verdict = judged_twice(with_rules(went_out), Original(notes=NOTES))
    assert [(e.slide, e.detail) for e in verdict.removals if e.code == "house-rules"] == [(2, TITLE)]
    assert {each.code for each in verdict.removals} <= {"house-rules", "author"}
    assert TITLE not in texts(io.BytesIO(verdict.content))
    assert ANSWER in texts(io.BytesIO(verdict.content))
    assert verdict.slides == len(Presentation(io.BytesIO(went_out)).slides) - 1
    empty = [(each.slide, each.where) for each in verdict.remarks if each.code == "placeholder-empty"]
    assert empty[0] == (3, "Picture")
    assert "nothing-filled-in" not in codes(verdict)


def test_house_rules_that_were_deleted_are_not_spoken_of(went_out):
    verdict = judged_twice(filled(io.BytesIO(went_out)))
    assert {"house-rules", "nothing-filled-in"} & set(codes(verdict)) == set()
    assert verdict.slides == len(Presentation(io.BytesIO(went_out)).slides) - 1


def test_a_deck_sent_back_as_it_went_out_is_said_to_be_empty_before_all_else(went_out):
    verdict = judged_twice(went_out)
    assert verdict.status == "cleaned"
    assert verdict.remarks[0].code == "nothing-filled-in"
    assert "house-rules" in codes(verdict)


def test_one_picture_is_something_filled_in(went_out):
    deck = Presentation(io.BytesIO(went_out))
    deck.slides[2].shapes.add_picture(io.BytesIO(decks.png()), 0, 0)
    assert "nothing-filled-in" not in codes(judge(decks.saved(deck)))


def test_a_prompt_typed_out_is_nothing_filled_in(went_out):
    layout = Presentation(io.BytesIO(went_out)).slides[2].slide_layout
    prompt = next(s for s in layout.placeholders if s.name == "Body").text_frame.paragraphs[0].text
    assert "nothing-filled-in" in codes(judge(with_rules(went_out, prompt)))


@pytest.mark.parametrize("formats", [("pptx",), ("odp", "pptx")])
def test_both_are_known_after_libreoffice_which_forgets_layouts(saved_by_libreoffice, formats):
    tool("soffice", "house rules in decks saved by LibreOffice")
    for name, empty in (("sent", True), ("with-rules", False)):
        verdict = judged_twice(saved_by_libreoffice(name, *formats))
        assert [(e.slide, e.detail) for e in verdict.removals if e.code == "house-rules"] == [(2, TITLE)]
        assert ("nothing-filled-in" in codes(verdict)) is empty


def test_a_deck_of_ones_own_keeps_a_slide_with_such_a_title_and_layout(went_out):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = TITLE
    slide.slide_layout._element.cSld.set("name", "House rules")
    verdict = judged_twice(decks.saved(deck))
    assert {"house-rules", "nothing-filled-in"} & set(codes(verdict)) == set()
    assert TITLE in texts(io.BytesIO(verdict.content))


def test_the_desk_knows_the_titles_in_every_language_of_the_series():
    original = _original(load(ROOT))
    assert {TITLE, "Solo para usted: elimine esta diapositiva"} <= set(original.rules)


def test_an_empty_deck_is_placed_and_said_to_be_empty_in_its_line_and_first_in_the_report(sent):
    deck = deck_of(sent, "harbour-en", "ben-south")
    give_back(sent, "empty.pptx", deck.read_bytes())
    done = run_here("collect", "--root", str(sent))
    (line,) = [each for each in done.stdout.splitlines() if "empty.pptx" in each]
    assert "Nothing has been filled in yet" in line
    assert "slide 2: The slide with the instructions" in done.stdout
    assert TITLE not in texts(sent / "sources/presentations/harbour-en/ben-south.pptx")
    report = (deck.parent / "report.html").read_text(encoding="utf-8")
    verdicts = load(sent).locales["en"].verdicts
    assert report.count(verdicts["nothing-filled-in"]) == 1
    assert report.index(verdicts["nothing-filled-in"]) < report.index(verdicts["report_cleaned"])
    assert "which is for you alone" in report
