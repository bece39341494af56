"""Remarks on sources without problems: open questions, gaps, texts that disagree, and files that are not used."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path

from pipeline.core.problems import listed
from pipeline.core.sources import Person, Remark, Seminar, Series, Texts
from pipeline.core.text import is_mail_address
from pipeline.load.files import Sources
from pipeline.load.yaml_file import Loc

At = Callable[[str, Loc, str], Remark]
TRANSLATED = tuple(name for name in Texts.model_fields if name not in ("language", "translation"))
"""The texts that a translation translates, by field of `Texts`."""
SERIES, PEOPLE, LOGOS = "sources/series.yaml", "sources/people", "sources/logos"
READ = (
    *("people", "seminars", "texts", "logos", "schema", "series.yaml"),
    *("presentations", "registrations", "returned"),  # the workflows read those
)
PICTURES = (".jpg", ".jpeg", ".png", ".svg", ".webp", ".gif", ".heic", ".tif", ".tiff")


def state(texts: Texts, name: str) -> str:
    """Return twelve hex digits that change when one of the texts changes."""
    return hashlib.sha256(repr(getattr(texts, name)).encode()).hexdigest()[:12]


def remarks(series: Series, sources: Sources) -> Iterator[Remark]:
    """Yield every remark: those of the series, of seminars, texts, people and files."""

    def at(path: str, loc: Loc, message: str) -> Remark:
        return Remark(path=path, line=sources.line(path, loc), message=message)

    yield from _series(series, at)
    for seminar in series.seminars.values():
        yield from _seminar(seminar, series, at)
    for texts in series.texts.values():
        yield from _numbers(texts, series, at)
        yield from _translation(texts, series, at)
    for one, two in combinations(sorted(series.seminars.values(), key=lambda s: (s.date, s.start, s.id)), 2):
        if one.date == two.date and two.start < one.end:  # most often a copied file whose day was not changed
            for id in sorted({*one.people} & {*two.people}):
                message = f"`{id}` is also in `{one.id}` at the same time"
                yield at(f"sources/seminars/{two.id}.yaml", ("start",), message)
    languages: dict[str, set[str]] = {}
    for seminar in series.seminars.values():
        for id in seminar.people:
            languages.setdefault(id, set()).add(seminar.language)
    for person in series.people.values():
        yield from _person(person, languages.get(person.id, set()), at)
    yield from _unused_files(series, sources, at)
    for id in sorted(series.people.keys() - languages.keys()):
        yield Remark(path=f"{PEOPLE}/{id}.yaml", line=1, message=f"no seminar names `{id}`")


def _questions(holder: Series | Seminar | Person, path: str, at: At) -> Iterator[Remark]:
    for i, question in enumerate(holder.questions):
        yield at(path, ("questions", i), f"open question: {question}")


def _series(series: Series, at: At) -> Iterator[Remark]:
    yield from _questions(series, SERIES, at)
    if series.funding.emblem == "sample":
        yield at(SERIES, ("funding", "emblem"), "the emblem is marked as a demonstration copy")
    if series.contact and not (is_mail_address(series.contact) or re.fullmatch(r"https://\S+", series.contact)):
        yield at(SERIES, ("contact",), "this is not a mail or web address: it is printed without a link")
    for i, partner in enumerate(series.partners):
        if not partner.logo:
            name = partner.name if isinstance(partner.name, str) else next(iter(partner.name.values()))
            yield at(SERIES, ("partners", i, "logo"), f"no logo of {name} yet: a labelled slot is printed")


def _seminar(seminar: Seminar, series: Series, at: At) -> Iterator[Remark]:
    path = f"sources/seminars/{seminar.id}.yaml"
    yield from _questions(seminar, path, at)
    if seminar.status != "confirmed":
        yield at(path, ("status",), f"the seminar is {seminar.status}: every document says so")
    if not seminar.registration and seminar.status in ("confirmed", "tentative"):
        yield at(path, ("registration",), "no registration link: every document says that registration opens soon")
    duration = datetime.combine(seminar.date, seminar.end) - datetime.combine(seminar.date, seminar.start)
    minutes = int(duration.total_seconds() // 60)
    if minutes != series.minutes.stated:
        yield at(path, ("end",), f"the seminar lasts {minutes} minutes but the series states {series.minutes.stated}")
    if not seminar.chair.confirmed:
        yield at(path, ("chair",), f"`{seminar.chair.person}` is still to be confirmed")
    for segment in series.segments:
        if segment.id not in {item.segment for item in seminar.segments}:
            yield at(path, ("segments",), f"the segment `{segment.id}` of the series is left out")
    for i, item in enumerate(seminar.segments):
        loc = ("segments", i, "speakers")
        if not item.speakers:
            yield at(path, ("segments", i), f"the segment `{item.segment}` has no speaker yet")
        if len(item.speakers) > 1:
            shared = f"the {series.minutes.presentation} minutes of one presentation"
            yield at(path, loc, f"{len(item.speakers)} speakers share {shared}")
        for j, slot in enumerate(item.speakers):
            if not slot.confirmed:
                yield at(path, (*loc, j), f"`{slot.person}` is still to be confirmed")


def _numbers(texts: Texts, series: Series, at: At) -> Iterator[Remark]:
    """Yield numbers in the table of modalities that `series.yaml` contradicts."""
    path = f"sources/texts/{texts.language}.yaml"
    stated = {
        "duration": ("minutes", series.minutes.stated),
        "format": ("minutes of one presentation", series.minutes.presentation),
        "number": ("participants per country", series.participants_per_country),
    }
    for i, row in enumerate(texts.modalities):
        what, number = stated.get(row.id, ("", 0))
        for j, detail in enumerate(row.details):
            found = [int(digits) for digits in re.findall(r"\d+", detail)]
            if what and found and number not in found:
                message = f"this says {found[0]}, but series.yaml says {number} ({what})"
                yield at(path, ("modalities", i, "details", j), message)


def _translation(texts: Texts, series: Series, at: At) -> Iterator[Remark]:
    path = f"sources/texts/{texts.language}.yaml"
    translation = texts.translation
    if translation is None:
        return
    if not translation.reviewed_by:
        yield at(path, ("translation", "reviewed_by"), "this translation has not been reviewed yet")
    original = series.texts[translation.original]
    now = {name: state(original, name) for name in TRANSLATED}
    changed = [name for name in TRANSLATED if translation.made_from.get(name) != now[name]]
    if changed:
        states = ", ".join(f"{name}: {now[name]}" for name in changed)
        message = f"{listed(changed)} of {original.language}.yaml may have changed since they were translated"
        yield at(path, ("translation", "made_from"), f"{message}: compare them, then write {states}")


def _person(person: Person, languages: set[str], at: At) -> Iterator[Remark]:
    """Yield what is missing for a person whom seminars in these languages name."""
    path = f"{PEOPLE}/{person.id}.yaml"
    yield from _questions(person, path, at)
    if not person.country:
        yield at(path, (), "no country is given")
    if not person.bio:
        yield at(path, (), "no biography: only the role line is printed")
        return
    for language in sorted(languages - person.bio.keys()):
        yield at(path, (), f"no biography in `{language}`: only the role line is printed there")
    for language in sorted(person.bio.keys() - languages) if languages else ():
        message = f"not printed: no seminar in `{language}` names this person"
        yield at(f"{PEOPLE}/{person.id}.{language}.md", (), message)


def _unused_files(series: Series, sources: Sources, at: At) -> Iterator[Remark]:
    """Yield a remark for each file from which no document is made."""
    photos = {person.photo for person in series.people.values()}
    for path in _files(sources, PEOPLE):
        if message := _unused_in_people(path, photos, series):
            yield at(f"{PEOPLE}/{path.name}", (), message)
    for path in _files(sources, LOGOS):
        if path.name not in {partner.logo for partner in series.partners}:
            message = "no partner has this logo: name it in sources/series.yaml, as `logo: …`"
            yield at(f"{LOGOS}/{path.name}", (), message)
    for path in _files(sources, "sources"):
        if path.name not in READ:
            yield at(f"sources/{path.name}", (), "a file of this name is not read")
    for folder in ("sources/seminars", "sources/texts"):
        for path in _files(sources, folder):
            if path.suffix != ".yaml":
                yield at(f"{folder}/{path.name}", (), "this file is not read: only files that end in .yaml are")


def _unused_in_people(path: Path, photos: set[str], series: Series) -> str:
    id = path.name.partition(".")[0]
    if path.is_dir():
        return f"files in this folder are not read: move them to {PEOPLE}"
    if path.suffix.lower() in PICTURES:
        owner = f"{PEOPLE}/{id}.yaml" if id in series.people else "the person's own file"
        return "" if path.name in photos else f"no person has this photo: write `photo: {path.name}` into {owner}"
    if path.suffix == ".md":
        empty = not path.read_text(encoding="utf-8", errors="replace").strip("\ufeff \t\r\n")
        return "this biography is empty" if empty else ""
    if path.suffix != ".yaml":
        return f"this file is not read: a biography is a text file called like `{id}.en.md`"
    return ""


def _files(sources: Sources, folder: str) -> list[Path]:
    """Return the files and folders of a folder in order, without hidden ones, backups and README."""
    at = sources.root / folder
    found = sorted(at.iterdir()) if at.is_dir() else []
    return [path for path in found if not path.name.startswith((".", "README")) and not path.name.endswith("~")]
