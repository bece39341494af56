"""The run of a seminar: a proposal of times that fills its hours, or the times of the programme."""

from __future__ import annotations

import pytest

from pipeline.compose.run_of_show import OPENING, run_of_show, segment_hours
from pipeline.compose.view import seminar_view
from pipeline.load import load
from tests.conftest import ROOT, copy_miniature


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


def view_of(series, id, root=ROOT):
    return seminar_view(series.seminars[id], None, series, root)


def test_a_proposal_fills_the_hours_in_steps_of_five_minutes(series):
    for id, seminar in series.seminars.items():
        parts = run_of_show(view_of(series, id)).parts
        assert [part.number for part in parts] == [0, *range(1, len(seminar.segments) + 1), 0]
        assert sum(part.minutes for part in parts) == seminar.minutes
        assert all(part.minutes % 5 == 0 for part in parts)
        assert (parts[0].minutes, parts[-1].minutes) == (OPENING, OPENING)


def test_the_hours_of_a_segment_are_marked_as_a_proposal(series):
    view = view_of(series, "africa-fr")
    hours = [segment_hours(number, view) for number in range(4)]
    assert [text.replace("\u00a0", " ") for text, _ in hours] == [
        "8 h 05 – 8 h 30", "8 h 30 – 8 h 55", "8 h 55 – 9 h 15", "9 h 15 – 9 h 40",
    ]  # fmt: skip
    assert {mark for _, mark in hours} == {"provisoire"}


def test_the_times_of_the_programme_are_no_proposal(tmp_path):
    root = copy_miniature(tmp_path / "series")
    view = view_of(load(root), "harbour-en", root)
    assert segment_hours(0, view) == ("22:35–23:00", "")
    assert segment_hours(1, view) == ("23:00–23:25", "")
