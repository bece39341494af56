"""The deck of a seminar: its region, process, programme, speakers and works, with cues for the chair in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.compose import forms
from pipeline.compose.pictures import qr_code
from pipeline.compose.region_map import region_map
from pipeline.compose.run_of_show import run_of_show, segment_hours
from pipeline.compose.slide_works import readings_of
from pipeline.compose.slides import layout_words, line, plain
from pipeline.compose.view import SegmentView, SpeakerView, View
from pipeline.core.documents import (
    Deck,
    Map,
    Paragraph,
    Picture,
    Properties,
    Run,
    Slide,
    Table,
    Timeline,
)
from pipeline.core.zones import zone_places

MAP_ON_COVER, MAP_ON_SEGMENT, MAP_LABEL = (424, 392), (272, 226), 18
"""Points: width and height of the boxes of the maps, and the size of the names on them."""
LONGEST_OF_TWO = 190
"""Characters of name, role and country up to which two people share a slide."""
POINTS = 4
"""Cards on the slide of the objectives; more objectives become a list."""


def seminar_deck(view: View, about: Properties) -> Deck:
    """Return the seminar's deck: cover, timeline, how it works, objectives, programme, segments, works, closing."""
    words = view.locale.words
    slides = (
        _cover(view),
        *_timeline(view),
        _how_it_works(view),
        _objectives(view),
        _programme(view),
        *(slide for number, segment in enumerate(view.segments) for slide in _segment(number, segment, view)),
        *_readings(view),
        _closing(view),
    )
    return Deck(properties=replace(about, words={**about.words, **layout_words(words)}), slides=slides)


def _cover(view: View) -> Slide:
    words = view.locale.words
    drawn = region_map(view.seminar, view.series, width=MAP_ON_COVER[0], height=MAP_ON_COVER[1], size=MAP_LABEL)
    placeholders = {
        "Kicker": plain(when(view)),
        "Title": plain(view.heading),
        "Subtitle": plain(view.series_title),
        "Hosts": plain(view.host_names),
        **funding(view),
    }
    if drawn:
        placeholders["Map"] = plain(words["map_alt"])
    return Slide(
        layout="Title",
        placeholders=placeholders,
        drawings={"Map": drawn} if drawn else {},
        notes=(
            words["cue_welcome"],
            forms.sentence(words["cue_chair"], name=view.chair.running),
            words["cue_recording"],
        ),
    )


def _timeline(view: View) -> Iterator[Slide]:
    """Yield the timeline of the process that leads to the seminar, if the series has one."""
    words, texts = view.locale.words, view.series.texts[view.seminar.language]
    if view.timeline:
        told = [f"{point.when}{forms.colon(view.locale)} {point.text}" for point in view.timeline]
        placeholders = {
            "Kicker": plain(words["why_series"]) if texts.statements.timeline else (),
            "Title": plain(forms.spaced(texts.statements.timeline, view.locale) or words["why_series"]),
            "Timeline": plain(forms.spaced("; ".join(told), view.locale)),
        }
        yield Slide(
            layout="Timeline",
            placeholders={name: text for name, text in placeholders.items() if text},
            drawings={"Timeline": Timeline(points=view.timeline)},
            notes=(words["cue_objectives"],),
        )


def _how_it_works(view: View) -> Slide:
    """Return what a participant wants to know first, with the address of the package if the series has a website."""
    words, minutes = view.locale.words, view.series.minutes.presentation
    link = f"{view.series.website}{view.id}/index.html" if view.series.website else ""
    facts = (
        (words["presentations"], plain(words["how_presentations"].format(minutes=minutes))),
        (words["questions"], plain(words["how_questions"])),
        (words["recording"], plain(words["how_recording"])),
        (words["page"], plain(words["how_package"], link=link)),
    )
    placeholders = {"Kicker": plain(words["how_it_works"]), "Title": plain(words["how_statement"])}
    for number, (term, text) in enumerate(facts, 1):
        placeholders |= {f"Term {number}": plain(term), f"Text {number}": text}
    pictures = {"Code": qr_code("package", link)} if link else {}
    if link:
        placeholders["Code"] = plain(words["page"])
    return Slide(layout="Facts", placeholders=placeholders, pictures=pictures, notes=(words["cue_recording"],))


def _objectives(view: View) -> Slide:
    texts, words = view.series.texts[view.seminar.language], view.locale.words
    statement = forms.spaced(texts.statements.objectives, view.locale)
    placeholders = {"Title": plain(statement or words["objectives"])}
    if len(texts.objectives) > POINTS:
        body = tuple(line(text, view.locale, bullet=True) for text in texts.objectives)
        return Slide(layout="Text", placeholders={**placeholders, "Body": body})
    if statement:
        placeholders["Kicker"] = plain(words["objectives"])
    for number, text in enumerate(texts.objectives, 1):
        point = line(text.rstrip(" \u00a0\u202f;."), view.locale)
        first, *others = point.runs
        capital = replace(first, text=first.text[:1].upper() + first.text[1:])
        placeholders |= {
            f"Number {number}": plain(str(number)),
            f"Point {number}": (Paragraph(runs=(capital, *others)),),
        }
    return Slide(layout="Points", placeholders=placeholders, notes=(words["cue_objectives"],))


def _closing(view: View) -> Slide:
    words = view.locale.words
    link = f"{view.series.website}{view.id}/index.html" if view.series.website else view.registration
    contact = plain(view.contact["text"], link=view.contact["link"]) if view.contact else ()
    placeholders = {
        "Title": plain(words["thanks"]),
        "Message": plain(view.heading, view.date),
        "Body": (*plain(words["closing_package"], words["how_certificate"]), *plain(link, link=link), *contact),
        **funding(view),
    }
    if link:
        placeholders |= {"Code": plain(words["page"]), "Code label": plain(words["page"])}
    pictures = {"Code": qr_code("package", link)} if link else {}
    return Slide(layout="Closing", placeholders=placeholders, pictures=pictures, notes=(words["cue_closing"],))


def when(view: View) -> str:
    """Return day and hours; before them the word for the status of a seminar that is not held as printed."""
    return " · ".join(filter(None, (view.status.get("word"), view.date, view.hours)))


def funding(view: View) -> dict[str, tuple[Paragraph, ...]]:
    """Return emblem, statement and the mark of a demonstration copy for a slide; empty if they are removed."""
    if not view.funding:
        return {}
    sample = {"Sample": plain(view.funding["sample"])} if view.funding["sample"] else {}
    return {"Emblem": plain(view.locale.words["emblem_alt"]), "Funding": plain(view.funding["statement"]), **sample}


def _programme(view: View) -> Slide:
    words, minutes = view.locale.words, view.series.minutes
    rows = [(words["number"], words["segment"], words["speakers"]), ("–", view.chair.label, view.chair.name)]
    for segment in view.segments:
        names = [
            f"{speaker.named}, {speaker.country}" if speaker.country else speaker.named for speaker in segment.speakers
        ]
        rows.append((str(segment.number), segment.title, "\n".join(names or [words["to_be_announced"]])))
    cells = tuple(tuple(Paragraph(runs=(Run(text=text),)) for text in row) for row in rows)
    cue = words["cue_programme"].format(
        minutes=view.seminar.minutes, segments=len(view.segments), presentation=minutes.presentation
    )
    show, title = run_of_show(view), words["programme_statement"]
    fixed = all(item.start for item in view.seminar.segments)
    mark = [words["programme"]] if fixed else [words["programme"], words["proposal"]]
    placeholders = {
        "Kicker": plain(" · ".join(mark)),
        "Title": plain(title.format(minutes=view.seminar.minutes, segments=len(view.segments))),
        "Run": plain(forms.spaced("; ".join(part.label for part in show.parts), view.locale)),
    }
    table = Table(rows=cells, widths=(0.09, 0.47, 0.44))
    return Slide(
        layout="Programme", placeholders=placeholders, tables={"Table": table}, drawings={"Run": show}, notes=(cue,)
    )


def _segment(number: int, segment: SegmentView, view: View) -> Iterator[Slide]:
    """Yield a slide for the segment, and further ones if more than two people speak in it."""
    words = view.locale.words
    hours, proposal = segment_hours(number, view)
    cues = [
        forms.sentence(words["cue_segment"], title=segment.title),
        " · ".join(filter(None, (f"{hours} UTC", proposal))),
    ]
    questions = view.series.texts[view.seminar.language].speakers.questions.get(segment.id, ())
    asked = tuple(line(text, view.locale, bullet=True) for text in questions)
    heading = Paragraph(runs=(Run(text=words["questions"], strong=True),))
    label = Run(text=words["to_read"] + forms.colon(view.locale) + " ", strong=True)
    reading = tuple(Paragraph(runs=(label, *work.runs)) for work in readings_of(segment)[:1])
    longest = max((len(f"{each.named}{each.role}{each.country}") for each in segment.speakers), default=0)
    step = 2 if longest <= LONGEST_OF_TWO else 1
    pairs = [segment.speakers[i : i + step] for i in range(0, len(segment.speakers), step)] or [()]
    for i, pair in enumerate(pairs, 1):
        title = segment.title + (f"{forms.NBSP}({i}/{len(pairs)})" if len(pairs) > 1 else "")
        shared = {
            "Number": plain(str(segment.number)),
            "Title": plain(title),
            "Time": plain(hours, " · ".join(filter(None, ("UTC", proposal)))),
        }
        drawn = speakers_map(number, pair, view, MAP_ON_SEGMENT)
        person, pictures, said = _people(pair, segment, view)
        content = {**shared, **person, "Body": (heading, *asked) if asked else (), "Reading": reading}
        placeholders = {name: text for name, text in content.items() if text}
        yield Slide(
            layout={0: "Segment", 1: "One speaker", 2: "Two speakers"}[len(pair)],
            placeholders=placeholders,
            pictures=pictures,
            drawings={"Map": drawn} if drawn else {},
            notes=(*cues, *said, words["cue_discussion"]),
        )


def speakers_map(number: int, pair: Sequence[SpeakerView], view: View, box: tuple[float, float]) -> Map | None:
    """Return the map of the region on which only the capitals of these speakers' countries are lit."""
    slots = view.seminar.segments[number].speakers
    people = [view.series.people[slot.person] for slot in slots]
    names = {speaker.name for speaker in pair}
    countries = {person.country for person in people if f"{person.given} {person.family}" in names}
    zones = zone_places()
    lit = tuple(each for each in view.seminar.capitals if each.zone in zones and zones[each.zone].country in countries)
    seminar = view.seminar.model_copy(update={"capitals": lit})
    return region_map(seminar, view.series, width=box[0], height=box[1], size=MAP_LABEL)


def _post(speaker: SpeakerView) -> str:
    """Return the role and the country, once."""
    is_said = not speaker.country or speaker.country in speaker.role_full
    return speaker.role_full if is_said else ", ".join(filter(None, (speaker.role_full, speaker.country)))


def _people(
    pair: Sequence[SpeakerView], segment: SegmentView, view: View
) -> tuple[dict[str, tuple[Paragraph, ...]], dict[str, Picture], tuple[str, ...]]:
    """Return the placeholders and portraits of one or two speakers, and what the chair says of them."""
    words, minutes = view.locale.words, view.series.minutes.presentation
    if not pair:
        return {"Announced": plain(words["to_be_announced"])}, {}, (words["cue_nobody"],)
    called = [
        speaker.running if speaker.confirmed else f"{speaker.running} ({words['to_be_confirmed']})" for speaker in pair
    ]
    posts = [_post(speaker) for speaker in pair]
    cues = [forms.sentence(words["cue_introduce"], name=name, role=post) for name, post in zip(called, posts)]
    if len(segment.speakers) == 1:
        cues.append(forms.sentence(words["cue_floor"], name=called[0], minutes=minutes))
    else:
        cues += [forms.sentence(words["cue_floor_shared"], name=name) for name in called]
        cues.append(words["cue_shared"].format(minutes=minutes, count=len(segment.speakers)))
    placeholders, pictures = dict[str, tuple[Paragraph, ...]](), dict[str, Picture]()
    for i, speaker in enumerate(pair, 1):
        if speaker.picture:
            pictures[f"Photo {i}"] = speaker.picture
        else:
            placeholders[f"Photo {i}"] = plain(speaker.initials or "·")
        placeholders[f"Name {i}"] = plain(speaker.named)
        role = Run(text=speaker.role, language=speaker.role_language)
        said_already = speaker.role.endswith(speaker.country)
        country = [] if said_already else [Run(text=(", " if speaker.role else "") + speaker.country)]
        line_of_role = Paragraph(runs=tuple(run for run in (role, *country) if run.text))
        if len(pair) == 1:
            placeholders["Role 1"] = (line_of_role,) if line_of_role.runs else ()
        else:  # two people have room for one block each
            name = Paragraph(runs=(Run(text=speaker.named, strong=True),))
            placeholders[f"Name {i}"] = (name, line_of_role) if line_of_role.runs else (name,)
    return placeholders, pictures, tuple(cues)


def _readings(view: View) -> Iterator[Slide]:
    """Yield a further work for each segment, as a table with live links; none if there are no further works."""
    words, rows = view.locale.words, []
    for segment in view.segments:
        for work in readings_of(segment)[1:]:
            rows.append((*plain(str(segment.number), segment.title), work))
    if rows:
        table = Table(
            rows=(plain(words["number"], words["segment"], words["to_read"]), *rows), widths=(0.09, 0.31, 0.6)
        )
        placeholders = {"Kicker": plain(words["further_reading"]), "Title": plain(words["reading_statement"])}
        yield Slide(layout="Table", placeholders=placeholders, tables={"Table": table}, notes=(words["cue_readings"],))
