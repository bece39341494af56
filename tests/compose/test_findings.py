"""Findings of a returned deck as sentences of a language."""

from __future__ import annotations

import pytest

from pipeline.compose.findings import gathered, sentence, sentences
from pipeline.core.verdicts import Finding
from pipeline.load import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def locales():
    return load(ROOT).locales


def test_a_finding_names_its_place_and_its_detail(locales):
    finding = Finding(code="contrast-low", where="Title", detail="2.5")
    assert sentence(finding, locales["en"]) == "The contrast between text and background is too low (title: 2.5 to 1)."
    assert sentence(finding, locales["fr"]).endswith("(titre\u00a0: 2,5 pour 1).")


@pytest.mark.parametrize(("code", "where", "detail"), [("object", "", "sound"), ("object", "sound", "")])
def test_brackets_hold_only_what_is_known(code, where, detail, locales):
    shown = sentence(Finding(code=code, where=where, detail=detail), locales["fr"])
    assert shown == "Un objet de type inconnu a été retiré (sound)."


def test_brackets_that_would_be_empty_are_left_out(locales):
    assert sentence(Finding(code="macro"), locales["en"]) == "Macros were removed."


def test_the_same_finding_on_many_slides_is_one_sentence(locales):
    findings = [Finding(code="no-title", slide=slide) for slide in (7, 3, 5, 6)]
    assert sentences(findings, locales["en"]) == ["Slides 3, 5–7 – The slide has no title."]


def test_words_of_notes_are_added_up(locales):
    findings = [Finding(code="notes-left-out", slide=slide, detail="12") for slide in (1, 2)]
    assert sentences(findings, locales["en"]) == ["Slides 1, 2 – The speaker’s notes are left out (24 words)."]


def test_no_line_of_a_report_begins_with_an_ellipsis():
    found = [Finding(code="placeholder-empty", where=f"Box {number}") for number in range(4)]
    ((finding, _),) = gathered(found)
    assert finding.where == "Box 0, Box 1, Box 2\N{NO-BREAK SPACE}…"
