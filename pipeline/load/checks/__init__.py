"""Checks across files: the names that they use exist, times are in order and no language is missing.

A faulty value is None here. Its problem is noted already, so every check ignores it: one mistake, one message.
"""

from __future__ import annotations

from pipeline.core.problems import nearest
from pipeline.core.sources import Series
from pipeline.load.bibliography import BIB
from pipeline.load.checks.known import known_regions, known_segments
from pipeline.load.checks.locales import check_locales
from pipeline.load.checks.people import check_person
from pipeline.load.checks.seminars import check_seminar
from pipeline.load.checks.series import check_brand, check_series
from pipeline.load.checks.texts import check_texts
from pipeline.load.files import Sources

EVERYWHERE = "global"
"""The region of references that concern every seminar."""


def check(series: Series, sources: Sources) -> None:
    """Note everything in `series` that contradicts other files or does not exist."""
    check_series(series, sources)
    for language, texts in series.texts.items():
        if texts:
            check_texts(texts, series, sources, f"sources/texts/{language}.yaml")
    for person in series.people.values():
        if person:
            check_person(person, series, sources)
    for seminar in series.seminars.values():
        if seminar:
            check_seminar(seminar, series, sources)
    _check_references(series, sources)
    check_locales(series, sources)
    if series.brand:
        check_brand(series.brand, sources)


def _check_references(series: Series, sources: Sources) -> None:
    segments, regions = known_segments(series), known_regions(series)
    for key, reference in series.references.items():
        for region in reference.regions:
            if regions and region not in (EVERYWHERE, *regions):
                fix = nearest(region, [EVERYWHERE, *regions])
                sources.note(BIB, (key, "keywords"), f"no region `{region}`", fix)
        for segment in reference.segments:
            if segments and segment not in segments:
                fix = nearest(segment, segments)
                sources.note(BIB, (key, "keywords"), f"`{key}`: no segment `{segment}`", fix)
