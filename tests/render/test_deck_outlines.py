"""Golden outlines of PowerPoint files: what stands on the slides that are read back from the finished file.

`make golden` rewrites them; the difference is then read before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.compose import compose, compose_speaker, turns
from pipeline.core.documents import Deck
from pipeline.curate import curate
from pipeline.load import load
from pipeline.render.to_pptx import write
from tests.conftest import ROOT, copy_miniature
from tests.render.deck_outline import outline

CASES = [("real", "africa-fr", ""), ("real", "africa-fr", "alexander-seger"), ("miniature", "tal-ar", "")]


@pytest.fixture(scope="module")
def projects(tmp_path_factory) -> dict[str, Path]:
    return {"real": ROOT, "miniature": copy_miniature(tmp_path_factory.mktemp("miniature") / "series")}


@pytest.mark.parametrize(("project", "seminar", "speaker"), CASES)
def test_a_deck_has_the_golden_outline(project, seminar, speaker, projects, golden, tmp_path):
    root = projects[project]
    series = load(root)
    one = series.seminars[seminar]
    reading = curate(series, [one], root, tmp_path)[seminar]
    deck = compose("deck", one, reading, series, root)
    for turn in turns(one):
        if turn.folder == speaker:
            deck = compose_speaker(turn, one, reading, series, root)
    assert isinstance(deck, Deck)
    found = outline(write(deck, series.brand, root / "templates"))
    path = ROOT / f"tests/golden/decks/{seminar}{'-' * bool(speaker)}{speaker}.txt"
    if golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found, f"{path.name} differs: `make golden`, then read the difference"
