"""What a person should look at and what stops nothing: open questions, gaps, and texts that disagree."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.load.files import Sources
    from pipeline.model import Seminar, Series, Texts

TRANSLATED = ("rationale", "aim", "objectives", "participants", "modalities", "about")


def state(texts: Texts, name: str) -> str:
    """Return twelve hex digits that stand for the present state of one text."""
    return hashlib.sha256(repr(getattr(texts, name)).encode()).hexdigest()[:12]


def remarks(series: Series, sources: Sources) -> Iterator[Remark]:
    """Yield every remark, in the order of the files."""

    def at(path: str, way: tuple[str | int, ...], message: str) -> Remark:
        return Remark(path=path, line=sources.line(path, way), message=message)

    path = "sources/series.yaml"
    for i, question in enumerate(series.questions):
        yield at(path, ("questions", i), f"open question: {question}")
    if series.funding.emblem == "sample":
        yield at(path, ("funding", "emblem"), "the emblem carries the mark of a demonstration copy")
    for i, partner in enumerate(series.partners):
        if not partner.logo:
            name = partner.name if isinstance(partner.name, str) else next(iter(partner.name.values()))
            yield at(path, ("partners", i, "logo"), f"no logo of {name} yet: a labelled slot is printed")
    for seminar in series.seminars.values():
        yield from _seminar(seminar, series, at)
    for texts in series.texts.values():
        yield from _translation(texts, series, at)
    for person in series.people.values():
        path = f"sources/people/{person.id}.yaml"
        for i, question in enumerate(person.questions):
            yield at(path, ("questions", i), f"open question: {question}")
        if not person.country:
            yield at(path, (), "no country is given")
        if not person.bio:
            yield at(path, (), "no biography: the role line stands alone")


def _seminar(seminar: Seminar, series: Series, at) -> Iterator[Remark]:
    path = f"sources/seminars/{seminar.id}.yaml"
    for i, question in enumerate(seminar.questions):
        yield at(path, ("questions", i), f"open question: {question}")
    if not seminar.registration:
        yield at(path, ("registration",), "no registration link: every document says that registration opens soon")
    day = seminar.date
    window = datetime.combine(day, seminar.end) - datetime.combine(day, seminar.start)
    minutes = int(window.total_seconds() // 60)
    if minutes != series.minutes.stated:
        message = f"the seminar lasts {minutes} minutes but the series states {series.minutes.stated}"
        yield at(path, ("end",), message)
    for i, item in enumerate(seminar.segments):
        way = ("segments", i, "speakers")
        if not item.speakers:
            yield at(path, ("segments", i), f"nobody speaks in the segment `{item.segment}` yet")
        if len(item.speakers) > 1:
            message = f"{len(item.speakers)} speakers share the {series.minutes.presentation} minutes of one presentation"
            yield at(path, way, message)
        for j, slot in enumerate(item.speakers):
            if not slot.confirmed:
                yield at(path, (*way, j), f"`{slot.person}` is still to be confirmed")


def _translation(texts: Texts, series: Series, at) -> Iterator[Remark]:
    """Yield what is to be said of a translation: nobody has read it, or its original has changed since."""
    path = f"sources/texts/{texts.language}.yaml"
    translation = texts.translation
    if translation is None:
        return
    if not translation.reviewed_by:
        yield at(path, ("translation", "reviewed_by"), "this translation was made here and nobody has reviewed it yet")
    original = series.texts.get(translation.original)
    for name in TRANSLATED if original else ():
        now = state(original, name)
        then = translation.made_from.get(name, "")
        if now != then:
            what = f"made from an older `{name}`" if then else f"does not say from which `{name}` it was made"
            message = f"the translation {what} of {original.language}.yaml: compare them, then write `{name}: {now}`"
            yield at(path, ("translation", "made_from"), message)
