"""Invented seminars of every shape, with which the check fills the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pipeline.compose.certificate import certificate_values, person_values
from pipeline.compose.kinds import KINDS, document_values
from pipeline.compose.page import page_values
from pipeline.compose.report import UNFILLED, report_values, status_values
from pipeline.compose.series import series_view
from pipeline.compose.speaker import turns
from pipeline.compose.view import View, seminar_view
from pipeline.compose.website import SCHEDULE, index_values
from pipeline.core.documents import Artifact, Entry, ReadingGroup, ReadingList
from pipeline.core.sources import (
    About,
    Capital,
    Clock,
    Funding,
    Host,
    Locale,
    Minutes,
    Modality,
    Partner,
    Person,
    Region,
    Returns,
    Segment,
    Seminar,
    SeminarSegment,
    Series,
    Slot,
    SpeakerTexts,
    Texts,
)
from pipeline.core.verdicts import Board, Finding, Standing, Verdict

LANGUAGE, OTHER = "en", "ar"
"""The languages of the samples, the second of which runs from right to left."""


class Words(dict[str, str]):
    """The words of all languages in one group of the locale files; without any language each word that is asked for."""

    def __init__(self, group: str, locales: Mapping[str, Locale]) -> None:
        self.group, self.known = group, bool(locales)
        super().__init__(word for locale in locales.values() for word in (getattr(locale, group) or {}).items())

    def __missing__(self, word: str) -> str:
        if self.known:
            raise KeyError(word)
        return word


def _series(locales: Mapping[str, Locale]) -> Series:
    """Return a series with two seminars: one has all that a seminar can have, the other as little as possible."""
    people = (
        Person(
            id="ada",
            given="Ada",
            family="NORTH",
            country="SE",
            affiliation={LANGUAGE: "Judge, Sweden"},
            borrowed={OTHER: LANGUAGE},
            bio={LANGUAGE: "A *judge*."},
        ),
        Person(id="ben", given="Ben", family="SOUTH", affiliation={OTHER: "Judge"}, borrowed={LANGUAGE: OTHER}),
    )
    ada, ben = Slot(person="ada"), Slot(person="ben", confirmed=False)
    full = Seminar(
        id="full",
        title="Full",
        language=LANGUAGE,
        region="region",
        date=date(2021, 3, 1),
        start=time(8),
        end=time(9, 45),
        chair=ben,
        segments=(
            SeminarSegment(segment="first", speakers=(ada, ben), start=time(8)),
            SeminarSegment(segment="second", speakers=(ada,), title="Own title"),
            SeminarSegment(segment="third"),
        ),
        edition=2,
        status="tentative",
        registration="https://example.org/",
        capitals=(Capital(city="Suva", zone="Pacific/Fiji"), Capital(city="Apia", zone="Pacific/Pago_Pago")),
    )
    bare = Seminar(
        id="bare",
        title="Bare",
        language=OTHER,
        region="region",
        date=date(2021, 3, 2),
        start=time(8),
        end=time(9, 45),
        chair=ada,
        segments=(SeminarSegment(segment="first", speakers=(ada,)), SeminarSegment(segment="second")),
    )
    ids = ("first", "second", "third")
    return Series(
        id="sample",
        title="Sample",
        subtitle="Subtitle",
        file_prefix="sample",
        hosts=(Host(name="One host"), Host(name="Another host")),
        partners=(Partner(name="Partner", slot="Logo"), Partner(name="Partner", slot="Logo")),
        funding=Funding(statement="Funded.", emblem="sample"),
        minutes=Minutes(stated=105, presentation=15),
        returns=Returns(days_before=7),
        participants_per_country=3,
        works_per_segment=9,
        working_languages=(LANGUAGE, OTHER),
        segments=tuple(Segment(id=id, title=id) for id in ids),
        regions=(Region(id="region", name="Region"),),
        contact="office@example.org",
        website="https://example.org/",
        seminars={"full": full, "bare": bare},
        people={person.id: person for person in people},
        texts={language: _texts(language, ids) for language in (LANGUAGE, OTHER)},
        locales={LANGUAGE: sample_locale(locales), OTHER: sample_locale(locales, OTHER, "ar")},
    )


def sample_locale(locales: Mapping[str, Locale], language: str = LANGUAGE, tag: str = "en-GB") -> Locale:
    """Return a locale with the words of all languages."""
    return Locale(
        language=language,
        tag=tag,
        direction="rtl" if language == OTHER else "ltr",
        name=language,
        biblatex=language,
        clock=Clock(pattern="HH:mm", full_hour="HH:mm", range="{start}–{end}"),
        words=Words("words", locales),
        files=Words("files", {}),
        verdicts=Words("verdicts", locales),
    )


def _texts(language: str, segments: tuple[str, ...]) -> Texts:
    speakers = SpeakerTexts(
        rules=("A rule.",),
        questions={segment: ("A question?",) for segment in segments},
        alone="alone",
        shared="shared",
        unconfirmed="unconfirmed",
        subject="subject",
        message="message",
    )
    modalities = ("duration", "platform", "format", "process")
    return Texts(
        language=language,
        rationale="Why.",
        aim="One aim. Another aim.",
        objectives=("An objective.", "Another one."),
        participants="Who.",
        modalities=tuple(Modality(id=id, term=id, details=("One.", "Two.")[: len(id) % 2 + 1]) for id in modalities),
        about=About(title="About", text="About."),
        speakers=speakers,
    )


def samples(root: Path, locales: Mapping[str, Locale]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each template with values to fill it, for every shape that a document can have."""
    series = _series(locales)
    full, bare = _views(series, root)
    for view in (full, bare):
        for kind in KINDS.values():
            if kind.template:
                yield kind.template, document_values(view)
        given = {turn.folder: _artifact("presentation", "pptx") for turn in list(turns(view.seminar))[:1]}
        artifacts = [_artifact(kind.id, format) for kind in KINDS.values() for format in kind.formats]
        for zip_size in (None, 1):
            yield "page.html", page_values(view, artifacts, given, zip_size)
        sizes = {f"{series.id}.ics": 1, SCHEDULE: 1}
        around = series_view(view.series, view.seminar.language, root)
        yield "index.html", index_values(around, [full, bare], sizes, view.series, view.seminar.language)
    for language in series.working_languages:
        for emblem in ("sample", "removed"):
            shown = replace(series, funding=replace(series.funding, emblem=emblem))
            values = certificate_values(series.seminars["full"], language, shown)
            yield "certificate.html", values | person_values(name="Ada", minutes=90, number="1", code="A")
    turn, finding = next(turns(full.seminar)), Finding(code="macro")
    for status in get_args(get_type_hints(Verdict)["status"]):
        found = Verdict(
            status=status, refusals=(finding,), removals=(finding,), remarks=(finding, replace(finding, code=UNFILLED))
        )
        for verdict, differences in ((found, [("A", "B")]), (Verdict(status=status), [])):
            yield "report.html", report_values(verdict, differences, turn, full)
    shapes = ((True, True, ()), (True, True, (("A", "B"), ("C", "D"))), (True, False, ()), (False, False, ()))
    rows = tuple(
        Standing(
            speaker="ada",
            name="Ada",
            confirmed=returned,
            made=accepted,
            returned=returned,
            accepted=accepted,
            says=says,
        )
        for returned, accepted, says in shapes
    )
    for id, days in (("full", 1), ("bare", -1)):
        board = Board(seminar=id, status="confirmed", deadline=full.seminar.date, days=days, rows=rows)
        yield "status.html", status_values([board], ["nobody.pptx"] if days > 0 else [], "Sample", series)


def _artifact(kind: str, format: str) -> Artifact:
    path = f"{kind}.{format}"
    return Artifact(path=path, title=kind, language="en", kind=kind, format=format, size=1, sha256="", fingerprint="")


def _views(series: Series, root: Path) -> tuple[View, View]:
    """Return the two seminars as templates see them: one with works, a portrait and a logo, the other without."""
    works = (Entry(key="a", html="<em>A</em>", language=LANGUAGE, first=True), Entry(key="b", html="B", language="de"))
    reading = ReadingList(groups=(ReadingGroup(segment="first", entries=works),), bibtex="", csl_json="")
    full = seminar_view(series.seminars["full"], reading, series, root)
    partners = ({**full.partners[0], "logo": "logo"}, full.partners[1])
    plain = replace(series, contact="", website="", partners=(), funding=replace(series.funding, emblem="removed"))
    bare = seminar_view(series.seminars["bare"], None, plain, root)
    return replace(full, chair=replace(full.chair, photo="photo"), partners=partners), bare
