"""Seminars as data for search engines: online events of a series in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.compose import forms
from pipeline.compose.view import View
from pipeline.core.sources import Series

VOCABULARY = "https://schema.org"
STATUS = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}
"""The name of a status in schema.org; every other status is `EventScheduled`."""
OWN_PAGE = ("description", "performer", "superEvent")
"""The properties that only the seminar's own page has."""


def seminar_data(view: View) -> dict[str, Any]:
    """Return one seminar as an event of its series."""
    seminar, series = view.seminar, view.series
    people = {s.name: s for segment in view.segments for s in segment.speakers if s.confirmed}
    registration = {"url": view.registration} if view.registration else {}
    page = {"url": f"{series.website}{seminar.id}/index.html"} if series.website else {}
    return {
        "@type": "EducationEvent",
        **page,
        "name": f"{view.series_title} – {view.title}",
        "description": " ".join(filter(None, (view.status.get("note"), view.series_subtitle))),
        "inLanguage": view.tag,
        "startDate": seminar.begins.isoformat(),
        "endDate": seminar.ends.isoformat(),
        "eventStatus": f"{VOCABULARY}/{STATUS.get(seminar.status, 'EventScheduled')}",
        **_online(view.locale.words["online"], registration),
        "organizer": _organisations(series, seminar.language),
        "performer": [{"@type": "Person", "name": s.name, "jobTitle": s.role_full} for s in people.values()],
        "superEvent": {"@type": "EventSeries", "name": view.series_title},
    }


def series_data(language: str, seminars: Iterable[dict[str, Any]], series: Series) -> dict[str, Any]:
    """Return the series in one language, with the data of its seminars, each with the address of its page."""
    events = [{name: value for name, value in event.items() if name not in OWN_PAGE} for event in seminars]
    return {
        "@type": "EventSeries",
        "name": forms.in_language(series.title, language),
        "description": forms.in_language(series.subtitle, language),
        "inLanguage": list(dict.fromkeys(event["inLanguage"] for event in events)),
        "startDate": min(event["startDate"] for event in events),
        "endDate": max(event["endDate"] for event in events),
        **_online(series.locales[language].words["online"], {}),
        "organizer": _organisations(series, language),
        "subEvent": events,
    }


def as_json(data: dict[str, Any]) -> str:
    """Return data as JSON-LD for a `script` element of a page; no text in the data can end this element."""
    text = json.dumps({"@context": VOCABULARY, **data}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c")  # the escape of JSON itself: `json` has no option for it


def _online(name: str, address: dict[str, str]) -> dict[str, Any]:
    return {
        "eventAttendanceMode": f"{VOCABULARY}/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "VirtualLocation", "name": name, **address},
    }


def _organisations(series: Series, language: str) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": forms.in_language(host.name, language)} for host in series.hosts]
