"""The programme of all seminars in the JSON format of frab and pretalx, which conference apps read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from pipeline.compose import forms
from pipeline.compose.series import is_held, region_names
from pipeline.compose.view import segment_title
from pipeline.core.sources import Seminar, SeminarSegment, Series, Slot

SCHEMA = "https://c3voc.de/schedule/schema.json"
NAMESPACE = UUID("5a5e2d3b-6e0f-5b49-9d1c-2c8e1f1b7a60")
"""The namespace of the identifiers of seminars, segments and people; changing it changes all identifiers."""
LARGEST_ID = 2**31


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One talk of the schedule: a segment with its times, or a seminar as one talk (`entire`)."""

    seminar: Seminar
    start: datetime
    end: datetime
    segments: tuple[SeminarSegment, ...]
    entire: bool

    @property
    def id(self) -> str:
        return self.seminar.id if self.entire else f"{self.seminar.id}-{self.segments[0].segment}"


def schedule(seminars: Iterable[Seminar], series: Series, language: str) -> str:
    """Return the schedule of the seminars that are held, in the given order; its own words are in `language`.

    A seminar becomes one talk per segment if the start of every segment is known, else a single talk.
    """
    content = {
        "$schema": SCHEMA,
        "generator": {"name": "seminar packages", "version": "1"},
        "schedule": {
            "url": f"{series.website}schedule.json" if series.website else "",
            "version": str(sum(seminar.edition for seminar in series.seminars.values())),
            "base_url": series.website,
            "conference": _conference([s for s in seminars if is_held(s)], series, language),
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _conference(held: list[Seminar], series: Series, language: str) -> dict[str, Any]:
    days = [seminar.date for seminar in held or series.seminars.values()]
    colour = f"#{series.brand.colours['primary']}"
    regions = {"-".join(seminar.region): region_names(seminar, series.locales[language], series) for seminar in held}
    # Each online meeting is a room of its own, so that no app reports two talks in one room at the same time.
    rooms = [
        {
            "name": seminar.id,
            "slug": seminar.id,
            "guid": _guid(series, "room", seminar.id),
            "description": seminar.title,
            "capacity": None,
        }
        for seminar in held
    ]
    return {
        "acronym": series.id,
        "title": forms.in_language(series.title, language),
        "start": min(days).isoformat(),
        "end": max(days).isoformat(),
        "daysCount": len(set(days)) if held else 0,
        "timeslot_duration": "00:05",
        "time_zone_name": "UTC",
        "colors": {"primary": colour},
        "rooms": rooms,
        "tracks": [{"name": name, "slug": region, "color": colour} for region, name in regions.items()],
        "days": list(_days(held, series, language)),
    }


def _days(held: list[Seminar], series: Series, language: str) -> Iterator[dict[str, Any]]:
    for number, (day, group) in enumerate(groupby(held, key=lambda seminar: seminar.date), 1):
        seminars = list(group)
        yield {
            "index": number,
            "date": day.isoformat(),
            "day_start": min(seminar.begins for seminar in seminars).isoformat(),
            "day_end": max(seminar.ends for seminar in seminars).isoformat(),
            "rooms": {seminar.id: [_talk(talk, series, language) for talk in _talks(seminar)] for seminar in seminars},
        }


def _talks(seminar: Seminar) -> list[Talk]:
    starts = [seminar.moment(item.start) for item in seminar.segments if item.start is not None]
    if len(starts) < len(seminar.segments):
        return [Talk(seminar=seminar, start=seminar.begins, end=seminar.ends, segments=seminar.segments, entire=True)]
    return [
        Talk(seminar=seminar, start=start, end=end, segments=(item,), entire=False)
        for item, start, end in zip(seminar.segments, starts, [*starts[1:], seminar.ends], strict=True)
    ]


def _talk(talk: Talk, series: Series, language: str) -> dict[str, Any]:
    """Return one talk; it does not name people who have still to confirm."""
    seminar = talk.seminar
    minutes = int((talk.end - talk.start).total_seconds()) // 60
    titles = [segment_title(item, seminar, series) for item in talk.segments]
    people = [slot for item in talk.segments for slot in item.speakers]
    slots = {slot.person: slot for slot in ([seminar.chair, *people] if talk.entire else people) if slot.confirmed}
    links = [{"title": seminar.title, "url": seminar.registration, "type": "related"}]
    guid = _guid(series, "talk", talk.id)
    return {
        "guid": guid,
        "code": talk.id,
        "id": UUID(guid).int % LARGEST_ID,
        "logo": None,
        "date": talk.start.isoformat(),
        "start": f"{talk.start:%H:%M}",
        "end": talk.end.isoformat(),
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": seminar.id,
        "slug": f"{series.id}-{talk.id}",
        "url": f"{series.website}{seminar.id}/index.html" if series.website else "",
        "title": seminar.title if talk.entire else titles[0],
        "subtitle": "" if talk.entire else seminar.title,
        "track": region_names(seminar, series.locales[language], series),
        "type": "seminar" if talk.entire else "talk",
        "language": seminar.language,
        "abstract": "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)) if talk.entire else "",
        "description": "",
        "recording_license": "",
        "do_not_record": False,
        "persons": [_person(slot, seminar, series) for slot in slots.values()],
        "links": links if seminar.registration else [],
        "attachments": [],
    }


def _person(slot: Slot, seminar: Seminar, series: Series) -> dict[str, Any]:
    person = series.people[slot.person]
    name = f"{person.given} {person.family}"
    return {
        "guid": _guid(series, "person", person.id),
        "code": person.id,
        "name": name,
        "public_name": name,
        "avatar": None,
        "biography": person.bio.get(seminar.language, ""),
        "url": None,
    }


def _guid(series: Series, kind: str, id: str) -> str:
    return str(uuid5(NAMESPACE, f"{series.id} {kind} {id}"))
