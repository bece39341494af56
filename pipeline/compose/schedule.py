"""The programme of all seminars as a schedule in JSON, as frab and pretalx write it and conference apps read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.compose import forms
from pipeline.compose.series import is_held, region_name
from pipeline.core.sources import Seminar, SeminarSegment, Series, Slot

if TYPE_CHECKING:
    from uuid import UUID

FORMAT = "https://c3voc.de/schedule/schema.json"
SPACE = "5a5e2d3b-6e0f-5b49-9d1c-2c8e1f1b7a60"
"""Where the identifiers of seminars, segments and people are drawn from; it must never change, or all of them do."""

LARGEST_ID = 2**31


def schedule(seminars: Iterable[Seminar], series: Series, language: str) -> str:
    """Return the schedule of the seminars that are held, in the order given; its own words are in `language`.

    A seminar is one talk for each segment where the start of all of them is known, else one talk as a whole: no start
    is made up.
    """
    told = {
        "$schema": FORMAT,
        "generator": {"name": "seminar packages", "version": "1"},
        "schedule": {
            "url": f"{series.website}schedule.json" if series.website else "",
            "version": str(sum(seminar.edition for seminar in series.seminars.values())),
            "base_url": series.website,
            "conference": _conference([s for s in seminars if is_held(s)], series, language),
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _conference(held: list[Seminar], series: Series, language: str) -> dict[str, Any]:
    days = [seminar.date for seminar in held or series.seminars.values()]
    colour = f"#{series.brand.colours['primary']}"
    regions = {seminar.region: region_name(seminar.region, language, series) for seminar in held}
    return {
        "acronym": series.id,
        "title": forms.in_language(series.title, language),
        "start": min(days).isoformat(),
        "end": max(days).isoformat(),
        "daysCount": len(set(days)) if held else 0,
        "timeslot_duration": "00:05",
        "time_zone_name": "UTC",
        "colors": {"primary": colour},
        "rooms": [_room(seminar, series) for seminar in held],
        "tracks": [{"name": name, "slug": region, "color": colour} for region, name in regions.items()],
        "days": list(_days(held, series, language)),
    }


def _guid(series: Series, kind: str, id: str) -> UUID:
    from uuid import UUID, uuid5

    return uuid5(UUID(SPACE), f"{series.id} {kind} {id}")


def _room(seminar: Seminar, series: Series) -> dict[str, Any]:
    """Return the online meeting of a seminar as a room: each has its own, so that none is ever taken twice."""
    return {
        "name": seminar.id,
        "slug": seminar.id,
        "guid": str(_guid(series, "room", seminar.id)),
        "description": seminar.title,
        "capacity": None,
    }


def _days(held: list[Seminar], series: Series, language: str) -> Iterator[dict[str, Any]]:
    for number, (day, group) in enumerate(groupby(held, key=lambda seminar: seminar.date), 1):
        seminars = list(group)
        starts, ends = ([getattr(seminar, name) for seminar in seminars] for name in ("start", "end"))
        yield {
            "index": number,
            "date": day.isoformat(),
            "day_start": _moment(seminars[0], min(starts)).isoformat(),
            "day_end": _moment(seminars[0], max(ends)).isoformat(),
            "rooms": {seminar.id: [_talk(part, series, language) for part in _parts(seminar)] for seminar in seminars},
        }


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What one talk of the schedule is: a segment with its times, or a whole seminar."""

    seminar: Seminar
    start: time
    end: time
    segments: tuple[SeminarSegment, ...]
    whole: bool

    @property
    def id(self) -> str:
        return self.seminar.id if self.whole else f"{self.seminar.id}-{self.segments[0].segment}"


def _parts(seminar: Seminar) -> list[_Part]:
    if any(item.start is None for item in seminar.segments):
        return [_Part(seminar=seminar, start=seminar.start, end=seminar.end, segments=seminar.segments, whole=True)]
    ends = [*(item.start for item in seminar.segments[1:]), seminar.end]
    return [
        _Part(seminar=seminar, start=item.start, end=end, segments=(item,), whole=False)
        for item, end in zip(seminar.segments, ends, strict=True)
    ]


def _talk(part: _Part, series: Series, language: str) -> dict[str, Any]:
    """Return one talk; whoever is not confirmed yet is not named in it."""
    seminar = part.seminar
    start, end = _moment(seminar, part.start), _moment(seminar, part.end)
    titles = [_title(item, seminar, series) for item in part.segments]
    people = [slot for item in part.segments for slot in item.speakers]
    slots = {slot.person: slot for slot in ([seminar.chair, *people] if part.whole else people) if slot.confirmed}
    guid = _guid(series, "talk", part.id)
    return {
        "guid": str(guid),
        "code": part.id,
        "id": guid.int % LARGEST_ID,
        "logo": None,
        "date": start.isoformat(),
        "start": f"{part.start:%H:%M}",
        "end": end.isoformat(),
        "duration": _duration(start, end),
        "room": seminar.id,
        "slug": f"{series.id}-{part.id}",
        "url": f"{series.website}{seminar.id}/index.html" if series.website else "",
        "title": seminar.title if part.whole else titles[0],
        "subtitle": "" if part.whole else seminar.title,
        "track": region_name(seminar.region, language, series),
        "type": "seminar" if part.whole else "talk",
        "language": seminar.language,
        "abstract": "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)) if part.whole else "",
        "description": "",
        "recording_license": "",
        "do_not_record": False,
        "persons": [_person(slot, seminar, series) for slot in slots.values()],
        "links": [{"title": seminar.title, "url": seminar.registration, "type": "related"}]
        if seminar.registration
        else [],
        "attachments": [],
    }


def _title(item: SeminarSegment, seminar: Seminar, series: Series) -> str:
    titles = {segment.id: segment.title for segment in series.segments}
    return item.title or forms.in_language(titles[item.segment], seminar.language)


def _person(slot: Slot, seminar: Seminar, series: Series) -> dict[str, Any]:
    person = series.people[slot.person]
    return {
        "guid": str(_guid(series, "person", person.id)),
        "code": person.id,
        "name": forms.full_name(person),
        "public_name": forms.full_name(person),
        "avatar": None,
        "biography": person.bio.get(seminar.language, ""),
        "url": None,
    }


def _moment(seminar: Seminar, hour: time) -> datetime:
    return datetime.combine(seminar.date, hour, tzinfo=UTC)


def _duration(start: datetime, end: datetime) -> str:
    minutes = int((end - start).total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
