"""A speaker's deck, already theirs, and the draft of the mail that carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compose import forms
from pipeline.compose.deck import foremost, funding_of, one, prompts, readings_of, sample_of, status_of
from pipeline.compose.runs import runs
from pipeline.compose.view import SegmentView, SpeakerView, View, properties, seminar_view
from pipeline.core.documents import Deck, Message, Paragraph, Properties, Slide
from pipeline.core.sources import Seminar, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One speaker's place in the programme; `folder` is the name of the folder that leaves for them."""

    folder: str
    person: str
    segment: int
    slot: int


def turns(seminar: Seminar) -> Iterator[Turn]:
    """Yield every speaker's turn; somebody who speaks twice gets a folder for each segment."""
    people = [slot.person for item in seminar.segments for slot in item.speakers]
    for i, item in enumerate(seminar.segments):
        for j, slot in enumerate(item.speakers):
            folder = slot.person if people.count(slot.person) == 1 else f"{slot.person}-{item.segment}"
            yield Turn(folder=folder, person=slot.person, segment=i, slot=j)


def speaker_deck(turn: Turn, view: View, seminar: Seminar, series: Series, root: Path) -> Deck:
    """Return the deck that a speaker fills in: title, house rules, the segment's questions, readings, closing."""
    segment = view.segments[turn.segment]
    speaker = segment.speakers[turn.slot]
    words = _filled_words(turn, view, seminar, series)
    slides = [_title(speaker, segment, view), _rules(turn, view, seminar, series, words)]
    questions = series.texts[seminar.language].speakers.questions[seminar.segments[turn.segment].segment]
    slides += [Slide(layout="Question", placeholders={"Title": one(text), "Body": ()}) for text in questions]
    example = {"Title": one(view.locale.words["example"]), "Picture": (), "Body": ()}
    slides.append(Slide(layout="Picture and text", placeholders=example))
    slides += readings_of(foremost(segment, 5), view)
    slides.append(_closing(speaker, segment, view))
    return Deck(properties=_properties(turn, speaker, view, series, root), slides=tuple(slides))


def _filled_words(turn: Turn, view: View, seminar: Seminar, series: Series) -> dict[str, str]:
    """Return what the texts for speakers leave open, filled for this one."""
    texts = series.texts[seminar.language].speakers
    segment = view.segments[turn.segment]
    speaker = segment.speakers[turn.slot]
    others = [other.name for i, other in enumerate(segment.speakers) if i != turn.slot]
    minutes = series.minutes.presentation
    duration = texts.alone.format(minutes=minutes)
    if others:
        duration = texts.shared.format(minutes=minutes, others=forms.listed(others, view.locale))
    deadline = seminar.date - timedelta(days=series.returns.days_before)
    return {
        "name": speaker.name,
        "series": view.series_title,
        "seminar": view.title,
        "segment": segment.title,
        "day": view.day,
        "date": view.date,
        "hours": view.hours,
        "duration": duration,
        "deadline": forms.day(deadline, view.locale, "long"),
        "remarks": "" if speaker.confirmed else texts.unconfirmed,
        "hosts": view.host_names,
    }


def _title(speaker: SpeakerView, segment: SegmentView, view: View) -> Slide:
    draft = "" if speaker.confirmed else f" · {view.locale.words['draft']} – {view.locale.words['to_be_confirmed']}"
    placeholders = {
        "Kicker": one(" · ".join((*status_of(view), view.date, view.hours)) + draft),
        "Title": one(segment.title),
        "Name": one(speaker.name),
        "Role": one(speaker.role_whole, language=speaker.role_language),
        "Subtitle": one(f"{view.series_title} · {view.title}"),
        **funding_of(view),
        **sample_of(view),
    }
    return Slide(layout="Speaker title", placeholders=placeholders)


def _rules(turn: Turn, view: View, seminar: Seminar, series: Series, words: Mapping[str, str]) -> Slide:
    """Return the slide of house rules, which the speaker deletes; that it is a draft stands first."""
    rules = [words["remarks"]] if words["remarks"] else []
    rules += [rule.format(**words) for rule in series.texts[seminar.language].speakers.rules]
    body = tuple(Paragraph(runs=runs(rule, view.locale), bullet=True) for rule in rules)
    return Slide(layout="House rules", placeholders={"Title": one(view.locale.words["house_rules"]), "Body": body})


def _closing(speaker: SpeakerView, segment: SegmentView, view: View) -> Slide:
    body = (*one(speaker.name), *one(segment.title), *one(f"{view.title}, {view.date}"))
    placeholders = {"Title": one(view.locale.words["thanks"]), "Body": body, **funding_of(view), **sample_of(view)}
    return Slide(layout="Closing", placeholders=placeholders)


def presentation_properties(turn: Turn, seminar: Seminar, series: Series, root: Path) -> Properties:
    """Return what a speaker's presentation is called, by its turn."""
    view = seminar_view(seminar, None, series, root)
    about = _properties(turn, view.segments[turn.segment].speakers[turn.slot], view, series, root)
    return replace(about, kind="presentation")


def _properties(turn: Turn, speaker: SpeakerView, view: View, series: Series, root: Path) -> Properties:
    """Return what the deck says of itself: its title, the prompts in its language, and the speaker's identity."""
    words = view.locale.words
    answers = {f"prompt:{layout}:Body": words["prompt_answer"] for layout in ("Question", "Picture and text")}
    about = properties("speaker", view, series)
    template = sha256((root / "templates/deck.pptx").read_bytes()).hexdigest()[:12]
    return replace(
        about,
        name=f"{view.file_stem}_{view.locale.files['speaker']}-{turn.folder}",
        title=f"{words['presentation_of_speaker'].format(name=speaker.name)} – {view.title}, {view.date}",
        words={**words, **prompts(words), **answers},
        identity={"series": series.id, "speaker": turn.folder, "template": template},
    )


def speaker_message(turn: Turn, view: View, seminar: Seminar, series: Series) -> Message:
    """Return the mail that carries a speaker's deck, in the seminar's language, as a draft to nobody yet."""
    texts = series.texts[seminar.language].speakers
    words = _filled_words(turn, view, seminar, series)
    text = texts.message.format(**words)
    paragraphs = [" ".join(line.strip(" ") for line in block.split("\n")).strip(" ") for block in text.split("\n\n")]
    if not view.held:
        return _called_off(paragraphs[0], view)
    speaker = view.segments[turn.segment].speakers[turn.slot]
    draft = "" if speaker.confirmed else f"[{view.locale.words['draft']}] "
    changed = f"[{view.status['word']}] " if view.status else ""  # provisional
    first = (view.status["note"],) if view.status else ()
    return Message(
        language=view.tag,
        subject=changed + draft + texts.subject.format(**words),
        text="\n\n".join((*first, *paragraphs)) + "\n",
    )


def _called_off(salutation: str, view: View) -> Message:
    """Return the mail that tells a speaker that the seminar is not held as announced: nothing is asked any more."""
    named = f"{view.series_title} – {view.title}, {view.day}, {view.hours}"
    text = (salutation, view.status["note"], named, view.locale.words["mail_regards"], view.host_names)
    return Message(
        language=view.tag,
        subject=f"[{view.status['word']}] {view.title}, {view.date}",
        text="\n\n".join(text) + "\n",
    )
