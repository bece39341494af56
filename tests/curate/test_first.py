"""A work marked `first` comes before the others of its language, and on slides, where few are shown, before all."""

from __future__ import annotations

import pytest

from pipeline.compose import compose, compose_speaker, seminar_view, turns
from pipeline.core.documents import Deck
from pipeline.curate import curate
from pipeline.load import load
from tests.conftest import ROOT

CONVENTION = "185, "


def texts(deck: Deck) -> str:
    """Return all that stands on a deck's slides."""
    bodies = (body for slide in deck.slides for body in slide.placeholders.values())
    return "\n".join("".join(run.text for run in paragraph.runs) for body in bodies for paragraph in body)


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


@pytest.fixture(scope="module")
def readings(series):
    return curate(series, series.seminars.values(), ROOT)


@pytest.mark.parametrize("id", ["africa-en", "africa-fr", "asia-pacific-en", "lac-en", "lac-es"])
def test_no_deck_of_the_series_or_of_those_who_speak_of_laws_leaves_the_convention_out(id, series, readings):
    seminar = series.seminars[id]
    view = seminar_view(seminar, readings[id], series, ROOT)
    assert CONVENTION in texts(compose("deck", view))
    of_laws = [turn for turn in turns(seminar) if seminar.segments[turn.segment].segment == "legislation"]
    assert of_laws
    for turn in of_laws:
        assert CONVENTION in texts(compose_speaker(turn, view)), turn.folder


def test_a_slide_names_the_language_of_a_work_in_another(series, readings):
    deck = texts(compose("deck", seminar_view(series.seminars["lac-es"], readings["lac-es"], series, ROOT)))
    assert "Convention on Cybercrime [Convenio sobre la Ciberdelincuencia]" in deck
    assert deck.count("2001. [inglés]") == 1


def test_works_in_the_seminars_language_stay_before_one_marked_first_in_a_list(series, readings):
    (laws,) = (group for group in readings["lac-es"].groups if group.segment == "legislation")
    languages = [entry.language for entry in laws.entries]
    assert languages == sorted(languages, key=lambda language: language != "es")
    assert [entry.key for entry in laws.entries if entry.language == "en"][0] == "coe-ets-185"
