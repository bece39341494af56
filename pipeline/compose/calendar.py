"""The calendar entry of a seminar, and the links with which web calendars add it."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote, urlencode

from pipeline.compose.forms import colon
from pipeline.compose.view import View, file_name
from pipeline.core.documents import Event
from pipeline.core.status import Status

STATUSES = get_args(Status)


def seminar_event(view: View) -> Event:
    """Return the seminar's calendar entry; its `uid` never changes, so that a new edition replaces the old one.

    A calendar accepts only a higher sequence: within an edition the sequence grows from tentative to cancelled.
    """
    words, seminar = view.locale.words, view.seminar
    title = f"{view.series_title} – {view.title}"
    modalities = view.series.texts[seminar.language].modalities
    platform = next((row.details[0] for row in modalities if row.id == "platform"), "")
    return Event(
        uid=f"{seminar.id}@{view.series.id}.seminars.invalid",
        name=file_name("calendar", view),
        language=view.tag,
        title=f"{view.status['word']}{colon(view.locale)} {title}" if view.status else title,
        description=_description(view),
        location=words["calendar_location"].format(platform=platform) if platform else words["online"],
        start=seminar.begins,
        end=seminar.ends,
        sequence=(seminar.edition - 1) * len(STATUSES) + STATUSES.index(seminar.status),
        status=seminar.status,
        organiser=view.host_names,
        contact=view.contact["text"] if view.contact.get("link", "").startswith("mailto:") else "",
        url=view.registration,
    )


def _description(view: View) -> str:
    """Return the description for calendars: hours, programme with its people, and how to register."""
    words, after = view.locale.words, colon(view.locale)
    lines = [view.status["note"], ""] if view.status else []
    lines += [view.title, f"{view.day}, {view.hours}", "", f"{view.chair.label}{after} {view.chair.named}"]
    for segment in view.segments:
        names = ", ".join(speaker.named for speaker in segment.speakers) or words["to_be_announced"]
        lines.append(f"{segment.number}. {segment.title} – {names}")
    lines += ["", f"{words['registration']}{after} {view.registration or view.registration_note}"]
    return "\n".join(lines)


def calendar_links(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the name and address of each web calendar that can add the event.

    These links can only add an entry; only the calendar file can change an entry. So an event that is not held has no
    such links.
    """
    if event.status in ("postponed", "cancelled"):
        return ()
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
    query = urlencode(outlook, quote_via=quote)
    return (
        ("Google", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ("Outlook.com", f"https://outlook.live.com/calendar/0/deeplink/compose?{query}"),
        ("Microsoft 365", f"https://outlook.office.com/calendar/0/deeplink/compose?{query}"),
    )
