"""Stage: each seminar's reading list, chosen from the references and formatted in the seminar's language.

A work is listed when it existed on the seminar's day and concerns its region or the whole world. Works in the seminar's
language are chosen first, among them those marked `first`, then those of its region; the order of the bibliography
decides the rest. In a list all works marked `first` come before the others. How a work is cited depends on nothing but
itself and the language, so pandoc formats each once a language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.core.documents import Entry, ReadingGroup, ReadingList
from pipeline.core.sources import Reference, Seminar, Series
from pipeline.curate.bibtex import (
    Work,
    bibtex,
    citation_key,
    fields_in,
    link_in,
    printed_dates,
    printed_titles,
    printed_type,
)
from pipeline.curate.citations import Citation, cite, tool

STYLE = Path("bibliography/seminar.csl")

Chosen = tuple[tuple[str, tuple[Reference, ...]], ...]
"""The works of a seminar by segment, in the order in which they are listed."""


def curate(series: Series, seminars: Iterable[Seminar], root: Path) -> dict[str, ReadingList]:
    """Return the reading lists by seminar; raise `ToolError` when pandoc fails."""
    chosen = [(seminar, choose(seminar, series)) for seminar in seminars]
    works = {
        (s.language, r.key): _work(r, s.language, series) for s, groups in chosen for _, group in groups for r in group
    }
    citations = dict(zip(works, cite(list(works.values()), root / STYLE), strict=True))
    return {seminar.id: _reading_list(seminar, groups, citations, series) for seminar, groups in chosen}


def fingerprint(seminar: Seminar, series: Series, root: Path) -> str:
    """Return 32 hex digits that change with all that a seminar's reading list is made from, and with nothing else."""
    chosen = choose(seminar, series)
    works = [
        (segment, [(_entry(r, "", seminar.language, series), _work(r, seminar.language, series)) for r in group])
        for segment, group in chosen
    ]
    program = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    parts = (tool(), program, (root / STYLE).read_bytes(), seminar.language, _topics(seminar, series), works)
    return hashlib.sha256(repr((*parts, series.locales[seminar.language].tag)).encode()).hexdigest()[:32]


def choose(seminar: Seminar, series: Series) -> Chosen:
    """Return at most `works_per_segment` works for each segment of the seminar, those marked `first` before the others.

    No work stands in two segments.
    """
    taken: set[str] = set()
    groups = []
    for item in seminar.segments:
        fit = [r for r in series.references.values() if item.segment in r.segments and r.key not in taken]
        fit = [r for r in fit if r.available <= seminar.date and {"global", *seminar.region} & set(r.regions)]
        fit = [r for r in fit if not r.only or seminar.language in r.only]
        fit.sort(key=lambda r: (_language_rank(r, seminar, series), not r.first, _region_rank(r, seminar)))
        chosen = tuple(sorted(fit[: series.works_per_segment], key=lambda r: not r.first))
        taken.update(r.key for r in chosen)
        groups.append((item.segment, chosen))
    return tuple(groups)


def listed_works(series: Series) -> dict[str, list[Reference]]:
    """Return the works that the seminars' lists print, by the language of the list, each once."""
    found: dict[str, dict[str, Reference]] = {}
    for seminar in series.seminars.values():
        for _, works in choose(seminar, series):
            found.setdefault(seminar.language, {}).update({work.key: work for work in works})
    return {language: list(works.values()) for language, works in found.items()}


def _region_rank(reference: Reference, seminar: Seminar) -> int:
    """Return 0 for a work of the seminar's region and for one marked `first`: the editor has put these in order."""
    return 0 if reference.first or {*seminar.region} & {*reference.regions} else 1


def _language_rank(reference: Reference, seminar: Seminar, series: Series) -> int:
    """Return 0 for a work in the seminar's language, else the position of its best language in the series' order."""
    order = (seminar.language, *series.working_languages)
    return min((order.index(language) for language in reference.languages if language in order), default=len(order))


def _work(reference: Reference, language: str, series: Series) -> Work:
    """Return a reference as a list in `language` cites it, our own translation of a foreign title included."""
    locale = series.locales[language]
    fields = fields_in(reference, language, locale.biblatex) | {"keywords": ""}
    fields |= (
        printed_dates(fields) | printed_titles(fields) | {"type": printed_type(reference.kind, fields.get("type", ""))}
    )
    state = "nodate" if fields.pop("year", "") else fields.get("pubstate", "")
    fields["pubstate"] = locale.words.get(f"work_{state}", state)
    if translated := reference.fields.get(f"translated_{language}"):
        fields["origtitle"] = translated  # the style prints it in brackets after the title
    printed = _printed_language(reference, language, series)
    foreign = "" if printed == language else series.locales[printed].tag if printed in series.locales else printed
    kind = "thesis" if reference.kind.endswith("thesis") else reference.kind  # pandoc adds words for the others
    link = link_in(reference, language)
    return Work(kind=kind, key=reference.key, fields=fields, list_language=locale.tag, foreign=foreign, link=link)


def _printed_language(reference: Reference, language: str, series: Series) -> str:
    """Return the language in which the title is printed: the list's own if there is such a title, or the original's."""
    if f"title_{language}" in reference.fields:
        return language
    named = {locale.biblatex: locale.language for locale in series.locales.values()}
    return named.get(reference.fields.get("langid", ""), reference.language or reference.languages[0])


def _entry(reference: Reference, html: str, language: str, series: Series) -> Entry:
    """Return a reference as a list in `language` prints it, with its citation as `html`."""
    printed = _printed_language(reference, language, series)
    in_list_language = language in reference.languages or f"url_{language}" in reference.fields
    doi = reference.fields.get(f"doi_{language}", reference.fields.get("doi", ""))
    return Entry(
        key=reference.key,
        html=html,
        language=printed,
        text_language=language if in_list_language else printed,
        first=reference.first,
        address=f"DOI\u00a0{doi}" if doi else "",
        why=reference.fields.get(f"why_{language}", ""),
    )


def _topics(seminar: Seminar, series: Series) -> dict[str, str]:
    """Return the titles of the segments in the seminar's language, by segment."""
    titles = {segment.id: segment.title for segment in series.segments}
    titles |= {item.segment: item.title for item in seminar.segments if item.title}
    return {
        segment: title if isinstance(title, str) else title[seminar.language]
        for segment, title in titles.items()
        if segment in {item.segment for item in seminar.segments}
    }


def _reading_list(
    seminar: Seminar, chosen: Chosen, citations: Mapping[tuple[str, str], Citation], series: Series
) -> ReadingList:
    language, topics = seminar.language, _topics(seminar, series)
    groups, entries, items = [], [], []
    for segment, references in chosen:
        listed = []
        for reference in references:
            citation = citations[language, reference.key]
            listed.append(_entry(reference, citation.html, language, series))
            fields = fields_in(reference, language, series.locales[language].biblatex) | {"keywords": topics[segment]}
            entries.append(bibtex(reference.kind, reference.key, fields))
            items.append(
                json.dumps(citation.item | {"id": citation_key(reference.key)}, ensure_ascii=False, sort_keys=True)
            )
        groups.append(ReadingGroup(segment=segment, entries=tuple(listed)))
    return ReadingList(groups=tuple(groups), bibtex="\n".join(entries), csl_json="[\n" + ",\n".join(items) + "\n]\n")
