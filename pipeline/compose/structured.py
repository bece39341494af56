"""Seminars in the terms of schema.org, for search engines: online events of a series, with their performers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.compose import forms

if TYPE_CHECKING:
    from pipeline.compose.view import View
    from pipeline.core.sources import Seminar, Series

VOCABULARY = "https://schema.org"
STATUS = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}
"""By status of a seminar: what schema.org calls it; all else is an EventScheduled."""

OWN_PAGE = ("description", "performer", "superEvent")
"""What is told of a seminar on its own page only."""


def seminar_data(view: View, seminar: Seminar, series: Series) -> dict[str, Any]:
    """Return one seminar as an event of its series."""
    people = {s.name: s for segment in view.segments for s in segment.speakers if s.confirmed}
    address = {"url": view.registration} if view.registration else {}
    page = {"url": f"{series.website}{seminar.id}/index.html"} if series.website else {}
    return {
        "@type": "EducationEvent",
        **page,
        "name": f"{view.series_title} – {view.title}",
        "description": ". ".join(filter(None, (view.status.get("note"), view.series_subtitle))),
        "inLanguage": view.tag,
        "startDate": _moment(seminar, seminar.start),
        "endDate": _moment(seminar, seminar.end),
        "eventStatus": f"{VOCABULARY}/{STATUS.get(seminar.status, 'EventScheduled')}",
        "eventAttendanceMode": f"{VOCABULARY}/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "VirtualLocation", "name": view.locale.words["online"], **address},
        "organizer": _hosts(series, seminar.language),
        "performer": [{"@type": "Person", "name": s.name, "jobTitle": s.role_whole} for s in people.values()],
        "superEvent": {"@type": "EventSeries", "name": view.series_title},
    }


def series_data(language: str, seminars: Iterable[tuple[dict[str, Any], str]], series: Series) -> dict[str, Any]:
    """Return the whole series in one language, with each seminar's event and the address of its page."""
    events = [{name: value for name, value in event.items() if name not in OWN_PAGE} for event, _ in seminars]
    pages = [page for _, page in seminars]
    return {
        "@type": "EventSeries",
        "name": forms.in_language(series.title, language),
        "description": forms.in_language(series.subtitle, language),
        "inLanguage": list(dict.fromkeys(event["inLanguage"] for event in events)),
        "startDate": min(event["startDate"] for event in events),
        "endDate": max(event["endDate"] for event in events),
        "eventAttendanceMode": f"{VOCABULARY}/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "VirtualLocation", "name": series.locales[language].words["online"]},
        "organizer": _hosts(series, language),
        "subEvent": [{**event, "url": page} for event, page in zip(events, pages, strict=True)],
    }


def written(told: dict[str, Any]) -> str:
    """Return what is told as JSON-LD that can stand in a page: no text in it can end the element that holds it."""
    text = json.dumps({"@context": VOCABULARY, **told}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c")


def _moment(seminar: Seminar, hour: Any) -> str:
    return datetime.combine(seminar.date, hour, tzinfo=UTC).isoformat()


def _hosts(series: Series, language: str) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": forms.in_language(host.name, language)} for host in series.hosts]
