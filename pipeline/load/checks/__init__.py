"""Checks across files, and remarks on files without problems: a module for each kind of file.

A faulty value is None here. Its problem is noted already, so every check ignores it: one mistake, one message.
"""

from __future__ import annotations

from pipeline.core.problems import nearest
from pipeline.core.sources import Series
from pipeline.load.checks.characters import check_characters
from pipeline.load.checks.known import ids_of
from pipeline.load.checks.locales import check_locales, remark_on_locales
from pipeline.load.checks.people import check_person, remark_on_names, remark_on_person
from pipeline.load.checks.regions import check_regions, check_timeline, remark_on_places
from pipeline.load.checks.seminars import check_seminar, remark_on_seminar, remark_on_times
from pipeline.load.checks.series import check_brand, check_series, remark_on_brand, remark_on_series
from pipeline.load.checks.texts import check_texts, remark_on_texts
from pipeline.load.checks.unused import remark_on_files
from pipeline.load.files import Sources

EVERYWHERE = "global"
"""The region of references that concern every seminar."""


def check(series: Series, sources: Sources) -> None:
    """Note everything in `series` that contradicts other files or does not exist."""
    check_series(series, sources)
    check_regions(series, sources)
    check_timeline(series, sources)
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
    check_characters(series, sources)


def remark(series: Series, sources: Sources) -> None:
    """Remark what stops no build: open questions, gaps, texts that disagree, and files that are not used."""
    remark_on_series(series, sources)
    languages: dict[str, set[str]] = {}
    for seminar in series.seminars.values():
        remark_on_seminar(seminar, series, sources)
        remark_on_places(seminar, series, sources)
        for id in seminar.people:
            languages.setdefault(id, set()).add(seminar.language)
    remark_on_times(series.seminars.values(), sources)
    for texts in series.texts.values():
        remark_on_texts(texts, series, sources)
    for person in series.people.values():
        remark_on_person(person, languages.get(person.id, ()), sources)
    remark_on_names(series.people.values(), sources)
    remark_on_brand(series.brand, sources)
    remark_on_locales(series, sources)
    remark_on_files(series, sources)


def _check_references(series: Series, sources: Sources) -> None:
    segments, regions = ids_of(series.segments), ids_of(series.regions)
    for key, reference in series.references.items():
        for region in reference.regions:
            if regions and region not in (EVERYWHERE, *regions):
                fix = nearest(region, [EVERYWHERE, *regions])
                sources.note(reference.path, (key, "keywords"), f"no region `{region}`", fix)
        for segment in reference.segments:
            if segments and segment not in segments:
                fix = nearest(segment, segments)
                sources.note(reference.path, (key, "keywords"), f"`{key}`: no segment `{segment}`", fix)
