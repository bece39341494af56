"""Works on slides: which of a segment's works are shown there, and author and title as a line with a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.compose.slides import html_runs
from pipeline.compose.view import EntryView, SegmentView
from pipeline.core.documents import Paragraph, Run

READING_WORDS = 16
"""A work on a slide is named in so many words where there is one with so short a title."""

LONGEST_LINK = 30
"""Characters, about, of a part of a link that is not broken over lines."""
_OPENING = re.compile(r"[“«‘][\u00a0\u202f]?$")
"""The quotation mark before the title of an article."""
_IN_QUOTATION_MARKS = re.compile(r"“[^”]+”|«[^»]+»")
"""The title of a part of a book, or of an article, with its quotation marks."""
_IN_BRACKETS = re.compile(r" ?\[[^\]]+\]")
"""The title in the language of the seminar, after the title of a work."""


def readings_of(segment: SegmentView) -> list[Paragraph]:
    """Return the work with which to begin, and the shortest title of the next ones, if there are so many."""
    if not segment.entries:
        return []
    entries = first_works(segment, 6)
    first, *_ = sorted(entries[:3], key=lambda entry: _words(short_work(entry)) > READING_WORDS)
    titles = [short_work(entry, author=False) for entry in entries if entry is not first]
    return [short_work(first), *sorted(titles, key=_words)[:1]]


def _words(paragraph: Paragraph) -> int:
    return len("".join(run.text for run in paragraph.runs).split())


def short_work(entry: EntryView, *, author: bool = True) -> Paragraph:
    """Return author and title of a work, its translation, and the language that the bibliography names.

    The title is a link without quotation marks if the work has an address.
    """
    runs = html_runs(entry.html, entry.language_tag if entry.left_to_right else "")
    language = [Run(text=f" [{entry.language_name}]")] if entry.language_name else []
    is_linked = any(run.link for run in runs)
    is_title = [bool(run.link) if is_linked else run.emphasis for run in runs]
    quoted = None if is_linked else _quoted(runs)
    if quoted:  # a part of a book, or an article, without an address: what is emphasised is where it appeared
        return Paragraph(runs=(*(quoted if author else quoted[-1:]), *language))
    if not any(is_title):
        return Paragraph(runs=(*runs, *language))
    first = is_title.index(True)
    end = next((i for i in range(first, len(runs)) if not is_title[i]), len(runs))
    before = runs[:first] if author else ()
    if before:
        before = (*before[:-1], replace(before[-1], text=_OPENING.sub("", before[-1].text)))
    translated = _IN_BRACKETS.match(runs[end].text) if end < len(runs) else None
    after = [Run(text=translated[0])] if translated else []
    title = (part for run in (*before, *runs[first:end]) for part in _parts(run))
    return Paragraph(runs=(*title, *after, *language))


def _quoted(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs up to the end of a title in quotation marks, which is the last run; none without such a title."""
    for number, run in enumerate(runs):
        if run.emphasis:
            break
        if found := _IN_QUOTATION_MARKS.search(run.text):
            before = replace(run, text=run.text[: found.start()])
            return (*runs[:number], *([before] if before.text else []), replace(run, text=found[0]))
    return ()


def first_works(segment: SegmentView, count: int) -> list[EntryView]:
    """Return up to `count` works of a segment, those marked `first` before all others in any language."""
    return sorted(segment.entries, key=lambda entry: not entry.first)[:count]


def _parts(run: Run) -> Iterator[Run]:
    """Yield a run, and a long link as several: LibreOffice breaks no line within a link."""
    texts = re.findall(rf" *[^ ].{{0,{LONGEST_LINK}}}(?= |$) *| *[^ ]+ *", run.text) if run.link else []
    yield from (replace(run, text=text) for text in texts or [run.text])
