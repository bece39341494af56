"""Titles and names that are inserted into Markdown are printed as they are typed."""

from __future__ import annotations

from pipeline.compose import compose_speaker, seminar_view, turns
from pipeline.load import load
from tests.faults import replace

TITLE = "*Seminar* [x](https://example.org) `a` a_b_c <i> & \\"


def test_a_rule_prints_the_title_of_a_seminar_as_it_is_typed(miniature):
    replace(miniature, "sources/seminars/harbour-en.yaml", ("Seminar at the harbour", f"'{TITLE}'"))
    replace(miniature, "sources/texts/en.yaml", ("Delete this slide.", '"**Delete** {seminar} now."'))
    series = load(miniature)
    view = seminar_view(series.seminars["harbour-en"], None, series, miniature)
    deck = compose_speaker(next(turns(view.seminar)), view)
    (rules,) = [slide.placeholders["Body"] for slide in deck.slides if slide.layout == "House rules"]
    assert [run.text for run in rules[-1].runs if run.strong] == ["Delete"]
    assert "".join(run.text for run in rules[-1].runs) == f"Delete {TITLE} now."
    assert not any(run.link for run in rules[-1].runs)
