"""The certificate of attendance: the part that a seminar and language share, and the part for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from jinja2 import Environment

from pipeline.compose import forms
from pipeline.compose.pictures import qr_code
from pipeline.compose.region_map import map_picture, region_map
from pipeline.compose.series import funding_view
from pipeline.compose.templates import environment, filled
from pipeline.compose.view import segment_title
from pipeline.core.documents import Document, Map, Picture, Properties
from pipeline.core.sources import Seminar, SeminarSegment, Series

TEMPLATE = "certificate.html"
TEXTURE = "texture"
"""The name of the picture behind the title: the land of the region, without any city."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The part that all certificates of one seminar in one language share."""

    values: Mapping[str, Any]
    pictures: tuple[Picture, ...]
    properties: Properties
    templates: Environment


def frame(seminar: Seminar, language: str, series: Series, root: Path) -> Frame:
    """Return the shared part of a seminar's certificates in a language; the title of the seminar is not translated."""
    locale, values = series.locales[language], certificate_values(seminar, language, series)
    title = values["series_title"]
    about = Properties(
        kind="certificate",
        name="",
        title="",
        subject=title,
        publisher=" · ".join(values["hosts"]),
        language=locale.tag,
        direction=locale.direction,
        date=seminar.date,
        seminar=seminar.id,
        edition=seminar.edition,
        running_title=title,
        words=locale.words,
    )
    drawn = texture(seminar, series)
    pictures = (map_picture(TEXTURE, drawn, series.brand, language, ground="panel"),) if drawn else ()
    return Frame(values=values, pictures=pictures, properties=about, templates=environment(root, locale))


def texture(seminar: Seminar, series: Series) -> Map | None:
    """Return the land of the seminar's region without cities, or None without a map."""
    return region_map(seminar.model_copy(update={"capitals": ()}), series, width=216, height=188, size=8)


def certificate_values(seminar: Seminar, language: str, series: Series) -> dict[str, Any]:
    """Return the values of the template that are the same for every person."""
    locale, own = series.locales[language], series.locales[seminar.language]
    hosts = [forms.in_language(host.name, language) for host in series.hosts]
    return {
        "words": locale.words,
        "series_title": forms.in_language(series.title, language),
        "hosts": hosts,
        "issuer": forms.in_language(series.issuer, language) if series.issuer else forms.listed(hosts, locale),
        "segments": [forms.spaced(_covered(item, seminar, language, series), locale) for item in seminar.segments],
        "texture": TEXTURE if texture(seminar, series) else "",
        "funding": funding_view(series, locale),
        "title": forms.spaced(seminar.title, own),
        "title_language": "" if language == seminar.language else own.tag,
        "day": forms.day(seminar.date, locale, "long"),
        "hours": forms.hours(seminar, locale),
        "duration": seminar.minutes,
    }


def _covered(item: SeminarSegment, seminar: Seminar, language: str, series: Series) -> str:
    """Return the title of a segment; a title of the seminar's own exists in its language alone."""
    if language == seminar.language:
        return segment_title(item, seminar, series)
    return forms.in_language(next(one.title for one in series.segments if one.id == item.segment), language)


def person_values(*, name: str, origin: Sequence[str], minutes: int, number: str, code: str) -> dict[str, Any]:
    """Return the values of the template for one person; `origin` are institution and country, as far as known."""
    return {
        "name": name,
        "name_direction": _direction(name),
        "origin": [part for part in origin if part],
        "minutes": minutes,
        "number": number,
        "code": code,
    }


def certificate(frame: Frame, *, name: str, origin: Sequence[str], minutes: int, number: str, code: str) -> Document:
    """Return one person's certificate, which does not depend on the day on which it is made."""
    person = person_values(name=name, origin=origin, minutes=minutes, number=number, code=code)
    values = {**frame.values, **person}
    title = f"{frame.properties.words['certificate']} – {name}"
    return Document(
        properties=replace(frame.properties, name=number, title=title),
        body=filled(frame.templates, TEMPLATE, values),
        pictures=(*frame.pictures, qr_code("code", f"{number} {code}", scale=4)),
    )


def languages(series: Series) -> tuple[str, ...]:
    """Return the languages in which certificates can be written: those with a locale and with all texts of the series.

    The loader requires these texts only in the languages of seminars.
    """
    texts = (series.title, *(host.name for host in series.hosts), series.issuer or "", series.funding.statement)

    def is_complete(language: str) -> bool:
        return all(isinstance(text, str) or language in text for text in texts)

    return tuple(one for one in series.working_languages if one in series.locales and is_complete(one))


def _direction(name: str) -> str:
    """Return the direction of a name's first letter, which may differ from that of the certificate."""
    kinds = (bidirectional(letter) for letter in name)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
