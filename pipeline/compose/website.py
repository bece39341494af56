"""The site of the series: an index in each language, and all seminars as one calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.compose import forms
from pipeline.compose.calendar import seminar_event
from pipeline.compose.kinds import PAGE
from pipeline.compose.page import Link, download, index_languages, index_name
from pipeline.compose.series import SeriesView, region_names, series_view, status_view
from pipeline.compose.structured import as_json, seminar_data, series_data
from pipeline.compose.templates import environment, filled
from pipeline.compose.view import View
from pipeline.core.documents import Calendar, Document, Properties
from pipeline.core.sources import Locale, Seminar, Series

SCHEDULE = "schedule.json"


def series_calendar(views: Iterable[View], series: Series) -> Calendar:
    """Return all seminars as one calendar, each in its own language; its title is in the language of the first."""
    language = index_languages(series)[0]
    return Calendar(
        name=series.id,
        title=forms.in_language(series.title, language),
        language=series.locales[language].tag,
        organiser=" · ".join(forms.in_language(host.name, language) for host in series.hosts),
        events=tuple(seminar_event(view) for view in views),
    )


def index(language: str, views: Sequence[View], sizes: Mapping[str, int], series: Series, root: Path) -> Document:
    """Return the index of the series in one language.

    `views` has all seminars in their order; `sizes` are the sizes in bytes, by name, of the files about all seminars.
    """
    locale, shared = series.locales[language], series_view(series, language, root)
    body = filled(environment(root, locale), "index.html", index_values(shared, views, sizes, series, language))
    # A page of the site has an absolute address if the series has one, else an address relative to the index.
    seminars = [{**seminar_data(view), "url": f"{series.website}{view.id}/{PAGE}"} for view in views]
    about = Properties(
        kind="site",
        name=index_name(language, series).removesuffix(".html"),
        title=f"{shared.title} – {locale.words['site']}",
        subject=forms.in_language(series.subtitle, language),
        publisher=" · ".join(shared.hosts),
        language=locale.tag,
        direction=locale.direction,
        date=views[0].seminar.date,
        seminar="",
        edition=1,
        running_title=shared.title,
        words=locale.words,
    )
    structured = as_json(series_data(language, seminars, series))
    return Document(properties=about, body=body, pictures=shared.pictures, structured=structured)


def index_values(
    shared: SeriesView, views: Sequence[View], sizes: Mapping[str, int], series: Series, language: str
) -> dict[str, Any]:
    """Return the values for the template of the index."""
    locale = series.locales[language]
    return {
        "words": locale.words,
        "texts": series.texts[language],
        "title": shared.title,
        "subtitle": shared.subtitle,
        "hosts": shared.hosts,
        "funding": shared.funding,
        "partners": shared.partners,
        "contact": shared.contact,
        "links": _languages(language, series),
        "seminars": [_row(view.seminar, locale, series) for view in views],
        "calendar": download(f"{series.id}.ics", sizes[f"{series.id}.ics"], locale),
        "schedule": download(SCHEDULE, sizes[SCHEDULE], locale),
    }


def _languages(language: str, series: Series) -> dict[str, Any]:
    """Return the links to the index in every language; empty if there is only one language."""
    links = []
    for other in index_languages(series):
        locale = series.locales[other]
        path = index_name(other, series)
        links.append(Link(path=path, text=locale.name, tag=locale.tag, here=other == language))
    return {"label": series.locales[language].words["languages"], "pages": links} if len(links) > 1 else {}


def _row(seminar: Seminar, locale: Locale, series: Series) -> dict[str, Any]:
    """Return a seminar as a row of the index, in its language: for whom, when, in which language."""
    own = series.locales[seminar.language]
    heading = seminar.short if own is locale else ""
    return {
        "path": f"{seminar.id}/{PAGE}",
        "heading": forms.spaced(heading or region_names(seminar, locale, series), locale),
        "tag": own.tag,
        "day": forms.day(seminar.date, locale),
        "hours": forms.hours(seminar, locale),
        "language": forms.language_name(seminar.language, locale),
        "status": status_view(seminar, locale),
    }
