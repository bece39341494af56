"""A seminar as an entry of a calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.compose.view import View
from pipeline.model import Event, Seminar, Series


def seminar_event(view: View, seminar: Seminar, series: Series) -> Event:
    """Return the seminar's calendar entry; its `uid` never changes, so that a new edition replaces the old one."""
    words = view.locale.words
    texts = series.texts[seminar.language]
    platform = next((row.details[0] for row in texts.modalities if row.id == "platform"), "")
    lines = [view.title, f"{view.day}, {view.hours}", ""]
    lines += [f"{view.chair.label}{_colon(view)} {view.chair.name}"]
    for segment in view.segments:
        names = ", ".join(speaker.name for speaker in segment.speakers) or words["to_be_announced"]
        lines.append(f"{segment.number}. {segment.title} – {names}")
    register = view.registration or words["registration_soon"]
    lines += ["", f"{words['registration']}{_colon(view)} {register}"]
    return Event(
        uid=f"{seminar.id}@{series.id}.seminars.invalid",
        name=f"{view.file_stem}_{view.locale.files['calendar']}",
        language=view.tag,
        title=f"{view.series_title} – {view.title}",
        description="\n".join(lines),
        location=words["calendar_location"].format(platform=platform) if platform else words["online"],
        start=datetime.combine(seminar.date, seminar.start, tzinfo=UTC),
        end=datetime.combine(seminar.date, seminar.end, tzinfo=UTC),
        sequence=seminar.edition - 1,
        organiser=view.host_names,
        url=view.registration,
    )


def _colon(view: View) -> str:
    """Return a colon as the language sets it: French puts a no-break space before it."""
    return view.locale.spacing.get(" :", ":")


def calendar_links(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the name and address of each web calendar that takes the event ready-made."""
    from urllib.parse import urlencode

    start, end = (moment.strftime("%Y%m%dT%H%M%SZ") for moment in (event.start, event.end))
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{start}/{end}",
        "details": event.description,
        "location": event.location,
    }
    outlook = {
        "rru": "addevent",
        "subject": event.title,
        "startdt": event.start.isoformat().replace("+00:00", "Z"),
        "enddt": event.end.isoformat().replace("+00:00", "Z"),
        "body": event.description,
        "location": event.location,
    }
    return (
        ("Google", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ("Outlook", f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}"),
    )


def structured_data(event: Event, view: View, seminar: Seminar, series: Series) -> str:
    """Return the seminar in the terms of schema.org, for search engines: an online event with its performers."""
    import json

    people = {s.name: s for segment in view.segments for s in segment.speakers if s.confirmed}
    told = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": event.title,
        "description": event.description,
        "inLanguage": view.tag,
        "startDate": event.start.isoformat(),
        "endDate": event.end.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", **({"url": view.registration} if view.registration else {})},
        "organizer": [{"@type": "Organization", "name": name} for name in view.host_names.split(" · ")],
        "performer": [{"@type": "Person", "name": s.name, "jobTitle": s.role_whole} for s in people.values()],
        "superEvent": {"@type": "EventSeries", "name": view.series_title},
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c")  # so that no text of ours can end the element that holds it
