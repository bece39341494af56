"""Judges one deck: refuses it with the reason, or builds a clean copy and names everything that was removed.

Threat: a file that is neither refused nor cleaned. Nothing else makes a verdict; limits of time and memory are left to
`workers`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Literal

from pipeline.collect import filetype
from pipeline.collect.allowed import BY_CONTENT_TYPE, KINDS
from pipeline.collect.deck import Deck
from pipeline.collect.dropped import dropped_parts
from pipeline.collect.findings import Refused, shown
from pipeline.collect.original import BY_LAYOUT, SIGNS, Original
from pipeline.collect.package import Package
from pipeline.collect.properties import clean_properties
from pipeline.collect.review import ReviewedSlide, review
from pipeline.core.verdicts import Finding, Verdict

_MAIN = KINDS["presentation"]
_OTHERS = (("vnd.ms-powerpoint.addin", "add-in"), ("wordprocessingml", "word"), ("spreadsheetml", "excel"))
"""By a word in the content type of the main part: what a file is that is no deck."""


def judge(
    content: bytes | BinaryIO,
    *,
    keep_notes: bool = False,
    language: str = "",
    minutes: int = 10,
    seminar: str = "",
    languages: Mapping[str, str] = MappingProxyType({}),
    original: Original = BY_LAYOUT,
) -> Verdict:
    """Return the verdict on a deck: refused, or accepted or cleaned with its clean copy, and remarks for its speaker.

    `language` is the expected language of the text. Without it, `languages` gives the language of `seminar`, or of the
    seminar in the deck's properties. `minutes` is the time of the talk, `original` what the deck was sent out with.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        filetype.check(file)
        package = Package(file)
        main, properties = _main(package), clean_properties(package)
        made_from = original if properties.identity.keys() >= SIGNS else None
        deck = Deck(package, made_from, keep_notes=keep_notes)
        copy = deck.copy(main, properties)
        removals = (*_of_the_package(package, main), *deck.findings, *properties.findings, *dropped_parts(deck))
    except Refused as refused:
        return Verdict(status="refused", refusals=(refused.finding,))
    found = review(
        copy,
        _slides(deck, made_from),
        language=language or languages.get(seminar or properties.identity.get("seminar", ""), ""),
        minutes=minutes,
    )
    return Verdict(
        status="cleaned" if removals else "accepted",
        removals=tuple(dict.fromkeys(removals)),
        remarks=found.findings,
        content=copy.written(),
        identity=properties.identity,
        slides=len(deck.slides),
        title=found.title,
        title_texts=found.title_texts,
        title_places=found.title_places,
    )


def _main(package: Package) -> str:
    """Return the main part of the deck; raise Refused with what the file is instead."""
    mains = [each for each in package.relationships("").values() if each.type.endswith("/officeDocument")]
    if len(mains) != 1 or mains[0].type != _MAIN.relationship or mains[0].external or not mains[0].target:
        raise Refused("not-a-deck")
    type_ = package.type_of(mains[0].target)
    kind = BY_CONTENT_TYPE.get(type_)
    if kind is None or kind.name != "presentation":
        raise Refused(next((code for word, code in _OTHERS if word in type_), "not-a-deck"))
    return mains[0].target


def _of_the_package(package: Package, main: str) -> Iterator[Finding]:
    """Yield what the copy of the whole deck lacks: addresses that the package itself names, macros, its kind."""
    for relationship in package.relationships("").values():
        if relationship.external:
            yield Finding(code="external", detail=shown(relationship.target))
    for code, types in (("macro-file", _MAIN.with_macros), ("other-kind", _MAIN.templates_and_shows)):
        if package.type_of(main) in {type_.lower() for type_ in types}:
            yield Finding(code=code)


def _slides(deck: Deck, original: Original | None) -> Iterator[ReviewedSlide]:
    """Yield the slides of the copy, in the order of the deck."""
    for slide in deck.slides.values():
        state: Literal["own", "given", "to fill"] = "own"
        if original:
            is_given = slide.number == 1 or original.is_given(slide.layout, slide.title)
            state = "given" if is_given else "to fill"
        yield ReviewedSlide(
            number=slide.number,
            path=deck.copied[slide.part].path,
            notes=deck.notes.get(slide.number, ""),
            state=state,
        )
