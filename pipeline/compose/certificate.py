"""The certificate of attendance as a document: what all of one seminar and language share, and one person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from pipeline.compose import forms
from pipeline.compose.template import rendered
from pipeline.core.documents import Document, Properties
from pipeline.core.sources import Locale, Seminar, Series

TEMPLATE = "certificate.html"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """All that the certificates of one seminar have in common in one language."""

    values: Mapping[str, Any]
    properties: Properties
    locale: Locale
    kinds: Path


def frame(seminar: Seminar, language: str, series: Series, root: Path) -> Frame:
    """Return what every certificate of a seminar says in a language; its own title stays in the seminar's."""
    locale, own = series.locales[language], series.locales[seminar.language]
    hosts = [forms.in_language(host.name, language) for host in series.hosts]
    sample = locale.words["sample"] if series.funding.emblem == "sample" else ""
    statement = forms.in_language(series.funding.statement, language)
    values = {
        "words": locale.words,
        "series_title": forms.in_language(series.title, language),
        "hosts": hosts,
        "funding": {} if series.funding.emblem == "removed" else {"statement": statement, "sample": sample},
        "title": forms.spaced(seminar.title, own),
        "title_language": "" if language == seminar.language else own.tag,
        "day": forms.day(seminar.date, locale, "long"),
        "hours": forms.hours(seminar, locale),
        "duration": _minutes(seminar, locale),
    }
    return Frame(
        values=values, properties=_properties(values, seminar, locale), locale=locale, kinds=root / "templates/kinds"
    )


def certificate(frame: Frame, *, name: str, minutes: int, number: str, code: str) -> Document:
    """Return one person's certificate; nothing in it depends on the day on which it is made."""
    own = {"name": name, "name_direction": _direction(name), "minutes": minutes, "number": number, "code": code}
    values = {**frame.values, **own}
    title = f"{frame.values['words']['certificate']} – {name}"
    return Document(
        properties=replace(frame.properties, name=number, title=title),
        body=rendered(frame.kinds, TEMPLATE, values, frame.locale),
    )


def languages(series: Series) -> tuple[str, ...]:
    """Return the languages in which certificates can be written: the series has words and all its own texts in them.

    Of a working language in which no seminar is held yet nobody has asked these texts so far.
    """
    texts = (series.title, *(host.name for host in series.hosts), series.funding.statement)

    def is_complete(language: str) -> bool:
        return all(isinstance(text, str) or language in text for text in texts)

    return tuple(one for one in series.working_languages if one in series.locales and is_complete(one))


def _direction(name: str) -> str:
    """Return how a name runs, whatever the certificate's language: as its first letter does."""
    letters = (bidirectional(sign) for sign in name)
    first = next((kind for kind in letters if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def _minutes(seminar: Seminar, locale: Locale) -> str:
    """Return the seminar's length in words."""
    from babel.units import format_unit

    whole = datetime.combine(seminar.date, seminar.end) - datetime.combine(seminar.date, seminar.start)
    text = format_unit(whole.seconds // 60, "duration-minute", "long", locale=forms.cldr(locale.tag))
    return text.replace(" ", forms.NBSP)


def _properties(values: Mapping[str, Any], seminar: Seminar, locale: Locale) -> Properties:
    return Properties(
        kind="certificate",
        name="",
        title="",
        subject=values["series_title"],
        publisher=" · ".join(values["hosts"]),
        language=locale.tag,
        direction=locale.direction,
        date=seminar.date,
        seminar=seminar.id,
        edition=seminar.edition,
        running_title=values["series_title"],
        words=locale.words,
    )
