"""Reviews the clean copy of a deck: names what its speaker may want to change.

Threat: a copy that stops the review or slows it down. The copy is safe whatever the review says of it, but of unknown
origin: texts may be as long as the limits allow, and values may be none that a schema allows. The review raises for
none of them, measures a bounded part of long texts, and holds the tree of one slide at a time.

slides      shapes and their text as they look    inherited           what they have from layout, master and theme
remarks     the rules for a slide                 fitting, contrast   what two of the rules measure
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.collect.allowed import MEDIA
from pipeline.collect.copy import Copy
from pipeline.collect.findings import UNFILLED, shown
from pipeline.collect.limits import MEGABYTE
from pipeline.collect.review.inherited import SMALL_PRINT
from pipeline.collect.review.remarks import is_filled, remarks_on, unknown_fonts
from pipeline.collect.review.slides import Page, Pages
from pipeline.core.verdicts import Finding

EXTRA_SLIDES = 2
"""A deck may have one slide per minute and two more, the first and the last."""
WORDS_PER_MINUTE = 130
"""The words read aloud in a minute; two Chinese or Japanese characters count as one word."""
MEDIA_MEGABYTES = 20
MOST_TEXTS, LONGEST_TEXT = 100, 1_000  # of the first slide, and characters of one

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, kw_only=True)
class ReviewedSlide:
    """A slide of the clean copy: its number in the returned file, its path in the copy, and its notes.

    It is the speaker's own, or if the deck was made here, a slide that was given complete, or one to be filled.
    """

    number: int
    path: str
    notes: str = ""
    state: Literal["own", "given", "to fill"] = "own"


@dataclass(frozen=True, kw_only=True)
class Review:
    """The remarks on a deck, and the title and the texts of its first slide, by placeholder as well."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    title_texts: tuple[str, ...] = ()
    title_places: Mapping[str, str]


def review(copy: Copy, slides: Iterable[ReviewedSlide], *, language: str, minutes: int) -> Review:
    """Return the remarks on a clean copy, slide by slide."""
    pages = Pages(copy)
    found: list[Finding] = []
    titles: dict[str, int] = {}
    fonts: dict[str, int] = {}
    filled: list[bool] = []
    count = spoken = 0
    first = Review(title_places={})
    for slide in slides:
        page, number = pages.page(slide.path), slide.number
        first = first if count else _first_slide(page)
        count, spoken = count + 1, spoken + words(slide.notes)
        if slide.state == "to fill":
            filled.append(is_filled(page))
        found += _titled(page.title, number, titles)
        each = remarks_on(page, language=language, with_photo=slide.state == "given" and number == 1)
        found += (Finding(code=code, slide=number, where=where, detail=detail) for code, where, detail in each)
        for font in unknown_fonts(page):
            fonts.setdefault(font, number)
    media = sum(len(part.content) for part in copy.parts.values() if part.kind == MEDIA)
    found = [*_whole(count, spoken, media, minutes), *found]
    found += (Finding(code="font-unknown", slide=number, detail=font) for font, number in fonts.items())
    if filled and not any(filled):
        found.insert(0, Finding(code=UNFILLED))
    return replace(first, findings=tuple(dict.fromkeys(found)))


def _first_slide(page: Page) -> Review:
    """Return title and texts of a slide, of which the parent process keeps no more than the programme may have."""
    shapes = [shape for shape in page.shapes if shape.type not in SMALL_PRINT and shape.lines][:MOST_TEXTS]
    texts = [(shape, " ".join(shape.lines)[:LONGEST_TEXT]) for shape in shapes]
    return Review(
        title=page.title[:LONGEST_TEXT],
        title_texts=tuple(text for _, text in texts),
        title_places={shape.name[:LONGEST_TEXT]: text for shape, text in texts if shape.type is not None},
    )


def _whole(count: int, spoken: int, media_bytes: int, minutes: int) -> Iterator[Finding]:
    """Yield the remarks on the deck as a whole."""
    allowed, aloud = minutes + EXTRA_SLIDES, minutes * WORDS_PER_MINUTE
    if count > allowed:
        yield Finding(code="too-many-slides", where=str(allowed), detail=str(count))
    if spoken > aloud:
        yield Finding(code="notes-too-long", where=str(aloud), detail=str(spoken))
    if media_bytes > MEDIA_MEGABYTES * MEGABYTE:
        yield Finding(code="media-large", detail=str(media_bytes // MEGABYTE))


def words(text: str) -> int:
    """Return how many words a text has when it is read aloud."""
    characters = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + (characters + 1) // 2


def _titled(title: str, number: int, titles: dict[str, int]) -> Iterator[Finding]:
    """Yield a remark on a title that is missing, or that another slide has; `titles` has those before by number."""
    if not title:
        yield Finding(code="no-title", slide=number)
    elif title.casefold() in titles:
        yield Finding(code="title-twice", slide=number, where=str(titles[title.casefold()]), detail=shown(title))
    else:
        titles[title.casefold()] = number
