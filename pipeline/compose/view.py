"""What the templates of one seminar see: plain values in the seminar's language, ready to print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compose import forms
from pipeline.model import (
    Artifact,
    Locale,
    Picture,
    Properties,
    ReadingList,
    Seminar,
    SeminarSegment,
    Series,
    Slot,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT_NAMES = {
    "docx": "Word",
    "pdf": "PDF",
    "html": "HTML",
    "pptx": "PowerPoint",
    "bib": "BibTeX",
    "csl.json": "CSL JSON",
    "ics": "iCalendar",
}
MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


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
    funding: dict[str, str]
    partners: tuple[dict[str, str], ...]
    file_stem: str
    seminar: Seminar
    locale: Locale
    pictures: tuple[Picture, ...] = field(default=())


_LATEST = 8
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
    held = seminar.status in ("confirmed", "tentative")
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
        capitals=tuple({"city": city, "time": clock, "shift": shift} for city, clock, shift in clocks),
        language_name=forms.language_name(language, locale),
        status=status,
        held=held,
        registration=seminar.registration if held else "",
        registration_note=locale.words["registration_soon"] if held else status["word"],
        contact=contact_view(series.contact),
        chair=_speaker(seminar.chair, seminar, series, root),
        segments=tuple(
            _segment(number, item, entries.get(item.segment, ()), seminar, series, root)
            for number, item in enumerate(seminar.segments, 1)
        ),
        works=sum(map(len, entries.values())),
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
    )


def _speaker(slot: Slot, seminar: Seminar, series: Series, root: Path) -> SpeakerView:
    person, locale = series.people[slot.person], series.locales[seminar.language]
    role = forms.role(person, seminar, series.locales)
    picture = _picture(f"photo-{person.id}", root / "sources/people" / person.photo) if person.photo else None
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
        photo=picture.name if picture else "",
        picture=picture,
    )


def status_view(seminar: Seminar, locale: Locale) -> dict[str, str]:
    """Return the word and the sentence for a seminar that is not held as printed, or may not be."""
    if seminar.status == "confirmed":
        return {}
    return {"word": locale.words[seminar.status], "note": locale.words[f"{seminar.status}_note"]}


def contact_view(contact: str) -> dict[str, str]:
    """Return the text and the link of whom to ask, or nothing; what is no address of mail or web has no link."""
    if not contact:
        return {}
    name, at, domain = contact.partition("@")
    mail = bool(name and at and "." in domain and not set(contact) & set(" <>/"))
    link = f"mailto:{contact}" if mail else contact if contact.startswith("https://") else ""
    return {"text": contact, "link": link}


def funding_view(series: Series, locale: Locale) -> dict[str, str]:
    """Return statement and mark, or nothing when emblem and statement are taken out together."""
    if series.funding.emblem == "removed":
        return {}
    mark = locale.words["sample"] if series.funding.emblem == "sample" else ""
    return {"statement": forms.in_language(series.funding.statement, locale.language), "sample": mark}


def partners_view(series: Series, language: str, root: Path) -> tuple[tuple[dict[str, str], ...], tuple[Picture, ...]]:
    rows, logos = [], []
    for i, partner in enumerate(series.partners):
        name = f"logo-{i}" if partner.logo else ""
        if name:
            logos.append(_picture(name, root / "sources/logos" / partner.logo))
        texts = {"name": forms.in_language(partner.name, language), "slot": forms.in_language(partner.slot, language)}
        rows.append({"logo": name, **texts})
    return tuple(rows), tuple(logos)


def _picture(name: str, path: Path) -> Picture:
    return Picture(name=name, media_type=MEDIA[path.suffix.lower()], content=path.read_bytes())


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
        running_title=f"{view.series_title} · {view.date}",
        words=words,
    )


def files_view(artifacts: Iterable[Artifact], view: View) -> list[dict[str, Any]]:
    """Return the package's files by kind, each with its format in words and its size."""
    kinds: dict[str, dict[str, Any]] = {}
    words = view.locale.words
    titles = {**words, "programme": words["programme_kind"]}
    for artifact in artifacts:
        group = kinds.setdefault(artifact.kind, {"title": titles[artifact.kind], "files": []})
        label, shown = FORMAT_NAMES[artifact.format], forms.size(artifact.size, view.locale)
        group["files"].append({"path": artifact.path, "label": label, "size": f"({shown})"})
    return list(kinds.values())


def file_view(name: str, size: int, locale: Locale) -> dict[str, str]:
    """Return a file to download with its size."""
    return {"path": name, "size": f"({forms.size(size, locale)})"}


def presentations_view(presentations: Mapping[str, Artifact], turns: Iterable[Any], view: View) -> list[dict[str, Any]]:
    """Return the speakers' presentations as one group: a file each, or the word that it is still to follow."""
    words, files = view.locale.words, []
    for turn in turns:
        name = view.segments[turn.segment].speakers[turn.slot].name
        artifact = presentations.get(turn.folder)
        if artifact:
            shown = forms.size(artifact.size, view.locale)
            files.append({"path": artifact.path, "label": name, "size": f"(PowerPoint, {shown})"})
        else:
            files.append({"path": "", "label": f"{name} ({words['to_follow']})", "size": ""})
    return [{"title": words["presentations"], "files": files}] if files else []
