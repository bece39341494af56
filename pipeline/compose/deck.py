"""The seminar deck: a pure function from what is known of a seminar to slides, with the chair's cues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.compose import forms
from pipeline.compose.runs import html_runs, paragraphs, runs
from pipeline.compose.view import EntryView, SegmentView, SpeakerView, View, named, properties
from pipeline.core.documents import Deck, Paragraph, Picture, Run, Slide, Table
from pipeline.core.sources import Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SPEAKER = ("Monogram {}", "Photo {}", "Name {}", "Role {}", "Country {}")
LAYOUTS = {
    "Title": ("Kicker", "Title", "Subtitle", "Hosts", "Emblem", "Funding", "Sample"),
    "Text": ("Title", "Body"),
    "Table": ("Title", "Table"),
    "Segment": ("Number", "Title", "Subtitle"),
    "One speaker": ("Title", *(name.format(1) for name in _SPEAKER)),
    "Two speakers": ("Title", *(name.format(i) for i in (1, 2) for name in _SPEAKER)),
    "Readings": ("Title", "Body"),
    "Closing": ("Title", "Body", "Emblem", "Funding", "Sample"),
}
"""The layouts and placeholders that a deck asks of the template, by the names that PowerPoint shows."""

SPEAKER_LAYOUTS = {
    "Speaker title": ("Kicker", "Title", "Name", "Role", "Subtitle", "Emblem", "Funding", "Sample"),
    "House rules": ("Title", "Body"),
    "Question": ("Title", "Body"),
    "Picture and text": ("Title", "Picture", "Body"),
}
"""The layouts that a speaker's deck asks for besides those."""


def seminar_deck(view: View, series: Series) -> Deck:
    """Return the seminar's deck: title, why, objectives, programme, segments, how it works, readings, closing."""
    slides = [_title(view), *_purpose(view, series), _programme(view, series)]
    for segment in view.segments:
        slides += _segment(segment, view, series.minutes.presentation)
    slides.append(_how_it_works(view, series))
    slides += _readings(view)
    slides.append(_closing(view))
    about = properties("deck", view, series)
    return Deck(properties=replace(about, words={**about.words, **prompts(about.words)}), slides=tuple(slides))


def prompts(words: Mapping[str, str]) -> dict[str, str]:
    """Return what the empty places of every layout ask for, in the deck's language."""
    asked = {"Title": words["prompt_title"], "Picture": words["prompt_picture"]}
    every = {**LAYOUTS, **SPEAKER_LAYOUTS}
    return {
        f"prompt:{layout}:{place}": asked.get(place, words["prompt_text"])
        for layout, places in every.items()
        for place in (*places, "Sample")
    }


def one(text: str, *, language: str = "", link: str = "") -> tuple[Paragraph, ...]:
    return (Paragraph(runs=(Run(text=text, language=language, link=link),)),) if text else ()


def funding_of(view: View) -> dict[str, tuple[Paragraph, ...]]:
    """Return emblem and statement for a slide, or neither."""
    if not view.funding:
        return {}
    return {"Emblem": one(view.locale.words["emblem_alt"]), "Funding": one(view.funding["statement"])}


def sample_of(view: View) -> dict[str, tuple[Paragraph, ...]]:
    """Return the mark of a demonstration copy for a slide, or nothing."""
    return {"Sample": one(view.funding["sample"])} if view.funding and view.funding["sample"] else {}


def status_of(view: View) -> tuple[str, ...]:
    """Return the word for a seminar that is not held as printed, or nothing."""
    return (view.status["word"],) if view.status else ()


def _title(view: View) -> Slide:
    words = view.locale.words
    placeholders = {
        "Kicker": one(" · ".join((*status_of(view), view.date, view.hours))),
        "Title": one(view.series_title),
        "Subtitle": one(view.title),
        "Hosts": one(view.hosts),
        **funding_of(view),
        **sample_of(view),
    }
    notes = (words["cue_welcome"], words["cue_chair"].format(name=view.chair.name), words["cue_recording"])
    return Slide(layout="Title", placeholders=placeholders, notes=notes)


def _purpose(view: View, series: Series) -> Iterator[Slide]:
    """Yield why the series is held and what it will focus on."""
    texts, words = series.texts[view.seminar.language], view.locale.words
    sentences = texts.aim.rpartition(". ")
    why = paragraphs(texts.participants if not sentences[0] else f"{sentences[0]}.", view.locale)
    yield Slide(
        layout="Text", placeholders={"Title": one(words["why_series"]), "Body": why}, notes=(words["cue_objectives"],)
    )
    objectives = tuple(Paragraph(runs=runs(text, view.locale), bullet=True) for text in texts.objectives)
    lead = (Paragraph(runs=runs(sentences[2], view.locale)),)
    yield Slide(layout="Text", placeholders={"Title": one(words["objectives"]), "Body": lead + objectives})


def _programme(view: View, series: Series) -> Slide:
    words, minutes = view.locale.words, series.minutes
    rows = [(words["number"], words["segment"], words["speakers"]), ("–", view.chair.label, view.chair.name)]
    for segment in view.segments:
        names = [named(speaker, view.locale) for speaker in segment.speakers] or [words["to_be_announced"]]
        rows.append((str(segment.number), segment.title, forms.listed(names, view.locale)))
    cells = tuple(tuple(Paragraph(runs=(Run(text=text),)) for text in row) for row in rows)
    cue = words["cue_programme"].format(
        minutes=minutes.stated, segments=len(view.segments), presentation=minutes.presentation
    )
    table = Table(rows=cells, widths=(0.08, 0.5, 0.42))
    return Slide(layout="Table", placeholders={"Title": one(words["programme"])}, tables={"Table": table}, notes=(cue,))


def _segment(segment: SegmentView, view: View, minutes: int) -> Iterator[Slide]:
    """Yield the segment's divider and its speakers, two a slide."""
    words = view.locale.words
    names = [named(speaker, view.locale) for speaker in segment.speakers] or [words["to_be_announced"]]
    if len(names) > 2:  # more would run out of the divider; the full names stand on the slides that follow
        names = [" · ".join(speaker.family for speaker in segment.speakers)]
    subtitle = tuple(Paragraph(runs=(Run(text=name),)) for name in names)
    divider = {"Number": one(str(segment.number)), "Title": one(segment.title), "Subtitle": subtitle}
    cues = [words["cue_segment"].format(title=segment.title)]
    if not segment.speakers:
        cues.append(words["cue_nobody"])
    yield Slide(layout="Segment", placeholders=divider, notes=tuple(cues))
    pairs = [segment.speakers[i : i + 2] for i in range(0, len(segment.speakers), 2)]
    for i, pair in enumerate(pairs, 1):
        heading = words["speakers_of"].format(number=segment.number, title=segment.title)
        heading += f" ({i}/{len(pairs)})" if len(pairs) > 1 else ""
        yield _speakers(pair, heading, _floor_cues(segment, pair, minutes, view), view)


def _floor_cues(segment: SegmentView, pair: Sequence[SpeakerView], minutes: int, view: View) -> tuple[str, ...]:
    words = view.locale.words
    names = [named(speaker, view.locale) for speaker in pair]
    if len(segment.speakers) == 1:
        cues = [words["cue_floor"].format(name=names[0], minutes=minutes)]
    else:
        cues = [words["cue_floor_shared"].format(name=name) for name in names]
        cues.append(words["cue_shared"].format(minutes=minutes, count=len(segment.speakers)))
    return (*cues, words["cue_discussion"])


def _speakers(pair: Sequence[SpeakerView], heading: str, notes: tuple[str, ...], view: View) -> Slide:
    placeholders = {"Title": one(heading)}
    pictures: dict[str, Picture] = {}
    for i, speaker in enumerate(pair, 1):
        if speaker.picture:
            pictures[f"Photo {i}"] = speaker.picture
        else:
            placeholders[f"Monogram {i}"] = one(speaker.initials)
        placeholders[f"Name {i}"] = one(named(speaker, view.locale))
        placeholders[f"Role {i}"] = one(speaker.role, language=speaker.role_language)
        placeholders[f"Country {i}"] = one(speaker.country)
    given = {name: text for name, text in placeholders.items() if text}
    layout = "Two speakers" if len(pair) > 1 else "One speaker"
    return Slide(layout=layout, placeholders=given, pictures=pictures, notes=notes)


def _how_it_works(view: View, series: Series) -> Slide:
    words = view.locale.words
    rows = [row for row in series.texts[view.seminar.language].modalities if row.id in ("format", "process")]
    body = tuple(Paragraph(runs=runs(text, view.locale), bullet=True) for row in rows for text in row.details)
    return Slide(layout="Text", placeholders={"Title": one(words["how_it_works"]), "Body": body})


def _readings(view: View) -> Iterator[Slide]:
    """Yield the two foremost works of each segment; the writer spreads them over as many slides as they need."""
    words = view.locale.words
    chosen = [entry for rank in range(2) for s in view.segments for entry in foremost(s, 2)[rank : rank + 1]]
    yield from readings_of(chosen, view, notes=(words["cue_readings"],))


def foremost(segment: SegmentView, count: int) -> list[EntryView]:
    """Return so many works of a segment, those marked `first` before all others whatever their language."""
    return sorted(segment.entries, key=lambda entry: not entry.first)[:count]


def readings_of(entries: Sequence[EntryView], view: View, notes: tuple[str, ...] = ()) -> Iterator[Slide]:
    """Yield one slide of works, or none; the writer goes on over further slides where they do not fit."""
    if entries:
        placeholders = {
            "Title": one(view.locale.words["further_reading"]),
            "Body": tuple(_work(entry) for entry in entries),
        }
        yield Slide(layout="Readings", placeholders=placeholders, notes=notes)


def _work(entry: EntryView) -> Paragraph:
    """Return a work for a slide, with its language if that is another.

    Its address is left out: the bibliography gives it, and nobody copies it from a slide.
    """
    language = entry.language_tag if entry.left_to_right else ""
    shown = [run for run in html_runs(str(entry.html), language) if not run.link]
    shown[-1:] = [replace(run, text=run.text.rstrip(" ")) for run in shown[-1:]]  # where the address stood
    named = [Run(text=f" [{entry.language_name}]")] if entry.language_name else []
    return Paragraph(runs=(*shown, *named))


def _closing(view: View) -> Slide:
    """Return the last slide: what is of use once the seminar is over, and nothing to register for."""
    words, contact = view.locale.words, view.contact
    body = (*one(f"{view.title}, {view.date}"), *one(view.hosts), *one(words["cue_readings"]))
    body += one(contact["text"], link=contact["link"]) if contact else ()
    placeholders = {"Title": one(words["thanks"]), "Body": body, **funding_of(view), **sample_of(view)}
    return Slide(layout="Closing", placeholders=placeholders, notes=(words["cue_closing"],))
