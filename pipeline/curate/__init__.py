"""Stage: each seminar's reading list, chosen from the references and formatted in the seminar's language.

A work is listed when it existed on the seminar's day and concerns its region or the whole world. Works in the seminar's
language come first, among them those marked `first`, then those of its region; the order of the bibliography decides
the rest. Citations are formatted by pandoc's citeproc: one process for all seminars that the cache does not know.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.atomic import put
from pipeline.core.documents import Entry, ReadingGroup, ReadingList
from pipeline.core.problems import ToolError
from pipeline.core.sources import Reference, Seminar, Series, Text
from pipeline.curate import citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STYLE = Path("bibliography/seminar.csl")
RECENT = 12
"""Lists that are held: those of the seminars that are under way at the same time."""
_VARIANT = re.compile(r"(?P<name>[a-z]+)_(?P<language>[a-z]{2,3})")


@dataclass(frozen=True, kw_only=True)
class _Job:
    """One seminar's works, as the citation process takes them."""

    seminar: Seminar
    chosen: tuple[tuple[str, tuple[Reference, ...]], ...]
    request: Mapping[str, Any]


def curate(series: Series, seminars: Iterable[Seminar], root: Path, cache: Path) -> dict[str, ReadingList]:
    """Return the reading lists by seminar; raise `ToolError` when pandoc fails."""
    readings = Readings(series, seminars, root, cache)
    readings.begin(readings.jobs)
    return {seminar: readings[seminar] for seminar in readings.jobs}


class Readings:
    """Reading lists by seminar; `marks` stand for what each of them is made from.

    Pandoc works from `begin` on, and a list can be had as soon as it is ready; `ToolError` when pandoc fails.

    Lists that are the same, as in seminars for one region in one language, are formatted once.
    """

    def __init__(self, series: Series, seminars: Iterable[Seminar], root: Path, cache: Path) -> None:
        style, tools = (root / STYLE).read_bytes(), citations.tools()
        self.series = series
        self.jobs = {seminar.id: _job(seminar, series) for seminar in seminars}
        self.marks = {id: _fingerprint(job, style, tools) for id, job in self.jobs.items()}
        self.stored = {mark: cache / f"citations-{mark}.json" for mark in self.marks.values()}
        self.style, self.missing, self.coming = root / STYLE, set(), iter(())
        self.lists: dict[str, ReadingList] = {}

    def begin(self, ids: Iterable[str]) -> None:
        """Set pandoc to work on the lists of these seminars that the cache does not know."""
        marks = {self.marks[id]: id for id in ids}
        self.missing = {mark for mark in marks if _read(self.stored[mark]) is None}
        fresh = [self.jobs[id].request for mark, id in marks.items() if mark in self.missing]
        self.coming = citations.formatted(fresh, self.style) if fresh else iter(())

    def wait(self, mark: str) -> None:
        """Wait until the cache has the list with this mark: the lists of many seminars would not fit into memory."""
        while mark in self.missing:
            answer = next(self.coming)
            known = self.marks[answer["id"]]
            put(self.stored[known], json.dumps(answer, ensure_ascii=False).encode(), synced=False)
            self.missing.discard(known)

    def __getitem__(self, seminar: str) -> ReadingList:
        if seminar not in self.lists:
            mark = self.marks[seminar]
            self.wait(mark)
            answer = _read(self.stored[mark])
            if answer is None:
                raise ToolError(f"{self.stored[mark]} was taken away while it was needed; start again")
            self.lists[seminar] = _reading_list(self.jobs[seminar], answer, self.series)
            if len(self.lists) > RECENT:
                del self.lists[next(iter(self.lists))]
        return self.lists[seminar]


def choose(seminar: Seminar, series: Series) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
    """Return at most `works_per_segment` works for each segment of the seminar; no work stands in two segments."""
    taken: set[str] = set()
    groups = []
    for item in seminar.segments:
        fit = [r for r in series.references.values() if item.segment in r.segments and r.key not in taken]
        fit = [r for r in fit if r.available <= seminar.date and {"global", seminar.region} & set(r.regions)]
        fit.sort(key=lambda r: (_language_rank(r, seminar, series), not r.first, seminar.region not in r.regions))
        chosen = tuple(fit[: series.works_per_segment])
        taken.update(r.key for r in chosen)
        groups.append((item.segment, chosen))
    return tuple(groups)


def _language_rank(reference: Reference, seminar: Seminar, series: Series) -> int:
    """Return 0 for a work in the seminar's language, then the place of its best language in the series' own order."""
    order = (seminar.language, *series.working_languages)
    return min((order.index(language) for language in reference.languages if language in order), default=len(order))


def _job(seminar: Seminar, series: Series) -> _Job:
    chosen = choose(seminar, series)
    works = [reference for _, group in chosen for reference in group]
    locale = series.locales[seminar.language]
    request = {
        "id": seminar.id,
        "language": locale.tag,
        "bib": "\n".join(_bibtex(work, seminar.language, locale.biblatex, bracketed=True) for work in works),
        "keys": [work.key for work in works],
        "foreign": {w.key: tag for w in works if (tag := _tag(w, seminar.language, series)) != locale.tag},
    }
    return _Job(seminar=seminar, chosen=chosen, request=request)


def fields_in(reference: Reference, language: str, biblatex: str) -> dict[str, str]:
    """Return the reference's fields with those of `language` in place of the original ones.

    `title_fr` replaces `title` in a French list; the work's language becomes French with it.
    """
    own = {name: value for name, value in reference.fields.items() if not _VARIANT.fullmatch(name)}
    for name, value in reference.fields.items():
        match = _VARIANT.fullmatch(name)
        if match and match["language"] == language and match["name"] != "translated":
            own[match["name"]] = value
            if match["name"] == "title":
                own["langid"] = biblatex
    return own


def _bibtex(reference: Reference, language: str, biblatex: str, *, bracketed: bool, topic: str = "") -> str:
    """Return the entry as BibTeX in `language`; `bracketed` adds our own translation of a foreign title."""
    own = fields_in(reference, language, biblatex)
    translated = reference.fields.get(f"translated_{language}")
    if bracketed and translated:
        own["origtitle"] = translated  # the style prints it in brackets after the title
    own.pop("available", None)
    own["keywords"] = topic
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in own.items() if value)
    return f"@{reference.kind}{{{reference.key},\n{lines}}}\n"


def _fingerprint(job: _Job, style: bytes, tools: bytes) -> str:
    asked = {**job.request, "id": ""}
    return hashlib.sha256(b"\0".join([tools, style, json.dumps(asked).encode()])).hexdigest()[:32]


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):  # absent, or cut short by a crash: formatted anew
        return None


def _reading_list(job: _Job, answer: Mapping[str, Any], series: Series) -> ReadingList:
    language, locale = job.seminar.language, series.locales[job.seminar.language]
    html = {entry["key"]: entry["html"] for entry in answer["entries"]}
    titles = {segment.id: segment.title for segment in series.segments}
    titles |= {item.segment: item.title for item in job.seminar.segments if item.title}
    groups, bibtex = [], []
    for segment, works in job.chosen:
        entries = (
            Entry(key=w.key, html=html[w.key], language=_printed_language(w, language, series), first=w.first)
            for w in works
        )
        groups.append(ReadingGroup(segment=segment, entries=tuple(entries)))
        topic = _in(titles[segment], language)
        bibtex += [_bibtex(w, language, locale.biblatex, bracketed=False, topic=topic) for w in works]
    items = (json.dumps(item, ensure_ascii=False, sort_keys=True) for item in answer["csljson"])
    return ReadingList(groups=tuple(groups), bibtex="\n".join(bibtex), csl_json="[\n" + ",\n".join(items) + "\n]\n")


def _in(text: Text, language: str) -> str:
    return text if isinstance(text, str) else text[language]


def _tag(reference: Reference, language: str, series: Series) -> str:
    """Return the BCP 47 tag of the language in which the title is printed."""
    printed = _printed_language(reference, language, series)
    return series.locales[printed].tag if printed in series.locales else printed


def _printed_language(reference: Reference, language: str, series: Series) -> str:
    """Return the language in which the title is printed: the seminar's own if there is one, else the original's."""
    if f"title_{language}" in reference.fields:
        return language
    named = {locale.biblatex: locale.language for locale in series.locales.values()}
    return named.get(reference.fields["langid"], reference.languages[0])
