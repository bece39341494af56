"""Invented seminars with every combination of optional parts; the check of templates fills the templates with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pipeline.compose.certificate import TEMPLATE as CERTIFICATE
from pipeline.compose.certificate import certificate_values, person_values
from pipeline.compose.kinds import KINDS, document_values
from pipeline.compose.page import page_values
from pipeline.compose.report import REPORT, STATUS, UNFILLED, report_values, status_values
from pipeline.compose.series import series_view
from pipeline.compose.speaker import turns
from pipeline.compose.view import View, seminar_view
from pipeline.compose.website import SCHEDULE, index_values
from pipeline.core.documents import Artifact, Entry, ReadingGroup, ReadingList
from pipeline.core.sources import Locale, Series
from pipeline.core.verdicts import Board, Finding, SpeakerState, Verdict

_PERSON = {"id": "ada", "given": "Ada", "family": "NORTH"}
_PEOPLE = {
    "ada": {
        **_PERSON,
        "country": "SE",
        "affiliation": {"en": "Judge, Sweden"},
        "borrowed": {"ar": "en"},
        "bio": {"en": "A *judge*."},
    },
    "ben": {**_PERSON, "id": "ben", "affiliation": {"ar": "Judge"}, "borrowed": {"en": "ar"}},
}
_SEMINAR = {"title": "Title", "region": "region", "date": "2021-03-01", "start": "08:00", "end": "09:45"}
_SEMINARS = {
    "full": {
        **_SEMINAR,
        "id": "full",
        "language": "en",
        "chair": {"person": "ben", "confirmed": False},
        "segments": [
            {"segment": "first", "start": "08:00", "speakers": ["ada", {"person": "ben", "confirmed": False}]},
            {"segment": "second", "title": "Its own title", "speakers": ["ada"]},
            {"segment": "third"},
        ],
        "edition": 2,
        "status": "tentative",
        "registration": "https://example.org/",
        "short": "Region",
        "capitals": [{"city": "Suva", "zone": "Pacific/Fiji"}, {"city": "Pago Pago", "zone": "Pacific/Pago_Pago"}],
    },
    "bare": {**_SEMINAR, "id": "bare", "language": "ar", "chair": "ada", "segments": ["first", "second"]},
}
_TEXTS = {
    "rationale": "Why.",
    "aim": "One aim. Another aim.",
    "objectives": ["An objective.", "Another one."],
    "participants": "Who.",
    "modalities": [
        {"id": "duration", "term": "Duration", "details": ["One.", "Two."]},
        {"id": "platform", "term": "Platform", "details": ["One."]},
        {"id": "format", "term": "Format", "details": ["One.", "Two."]},
        {"id": "number", "term": "Number", "details": ["One."]},
    ],
    "about": {"title": "About", "text": "About."},
    "speakers": {
        "rules": ["A rule."],
        "questions": {},
        **dict.fromkeys(("alone", "shared", "unconfirmed", "subject", "message"), "Text."),
        **dict.fromkeys(("invitation_subject", "invitation"), "Text."),
    },
    "segments": {"first": {"line": "A line.", "reading": "A sentence."}},
}
_OPTIONAL = {"summary": "What.", "context": "Why.", "statements": {"timeline": "How.", "objectives": "What for."}}
"""The texts that only one of the languages has."""
_LOCALE = {
    "name": "Language",
    "biblatex": "language",
    "clock": {"pattern": "HH:mm", "full_hour": "HH:mm", "range": "{start}–{end}", "sentence": "{start}–{end}"},
    **dict.fromkeys(("words", "files", "verdicts"), {}),
}
_SERIES = {
    "id": "sample",
    "title": "Sample",
    "subtitle": "Subtitle",
    "file_prefix": "sample",
    "hosts": ["One host", "Another host"],
    "partners": [{"name": "Partner"}, {"name": "Another partner"}],
    "funding": {"statement": "Funded.", "emblem": "sample"},
    "minutes": {"stated": 105, "presentation": 15},
    "returns": {"days_before": 7},
    "participants_per_country": 3,
    "works_per_segment": 9,
    "working_languages": ["en", "ar"],
    "segments": [{"id": id, "title": id} for id in ("first", "second", "third")],
    "regions": [{"id": "region", "name": "Region"}],
    "timeline": [
        {"when": "2010", "text": "A group.", "symbol": "A/1", "source": "rationale", "earlier": "yes"},
        {"when": "2020-12", "text": "A committee.", "source": "rationale"},
    ],
    "contact": "office@example.org",
    "website": "https://example.org/",
    "seminars": _SEMINARS,
    "people": _PEOPLE,
    "texts": {"en": {**_TEXTS, **_OPTIONAL, "language": "en"}, "ar": {**_TEXTS, "language": "ar"}},
}
"""A series in two languages, one of them written from right to left: one seminar has all optional parts, the other
none."""


class Words(dict[str, str]):
    """The words of all languages in one group of the locale files; without any locale, every word exists."""

    def __init__(self, group: str, locales: Mapping[str, Locale]) -> None:
        self.group, self.known = group, bool(locales)
        super().__init__(word for locale in locales.values() for word in (getattr(locale, group) or {}).items())

    def __missing__(self, word: str) -> str:
        if self.known:
            raise KeyError(word)
        return word


def sample_locale(locales: Mapping[str, Locale], tag: str = "en-GB", direction: str = "ltr") -> Locale:
    """Return a locale with the words of all languages."""
    typed = {**_LOCALE, "language": tag[:2], "tag": tag, "direction": direction}
    words = {"words": Words("words", locales), "files": Words("files", {}), "verdicts": Words("verdicts", locales)}
    return Locale.model_validate(typed).model_copy(update=words)


def samples(root: Path, locales: Mapping[str, Locale]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each template with values to fill it, for every combination of the samples."""
    series = Series.model_validate(_SERIES)
    own = {"en": sample_locale(locales), "ar": sample_locale(locales, "ar", "rtl")}
    planned = tuple(seminar.as_planned for seminar in series.seminars.values())
    series = series.model_copy(update={"locales": own, "planned": planned})
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
        shared = series_view(view.series, view.seminar.language, root)
        yield "index.html", index_values(shared, [full, bare], sizes, view.series, view.seminar.language)
    for language in series.working_languages:
        for shown in (series, bare.series):
            values = certificate_values(series.seminars["full"], language, shown)
            for origin in (("Court", "Mali"), ()):
                person = person_values(name="Ada", origin=origin, minutes=90, number="1", code="A")
                yield CERTIFICATE, values | person
    turn, finding = next(turns(full.seminar)), Finding(code="macro")
    for status in get_args(get_type_hints(Verdict)["status"]):
        found = Verdict(
            status=status, refusals=(finding,), removals=(finding,), remarks=(finding, replace(finding, code=UNFILLED))
        )
        for verdict, differences in ((found, [("A", "B")]), (Verdict(status=status), [])):
            yield REPORT, report_values(verdict, differences, turn, full)
    shapes = ((True, True, ()), (True, True, (("A", "B"), ("C", "D"))), (True, False, ()), (False, False, ()))
    rows = tuple(
        SpeakerState(
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
        yield STATUS, status_values([board], ["nobody.pptx"] if days > 0 else [], "Sample", series)


def _artifact(kind: str, format: str) -> Artifact:
    path = f"{kind}.{format}"
    return Artifact(path=path, title=kind, language="en", kind=kind, format=format, size=1, sha256="", fingerprint="")


def _views(series: Series, root: Path) -> tuple[View, View]:
    """Return the views of the two seminars: one with works, a portrait and a logo, the other without."""
    works = (
        Entry(key="a", html="<em>A</em>", language="en", text_language="en", first=True, address="DOI", why="Why."),
        Entry(key="b", html="B", language="de", text_language="de"),
    )
    reading = ReadingList(groups=(ReadingGroup(segment="first", entries=works),), bibtex="", csl_json="")
    full = seminar_view(series.seminars["full"], reading, series, root)
    full = replace(full, map="map")
    partners = ({**full.partners[0], "logo": "logo"}, full.partners[1])
    removed = series.funding.model_copy(update={"emblem": "removed"})
    plain = series.model_copy(update={"contact": "", "website": "", "partners": (), "funding": removed})
    bare = seminar_view(series.seminars["bare"], None, plain, root)
    return replace(full, chair=replace(full.chair, photo="photo"), partners=partners), bare
