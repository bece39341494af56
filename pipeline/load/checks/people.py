"""What people must have besides valid values: countries, languages and seminars that exist, photos that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pycountry

from pipeline.core.problems import nearest, quoted
from pipeline.load.checks.known import check_languages
from pipeline.load.checks.pictures import check_picture

if TYPE_CHECKING:
    from pipeline.core.sources import Person, Series
    from pipeline.load.files import Sources

KOSOVO = "XK"
"""The code that CLDR adds to those of ISO 3166."""


def check_people(series: Series, sources: Sources) -> None:
    """Note what is wrong in the files of people."""
    for person in series.people.values():
        if person:
            _check_person(person, series, sources, f"sources/people/{person.id}.yaml")


def _check_person(person: Person, series: Series, sources: Sources, path: str) -> None:
    if person.country and person.country != KOSOVO:
        found = pycountry.countries.get(alpha_2=person.country)
        if found is None or found.alpha_2 != person.country:
            fix = "write the two capital letters of ISO 3166, like SN"
            sources.note(path, ("country",), f"`country` cannot be {quoted(person.country)}", fix)
    check_languages(person.affiliation or {}, series, sources, path, ("affiliation",))
    for seminar, lines in person.affiliation_at.items():
        if seminar not in series.seminars:
            fix = nearest(seminar, series.seminars)
            sources.note(path, ("affiliation_at", seminar), f"no seminar {quoted(seminar)}", fix)
        check_languages(lines or {}, series, sources, path, ("affiliation_at", seminar))
    check_languages(person.borrowed, series, sources, path, ("borrowed",))
    for language, other in person.borrowed.items():
        if other and person.affiliation is not None and other not in person.affiliation:
            message = f"`borrowed` takes the line in {quoted(other)}, which `affiliation` does not have"
            sources.note(path, ("borrowed", language), message, nearest(other, person.affiliation))
    if person.photo:
        check_picture(sources, path, ("photo",), "sources/people", person.photo, (".jpg", ".png", ".heic"))
