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
