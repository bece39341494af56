"""The timeline that leads to a seminar: the points of `series.yaml`, and the seminar itself among them."""

from __future__ import annotations

from babel.dates import format_skeleton

from pipeline.compose import forms
from pipeline.core.documents import Timeline, TimelinePoint
from pipeline.core.sources import Locale, Milestone, Seminar, Series


def timeline(seminar: Seminar, series: Series, locale: Locale) -> Timeline:
    """Return the points in the order of time; empty if the series has none."""
    points = [
        (
            milestone.first_day,
            TimelinePoint(
                when=printed_date(milestone, locale),
                text=forms.spaced(forms.in_language(milestone.text, locale.language), locale),
                symbol=milestone.symbol,
                state="earlier" if milestone.earlier else "present",
            ),
        )
        for milestone in series.timeline
    ]
    if not points:
        return Timeline(points=())
    when = forms.unbroken(format_skeleton("yMMMd", seminar.date, locale=forms.cldr(locale.tag)))
    here = TimelinePoint(when=when, text=locale.words["this_seminar"], symbol="", state="here")
    ordered = sorted((*points, (seminar.date, here)), key=lambda point: point[0])
    return Timeline(points=tuple(point for _, point in ordered))


def printed_date(milestone: Milestone, locale: Locale) -> str:
    """Return a date as it is printed: 2010, 2018–2021, Dec 2019, 9 Jul 2020."""
    if milestone.years:
        return locale.words["years"].format(start=milestone.years[0], end=milestone.years[-1])
    skeleton = ("y", "yMMM", "yMMMd")[milestone.when.count("-")]
    return forms.unbroken(format_skeleton(skeleton, milestone.first_day, locale=forms.cldr(locale.tag)))
