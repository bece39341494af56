"""Builds the clean copy of a deck: follows known relationships from its root, and copies what it finds, cleaned.

Threat: parts that are hidden in the file, that are taken for another kind, or that come in unlimited numbers. A part
is copied only if a part of the copy leads to it by a relationship that may lead to its kind.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from functools import partial

from lxml import etree

from pipeline.collect import charts, limits, slides, vml
from pipeline.collect.allowed import BY_CONTENT_TYPE, IMAGE, KINDS, LINK, LISTS, MEDIA, RELATIONSHIPS, qn
from pipeline.collect.cleaning import Cleaner
from pipeline.collect.copy import CopiedPart, Copy
from pipeline.collect.embedded import Embedded
from pipeline.collect.findings import Refused, shown
from pipeline.collect.original import Original
from pipeline.collect.package import Package, Relationship
from pipeline.collect.part import Part
from pipeline.collect.properties import CleanProperties
from pipeline.collect.slides import Slide, implied
from pipeline.collect.xml import elements, has_comments, parse, serialise, values
from pipeline.core.verdicts import Finding

_SINGLE = frozenset(("presentation", "presProps", "viewProps", "tableStyles"))
_VML_DRAWING = "/vmlDrawing"
_MEDIA_TYPES = LISTS.pictures["written"] | LISTS.media["written"]
"""The content types of pictures, videos and sounds by extension."""


class Deck:
    """A deck while it is rebuilt: the parts of the file, those of the copy, and what was found."""

    def __init__(self, package: Package, original: Original | None, *, keep_notes: bool) -> None:
        self.package, self._original, self._keep_notes = package, original, keep_notes
        self.findings: list[Finding] = []
        self.slides: dict[str, Slide] = {}  # the slides of the copy, by the name of their part
        self.left_out: set[str] = set()  # the parts of the others
        self.notes: dict[int, str] = {}  # the speaker's notes by the number of the slide
        self.copied: dict[str, CopiedPart] = {}  # the parts of the copy, by their names in the file
        self.read: set[str] = set()  # the parts that need no further finding
        self.leading: dict[str, set[str]] = {}  # the kinds and relationships that lead to each part
        self.embedded = Embedded(package, self.findings)
        self._shows: frozenset[str] = frozenset()
        self._previews: dict[str, dict[str, str]] = {}
        self._counts: Counter[str] = Counter()
        self._queue: deque[tuple[str, str, int | None]] = deque()
        self._tags = limits.ALL_TAGS

    def copy(self, presentation: str, properties: CleanProperties) -> Copy:
        """Return everything that the main part leads to, cleaned, with the properties."""
        self._note_leading("package", self.package.relationships(""))
        self.read.update(properties.read)
        self._claim(presentation, "presentation", None)
        while self._queue:
            self._copy_part(*self._queue.popleft())
        return Copy([*self.copied.values(), *properties.parts])

    # --- one part ---

    def _copy_part(self, name: str, kind: str, slide: int | None) -> None:
        root = self._counted_tree(name)
        if root.tag != qn(KINDS[kind].root):
            raise Refused("broken-deck", where=shown(name), detail=shown(root.tag))
        if kind == "presentation":
            self._list_slides(name, root)
        part = self._part(name, kind, self.slides[name].number if kind == "slide" else slide)
        if kind == "slide":
            self._read_notes(part)
        cleaner = Cleaner(part)
        root = cleaner.clean(root)
        if kind == "presentation":
            slides.remove_from_sections(root)
            self._shows = frozenset(values(root, "p:custShowLst/p:custShow/@id"))
            if not elements(root, "p:sldIdLst/p:sldId"):
                raise Refused("no-slides")
        kept = self._kept_relationships(part, root)
        copied = self.copied[name]
        copied.relationships = [self._copied(each, part.slide) for each in kept]
        copied.content = serialise(root, cleaner.prefixes)
        self.embedded.spend(len(copied.content))
        self._note_addresses(part, kept)

    def _counted_tree(self, name: str) -> etree._Element:
        """Return the tree of a part that is copied, whose elements count towards the limit of all parts."""
        content = self.package.read(name, limits.XML_BYTES)
        if has_comments(content, shown(name)):
            self.findings.append(Finding(code="markup-notes", where=shown(name)))
        self._tags -= content.count(b"<")
        if self._tags < 0:
            raise Refused("xml-size", where=shown(name))
        return parse(content, shown(name))

    def _part(self, name: str, kind: str, slide: int | None) -> Part:
        relationships = dict(self.package.relationships(name))
        self._note_leading(kind, relationships)
        return Part(
            name=name,
            kind=KINDS[kind],
            slide=slide,
            relationships=relationships,
            shows=self._shows,
            keeps=partial(self._keeps, slide),
            fault=lambda picture: self.embedded.known(picture, IMAGE).fault,
            preview=partial(self._preview, relationships),
            findings=self.findings,
        )

    def _note_leading(self, kind: str, relationships: Mapping[str, Relationship]) -> None:
        """Record which relationships of a part of some kind lead to other parts: they tell what a removed one was."""
        for each in relationships.values():
            if each.target and not each.external:
                self.leading.setdefault(each.target, set()).add(f"{kind} {each.type.lower()}")

    # --- slides and notes ---

    def _list_slides(self, presentation: str, root: etree._Element) -> None:
        for slide in slides.listed_slides(self.package, presentation, root):
            is_rules = self._original is not None and self._original.is_rules(slide.layout, slide.title)
            if is_rules or slide.is_hidden:
                code, title = "house-rules" if is_rules else "hidden-slide", shown(slide.title) or "–"
                self.findings.append(Finding(code=code, slide=slide.number, detail=title))
                self.left_out.add(slide.part)
            else:
                self.slides[slide.part] = slide

    def _read_notes(self, part: Part) -> None:
        """Record the text of a slide's notes, and that they are left out; those that were sent out are not named."""
        for relationship in implied(part.relationships, ("notesSlide",)):
            if not part.keeps(relationship.target, "notesSlide"):
                continue
            text, has_more = slides.notes_of(self.package.tree(relationship.target))
            if self._original and self._original.is_notes(text):
                text = ""
            self.notes[self.slides[part.name].number] = text
            if not self._keep_notes:
                self.read.add(relationship.target)
                if text or has_more:
                    part.note("notes-left-out", detail=str(len(text.split())))

    # --- relationships ---

    def _kept_relationships(self, part: Part, root: etree._Element) -> list[Relationship]:
        """Return the relationships that the clean tree names, and those that need no name."""
        named = set(values(root, "//@r:*"))
        ids = named | self._unnamed(part, named)
        return [each for each in part.relationships.values() if each.id in ids and self._may_keep(part, each)]

    def _may_keep(self, part: Part, relationship: Relationship) -> bool:
        """Return whether a relationship leads to a part of the copy or to an address that is allowed.

        The cleaning has left no element that names any other; this does not depend on it.
        """
        kind = RELATIONSHIPS.get(relationship.type, "")
        if kind == LINK:
            return part.leads_to_address(relationship.id)
        return part.leads_to(relationship.id, kind) and (kind != "notesSlide" or self._keep_notes)

    def _unnamed(self, part: Part, named: set[str]) -> set[str]:
        """Return the ids of the relationships that belong to a part without any element naming them."""
        found: dict[str, list[str]] = {}
        for each in implied(part.relationships, part.kind.belongs):
            if self._may_keep(part, each):
                found.setdefault(RELATIONSHIPS[each.type], []).append(each.id)
        drawings = set(found.pop("diagramDrawing", ()))
        needed = part.kind.needs
        if needed and len(found.get(needed, ())) != 1 or any(len(ids) > 1 for ids in found.values()):
            raise Refused("broken-deck", where=shown(part.name), detail=needed)
        if drawings:
            drawings &= self._drawings(part, named)
        return drawings.union(*found.values())

    def _drawings(self, part: Part, named: set[str]) -> set[str]:
        """Return the ids of the drawings of those diagrams that are still on the slide."""
        data = (part.relationships[id].target for id in named if part.leads_to(id, "diagramData"))
        return {id for each in data for id in values(self.package.tree(each), "//dsp:dataModelExt/@relId")}

    def _copied(self, relationship: Relationship, slide: int | None) -> Relationship:
        """Return a kept relationship as the copy has it; a part that is found for the first time is queued."""
        kind = RELATIONSHIPS[relationship.type]
        target = relationship.target if kind == LINK else self._claim(relationship.target, kind, slide).path
        return Relationship(id=relationship.id, type=relationship.type, target=target, external=relationship.external)

    def _note_addresses(self, part: Part, kept: list[Relationship]) -> None:
        """Record the addresses outside the deck that were removed."""
        ids = {each.id for each in kept}
        for each in part.relationships.values():
            if each.external and each.id not in ids:
                code = "link" if RELATIONSHIPS.get(each.type) == LINK else "external"
                part.note(code, shown(part.name), shown(each.target))

    # --- parts of the copy ---

    def _claim(self, name: str, kind: str, slide: int | None) -> CopiedPart:
        """Return a part of the copy; one that is found for the first time is queued, a picture or medium is ready."""
        if name in self.copied:
            if self.copied[name].kind != kind:
                raise Refused("broken-deck", where=shown(name), detail=kind)
            return self.copied[name]
        self._counts[kind] += 1
        if self._counts[kind] > (1 if kind in _SINGLE else limits.SLIDES if kind == "slide" else limits.PARTS):
            raise Refused("broken-deck", where=shown(name), detail=kind)
        self.read.add(name)
        if kind in (IMAGE, MEDIA):
            medium = self.embedded.known(name, kind)
            path, type_ = f"ppt/media/{kind}{self._counts[kind]}.{medium.extension}", _MEDIA_TYPES[medium.extension]
            copied = CopiedPart(path=path, kind=kind, content_type=type_, content=medium.content)
        else:
            path = KINDS[kind].path.format(self._counts[kind])
            copied = CopiedPart(path=path, kind=kind, content_type=KINDS[kind].content_type)
            self._queue.append((name, kind, slide))
        self.copied[name] = copied
        return copied

    def _keeps(self, slide: int | None, name: str, kind: str) -> bool:
        """Return whether the copy has a part as the given kind."""
        if kind in (IMAGE, MEDIA):
            return self.embedded.keeps(name, kind, slide)
        found = BY_CONTENT_TYPE.get(self.package.type_of(name))
        if found is None or found.name != kind or kind == "slide" and name not in self.slides:
            return False
        return kind != "chartEx" or not charts.is_drawn_by_a_server(self.package.tree(name))

    def _preview(self, relationships: Mapping[str, Relationship], shape: str) -> str:
        """Return the part with the picture that Office 2007 kept of an object, empty if there is none."""
        for each in relationships.values():
            if each.type.endswith(_VML_DRAWING) and not each.external and each.target:
                if each.target not in self._previews:
                    self._previews[each.target] = vml.previews(self.package, each.target)
                if shape in self._previews[each.target]:
                    return self._previews[each.target][shape]
        return ""
