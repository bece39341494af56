"""Hostile decks are stopped: refused, or let out without what made them hostile, and never without a word."""

from __future__ import annotations

import pytest

from pipeline.collect.findings import CODES
from pipeline.collect.judge import judge
from tests.collect.hostile import HOSTILE
from tests.collect.laws import breaches

SILENT = {"stray-text", "drawing-that-calls-code", "drawing-with-a-comment", "data-among-the-pixels-of-jpeg"}
"""Decks that lose only what nobody saw or wrote."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_is_stopped(name):
    case = HOSTILE[name]
    verdict = judge(case.make(), language="en")
    found = {each.code for each in (*verdict.refusals, *verdict.removals)}
    assert found <= CODES
    if case.refused:
        assert (verdict.status, verdict.content) == ("refused", b"")
        assert [each.code for each in verdict.refusals] == [case.refused]
        return
    assert verdict.status == "cleaned", verdict.refusals
    assert set(case.removed) <= found, verdict.removals
    assert case.removed or name in SILENT
    assert breaches(verdict.content, gone=case.gone) == []
    again = judge(verdict.content, language="en")
    assert again.content == verdict.content
    assert again.status == "accepted", again.removals


def test_the_hostile_set_is_large_enough():
    assert len(HOSTILE) >= 40
