"""Every limit holds: a deck that is right passes, and the same deck is stopped when the limit is set below it."""

from __future__ import annotations

import pytest

from pipeline.collect import limits
from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.edges import EDGES
from tests.collect.hostile.sights import emf_with_comment
from tests.collect.legitimate import gif
from tests.collect.surgery import unpacked


def _picture() -> bytes:
    return decks.plain()


def _turned() -> bytes:
    return decks.pictured(decks.jpeg((300, 200), orientation=6), "jpg", "image/jpeg")


def _moving() -> bytes:
    return decks.pictured(gif(1), "gif", "image/gif")


def _drawing() -> bytes:
    return decks.pictured(emf_with_comment(), "emf", "image/x-emf")


def _video() -> bytes:
    return decks.with_media(decks.mp4())


def _mp3() -> bytes:
    return decks.with_media(decks.mp3(), "mp3", "audio/mpeg", tag="audioFile", kind="audio")


BREAKS = {
    "FILE_BYTES": (decks.plain, 1_000, "too-large"),
    "PART_BYTES": (decks.plain, 10, "zip-bomb"),
    "UNPACKED_BYTES": (decks.plain, 50_000, "zip-bomb"),
    "KEPT_BYTES": (_video, 1_000, "too-large"),
    "PARTS": (decks.plain, 20, "zip-bomb"),
    "ENTRY_BYTES": (decks.plain, 40, "zip-bomb"),
    "NAME_LENGTH": (decks.plain, 10, "zip-name"),
    "SLIDES": (decks.plain, 2, "broken-deck"),
    "XML_BYTES": (decks.plain, 3_000, "zip-bomb"),
    "TAGS": (decks.plain, 60, "xml-size"),
    "ATTRIBUTES": (decks.plain, 60, "xml-size"),
    "ALL_TAGS": (decks.plain, 500, "xml-size"),
    "DEPTH": (decks.plain, 5, "xml-depth"),
    "ATTRIBUTE_LENGTH": (decks.plain, 20, "xml-size"),
    "RELATIONSHIPS": (decks.plain, 3, "broken-deck"),
    "PIXELS": (_picture, 100, "picture-large"),
    "TURNED_PIXELS": (_turned, 100, "picture-large"),
    "MOVING_PIXELS": (_moving, 100, "picture-large"),
    "FRAME_PIXELS": (_moving, 100, "picture-large"),
    "ALL_PIXELS": (_picture, 100, "picture-large"),
    "METAFILE_RECORDS": (_drawing, 2, "picture"),
    "MEDIA_BYTES": (_video, 100, "media"),
    "MEDIA_FRAMES": (_mp3, 3, "media"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_deck_beyond_a_limit_is_stopped(name, monkeypatch):
    make, least, code = BREAKS[name]
    content = make()
    before = judge(content)
    assert code not in {each.code for each in (*before.refusals, *before.removals)}
    monkeypatch.setattr(limits, name, least)
    after = judge(content)
    assert code in {each.code for each in (*after.refusals, *after.removals)}, after


@pytest.mark.parametrize("name", EDGES)
def test_a_deck_at_a_limit_passes_and_one_beyond_it_is_stopped(name):
    most, step, make, code = EDGES[name]
    at, beyond = judge(make(most)), judge(make(most + step))
    assert code not in {each.code for each in (*at.refusals, *at.removals)}, at.refusals
    assert at.refusals == ()
    assert code in {each.code for each in (*beyond.refusals, *beyond.removals)}, beyond.refusals


def test_the_texts_of_a_deck_count_towards_what_the_copy_may_hold(monkeypatch):
    without = decks.worded()
    assert judge(without).refusals == ()
    monkeypatch.setattr(limits, "KEPT_BYTES", 5_000)
    assert [each.code for each in judge(without).refusals] == ["too-large"]


def test_every_limit_has_a_deck_that_breaks_it():
    assert set(BREAKS) == set(EDGES) == {name for name in vars(limits) if name.isupper()} - {"MEGABYTE"}


def test_a_large_photo_is_kept_at_half_its_size_and_that_is_said(monkeypatch):
    monkeypatch.setattr(limits, "PIXELS", 20_000)
    verdict = judge(decks.pictured(decks.jpeg((200, 160)), "jpg", "image/jpeg"))
    assert "200 × 160 → 100 × 80" in [each.detail for each in verdict.removals if each.code == "picture-metadata"]
    assert "ppt/media/image1.jpeg" in unpacked(verdict.content)
