"""The files for one speaker: a deck with the speaker's name to be filled in, and the draft of the mail for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import cycle, takewhile

from pipeline.compose import forms
from pipeline.compose.deck import funding, speakers_map, when
from pipeline.compose.slide_works import first_works, short_work
from pipeline.compose.slides import layout_words, line, plain
from pipeline.compose.view import SegmentView, SpeakerView, View, file_name, properties
from pipeline.core.documents import Deck, Message, Paragraph, Properties, Slide
from pipeline.core.sources import Seminar

_MARKDOWN = re.compile(r"([\\`*_\[\]<>&])")
"""The characters that Markdown reads as more than themselves, since names and titles are put into Markdown."""


MAP_ON_TITLE = (364, 246)
"""Points: width and height of the box of the map."""
EMPTY: dict[str, dict[str, tuple[Paragraph, ...]]] = {
    "Statement and picture": {"Picture": (), "Body": ()},
    "Three points": {"Body": (), "Point 2": (), "Point 3": ()},
    "Table or diagram": {"Body": (), "Source": ()},
    "Quotation": {"Body": (), "Source": ()},
}
"""The layouts for a speaker's answers in their order, and the placeholders on them that a speaker fills in."""
OFFERED = ("Speaker title", "House rules", *EMPTY, "Text", "Table", "Readings", "Closing")
"""The layouts that a speaker can choose from: the others are for the programme of the seminar."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One speaker's place in the programme; `folder` is the name of the folder with the speaker's files."""

    folder: str
    person: str
    segment: int
    slot: int


def turns(seminar: Seminar) -> Iterator[Turn]:
    """Yield every speaker's turn; a person who speaks twice gets a folder for each segment."""
    people = [slot.person for item in seminar.segments for slot in item.speakers]
    for i, item in enumerate(seminar.segments):
        for j, slot in enumerate(item.speakers):
            folder = slot.person if people.count(slot.person) == 1 else f"{slot.person}-{item.segment}"
            yield Turn(folder=folder, person=slot.person, segment=i, slot=j)


def compose_speaker(turn: Turn, view: View) -> Deck:
    """Return the deck that a speaker fills in: title, house rules, the segment's questions, works, closing."""
    segment, speaker = _place(turn, view)
    words, texts = view.locale.words, view.series.texts[view.seminar.language].speakers
    given = _given(turn, view)
    unconfirmed = [given["remarks"]] if given["remarks"] else []
    rules = [line(rule, view.locale, bullet=True) for rule in unconfirmed]
    inserted = {name: _MARKDOWN.sub(r"\\\1", text) for name, text in given.items()}
    rules += [line(rule.format(**inserted), view.locale, bullet=True) for rule in texts.rules]
    closing = {
        "Title": plain(words["thanks"]),
        "Message": plain(view.heading, view.date),
        "Body": plain(speaker.name, segment.title),
        **funding(view),
    }
    pictures = {"Photo": speaker.picture} if speaker.picture else {}
    drawn = speakers_map(turn.segment, (speaker,), view, MAP_ON_TITLE)
    asked = texts.questions[segment.id]
    slides = (
        Slide(
            layout="Speaker title",
            placeholders=title_texts(turn, view),
            pictures=pictures,
            drawings={"Map": drawn} if drawn else {},
        ),
        Slide(layout="House rules", placeholders={"Title": plain(words["house_rules"]), "Body": tuple(rules)}),
        *(
            Slide(
                layout=layout,
                placeholders={"Title": (line(question, view.locale),), **EMPTY[layout]},
                notes=(words["note_question"].format(question=question),),
            )
            for question, layout in zip(asked, cycle(EMPTY))
        ),
        *_works(segment, view),
        Slide(layout="Closing", placeholders=closing),
    )
    template = sha256((view.root / "templates/deck.pptx").read_bytes()).hexdigest()[:12]
    about = replace(
        presentation_properties(turn, view),
        kind="speaker",
        words={**words, **layout_words(words)},
        identity={"series": view.series.id, "speaker": turn.folder, "template": template},
    )
    return Deck(properties=about, slides=slides, layouts=OFFERED)


def title_texts(turn: Turn, view: View) -> dict[str, tuple[Paragraph, ...]]:
    """Return the texts of the first slide by placeholder; the speaker fills in those without text."""
    segment, speaker = _place(turn, view)
    words = view.locale.words
    draft = "" if speaker.confirmed else f" · {words['draft']} – {words['to_be_confirmed']}"
    return {
        "Kicker": plain(segment.title + draft),
        "Title": (),
        "Photo": (),
        "Name": plain(speaker.name),
        "Role": plain(speaker.role, language=speaker.role_language),
        **({"Country": plain(speaker.country)} if speaker.country else {}),
        "Subtitle": plain(view.heading),
        "When": plain(when(view)),
        **funding(view),
    }


def _works(segment: SegmentView, view: View) -> Iterator[Slide]:
    """Yield one slide with the first works of the segment, or none; the titles are links."""
    body = tuple(short_work(entry) for entry in first_works(segment, 4))
    if body:
        words = view.locale.words
        placeholders = {"Kicker": plain(segment.title), "Title": plain(words["further_reading"]), "Body": body}
        yield Slide(layout="Readings", placeholders=placeholders)


def presentation_properties(turn: Turn, view: View) -> Properties:
    """Return the properties of a speaker's presentation, with its own name and title."""
    name = view.locale.words["presentation_of_speaker"].format(name=_place(turn, view)[1].name)
    title = f"{name} – {view.title}, {view.date}"
    return properties("presentation", f"{file_name('speaker', view)}-{turn.folder}", title, view)


def compose_message(turn: Turn, view: View) -> Message:
    """Return the mail for a speaker's deck, as a draft without an address, in the seminar's language.

    A speaker who is still to be confirmed is asked. If the seminar is not held, the mail only announces this.
    """
    texts, words, given = view.series.texts[view.seminar.language].speakers, view.locale.words, _given(turn, view)
    is_asked = not _place(turn, view)[1].confirmed
    blocks = (texts.invitation if is_asked else texts.message).split("\n\n")
    paragraphs = [
        " ".join(line.strip(" ") for line in block.split("\n")).strip(" ").format(**given) for block in blocks
    ]
    salutation = [*takewhile(lambda paragraph: not paragraph.endswith("."), paragraphs)]
    if not view.held:
        about = f"{view.series_title} – {view.title}, {given['day']}, {view.hours}"
        end = (words["mail_contact"], words["mail_regards"], signature(view))
        paragraphs = [*salutation, view.status["note"], about, *end]
        subject = f"[{view.status['word']}] {view.title}, {view.date}"
    else:
        provisional = f"[{view.status['word']}] " if view.status else ""
        if view.status:
            paragraphs.insert(len(salutation), view.status["note"])
        subject = provisional + (texts.invitation_subject if is_asked else texts.subject).format(**given)
    return Message(language=view.tag, subject=subject, text="\n\n".join(paragraphs) + "\n")


def signature(view: View) -> str:
    """Return the lines below a mail: who signs, if anybody does, the hosts, and the contact of the series."""
    series, language = view.series, view.seminar.language
    signed_by = series.signed_by
    who = [signed_by.name, forms.in_language(signed_by.function, language)] if signed_by else []
    hosts = forms.listed([forms.in_language(host.name, language) for host in series.hosts], view.locale)
    return "\n".join(filter(None, (*who, hosts, series.contact)))


def _place(turn: Turn, view: View) -> tuple[SegmentView, SpeakerView]:
    segment = view.segments[turn.segment]
    return segment, segment.speakers[turn.slot]


def _given(turn: Turn, view: View) -> dict[str, str]:
    """Return the values for the words in braces in the texts for speakers."""
    segment, speaker = _place(turn, view)
    texts, minutes = view.series.texts[view.seminar.language].speakers, view.series.minutes.presentation
    others = [other.running for other in segment.speakers if other is not speaker]
    duration = texts.alone.format(minutes=minutes)
    if others:
        duration = texts.shared.format(minutes=minutes, others=forms.listed(others, view.locale))
    deadline = view.seminar.date - timedelta(days=view.series.returns.days_before)
    return {
        "name": speaker.running,
        "series": view.series_title,
        "seminar": view.title,
        "segment": segment.title,
        "day": forms.day_in_sentence(view.seminar.date, view.locale),
        "date": view.date,
        "hours": forms.hours_in_sentence(view.seminar, view.locale),
        "duration": duration,
        "deadline": forms.day(deadline, view.locale, "long"),
        "remarks": "" if speaker.confirmed else texts.unconfirmed,
        "signature": signature(view),
    }
