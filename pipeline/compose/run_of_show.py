"""The run of a seminar: when each segment begins and how long it takes, as a proposal unless the programme says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from pipeline.compose import forms
from pipeline.compose.view import View
from pipeline.core.documents import RunOfShow, RunPart

OPENING = 5
"""Minutes for the opening, and as many for the closing."""


def _boundaries(view: View) -> list[datetime]:
    """Return when each segment begins, and when the last one ends; a proposal unless the programme gives the times.

    Five minutes each are kept for the opening and the closing; all times are multiples of five minutes.
    """
    count, begins, ends = len(view.segments), view.seminar.begins, view.seminar.ends
    room = max(0, view.seminar.minutes - 2 * OPENING)
    proposed = [begins + timedelta(minutes=OPENING + 5 * round(room * n / count / 5 + 0.01)) for n in range(count + 1)]
    proposed[-1] = ends - timedelta(minutes=OPENING)
    starts = [item.start for item in view.seminar.segments]
    known = [view.seminar.moment(start) for start in starts if start is not None]
    return [*known, max(proposed[-1], known[-1])] if len(known) == count else proposed


def segment_hours(number: int, view: View) -> tuple[str, str]:
    """Return the hours of a segment, and the word that they are a proposal, or nothing if they are fixed."""
    start, end = _boundaries(view)[number : number + 2]
    hours = view.locale.clock.range.format(
        start=forms.hour(start.time(), view.locale), end=forms.hour(end.time(), view.locale)
    )
    hours = hours.replace("UTC", "").strip(f" {forms.NBSP}")
    fixed = all(item.start for item in view.seminar.segments)
    return hours, "" if fixed else view.locale.words["proposal"]


def run_of_show(view: View) -> RunOfShow:
    words, edges = view.locale.words, _boundaries(view)
    parts = [RunPart(number=0, label=words["opening"], minutes=OPENING)]
    for number, (start, end) in enumerate(pairwise(edges), 1):
        minutes = (end - start).seconds // 60
        label = f"{number} · " + words["minutes_short"].format(minutes=minutes)
        parts.append(RunPart(number=number, label=forms.unbroken(label), minutes=minutes))
    parts.append(RunPart(number=0, label=words["end"], minutes=OPENING))
    return RunOfShow(parts=tuple(parts))
