"""What the templates of one seminar see: plain values in the seminar's language, ready to print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.compose import forms
from pipeline.compose.photos import photo
from pipeline.compose.series import contact_view, funding_view, is_held, partners_view, status_view
from pipeline.core.documents import Picture, Properties, ReadingList
from pipeline.core.sources import Locale, Seminar, SeminarSegment, Series, Slot


@dataclass(frozen=True, kw_only=True)
class SpeakerView:
    """One chair or speaker as printed; `photo` is the name of a picture."""

    name: str
    family: str
    initials: str
    role: str
    role_language: str
    role_whole: str
    country: str
    bio: str
    confirmed: bool
    label: str
    photo: str
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One work: safe inline HTML by the citation style, and its language where it is not the seminar's.

    Titles in the HTML say their own language; where the seminar's runs right to left, so does the work as a whole.
    """

    html: Any
    language_tag: str
    language_name: str
    left_to_right: bool
    first: bool


@dataclass(frozen=True, kw_only=True)
class SegmentView:
    number: int
    title: str
    start: str
    speakers: tuple[SpeakerView, ...]
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """One seminar, in its language; `status` is empty while it is held as printed, `held` false once it is not.

    `edition` is empty for the first, which nobody has anything to compare with.
    `registration_note` is what stands where there is no link to register.
    """

    id: str
    tag: str
    series_title: str
    series_subtitle: str
    hosts: str
    host_names: str
    title: str
    day: str
    date: str
    hours: str
    edition: str
    capitals: tuple[dict[str, str], ...]
    language_name: str
    status: dict[str, str]
    held: bool
    registration: str
    registration_note: str
    contact: dict[str, str]
    chair: SpeakerView
    segments: tuple[SegmentView, ...]
    works: int
    foreign_works: bool
    funding: dict[str, str]
    partners: tuple[dict[str, str], ...]
    file_stem: str
    seminar: Seminar
    locale: Locale
    pictures: tuple[Picture, ...] = field(default=())


_LATEST = 24  # two for each seminar under way, with its reading list and without
_latest: list[tuple[Seminar, ReadingList | None, Series, View]] = []


def seminar_view(seminar: Seminar, reading: ReadingList | None, series: Series, root: Path) -> View:
    """Return everything that the seminar's documents print; the documents of one seminar share it."""
    for known in _latest:
        if known[0] is seminar and known[1] is reading and known[2] is series:
            return known[3]
    view = _view(seminar, reading, series, root)
    _latest.insert(0, (seminar, reading, series, view))
    del _latest[_LATEST:]
    return view


def _view(seminar: Seminar, reading: ReadingList | None, series: Series, root: Path) -> View:
    locale = series.locales[seminar.language]
    language = seminar.language
    status = status_view(seminar, locale)
    held = is_held(seminar)
    entries = {group.segment: group.entries for group in reading.groups} if reading else {}
    partners, logos = partners_view(series, language, root)
    hosts = [forms.in_language(host.name, language) for host in series.hosts]
    prefix = forms.in_language(series.file_prefix, language)
    clocks = ((c.city, *forms.local_time(seminar, c, locale)) for c in seminar.capitals)
    return View(
        id=seminar.id,
        tag=locale.tag,
        series_title=forms.spaced(forms.in_language(series.title, language), locale),
        series_subtitle=forms.spaced(forms.in_language(series.subtitle, language), locale),
        hosts=locale.words["hosts"].format(hosts=" · ".join(hosts)),
        host_names=" · ".join(hosts),
        title=forms.spaced(seminar.title, locale),
        day=forms.day(seminar.date, locale),
        date=forms.day(seminar.date, locale, "long"),
        hours=forms.hours(seminar, locale),
        edition=locale.words["edition"].format(number=seminar.edition) if seminar.edition > 1 else "",
        capitals=tuple({"city": city, "time": clock, "shift": shift} for city, clock, shift in clocks),
        language_name=forms.language_name(language, locale),
        status=status,
        held=held,
        registration=seminar.registration if held else "",
        registration_note=locale.words["registration_soon" if held else "registration_closed"],
        contact=contact_view(series.contact),
        chair=_speaker(seminar.chair, seminar, series, root),
        segments=tuple(
            _segment(number, item, entries.get(item.segment, ()), seminar, series, root)
            for number, item in enumerate(seminar.segments, 1)
        ),
        works=sum(map(len, entries.values())),
        foreign_works=any(entry.language != language for group in entries.values() for entry in group),
        funding=funding_view(series, locale),
        partners=partners,
        file_stem=f"{prefix}_{seminar.id}_{seminar.date.isoformat()}",
        seminar=seminar,
        locale=locale,
        pictures=logos,
    )


def _segment(
    number: int, item: SeminarSegment, entries: Any, seminar: Seminar, series: Series, root: Path
) -> SegmentView:
    locale = series.locales[seminar.language]
    titles = {segment.id: segment.title for segment in series.segments}
    title = item.title or forms.in_language(titles[item.segment], seminar.language)
    return SegmentView(
        number=number,
        title=forms.spaced(title, locale),
        start=forms.hour(item.start, locale) + f"{forms.NBSP}UTC" if item.start else "",
        speakers=tuple(_speaker(slot, seminar, series, root) for slot in item.speakers),
        entries=tuple(_entry(entry, seminar, series) for entry in entries),
    )


def _entry(entry: Any, seminar: Seminar, series: Series) -> EntryView:
    from markupsafe import Markup

    locale = series.locales[seminar.language]
    foreign = entry.language != seminar.language
    other = series.locales.get(entry.language)
    return EntryView(
        html=Markup(entry.html),  # written by citeproc, which escapes every field of a reference
        language_tag=(other.tag if other else entry.language) if foreign else "",
        language_name=forms.language_name(entry.language, locale) if foreign else "",
        left_to_right=foreign and locale.direction == "rtl",
        first=entry.first,
    )


def _speaker(slot: Slot, seminar: Seminar, series: Series, root: Path) -> SpeakerView:
    person, locale = series.people[slot.person], series.locales[seminar.language]
    role = forms.role(person, seminar, series.locales)
    portrait = photo(f"photo-{person.id}", root / "sources/people" / person.photo) if person.photo else None
    return SpeakerView(
        name=forms.full_name(person),
        family=person.family,
        initials=forms.initials(person),
        role=role.line,
        role_language=role.language,
        role_whole=role.whole,
        country=role.country,
        bio=person.bio.get(seminar.language, ""),
        confirmed=slot.confirmed,
        label=slot.label or locale.words["chair"],
        photo=portrait.name if portrait else "",
        picture=portrait,
    )


def named(speaker: SpeakerView, locale: Locale) -> str:
    """Return the name in running text, with the mark of one who has still to confirm."""
    return speaker.name if speaker.confirmed else f"{speaker.name} ({glued(locale.words['to_be_confirmed'])})"


def glued(text: str) -> str:
    """Return a label that no line may part."""
    return text.replace(" ", forms.NBSP)


def pictures(kind: str, view: View) -> tuple[Picture, ...]:
    """Return the pictures that a kind of document may place: logos, photos of the programme, the QR code."""
    found = list(view.pictures)
    if kind == "programme":
        people = {s.name: s for s in (view.chair, *(s for segment in view.segments for s in segment.speakers))}
        found += [speaker.picture for speaker in people.values() if speaker.picture]
    if kind == "factsheet" and view.registration:
        found.append(Picture(name="qr", media_type="image/png", content=qr_code(view.registration)))
    return tuple(found)


def qr_code(link: str) -> bytes:
    """Return the link as a QR code in PNG, dark on white whatever is around it: every program draws it."""
    from io import BytesIO

    import segno

    out = BytesIO()
    segno.make_qr(link, error="m").save(out, kind="png", border=4, scale=12)
    return out.getvalue()


def properties(kind: str, view: View, series: Series) -> Properties:
    """Return what a file of this kind says of itself."""
    words = view.locale.words
    name = words[{"programme": "programme_kind", "speaker": "presentation"}.get(kind, kind)]
    return Properties(
        kind=kind,
        name="index" if kind == "page" else f"{view.file_stem}_{view.locale.files[kind]}",
        title=f"{name} – {view.title}, {view.date}",
        subject=view.series_title,
        publisher=" · ".join(forms.in_language(host.name, view.locale.language) for host in series.hosts),
        language=view.locale.tag,
        direction=view.locale.direction,
        date=view.seminar.date,
        seminar=view.id,
        edition=view.seminar.edition,
        running_title=" · ".join(filter(None, (view.series_title, view.date, view.edition))),
        words=words,
    )
