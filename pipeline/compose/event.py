"""A seminar as an entry of a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from pipeline.compose.series import HELD
from pipeline.compose.view import View, named
from pipeline.core.documents import Event
from pipeline.core.sources import Seminar, Series, Status

STATUSES = get_args(Status)


def seminar_event(view: View, seminar: Seminar, series: Series) -> Event:
    """Return the seminar's calendar entry; its `uid` never changes, so that a new edition replaces the old one.

    A calendar takes only what has a higher sequence: within an edition the sequence grows from tentative to cancelled.
    """
    words, title = view.locale.words, f"{view.series_title} – {view.title}"
    texts = series.texts[seminar.language]
    platform = next((row.details[0] for row in texts.modalities if row.id == "platform"), "")
    return Event(
        uid=f"{seminar.id}@{series.id}.seminars.invalid",
        name=f"{view.file_stem}_{view.locale.files['calendar']}",
        language=view.tag,
        title=f"{view.status['word']}{_colon(view)} {title}" if view.status else title,
        description=_description(view),
        location=words["calendar_location"].format(platform=platform) if platform else words["online"],
        start=datetime.combine(seminar.date, seminar.start, tzinfo=UTC),
        end=datetime.combine(seminar.date, seminar.end, tzinfo=UTC),
        sequence=(seminar.edition - 1) * len(STATUSES) + STATUSES.index(seminar.status),
        status=seminar.status,
        organiser=view.host_names,
        contact=view.contact["text"] if view.contact.get("link", "").startswith("mailto:") else "",
        url=view.registration,
    )


def _description(view: View) -> str:
    """Return what a calendar shows of the seminar: hours, programme with its people, and how to register."""
    words = view.locale.words
    lines = [view.status["note"], ""] if view.status else []
    lines += [view.title, f"{view.day}, {view.hours}", ""]
    lines += [f"{view.chair.label}{_colon(view)} {named(view.chair, view.locale)}"]
    for segment in view.segments:
        names = ", ".join(named(speaker, view.locale) for speaker in segment.speakers) or words["to_be_announced"]
        lines.append(f"{segment.number}. {segment.title} – {names}")
    lines += ["", f"{words['registration']}{_colon(view)} {view.registration or view.registration_note}"]
    return "\n".join(lines)


def _colon(view: View) -> str:
    """Return a colon as the language sets it: French puts a no-break space before it."""
    return view.locale.spacing.get(" :", ":")


def calendar_links(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the name and address of each web calendar that takes the event ready-made; none once it is called off.

    They can only add an entry. What is in a calendar already is changed by the calendar file alone.
    """
    from urllib.parse import quote, urlencode

    if event.status not in HELD:
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
