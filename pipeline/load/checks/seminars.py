"""Checks and remarks on seminars: people, segments and zones exist, times are in order, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from pipeline.core.links import WEB, fault_of_link
from pipeline.core.problems import nearest, quoted
from pipeline.core.sources import Seminar, Series, Slot
from pipeline.load.checks.known import (
    check_zone,
    ids_of,
    known_languages,
    needed_languages,
    no_language,
)
from pipeline.load.checks.regions import check_place
from pipeline.load.files import Loc, Sources
from pipeline.load.ids import ID_FIX, fault_of_id

COMMANDS = (
    *("all", "watch", "check", "schema", "why", "collect", "status", "outbox", "send", "resolve"),
    *("registrations", "certificates", "verify", "revoke", "purge"),
    *("test", "golden", "pages", "bench", "clean", "help"),
)
"""The commands of `make`."""
TAKEN = {
    "site": "output/site is for the whole series",
    **dict.fromkeys(COMMANDS, "`make` has a command of this name"),
}
"""Names that no seminar can have, and why."""

SATURDAY = 5  # as `date.weekday` counts
LONGEST = 12 * 60
"""Minutes: a longer seminar is a mistake in the times."""


def check_seminar(seminar: Seminar, series: Series, sources: Sources) -> None:
    """Note what is wrong in the file of one seminar."""
    path = f"sources/seminars/{seminar.id}.yaml"
    _check_names(seminar, series, sources, path)
    _check_slot(seminar, seminar.chair, ("chair",), series, sources)
    _check_segments(seminar, series, sources, path)
    _check_times(seminar, sources, path)


def _check_names(seminar: Seminar, series: Series, sources: Sources, path: str) -> None:
    """Note an id, language, region, link or time zone that does not exist or is not allowed."""
    if seminar.id in TAKEN:
        message = f"no seminar can be called `{seminar.id}`: {TAKEN[seminar.id]}"
        sources.note(path, (), message, "give the file another name")
    language, known = seminar.language, known_languages(series)
    if language and series.locales and language not in known:
        sources.note(path, ("language",), *no_language(language, known))
    elif language and series.locales and language not in series.texts:
        fix = f"add sources/texts/{language}.yaml"
        sources.note(path, ("language",), f"no texts of the series in `{language}`", fix)
    elif language and language in known and series.working_languages and language not in series.working_languages:
        fix = "add it to `working_languages` in sources/series.yaml"
        sources.note(path, ("language",), f"`{language}` is not a working language of the series", fix)
    regions = ids_of(series.regions)
    for region in dict.fromkeys(seminar.region or ()) if regions else ():
        if region and region not in regions:
            fix = nearest(region, regions, otherwise="add it to `regions` in sources/series.yaml")
            sources.note(path, ("region",), f"no region {quoted(region)}", fix)
    if seminar.registration and not seminar.registration.startswith("https://"):
        message = f"`registration` is not a secure web address: {quoted(seminar.registration)}"
        sources.note(path, ("registration",), message, "begin it with https://, or leave it empty")
    elif seminar.registration and (fault := fault_of_link(seminar.registration, WEB)):
        sources.note(path, ("registration",), *fault)
    check_zone(seminar.host_zone, sources, path, ("host_zone",))
    for i, capital in enumerate(seminar.capitals):
        if capital:
            check_zone(capital.zone, sources, path, ("capitals", i, "zone"))
            check_place(capital, sources, path, ("capitals", i))


def _check_segments(seminar: Seminar, series: Series, sources: Sources, path: str) -> None:
    """Note segments and speakers that do not exist or are given twice."""
    known = ids_of(series.segments)
    segments: set[str] = set()
    for i, item in enumerate(seminar.segments or ()):
        if not item:
            continue
        loc: Loc = ("segments", i, "segment")
        if item.segment and known and item.segment not in known:
            sources.note(path, loc, f"no segment {quoted(item.segment)}", nearest(item.segment, known))
        if item.segment and item.segment in segments:
            sources.note(path, loc, f"the segment `{item.segment}` is given twice", "keep one")
        segments.add(item.segment)
        people: set[str] = set()
        for j, slot in enumerate(item.speakers):
            loc = ("segments", i, "speakers", j)
            _check_slot(seminar, slot, loc, series, sources)
            if slot and slot.person and slot.person in people:
                sources.note(path, loc, f"`{slot.person}` is given twice in this segment", "keep one")
            people |= {slot.person} if slot else set()


def _check_times(seminar: Seminar, sources: Sources, path: str) -> None:
    """Note a seminar that is too long, and a segment outside the seminar or before the one above it."""
    start, end = seminar.start, seminar.end
    if not (seminar.date and start and end):
        return
    in_order = start != end and seminar.minutes <= LONGEST
    if not in_order:
        message = f"the end ({end:%H:%M}) is not after the start ({start:%H:%M})"
        if end != start:
            day = " of the next day" if end < start else ""
            message = f"from {start:%H:%M} to {end:%H:%M}{day} are more than {LONGEST // 60} hours"
        sources.note(path, ("end",), message, "both are UTC; a seminar may end on the day after its start")
    last = None
    for i, item in enumerate(seminar.segments or ()):
        if not item or not item.start:
            continue
        moment = seminar.moment(item.start)
        if in_order and moment >= seminar.ends:
            message = f"{item.start:%H:%M} is outside the seminar ({start:%H:%M} to {end:%H:%M})"
            sources.note(path, ("segments", i, "start"), message, "times are UTC")
        elif last and moment <= last:
            message = f"{item.start:%H:%M} is not after the start of the segment before ({last:%H:%M})"
            sources.note(path, ("segments", i, "start"), message, "put the segments in the order of their times")
        last = moment


def _check_slot(seminar: Seminar, slot: Slot | None, loc: Loc, series: Series, sources: Sources) -> None:
    """Note a person who does not exist, or whose role is not given in the seminar's language."""
    if not slot or not slot.person:
        return
    if series.people and slot.person not in series.people:
        otherwise = ID_FIX if fault_of_id(slot.person) else f"add sources/people/{slot.person}.yaml"
        fix = nearest(slot.person, series.people, otherwise=otherwise)
        sources.note(f"sources/seminars/{seminar.id}.yaml", loc, f"no speaker {quoted(slot.person)}", fix)
        return
    person = series.people.get(slot.person)
    if not person or person.affiliation is None or seminar.language not in needed_languages(series):
        return
    languages = {*person.affiliation, *person.borrowed, *person.affiliation_at.get(seminar.id, {})}
    if seminar.language not in languages and languages <= known_languages(series):
        message = f"`affiliation` has no text in `{seminar.language}`, the language of {seminar.id}"
        fix = f"add `{seminar.language}: …` below it, or borrow another language's line with `borrowed`"
        sources.note(f"sources/people/{person.id}.yaml", ("affiliation",), message, fix)


def remark_on_seminar(seminar: Seminar, series: Series, sources: Sources) -> None:
    """Remark what is open, not confirmed, left out, or not as the series states."""
    path = f"sources/seminars/{seminar.id}.yaml"
    sources.remark_questions(path, seminar.questions)
    if seminar.status != "confirmed":
        sources.remark(path, ("status",), f"the seminar is {seminar.status}: every document says so")
    if not seminar.registration and seminar.status in ("confirmed", "tentative"):
        sources.remark(
            path, ("registration",), "no registration link: every document says that registration opens soon"
        )
    if seminar.date.weekday() >= SATURDAY:
        sources.remark(
            path, ("date",), f"{seminar.date} is a {('Saturday', 'Sunday')[seminar.date.weekday() - SATURDAY]}"
        )
    if seminar.minutes != series.minutes.stated:
        message = f"the seminar lasts {seminar.minutes} minutes but the series states {series.minutes.stated}"
        sources.remark(path, ("end",), message)
    if not seminar.chair.confirmed:
        sources.remark(path, ("chair",), f"`{seminar.chair.person}` is still to be confirmed")
    for segment in series.segments:
        if segment.id not in {item.segment for item in seminar.segments}:
            sources.remark(path, ("segments",), f"the segment `{segment.id}` of the series is left out")
    spoken: dict[str, str] = {}
    for i, item in enumerate(seminar.segments):
        loc = ("segments", i, "speakers")
        for j, slot in enumerate(item.speakers):
            if slot.person in spoken:
                message = f"`{slot.person}` also speaks in the segment `{spoken[slot.person]}` of this seminar"
                sources.remark(path, (*loc, j), message)
            spoken.setdefault(slot.person, item.segment)
        if not item.speakers:
            sources.remark(path, ("segments", i), f"the segment `{item.segment}` has no speaker yet")
        if len(item.speakers) > 1:
            shared = f"the {series.minutes.presentation} minutes of one presentation"
            sources.remark(path, loc, f"{len(item.speakers)} speakers share {shared}")
        for j, slot in enumerate(item.speakers):
            if not slot.confirmed:
                sources.remark(path, (*loc, j), f"`{slot.person}` is still to be confirmed")


def remark_on_times(seminars: Iterable[Seminar], sources: Sources) -> None:
    """Remark people who are in two seminars at the same time."""
    for one, two in combinations(sorted(seminars, key=lambda s: (s.begins, s.id)), 2):
        if two.begins < one.ends:  # most often a copied file whose day was not changed
            for id in sorted({*one.people} & {*two.people}):
                message = f"`{id}` is also in `{one.id}` at the same time"
                sources.remark(f"sources/seminars/{two.id}.yaml", ("start",), message)
