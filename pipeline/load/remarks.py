"""What a person should look at and what stops nothing: open questions, gaps, and texts that disagree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.core.problems import listed
from pipeline.core.sources import Remark, Texts
from pipeline.core.text import is_mail_address
from pipeline.load.unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.sources import Partner, Person, Seminar, SeminarSegment, Series
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc

    At = Callable[[str, Loc, str], Remark]

TRANSLATED = tuple(name for name in Texts.model_fields if name not in ("language", "translation"))


def state(texts: Texts, name: str) -> str:
    """Return twelve hex digits that stand for the present state of one text."""
    return hashlib.sha256(repr(getattr(texts, name)).encode()).hexdigest()[:12]


def remarks(series: Series, sources: Sources) -> Iterator[Remark]:
    """Yield every remark, in the order of the files."""

    def at(path: str, loc: Loc, message: str) -> Remark:
        return Remark(path=path, line=sources.line(path, loc), message=message)

    yield from _series(series, at)
    for seminar in series.seminars.values():
        yield from _seminar(seminar, series, at)
    for texts in series.texts.values():
        yield from _numbers(texts, series, at)
        yield from _translation(texts, series, at)
    yield from _twice_at_once(series, at)
    languages: dict[str, set[str]] = {}
    for seminar in series.seminars.values():
        for id in seminar.people:
            languages.setdefault(id, set()).add(seminar.language)
    for person in series.people.values():
        yield from _person(person, languages.get(person.id, set()), at)
    yield from unread(series, sources)


def _series(series: Series, at: At) -> Iterator[Remark]:
    path = "sources/series.yaml"
    yield from _questions(series, path, at)
    if series.funding.emblem == "sample":
        yield at(path, ("funding", "emblem"), "the emblem carries the mark of a demonstration copy")
    if series.contact and not (is_mail_address(series.contact) or re.fullmatch(r"https://\S+", series.contact)):
        yield at(path, ("contact",), "this is no address of mail or web: it is printed without a link")
    for i, partner in enumerate(series.partners):
        if not partner.logo:
            yield at(path, ("partners", i, "logo"), f"no logo of {_name(partner)} yet: a labelled slot is printed")


def _name(partner: Partner) -> str:
    return partner.name if isinstance(partner.name, str) else next(iter(partner.name.values()))


def _questions(holder: Series | Seminar | Person, path: str, at: At) -> Iterator[Remark]:
    for i, question in enumerate(holder.questions):
        yield at(path, ("questions", i), f"open question: {question}")


def _seminar(seminar: Seminar, series: Series, at: At) -> Iterator[Remark]:
    path = f"sources/seminars/{seminar.id}.yaml"
    yield from _questions(seminar, path, at)
    if seminar.status != "confirmed":
        yield at(path, ("status",), f"the seminar is {seminar.status}: every document says so")
    if not seminar.registration and seminar.status in ("confirmed", "tentative"):
        yield at(path, ("registration",), "no registration link: every document says that registration opens soon")
    window = datetime.combine(seminar.date, seminar.end) - datetime.combine(seminar.date, seminar.start)
    minutes = int(window.total_seconds() // 60)
    if minutes != series.minutes.stated:
        yield at(path, ("end",), f"the seminar lasts {minutes} minutes but the series states {series.minutes.stated}")
    if not seminar.chair.confirmed:
        yield at(path, ("chair",), f"`{seminar.chair.person}` is still to be confirmed")
    for left_out in [s.id for s in series.segments if s.id not in {item.segment for item in seminar.segments}]:
        yield at(path, ("segments",), f"the segment `{left_out}` of the series is left out")
    for i, item in enumerate(seminar.segments):
        yield from _segment(item, i, path, series, at)


def _segment(item: SeminarSegment, i: int, path: str, series: Series, at: At) -> Iterator[Remark]:
    loc = ("segments", i, "speakers")
    if not item.speakers:
        yield at(path, ("segments", i), f"nobody speaks in the segment `{item.segment}` yet")
    if len(item.speakers) > 1:
        minutes = series.minutes.presentation
        yield at(path, loc, f"{len(item.speakers)} speakers share the {minutes} minutes of one presentation")
    for j, slot in enumerate(item.speakers):
        if not slot.confirmed:
            yield at(path, (*loc, j), f"`{slot.person}` is still to be confirmed")


def _numbers(texts: Texts, series: Series, at: At) -> Iterator[Remark]:
    """Yield the numbers that stand both in `series.yaml` and in the table of modalities, where they disagree."""
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
                message = f"{found[0]} stands here, but series.yaml gives {number} ({what})"
                yield at(path, ("modalities", i, "details", j), message)


def _translation(texts: Texts, series: Series, at: At) -> Iterator[Remark]:
    """Yield what is to be said of a translation: nobody has read it, or its original has changed since."""
    path = f"sources/texts/{texts.language}.yaml"
    translation = texts.translation
    if translation is None:
        return
    if not translation.reviewed_by:
        yield at(path, ("translation", "reviewed_by"), "this translation was made here and nobody has reviewed it yet")
    original = series.texts[translation.original]
    now = {name: state(original, name) for name in TRANSLATED}
    drifted = [name for name in TRANSLATED if translation.made_from.get(name) != now[name]]
    if drifted:
        states = ", ".join(f"{name}: {now[name]}" for name in drifted)
        message = f"{listed(drifted)} of {original.language}.yaml may have changed since they were translated"
        yield at(path, ("translation", "made_from"), f"{message}: compare them, then write {states}")


def _twice_at_once(series: Series, at: At) -> Iterator[Remark]:
    """Yield who is to be in two seminars at the same time: a copied file whose day was not changed, most often."""
    seminars = sorted(series.seminars.values(), key=lambda s: (s.date, s.start, s.id))
    for one, two in combinations(seminars, 2):
        if one.date == two.date and two.start < one.end:
            for id in sorted({*one.people} & {*two.people}):
                message = f"`{id}` is also in `{one.id}` at the same time"
                yield at(f"sources/seminars/{two.id}.yaml", ("start",), message)


def _person(person: Person, languages: set[str], at: At) -> Iterator[Remark]:
    """Yield what is missing of somebody who is named in seminars in these languages."""
    path = f"sources/people/{person.id}.yaml"
    yield from _questions(person, path, at)
    if not person.country:
        yield at(path, (), "no country is given")
    if not person.bio:
        yield at(path, (), "no biography: the role line stands alone")
        return
    for language in sorted(languages - person.bio.keys()):
        yield at(path, (), f"no biography in `{language}`: there the role line stands alone")
    for language in sorted(person.bio.keys() - languages) if languages else ():
        message = f"printed nowhere: no seminar in `{language}` names them"
        yield at(f"sources/people/{person.id}.{language}.md", (), message)
