"""What seminars must hold beyond their shape: people, segments and zones that exist, and times in order."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from pipeline.core.problems import nearest, quoted
from pipeline.load.checks.languages import known_regions, known_segments, no_language
from pipeline.load.checks.zones import check_zone
from pipeline.load.names import FIX, fault_of

if TYPE_CHECKING:
    from pipeline.core.sources import Seminar, SeminarSegment, Series, Slot
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc


TAKEN = {
    "site": "output/site is for the whole series",
    **dict.fromkeys(
        ("all", "watch", "check", "schema", "why", "collect", "status", "outbox", "send", "resolve")
        + ("registrations", "certificates", "verify", "revoke", "purge")
        + ("test", "golden", "pages", "bench", "clean", "help"),
        "`make` has a command of this name",
    ),
}
"""Names that no seminar can bear, and why."""


def check_seminars(series: Series, sources: Sources) -> None:
    """Note what is wrong in the files of seminars."""
    for seminar in series.seminars.values():
        if seminar:
            path = f"sources/seminars/{seminar.id}.yaml"
            if seminar.id in TAKEN:
                message = f"no seminar can be called `{seminar.id}`: {TAKEN[seminar.id]}"
                sources.note(path, (), message, "give the file another name")
            _check_language(seminar, series, sources, path)
            _check_frame(seminar, series, sources, path)
            _check_slot(seminar, seminar.chair, ("chair",), series, sources)
            _check_segments(seminar, series, sources, path)


def _check_language(seminar: Seminar, series: Series, sources: Sources, path: str) -> None:
    language = seminar.language
    if not language or not series.locales:
        return
    if language not in series.locales:
        sources.note(path, ("language",), *no_language(language, series.locales))
    elif language not in series.texts:
        fix = f"add sources/texts/{language}.yaml"
        sources.note(path, ("language",), f"no texts of the series in `{language}`", fix)
    elif series.working_languages and language not in series.working_languages:
        fix = "add it to `working_languages` in sources/series.yaml"
        sources.note(path, ("language",), f"`{language}` is no working language of the series", fix)


def _check_frame(seminar: Seminar, series: Series, sources: Sources, path: str) -> None:
    """Note times, edition, link, region and zones that cannot be."""
    if seminar.start and seminar.end and seminar.end <= seminar.start:
        message = f"the end ({seminar.end:%H:%M}) is not after the start ({seminar.start:%H:%M})"
        sources.note(path, ("end",), message, "both are UTC on the seminar's day")
    if seminar.registration and not re.fullmatch(r"https://[^\s\\<>\"]+", seminar.registration):
        message = f"`registration` is no secure web address: {quoted(seminar.registration)}"
        sources.note(path, ("registration",), message, "begin it with https://, or leave it empty")
    regions = known_regions(series)
    if seminar.region and regions and seminar.region not in regions:
        fix = nearest(seminar.region, regions, otherwise="add it to `regions` in sources/series.yaml")
        sources.note(path, ("region",), f"no region {quoted(seminar.region)}", fix)
    for i, capital in enumerate(seminar.capitals):
        if capital:
            check_zone(capital.zone, sources, path, ("capitals", i, "zone"))
    check_zone(seminar.host_zone, sources, path, ("host_zone",))


def _check_segments(seminar: Seminar, series: Series, sources: Sources, path: str) -> None:
    known = known_segments(series)
    seen: set[str] = set()
    last: time | None = None
    for i, item in enumerate(seminar.segments or ()):
        if not item:
            continue
        loc = ("segments", i, "segment")
        if item.segment and known and item.segment not in known:
            sources.note(path, loc, f"no segment {quoted(item.segment)}", nearest(item.segment, known))
        if item.segment in seen:
            sources.note(path, loc, f"the segment `{item.segment}` stands here twice", "keep one of them")
        seen |= {item.segment} - {None}
        if item.start:
            _check_start(item.start, last, seminar, sources, path, ("segments", i, "start"))
            last = item.start
        _check_speakers(item, i, seminar, series, sources)


def _check_start(start: time, last: time | None, seminar: Seminar, sources: Sources, path: str, loc: Loc) -> None:
    """Note a start outside the seminar, or one that does not come after the segment before."""
    whole = seminar.start and seminar.end and seminar.start < seminar.end
    if whole and not seminar.start <= start < seminar.end:
        message = f"{start:%H:%M} is outside the seminar ({seminar.start:%H:%M} to {seminar.end:%H:%M})"
        sources.note(path, loc, message, "times are UTC")
    elif last and start <= last:
        message = f"{start:%H:%M} is not after the start of the segment before ({last:%H:%M})"
        sources.note(path, loc, message, "put the segments in the order of their times")


def _check_speakers(item: SeminarSegment, i: int, seminar: Seminar, series: Series, sources: Sources) -> None:
    seen: set[str] = set()
    for j, slot in enumerate(item.speakers):
        loc = ("segments", i, "speakers", j)
        _check_slot(seminar, slot, loc, series, sources)
        if slot and slot.person in seen:
            message = f"`{slot.person}` stands twice in this segment"
            sources.note(f"sources/seminars/{seminar.id}.yaml", loc, message, "keep one of them")
        seen |= {slot.person} if slot and slot.person else set()


def _check_slot(seminar: Seminar, slot: Slot | None, loc: Loc, series: Series, sources: Sources) -> None:
    """Note a person who does not exist, or whose role is not given in the seminar's language."""
    if not slot or not slot.person:
        return
    if series.people and slot.person not in series.people:
        otherwise = FIX if fault_of(slot.person) else f"add sources/people/{slot.person}.yaml"
        fix = nearest(slot.person, series.people, otherwise=otherwise)
        sources.note(f"sources/seminars/{seminar.id}.yaml", loc, f"no speaker {quoted(slot.person)}", fix)
        return
    person = series.people.get(slot.person)
    if not person or person.affiliation is None or not {seminar.language} & series.locales.keys() & series.texts.keys():
        return
    languages = {*person.affiliation, *person.borrowed, *person.affiliation_at.get(seminar.id, {})}
    if seminar.language not in languages and languages <= set(series.locales):
        message = f"`affiliation` has no text in `{seminar.language}`, the language of {seminar.id}"
        fix = f"add `{seminar.language}: …` below it, or borrow another language's line with `borrowed`"
        sources.note(f"sources/people/{person.id}.yaml", ("affiliation",), message, fix)
