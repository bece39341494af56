"""A mistake of this program over one returned deck: the decks of other speakers are placed, then it is shown."""

from __future__ import annotations

from functools import partial

import pytest

from pipeline.collect.child import Mistake
from pipeline.collect.judge import judge
from pipeline.collect.workers import judged
from pipeline.core.verdicts import Verdict
from pipeline.workflows import presentations
from tests.conftest import build_here, copy_miniature
from tests.desk import deck_of, filled, give_back


def mistaken(content: bytes, **options) -> Verdict:
    """Judge all decks but that of one speaker."""
    verdict = judge(content, **options)
    if verdict.identity["speaker"] == "cleo-east":
        raise ValueError("a mistake")
    return verdict


def test_other_decks_are_placed_and_the_speaker_is_told_nothing(tmp_path, monkeypatch):
    root = copy_miniature(tmp_path / "series")
    assert build_here(root).returncode == 0
    for speaker in ("cleo-east", "ben-south"):
        give_back(root, f"{speaker}.pptx", filled(deck_of(root, "harbour-en", speaker)))
    monkeypatch.setattr(presentations, "judged", partial(judged, judging=mistaken))
    with pytest.raises(ExceptionGroup) as raised:
        presentations.collect(root, root / "output")
    ((text,),) = (each.args for each in raised.value.exceptions)
    assert isinstance(raised.value.exceptions[0], Mistake)
    assert "cleo-east.pptx" in text
    assert "ValueError: a mistake" in text
    assert [path.stem for path in (root / "sources/presentations/harbour-en").glob("*.pptx")] == ["ben-south"]
    assert [path.parent.name for path in root.glob("output/*/speakers/*/report.html")] == ["ben-south"]
