"""Judges one deck: refuses it with the reason, or rebuilds a clean copy and names everything that was removed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from mmap import mmap
from types import MappingProxyType
from xml.sax.saxutils import quoteattr

from pipeline.collect import container, leftovers, media, pictures, properties, sniff
from pipeline.collect.kinds import (
    ADD_IN,
    BY_TYPE,
    EXCEL,
    KINDS,
    MACRO_MAINS,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIPS,
    TEMPLATES_AND_SHOWS,
    WORD,
)  # fmt: skip
from pipeline.collect.rebuild import Rebuild
from pipeline.collect.relations import TYPES, Relation, relations, relations_name
from pipeline.collect.remarks import remarks
from pipeline.collect.sent import BY_LAYOUT, SIGNS, Sent
from pipeline.collect.verdict import Finding, Refused, Verdict
from pipeline.collect.vocabulary import OFFICE, STRICT
from pipeline.collect.writing import Packed, packed, zipped

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = next(kind for kind, name in RELATIONSHIPS.items() if name == "presentation")


def judge(
    content: bytes | mmap,
    *,
    keep_notes: bool = False,
    language: str = "",
    minutes: int = 10,
    seminar: str = "",
    languages: Mapping[str, str] = MappingProxyType({}),
    sent: Sent = BY_LAYOUT,
) -> Verdict:
    """Return the verdict on a deck: refused, or accepted or cleaned with its clean copy, and remarks for its speaker.

    `language` is the expected language of the text. Without it, `languages` gives the language of `seminar`, or of the
    seminar in the deck's properties. `minutes` is the time of the talk, `sent` the text that a deck was sent out with.
    """
    try:
        deck, identity, parts = _rebuilt(content, sent, keep_notes=keep_notes)
        language = language or languages.get(seminar or identity.get("seminar", ""), "")
        said = remarks(deck, language=language, minutes=minutes)
        clean = zipped(parts)
    except Refused as refused:
        return Verdict(status="refused", refusals=(refused.finding,))
    removals = tuple(dict.fromkeys(deck.removals))
    return Verdict(
        status="cleaned" if removals else "accepted",
        removals=removals,
        remarks=said.findings,
        content=clean,
        identity=identity,
        slides=len(deck.slides),
        title=said.title,
        title_texts=said.title_texts,
        title_places=said.title_places,
    )


def _rebuilt(
    content: bytes | mmap, sent: Sent, *, keep_notes: bool
) -> tuple[Rebuild, dict[str, str], Mapping[str, Packed]]:
    sniff.check(content)
    package = container.opened(content)
    deck = Rebuild(package, keep_notes=keep_notes)
    top = relations(package, "")
    main = _main(deck, top)
    for each in top.values():
        if each.target and not each.external:
            deck.seen_types.setdefault(each.target, set()).add(f"package {each.type.lower()}")
        elif each.external:
            deck.removals.append(Finding(code="external", detail=each.target[:80]))
    if properties.identity_of(deck, top).keys() >= SIGNS:
        deck.sent = sent
    deck.run(main)
    own, identity = properties.rebuilt(deck, top)
    deck.removals += leftovers.named(deck)
    parts = dict(deck.parts) | {path: packed(path, text) for path, text in own.items()}
    return deck, identity, parts | _lists(deck, deck.paths[main], own)


def _main(deck: Rebuild, top: Mapping[str, Relation]) -> str:
    """Return the main part of the deck; raise Refused with what the file is instead."""
    mains = [each for each in top.values() if each.type.endswith("/officeDocument")]
    if any(each.type.startswith(STRICT) for each in mains):
        raise Refused("strict")
    if len(mains) != 1 or mains[0].type != _MAIN or mains[0].external or not mains[0].target:
        raise Refused("not-a-deck")
    kind = deck.types.of(mains[0].target)
    found = BY_TYPE.get(kind)
    if found is None or found.name != "presentation":
        others = ((ADD_IN, "add-in"), (WORD, "word"), (EXCEL, "excel"))
        raise Refused(next((code for word, code in others if word in kind), "not-a-deck"))
    for code, kinds in (("macro-file", MACRO_MAINS), ("other-kind", TEMPLATES_AND_SHOWS)):
        if kind in {each.lower() for each in kinds}:
            deck.removals.append(Finding(code=code))
    return mains[0].target


# --- content types and relationships of the copy ---------------------------------------------------------------------


def _lists(deck: Rebuild, main: str, own: Iterable[str]) -> dict[str, Packed]:
    """Return the content types and all relationships of the copy."""
    texts = {TYPES: _types(deck, own)}
    tops = [(_MAIN, main)] + [(kind, path) for kind, path in properties.PATHS.items() if path in set(own)]
    texts[relations_name("")] = _relationships(
        (f"rId{number}", kind, path, False) for number, (kind, path) in enumerate(tops, start=1)
    )
    for path, kept in deck.links.items():
        if kept:
            lines = ((each.id, each.type, _relative(path, target, each), each.external) for each, target in kept)
            texts[relations_name(path)] = _relationships(lines)
    return {path: packed(path, text) for path, text in texts.items()}


def _relative(path: str, target: str, relation: Relation) -> str:
    return target if relation.external else posixpath.relpath(target, posixpath.dirname(path))


def _relationships(lines: Iterable[tuple[str, str, str, bool]]) -> bytes:
    each = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}"
        + (' TargetMode="External"/>' if external else "/>")
        for key, kind, target, external in lines
    )
    return f'{HEADER}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{each}</Relationships>'.encode()


def _types(deck: Rebuild, own: Iterable[str]) -> bytes:
    endings = {path.rpartition(".")[2] for path in deck.parts if path.startswith("ppt/media/")}
    known = pictures.TYPES | media.TYPES
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {ending: known[ending] for ending in sorted(endings)}
    kinds = {path: properties.TYPES[path] for path in own}
    for part, path in deck.paths.items():
        if not path.startswith("ppt/media/"):
            kinds[path] = KINDS[BY_TYPE[deck.types.of(part)].name].content_type
    lines = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()]
    lines += [f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in sorted(kinds.items())]
    return f'{HEADER}<Types xmlns="{OFFICE}/package/2006/content-types">{"".join(lines)}</Types>'.encode()
