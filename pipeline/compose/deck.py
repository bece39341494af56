"""The deck of a seminar: its programme, speakers and works on slides, with cues for the chair in the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.compose import forms
from pipeline.compose.slides import html_runs, line, plain, prompts, prose
from pipeline.compose.view import EntryView, SegmentView, SpeakerView, View
from pipeline.core.documents import Deck, Paragraph, Picture, Properties, Run, Slide, Table

LONGEST_LINK = 30
"""Characters, about, of a part of a link that is not broken over lines."""


def seminar_deck(view: View, about: Properties) -> Deck:
    """Return the seminar's deck: title, reasons, objectives, programme, segments, modalities, works, closing."""
    words, texts = view.locale.words, view.series.texts[view.seminar.language]
    title = Slide(
        layout="Title",
        placeholders={
            "Kicker": plain(when(view)),
            "Title": plain(view.series_title),
            "Subtitle": plain(view.title),
            "Hosts": plain(view.hosts),
            **funding(view),
        },
        notes=(words["cue_welcome"], forms.sentence(words["cue_chair"], name=view.chair.name), words["cue_recording"]),
    )
    modalities = [row for row in texts.modalities if row.id in ("format", "process")]
    details = tuple(line(text, view.locale, bullet=True) for row in modalities for text in row.details)
    how_it_works = Slide(layout="Text", placeholders={"Title": plain(words["how_it_works"]), "Body": details})
    contact = plain(view.contact["text"], link=view.contact["link"]) if view.contact else ()
    closing = {
        "Title": plain(words["thanks"]),
        "Body": (*plain(f"{view.title}, {view.date}", view.hosts, words["cue_readings"]), *contact),
        **funding(view),
    }
    first = [
        entry for rank in range(2) for segment in view.segments for entry in first_works(segment, 2)[rank : rank + 1]
    ]
    slides = (
        title,
        *_purpose(view),
        _programme(view),
        *(slide for segment in view.segments for slide in _segment(segment, view)),
        how_it_works,
        *works(first, view, notes=(words["cue_readings"],)),
        Slide(layout="Closing", placeholders=closing, notes=(words["cue_closing"],)),
    )
    return Deck(properties=replace(about, words={**about.words, **prompts(about.words)}), slides=slides)


def when(view: View) -> str:
    """Return day and hours; before them the word for the status of a seminar that is not held as printed."""
    return " · ".join(filter(None, (view.status.get("word"), view.date, view.hours)))


def funding(view: View) -> dict[str, tuple[Paragraph, ...]]:
    """Return emblem, statement and the mark of a demonstration copy for a slide; empty if they are removed."""
    if not view.funding:
        return {}
    sample = {"Sample": plain(view.funding["sample"])} if view.funding["sample"] else {}
    return {"Emblem": plain(view.locale.words["emblem_alt"]), "Funding": plain(view.funding["statement"]), **sample}


def _purpose(view: View) -> Iterator[Slide]:
    """Yield the rationale of the series, and its objectives below the last sentence of its aim."""
    texts, words = view.series.texts[view.seminar.language], view.locale.words
    before, _, last = texts.aim.rpartition(". ")
    why = prose(f"{before}." if before else texts.participants, view.locale)
    placeholders = {"Title": plain(words["why_series"]), "Body": why}
    yield Slide(layout="Text", placeholders=placeholders, notes=(words["cue_objectives"],))
    objectives = [line(text, view.locale, bullet=True) for text in texts.objectives]
    body = (line(last, view.locale), *objectives)
    yield Slide(layout="Text", placeholders={"Title": plain(words["objectives"]), "Body": body})


def _programme(view: View) -> Slide:
    words, minutes = view.locale.words, view.series.minutes
    rows = [(words["number"], words["segment"], words["speakers"]), ("–", view.chair.label, view.chair.name)]
    for segment in view.segments:
        names = [speaker.named for speaker in segment.speakers] or [words["to_be_announced"]]
        rows.append((str(segment.number), segment.title, forms.listed(names, view.locale)))
    cells = tuple(tuple(Paragraph(runs=(Run(text=text),)) for text in row) for row in rows)
    cue = words["cue_programme"].format(
        minutes=minutes.stated, segments=len(view.segments), presentation=minutes.presentation
    )
    table = Table(rows=cells, widths=(0.08, 0.5, 0.42))
    placeholders = {"Title": plain(words["programme"])}
    return Slide(layout="Table", placeholders=placeholders, tables={"Table": table}, notes=(cue,))


def _segment(segment: SegmentView, view: View) -> Iterator[Slide]:
    """Yield the segment's title slide and slides with its speakers, two on each."""
    words = view.locale.words
    names = [speaker.named for speaker in segment.speakers] or [words["to_be_announced"]]
    if len(names) > 2:  # more lines do not fit on the title slide; the next slides have the full names
        names = [" · ".join(speaker.family for speaker in segment.speakers)]
    divider = {"Number": plain(str(segment.number)), "Title": plain(segment.title), "Subtitle": plain(*names)}
    cues = [forms.sentence(words["cue_segment"], title=segment.title)]
    if not segment.speakers:
        cues.append(words["cue_nobody"])
    yield Slide(layout="Segment", placeholders=divider, notes=tuple(cues))
    pairs = [segment.speakers[i : i + 2] for i in range(0, len(segment.speakers), 2)]
    for i, pair in enumerate(pairs, 1):
        heading = words["speakers_of"].format(number=segment.number, title=segment.title)
        heading += f" ({i}/{len(pairs)})" if len(pairs) > 1 else ""
        yield _speakers(pair, heading, segment, view)


def _speakers(pair: Sequence[SpeakerView], heading: str, segment: SegmentView, view: View) -> Slide:
    """Return one slide of a segment's speakers; its notes have the words with which the chair introduces them."""
    words, minutes = view.locale.words, view.series.minutes.presentation
    if len(segment.speakers) == 1:
        cues = [forms.sentence(words["cue_floor"], name=pair[0].named, minutes=minutes)]
    else:
        cues = [forms.sentence(words["cue_floor_shared"], name=speaker.named) for speaker in pair]
        cues.append(words["cue_shared"].format(minutes=minutes, count=len(segment.speakers)))
    placeholders, pictures = {"Title": plain(heading)}, dict[str, Picture]()
    for i, speaker in enumerate(pair, 1):
        if speaker.picture:
            pictures[f"Photo {i}"] = speaker.picture
        else:
            placeholders[f"Monogram {i}"] = plain(speaker.initials)
        placeholders[f"Name {i}"] = plain(speaker.named)
        placeholders[f"Role {i}"] = plain(speaker.role, language=speaker.role_language)
        placeholders[f"Country {i}"] = plain(speaker.country)
    return Slide(
        layout="Two speakers" if len(pair) > 1 else "One speaker",
        placeholders={name: text for name, text in placeholders.items() if text},
        pictures=pictures,
        notes=(*cues, words["cue_discussion"]),
    )


def first_works(segment: SegmentView, count: int) -> list[EntryView]:
    """Return up to `count` works of a segment, those marked `first` before all others in any language."""
    return sorted(segment.entries, key=lambda entry: not entry.first)[:count]


def works(entries: Sequence[EntryView], view: View, notes: tuple[str, ...] = ()) -> Iterator[Slide]:
    """Yield one slide of works, whose titles are links, or none; the writer continues it if they do not fit."""
    body = []
    for entry in entries:
        runs = [
            part
            for run in html_runs(entry.html, entry.language_tag if entry.left_to_right else "")
            for part in _parts(run)
        ]
        language = [Run(text=f" [{entry.language_name}]")] if entry.language_name else []
        body.append(Paragraph(runs=(*runs, *language)))
    if body:
        placeholders = {"Title": plain(view.locale.words["further_reading"]), "Body": tuple(body)}
        yield Slide(layout="Readings", placeholders=placeholders, notes=notes)


def _parts(run: Run) -> Iterator[Run]:
    """Yield a run, and a long link as several: LibreOffice breaks no line within a link."""
    texts = re.findall(rf"\S.{{0,{LONGEST_LINK}}}(?=\s|$)\s*|\S+\s*", run.text) if run.link else []
    yield from (replace(run, text=text) for text in texts or [run.text])
