"""What persons must hold beyond their shape: countries and languages that exist, photos that are there."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.problems import nearest, quoted
from pipeline.load.checks.languages import check_languages
from pipeline.load.checks.pictures import check_picture

if TYPE_CHECKING:
    from pipeline.core.sources import Person, Series
    from pipeline.load.files import Sources


def check_people(series: Series, sources: Sources) -> None:
    """Note what is wrong in the files of people."""
    for person in series.people.values():
        if person:
            _check_person(person, series, sources)


def _check_person(person: Person, series: Series, sources: Sources) -> None:
    path = f"sources/people/{person.id}.yaml"
    if person.country and person.country not in _countries():
        fix = "write the two capital letters of ISO 3166, like SN"
        sources.note(path, ("country",), f"`country` cannot be {quoted(person.country)}", fix)
    _check_affiliations(person, series, sources, path)
    _check_borrowed(person, series, sources, path)
    if person.photo:
        check_picture(sources, path, ("photo",), "sources/people", person.photo, (".jpg", ".png", ".heic"))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Return the codes of ISO 3166, from the table that comes with the time zones, and the one that CLDR adds."""
    import tzdata

    table = Path(tzdata.__file__).with_name("zoneinfo") / "iso3166.tab"
    lines = table.read_text(encoding="utf-8").splitlines()
    return frozenset({line[:2] for line in lines if not line.startswith("#")} | {"XK"})


def _check_affiliations(person: Person, series: Series, sources: Sources, path: str) -> None:
    check_languages(person.affiliation or {}, series, sources, path, ("affiliation",))
    for seminar, lines in person.affiliation_at.items():
        if seminar not in series.seminars:
            fix = nearest(seminar, series.seminars)
            sources.note(path, ("affiliation_at", seminar), f"no seminar {quoted(seminar)}", fix)
        check_languages(lines or {}, series, sources, path, ("affiliation_at", seminar))


def _check_borrowed(person: Person, series: Series, sources: Sources, path: str) -> None:
    """Note a line that is borrowed for a language nobody knows, or from one in which there is none."""
    check_languages(person.borrowed, series, sources, path, ("borrowed",))
    for language, other in person.borrowed.items():
        if other and person.affiliation is not None and other not in person.affiliation:
            message = f"`borrowed` takes the line in {quoted(other)}, which `affiliation` does not have"
            sources.note(path, ("borrowed", language), message, nearest(other, person.affiliation))
