"""Judges one deck: refuses it with the reason, or builds a clean copy and names everything that was removed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Literal

from pipeline.collect import filetype
from pipeline.collect.allowed import BY_CONTENT_TYPE, KINDS, LISTS, MEDIA
from pipeline.collect.copy import Copy
from pipeline.collect.deck import Deck
from pipeline.collect.dropped import dropped_parts
from pipeline.collect.findings import Refused
from pipeline.collect.original import BY_LAYOUT, SIGNS, Original
from pipeline.collect.package import Package, Relationship
from pipeline.collect.properties import clean_properties
from pipeline.collect.review import ReviewedSlide, review
from pipeline.core.verdicts import Finding, Verdict

_MAIN = KINDS["presentation"]
_REVIEWED = frozenset(("presentation", "slide", "slideLayout", "slideMaster", "theme"))
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
        cleaned = _cleaned(file, original, keep_notes=keep_notes)
    except Refused as refused:
        return Verdict(status="refused", refusals=(refused.finding,))
    identity = cleaned.identity
    language = language or languages.get(seminar or identity.get("seminar", ""), "")
    size = cleaned.media_bytes
    found = review(cleaned.skeleton, cleaned.slides, language=language, minutes=minutes, media_bytes=size)
    return Verdict(
        status="cleaned" if cleaned.removals else "accepted",
        removals=cleaned.removals,
        remarks=found.findings,
        content=cleaned.content,
        identity=identity,
        slides=len(cleaned.slides),
        title=found.title,
        title_texts=found.title_texts,
        title_places=found.title_places,
    )


@dataclass(frozen=True, kw_only=True)
class _Cleaned:
    """The clean copy of a deck, its identity, what was removed, and what the review reads.

    The `skeleton` is the copy without media, charts and notes, which the review does not need in memory.
    """

    content: bytes
    skeleton: bytes
    media_bytes: int
    slides: tuple[ReviewedSlide, ...]
    identity: Mapping[str, str]
    removals: tuple[Finding, ...]


def _cleaned(file: BinaryIO, original: Original, *, keep_notes: bool) -> _Cleaned:
    filetype.check(file)
    package = Package(file)
    main = _main(package)
    own = clean_properties(package)
    made_here = own.identity.keys() >= SIGNS
    deck = Deck(package, original if made_here else None, keep_notes=keep_notes)
    top = package.relationships("")
    deck.note_leading("package", top)
    deck.read |= {*own.read}
    others = [Finding(code="external", detail=each.target[:80]) for each in top.values() if each.external]
    codes = {"macro-file": _MAIN.with_macros, "other-kind": _MAIN.templates_and_shows}
    others += [Finding(code=c) for c, types in codes.items() if package.type_of(main) in {t.lower() for t in types}]
    copy = _whole(deck.copy(main), deck.paths[main], own.parts)
    removals = (*others, *deck.findings, *own.findings, *dropped_parts(deck))
    return _Cleaned(
        content=copy.written(),
        media_bytes=sum(len(copy.parts[path]) for path, kind in deck.kinds.items() if kind == MEDIA),
        skeleton=copy.only({path for path, kind in deck.kinds.items() if kind in _REVIEWED}).written(compressed=False),
        slides=tuple(_reviewed(deck, original if made_here else None)),
        identity=own.identity,
        removals=tuple(dict.fromkeys(removals)),
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


def _whole(copy: Copy, main: str, own: dict[str, bytes]) -> Copy:
    """Return the copy with its properties and with the relationships that begin the package."""
    first = [(_MAIN.relationship, main)]
    first += [(kind.relationship, kind.path) for kind in LISTS.properties.values() if kind.path in own]
    top = [Relationship(id=f"rId{n}", type=type_, target=path) for n, (type_, path) in enumerate(first, start=1)]
    return Copy(
        parts=copy.parts | own,
        types=copy.types | {kind.path: kind.content_type for kind in LISTS.properties.values()},
        relationships={"": top, **copy.relationships},
    )


def _reviewed(deck: Deck, original: Original | None) -> Iterator[ReviewedSlide]:
    """Yield what the review needs to know of each slide of the copy."""
    for slide in sorted(deck.slides.values(), key=lambda slide: slide.number):
        state: Literal["own", "given", "to fill"] = "own"
        if original:
            is_given = slide.number == 1 or original.is_given(slide.layout, slide.title)
            state = "given" if is_given else "to fill"
        yield ReviewedSlide(number=slide.number, notes=deck.notes.get(slide.number, ""), state=state)
