"""The site of the whole series: an index in each language, a page for each seminar, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.compose import forms
from pipeline.compose.event import seminar_event
from pipeline.compose.files import file_view
from pipeline.compose.series import contact_view, funding_view, partners_view, region_name, status_view
from pipeline.compose.structured import seminar_data, series_data, written
from pipeline.compose.template import rendered
from pipeline.compose.view import seminar_view
from pipeline.core.documents import Calendar, Document, Event, Properties
from pipeline.core.sources import Locale, Seminar, Series

PAGE = "index.html"
SCHEDULE = "schedule.json"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A seminar as the site lists it: its calendar entry and what search engines are told of it."""

    seminar: Seminar
    event: Event
    told: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A link to another page of the site; `tag` is that page's language where it is another, `here` the page itself."""

    path: str
    text: str
    tag: str = ""
    here: bool = False


def listed(series: Series, root: Path) -> list[Listed]:
    """Return every seminar in the order in which they are held."""
    found = []
    for seminar in in_order(series):
        view = seminar_view(seminar, None, series, root)
        event = seminar_event(view, seminar, series)
        found.append(Listed(seminar=seminar, event=event, told=seminar_data(view, seminar, series)))
    return found


def in_order(series: Series) -> list[Seminar]:
    """Return the seminars in the order in which they are held."""
    return sorted(series.seminars.values(), key=lambda seminar: (seminar.date, seminar.start, seminar.id))


def index_languages(series: Series) -> list[str]:
    """Return the languages that have an index: those in which a seminar is held, in the order of the series."""
    held = {seminar.language for seminar in series.seminars.values()}
    return [language for language in series.working_languages if language in held]


def index_page(language: str, series: Series) -> str:
    """Return the name of the index in a language; the first language has the one that a web server opens."""
    return PAGE if language == index_languages(series)[0] else f"index.{language}.html"


def series_calendar(events: Iterable[Event], series: Series) -> Calendar:
    """Return all seminars as one calendar, each in its own language; its title is in the first of them."""
    language = index_languages(series)[0]
    return Calendar(
        name=series.id,
        title=forms.in_language(series.title, language),
        language=series.locales[language].tag,
        organiser=" · ".join(forms.in_language(host.name, language) for host in series.hosts),
        events=tuple(events),
    )


def ways_view(seminar: Seminar, series: Series) -> dict[str, Any]:
    """Return the ways from a seminar's page: to the index in its language, and to its sisters by their languages."""
    words = series.locales[seminar.language].words
    links = [Way(path=f"../{index_page(seminar.language, series)}", text=words["all_seminars"])]
    for sister in sisters_of(seminar, series):
        locale = series.locales[sister.language]
        links.append(Way(path=f"../{sister.id}/{PAGE}", text=locale.name, tag=locale.tag))
    return {"label": words["seminars"], "links": links}


def sisters_view(seminar: Seminar, series: Series) -> list[dict[str, Any]]:
    """Return a seminar's sisters, each with its title, its language and its day."""
    own = series.locales[seminar.language]
    return [
        {
            "path": f"../{sister.id}/{PAGE}",
            "title": forms.spaced(sister.title, series.locales[sister.language]),
            "tag": series.locales[sister.language].tag,
            "date": forms.day(sister.date, own, "long"),
        }
        for sister in sisters_of(seminar, series)
    ]


def sisters_of(seminar: Seminar, series: Series) -> list[Seminar]:
    """Return the seminar for the same region in each other language: of several the nearest in time."""
    nearest: dict[str, Seminar] = {}
    for other in series.seminars.values():
        if other.region == seminar.region and other.language != seminar.language:
            known = nearest.setdefault(other.language, other)
            nearest[other.language] = min(known, other, key=lambda s: (abs(s.date - seminar.date), s.date, s.id))
    return [nearest[language] for language in series.working_languages if language in nearest]


def index(language: str, seminars: Sequence[Listed], sizes: dict[str, int], series: Series, root: Path) -> Document:
    """Return the index of the series in one language; `sizes` are those of the files for all seminars, by name."""
    locale = series.locales[language]
    partners, logos = partners_view(series, language, root)
    values = {
        "words": locale.words,
        "texts": series.texts[language],
        "title": forms.in_language(series.title, language),
        "subtitle": forms.in_language(series.subtitle, language),
        "hosts": [forms.in_language(host.name, language) for host in series.hosts],
        "funding": funding_view(series, locale),
        "partners": partners,
        "contact": contact_view(series.contact),
        "ways": _languages(language, series),
        "seminars": [_row(each.seminar, locale, series) for each in seminars],
        "calendar": file_view(f"{series.id}.ics", sizes[f"{series.id}.ics"], locale),
        "schedule": file_view(SCHEDULE, sizes[SCHEDULE], locale),
    }
    body = rendered(root / "templates/kinds", "index.html", values, locale)
    told = series_data(language, [(each.told, _address(each.seminar, series)) for each in seminars], series)
    about = _properties(language, seminars[0].seminar, series)
    return Document(properties=about, body=body, pictures=logos, structured=written(told))


def _languages(language: str, series: Series) -> dict[str, Any]:
    """Return the ways to the index in every language; none where there is only one."""
    links = []
    for other in index_languages(series):
        locale = series.locales[other]
        path = index_page(other, series)
        links.append(Way(path=path, text=locale.name, tag=locale.tag, here=other == language))
    return {"label": series.locales[language].words["languages"], "links": links} if len(links) > 1 else {}


def _row(seminar: Seminar, locale: Locale, series: Series) -> dict[str, Any]:
    """Return a seminar as a row of the index: its title in its own language, all else in that of the index."""
    own = series.locales[seminar.language]
    return {
        "path": f"{seminar.id}/{PAGE}",
        "title": forms.spaced(seminar.title, own),
        "tag": own.tag,
        "direction": own.direction,
        "foreign": own is not locale,
        "day": forms.day(seminar.date, locale),
        "hours": forms.hours(seminar, locale),
        "language": forms.language_name(seminar.language, locale),
        "region": region_name(seminar.region, locale.language, series),
        "status": status_view(seminar, locale),
    }


def _address(seminar: Seminar, series: Series) -> str:
    """Return the address of a seminar's page: a whole one where the site has one, else from the index."""
    return f"{series.website}{seminar.id}/{PAGE}"


def _properties(language: str, first: Seminar, series: Series) -> Properties:
    locale = series.locales[language]
    title = forms.spaced(forms.in_language(series.title, language), locale)
    return Properties(
        kind="site",
        name=index_page(language, series).removesuffix(".html"),
        title=f"{title} – {locale.words['site']}",
        subject=forms.in_language(series.subtitle, language),
        publisher=" · ".join(forms.in_language(host.name, language) for host in series.hosts),
        language=locale.tag,
        direction=locale.direction,
        date=first.date,
        seminar="",
        edition=1,
        running_title=title,
        words=locale.words,
    )
