"""What no single file can know: that names lead somewhere, times make sense and no language is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from pipeline.problems import nearest

if TYPE_CHECKING:
    from pipeline.load.files import Sources
    from pipeline.model import Locale, Person, Seminar, Series, Slot

SERIES = "sources/series.yaml"


def check(series: Series, sources: Sources) -> None:
    """Note everything in `series` that contradicts itself or leads nowhere."""
    _check_series(series, sources)
    _check_locales(series.locales, sources)
    for language in series.texts:
        if language not in series.locales:
            note = f"no words for the language `{language}`"
            sources.note(f"sources/texts/{language}.yaml", ("language",), note, _no_locale(series, language))
    for person in series.people.values():
        _check_person(person, series, sources)
    for seminar in series.seminars.values():
        _check_seminar(seminar, series, sources)
    for key, reference in series.references.items():
        for segment in reference.segments:
            if segment not in _segments(series):
                message = f"`{key}` has no segment `{segment}`"
                sources.note("bibliography/references.bib", (key,), message, nearest(segment, _segments(series)))


def _segments(series: Series) -> set[str]:
    return {segment.id for segment in series.segments}


def _no_locale(series: Series, language: str) -> str:
    return nearest(language, series.locales, otherwise=f"add templates/locales/{language}.yaml")


def _check_series(series: Series, sources: Sources) -> None:
    """Note texts that lack a working language, a prefix that cannot name a file, and missing logos."""
    used = {seminar.language for seminar in series.seminars.values()}
    texts: dict[tuple[str | int, ...], Any] = {("title",): series.title, ("subtitle",): series.subtitle}
    texts[("file_prefix",)] = series.file_prefix
    texts[("funding", "statement")] = series.funding.statement
    texts |= {("segments", i, "title"): s.title for i, s in enumerate(series.segments)}
    texts |= {("hosts", i, "name"): host.name for i, host in enumerate(series.hosts)}
    texts |= {("partners", i, "name"): partner.name for i, partner in enumerate(series.partners)}
    texts |= {("partners", i, "slot"): partner.slot for i, partner in enumerate(series.partners)}
    for way, text in texts.items():
        missing = sorted(used - set(text)) if isinstance(text, Mapping) else []
        for language in missing:
            sources.note(SERIES, way, f"`{way[-1]}` has no text in `{language}`", f"add `{language}: …` below it")
    for prefix in series.file_prefix.values() if isinstance(series.file_prefix, Mapping) else [series.file_prefix]:
        if not re.fullmatch(r"[a-z0-9-]{1,40}", prefix):
            fix = "use only a to z, 0 to 9 and hyphens"
            sources.note(SERIES, ("file_prefix",), f"`{prefix}` cannot begin a file name", fix)
    for i, partner in enumerate(series.partners):
        if partner.logo:
            _check_picture(sources, SERIES, ("partners", i, "logo"), Path("sources/logos"), partner.logo, ".svg .png")
    if not 1 <= series.works_per_segment <= 20:
        sources.note(SERIES, ("works_per_segment",), "`works_per_segment` must be from 1 to 20")


def _check_picture(sources: Sources, path: str, way: tuple, folder: Path, name: str, kinds: str) -> None:
    if Path(name).name != name or not name.lower().endswith(tuple(kinds.split())):
        fix = f"give a file name that ends in {' or '.join(kinds.split())}, without folders"
        sources.note(path, way, f"`{name}` cannot be a picture here", fix)
    elif not (sources.root / folder / name).is_file() or (sources.root / folder / name).is_symlink():
        sources.note(path, way, f"there is no picture {folder.as_posix()}/{name}", "put it there or empty the line")


def _check_locales(locales: Mapping[str, Locale], sources: Sources) -> None:
    """Note words that one locale has and another lacks: a template asks every language for the same words."""
    for group in ("words", "files"):
        known = {word: other.language for other in locales.values() for word in getattr(other, group)}
        for locale in locales.values():
            for word in sorted(known.keys() - getattr(locale, group).keys()):
                message = f"`{group}` has no `{word}`, which {known[word]}.yaml has"
                path = f"templates/locales/{locale.language}.yaml"
                sources.note(path, (group,), message, f"add `{word}: …` below `{group}`")


def _check_person(person: Person, series: Series, sources: Sources) -> None:
    path = f"sources/people/{person.id}.yaml"
    if person.country and not re.fullmatch(r"[A-Z]{2}", person.country):
        fix = "write the two capital letters of ISO 3166, like SN"
        sources.note(path, ("country",), f"`country` cannot be `{person.country}`", fix)
    for language, other in person.borrowed.items():
        if other not in person.affiliation:
            message = f"`borrowed` takes the line in `{other}`, which `affiliation` does not have"
            sources.note(path, ("borrowed", language), message, nearest(other, person.affiliation))
    for seminar in person.affiliation_at:
        if seminar not in series.seminars:
            message = f"no seminar `{seminar}`"
            sources.note(path, ("affiliation_at", seminar), message, nearest(seminar, series.seminars))
    for name, texts in (("affiliation", person.affiliation), ("bio", person.bio)):
        for language in texts:
            if language not in series.locales:
                fix = _no_locale(series, language)
                sources.note(path, (name, language), f"`{name}` has no language `{language}`", fix)
    if person.photo:
        _check_picture(sources, path, ("photo",), Path("sources/people"), person.photo, ".jpg .png")


def _check_seminar(seminar: Seminar, series: Series, sources: Sources) -> None:
    path = f"sources/seminars/{seminar.id}.yaml"
    if seminar.language not in series.locales:
        fix = _no_locale(series, seminar.language)
        sources.note(path, ("language",), f"no words for the language `{seminar.language}`", fix)
    elif seminar.language not in series.texts:
        fix = f"add sources/texts/{seminar.language}.yaml"
        sources.note(path, ("language",), f"no texts of the series in `{seminar.language}`", fix)
    if seminar.end <= seminar.start:
        message = f"`end` ({seminar.end:%H:%M}) is not after `start` ({seminar.start:%H:%M})"
        sources.note(path, ("end",), message, "both are UTC on the seminar's day")
    if seminar.registration and not re.fullmatch(r"https://[^\s\\<>\"]+", seminar.registration):
        message = f"`registration` is not a secure web address: `{seminar.registration}`"
        sources.note(path, ("registration",), message, "begin it with https://, or leave it empty")
    for i, capital in enumerate(seminar.capitals):
        if capital.zone not in available_timezones():
            message = f"no time zone `{capital.zone}`"
            fix = nearest(capital.zone, available_timezones(), otherwise="zones are called like Africa/Dakar")
            sources.note(path, ("capitals", i, "zone"), message, fix)
    _check_slot(seminar, seminar.chair, ("chair",), series, sources)
    _check_segments(seminar, series, sources)


def _check_segments(seminar: Seminar, series: Series, sources: Sources) -> None:
    path = f"sources/seminars/{seminar.id}.yaml"
    seen: set[str] = set()
    last = None
    for i, item in enumerate(seminar.segments):
        way = ("segments", i)
        if item.segment not in _segments(series):
            fix = nearest(item.segment, _segments(series))
            sources.note(path, (*way, "segment"), f"no segment `{item.segment}`", fix)
        if item.segment in seen:
            sources.note(path, (*way, "segment"), f"the segment `{item.segment}` stands here twice", "keep one of them")
        seen.add(item.segment)
        if item.start is not None:
            if not seminar.start <= item.start < seminar.end:
                message = f"{item.start:%H:%M} is outside the seminar ({seminar.start:%H:%M} to {seminar.end:%H:%M})"
                sources.note(path, (*way, "start"), message)
            if last is not None and item.start <= last:
                message = f"{item.start:%H:%M} is not after the start of the segment before ({last:%H:%M})"
                sources.note(path, (*way, "start"), message)
            last = item.start
        people: set[str] = set()
        for j, slot in enumerate(item.speakers):
            _check_slot(seminar, slot, (*way, "speakers", j), series, sources)
            if slot.person in people:
                message = f"`{slot.person}` speaks twice in the segment `{item.segment}`"
                sources.note(path, (*way, "speakers", j), message, "keep one of them")
            people.add(slot.person)


def _check_slot(seminar: Seminar, slot: Slot, way: tuple, series: Series, sources: Sources) -> None:
    """Note a person who does not exist, or whose role is not given in the seminar's language."""
    path = f"sources/seminars/{seminar.id}.yaml"
    person = series.people.get(slot.person)
    if person is None:
        if not (sources.root / f"sources/people/{slot.person}.yaml").is_file():
            fix = nearest(slot.person, series.people, otherwise=f"add sources/people/{slot.person}.yaml")
            sources.note(path, way, f"no speaker `{slot.person}`", fix)
        return
    languages = {*person.affiliation, *person.borrowed, *person.affiliation_at.get(seminar.id, {})}
    if seminar.language not in languages:
        message = f"`affiliation` has no text in `{seminar.language}`, the language of {seminar.id}"
        fix = f"add `{seminar.language}: …` below it, or borrow another language's line with `borrowed`"
        sources.note(f"sources/people/{person.id}.yaml", ("affiliation",), message, fix)
