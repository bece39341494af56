"""The values that the documents of one seminar print, in its language; they are made once for all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category, normalize

from jinja2 import Environment
from markupsafe import Markup

from pipeline.compose import forms
from pipeline.compose.clocks import zone_clocks
from pipeline.compose.pictures import portrait, qr_code
from pipeline.compose.planning import PlanningRow, planning, registration_note
from pipeline.compose.region_map import map_picture, region_map
from pipeline.compose.series import is_held, series_view, status_view
from pipeline.compose.templates import environment
from pipeline.compose.timeline import timeline
from pipeline.core.documents import Entry, Picture, Properties, ReadingList, TimelinePoint, ZoneClock
from pipeline.core.names import running_name
from pipeline.core.sources import Locale, Seminar, SeminarSegment, Series, Slot

MAP = (216, 153, 9)
"""Points: the width and height of the map on a cover, and the size of its names."""
START_WITH = 2
"""The largest number of works of a segment that are set apart to be read first."""


@dataclass(frozen=True, kw_only=True)
class SpeakerView:
    """A chair or speaker as printed; `photo` is the name of `picture`.

    `named` is the name with a mark if the person has still to confirm, `running` the name as a sentence has it;
    `role_full` includes the country. `place` is the country, or the institution of a person without one: what a list
    prints in the place of the role.
    """

    name: str
    named: str
    running: str
    family: str
    initials: str
    role: str
    role_language: str
    role_full: str
    country: str
    place: str
    bio: str
    confirmed: bool
    label: str
    photo: str
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """A work: inline HTML in the citation style, in which the title is a link.

    `language_tag` is that of the title if it is not the seminar's, and `language_name` then names the language of the
    text. `left_to_right` is true if its direction differs from that of the text around it. `address` is what readers on
    paper can type, and `why` our reason to begin with it.
    """

    html: Markup
    address: str
    why: str
    language_tag: str
    language_name: str
    left_to_right: bool
    first: bool


@dataclass(frozen=True, kw_only=True)
class SegmentView:
    """A segment: `about` is a line on its subject, `reading` a sentence on its works.

    `start_with` are the works to read first, `others` the rest of the `entries`.
    """

    id: str
    number: int
    title: str
    about: str
    reading: str
    start: str
    speakers: tuple[SpeakerView, ...]
    entries: tuple[EntryView, ...]

    @property
    def start_with(self) -> tuple[EntryView, ...]:
        return tuple(entry for entry in self.entries if entry.first)[:START_WITH]

    @property
    def others(self) -> tuple[EntryView, ...]:
        return tuple(entry for entry in self.entries if entry not in self.start_with)


@dataclass(frozen=True, kw_only=True)
class View:
    """One seminar in its language.

    `heading` is the largest line of every cover: for whom the seminar is held, or its title; `ordinal` is its place in
    the series. `map` is the name of the picture of its region, or empty. `planning` are all seminars of the series.
    `status` is empty if it is held as printed, `edition` is empty for the first. `registration_note` is printed if
    there is no link to register. `pictures` are those that a document may place by name: logos, portraits and `qr`, the
    link to register. The last five fields are for the functions that compose.
    """

    id: str
    tag: str
    direction: str
    series_title: str
    series_subtitle: str
    hosts: str
    host_names: str
    title: str
    heading: str
    ordinal: str
    day: str
    date: str
    hours: str
    edition: str
    clocks: tuple[ZoneClock, ...]
    timeline: tuple[TimelinePoint, ...]
    map: str
    planning: tuple[PlanningRow, ...]
    language_name: str
    status: dict[str, str]
    held: bool
    registration: str
    registration_note: str
    contact: dict[str, str]
    chair: SpeakerView
    segments: tuple[SegmentView, ...]
    biographies: tuple[SpeakerView, ...]
    works: int
    works_by_language: str
    funding: dict[str, str]
    partners: tuple[dict[str, str], ...]
    pictures: tuple[Picture, ...]
    seminar: Seminar
    series: Series
    locale: Locale
    root: Path
    templates: Environment


def seminar_view(
    seminar: Seminar, reading: ReadingList | None, series: Series, root: Path, *, with_map: bool = True
) -> View:
    """Return the values that the seminar's documents print; without a `reading` list they print no works.

    Drawing the map takes longer than all other values: pages that do not print it are made without.
    """
    language, locale = seminar.language, series.locales[seminar.language]
    shared, held = series_view(series, language, root), is_held(seminar)
    entries = {group.segment: group.entries for group in reading.groups} if reading else {}
    segments = tuple(
        _segment_view(number, item, entries.get(item.segment, ()), seminar, series, root)
        for number, item in enumerate(seminar.segments, 1)
    )
    chair = _speaker_view(seminar.chair, seminar, series, root)
    people = (chair, *(speaker for segment in segments for speaker in segment.speakers))
    portraits = {speaker.photo: speaker.picture for speaker in people if speaker.picture}
    registration = seminar.registration if held else ""
    drawn = region_map(seminar, series, width=MAP[0], height=MAP[1], size=MAP[2]) if with_map else None
    number = [planned.id for planned in series.planned].index(seminar.id) + 1
    ordinal = forms.unbroken(locale.words["ordinal"].format(number=number, count=len(series.planned)))
    return View(
        id=seminar.id,
        tag=locale.tag,
        direction=locale.direction,
        series_title=shared.title,
        series_subtitle=shared.subtitle.removesuffix("."),
        hosts=locale.words["hosts"].format(hosts=forms.listed(shared.hosts_named, locale)),
        host_names=" · ".join(shared.hosts),
        title=forms.spaced(seminar.title, locale),
        heading=forms.spaced(seminar.short or seminar.title, locale),
        ordinal=ordinal,
        day=forms.day(seminar.date, locale),
        date=forms.day(seminar.date, locale, "long"),
        hours=forms.hours(seminar, locale),
        edition=locale.words["edition"].format(number=seminar.edition) if seminar.edition > 1 else "",
        clocks=zone_clocks(seminar, series, locale),
        timeline=timeline(seminar, series, locale).points,
        map="map" if drawn else "",
        planning=planning(seminar, series),
        language_name=forms.language_name(language, locale),
        status=status_view(seminar, locale),
        held=held,
        registration=registration,
        registration_note=registration_note(seminar, locale),
        contact=shared.contact,
        chair=chair,
        segments=segments,
        biographies=tuple({speaker.name: speaker for speaker in people if speaker.bio}.values()),
        works=sum(map(len, entries.values())),
        works_by_language=_by_language(entries.values(), seminar, locale),
        funding=shared.funding,
        partners=shared.partners,
        pictures=(
            *shared.pictures,
            *portraits.values(),
            *([map_picture("map", drawn, series.brand, language)] if drawn else []),
            *([qr_code("qr", registration)] if registration else []),
        ),
        seminar=seminar,
        series=series,
        locale=locale,
        root=root,
        templates=environment(root, locale),
    )


def _segment_view(
    number: int, item: SeminarSegment, entries: tuple[Entry, ...], seminar: Seminar, series: Series, root: Path
) -> SegmentView:
    locale, texts = series.locales[seminar.language], series.texts[seminar.language]
    about = texts.segments.get(item.segment)
    return SegmentView(
        id=item.segment,
        number=number,
        title=forms.spaced(segment_title(item, seminar, series), locale),
        about=forms.spaced(about.line, locale) if about else "",
        reading=forms.spaced(about.reading, locale) if about else "",
        start=forms.hour(item.start, locale) + f"{forms.NBSP}UTC" if item.start else "",
        speakers=tuple(_speaker_view(slot, seminar, series, root) for slot in item.speakers),
        entries=tuple(_entry_view(entry, seminar, series) for entry in entries),
    )


def segment_title(item: SeminarSegment, seminar: Seminar, series: Series) -> str:
    """Return the title of a segment from the seminar, or else from the series."""
    titles = {segment.id: segment.title for segment in series.segments}
    return item.title or forms.in_language(titles[item.segment], seminar.language)


def _entry_view(entry: Entry, seminar: Seminar, series: Series) -> EntryView:
    locale, other = series.locales[seminar.language], series.locales.get(entry.language)
    foreign = entry.language != seminar.language
    return EntryView(
        html=Markup(entry.html),  # written by citeproc, which escapes every field of a reference
        address=entry.address,
        why=forms.spaced(entry.why, locale),
        language_tag=(other.tag if other else entry.language) if foreign else "",
        language_name=forms.language_name(entry.text_language, locale) if foreign else "",
        left_to_right=foreign and locale.direction == "rtl",
        first=entry.first,
    )


def _by_language(groups: Iterable[Sequence[Entry]], seminar: Seminar, locale: Locale) -> str:
    """Return how many works can be read in which language, as one list, the seminar's language first."""
    counts = Counter(entry.text_language for group in groups for entry in group)
    order = sorted(counts, key=lambda language: (language != seminar.language, -counts[language], language))
    pattern = locale.words["works_in_language" if len(counts) > 1 else "works_in_one_language"]
    texts = [pattern.format(count=counts[each], language=forms.language_name(each, locale)) for each in order]
    return forms.listed(texts, locale)


def _speaker_view(slot: Slot, seminar: Seminar, series: Series, root: Path) -> SpeakerView:
    person, locale = series.people[slot.person], series.locales[seminar.language]
    lines = {**person.affiliation, **person.affiliation_at.get(seminar.id, {})}
    role = forms.role(lines, person.borrowed, person.country, seminar.language, series.locales)
    name = f"{person.given} {person.family}"
    photo = portrait(f"photo-{person.id}", root / "sources/people" / person.photo) if person.photo else None
    return SpeakerView(
        name=name,
        named=name if slot.confirmed else f"{name} ({forms.unbroken(locale.words['to_be_confirmed'])})",
        running=person.running or running_name(person.given, person.family),
        family=person.family,
        initials=initials(person.given, person.family),
        role=role.line,
        role_language=role.language,
        role_full=role.full,
        country=role.country,
        place=role.country or forms.in_language(person.organisation or "", seminar.language),
        bio=person.bio.get(seminar.language, ""),
        confirmed=slot.confirmed,
        label=slot.label or locale.words["chair"],
        photo=photo.name if photo else "",
        picture=photo,
    )


def initials(given: str, family: str) -> str:
    """Return the first letters of both names as capitals; empty if a script has none, like Georgian or Arabic."""
    firsts = [next(filter(str.isalpha, normalize("NFC", name)), "").title() for name in (given, family)]
    return "".join(firsts) if all(len(first) == 1 and category(first) in ("Lu", "Lt") for first in firsts) else ""


def file_name(kind: str, view: View) -> str:
    """Return the name of a file of the seminar without its ending: series, seminar, day and kind."""
    prefix = forms.in_language(view.series.file_prefix, view.seminar.language)
    return f"{prefix}_{view.id}_{view.seminar.date.isoformat()}_{view.locale.files[kind]}"


def properties(kind: str, name: str, title: str, view: View) -> Properties:
    """Return the properties of a file of the seminar."""
    return Properties(
        kind=kind,
        name=name,
        title=title,
        subject=view.series_title,
        publisher=view.host_names,
        language=view.tag,
        direction=view.locale.direction,
        date=view.seminar.date,
        seminar=view.id,
        edition=view.seminar.edition,
        running_title=" · ".join(filter(None, (view.series_title, view.date, view.edition))),
        words=view.locale.words,
    )
