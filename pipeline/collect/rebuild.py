"""Builds the clean copy of a deck: follows known relationships from its root, and copies what it finds, cleaned."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect import afterwards, limits
from pipeline.collect.cleaning import Cleaner
from pipeline.collect.kinds import BY_TYPE, IMAGE, IMPLICIT, KINDS, LINK, MEDIA, NEEDED, RELATIONSHIPS
from pipeline.collect.markup import parsed, remarked, values, written
from pipeline.collect.names import shown
from pipeline.collect.relations import ContentTypes, Relation, relations
from pipeline.collect.sheet import Sheet, implied
from pipeline.collect.shelf import Shelf
from pipeline.collect.verdict import Finding, Refused
from pipeline.collect.writing import Packed, packed

if TYPE_CHECKING:
    from pipeline.collect.container import Package
    from pipeline.collect.sent import Sent

_SINGLE = frozenset(("presentation", "presProps", "viewProps", "tableStyles"))


class Rebuild:
    """A deck while it is rebuilt: the parts of the file, those of the clean copy, and what was removed."""

    def __init__(self, package: Package, *, keep_notes: bool) -> None:
        self.package, self.types, self.keep_notes = package, ContentTypes(package), keep_notes
        self.removals: list[Finding] = []
        self.slides: dict[str, int] = {}  # part name of each shown slide, and its number in the file
        self.hidden: dict[str, int] = {}  # those that are left out, likewise
        self.sent: Sent | None = None  # the text it was sent out with, if it was made here
        self.notes: dict[int, str] = {}  # the speaker's notes by slide
        self.shows: frozenset[str] = frozenset()
        self.paths: dict[str, str] = {}  # part name in the file -> in the copy
        self.kinds: dict[str, str] = {}  # path -> what it is
        self.parts: dict[str, Packed] = {}
        self.links: dict[str, list[tuple[Relation, str]]] = {}  # path -> its relationships and what they lead to
        self.read: set[str] = set()
        self.seen_types: dict[str, set[str]] = {}  # part name -> types of the relationships that lead to it
        self.shelf = Shelf(package, self.types)
        self._charts: dict[str, bool] = {}
        self._previews: dict[str, dict[str, str]] = {}
        self._counts: Counter[str] = Counter()
        self._queue: deque[tuple[str, str, int | None]] = deque()
        self._tags = limits.ALL_TAGS

    def run(self, main: str) -> None:
        """Copy everything that the main part leads to, cleaned."""
        self._claim(main, "presentation", None)
        while self._queue:
            self._part(*self._queue.popleft())

    def paths_of(self, kind: str) -> list[str]:
        """Return the paths of the parts of a kind in the copy."""
        return [path for path, known in self.kinds.items() if known == kind]

    def linked(self, path: str, kind: str) -> str:
        """Return the path that a part of the copy leads to by a relationship of a kind."""
        return next(target for relation, target in self.links[path] if RELATIONSHIPS[relation.type] == kind)

    # --- one part ---

    def _part(self, part: str, kind: str, slide: int | None) -> None:
        slide = self.slides.get(part, slide)
        root = self.tree(part, count=True)
        if root.tag != KINDS[kind].root:
            raise Refused("broken-deck", where=shown(part), detail=shown(root.tag))
        sheet = Sheet(deck=self, part=part, kind=KINDS[kind], slide=slide, relations=self._relations(part, kind))
        afterwards.prepare(self, sheet, root)
        cleaner = Cleaner(sheet)
        root = cleaner.clean(root)
        afterwards.settle(sheet, root, cleaner)
        kept = self._kept_relations(sheet, root)
        path = self.paths[part]
        self.links[path] = [(each, self._target(each, slide)) for each in kept]
        self.parts[path] = packed(path, written(root, cleaner.prefixes))
        self.shelf.spend(len(self.parts[path].content))
        self._report_dropped(sheet, kept)

    def tree(self, part: str, *, count: bool = False) -> etree._Element:
        """Return the tree of a part of the file."""
        content = self.package.read(part, limits.XML_BYTES)
        root = parsed(content, shown(part))
        if count:
            self._tags -= content.count(b"<")
            if remarked(content):
                self.removals.append(Finding(code="markup-notes", where=shown(part)))
            if self._tags < 0:
                raise Refused("xml-size", where=shown(part))
        return root

    def _relations(self, part: str, kind: str) -> dict[str, Relation]:
        found = dict(relations(self.package, part))
        for each in found.values():
            if each.target and not each.external:
                self.seen_types.setdefault(each.target, set()).add(f"{kind} {each.type.lower()}")
        return found

    def _kept_relations(self, sheet: Sheet, root: etree._Element) -> list[Relation]:
        """Return the relationships that the clean tree names, and the implicit ones."""
        named = set(values(root, "//@r:*"))
        belonging = self._belonging(sheet, named)
        return [each for each in sheet.relations.values() if each.id in named or each.id in belonging]

    def _belonging(self, sheet: Sheet, named: set[str]) -> set[str]:
        own: dict[str, list[str]] = {}
        for each in implied(sheet.relations, IMPLICIT.get(sheet.kind.name, ())):
            kind = RELATIONSHIPS[each.type]
            if sheet.leads_to(each.id, kind) and (kind != "notesSlide" or self.keep_notes):
                own.setdefault(kind, []).append(each.id)
        drawings = own.pop("diagramDrawing", [])
        needed = NEEDED.get(sheet.kind.name)
        if needed and len(own.get(needed, ())) != 1 or any(len(ids) > 1 for ids in own.values()):
            raise Refused("broken-deck", where=shown(sheet.part), detail=needed or "")
        chosen = afterwards.drawings(self, sheet, named) if drawings else set()
        return {key for ids in own.values() for key in ids} | (chosen & set(drawings))

    def _target(self, relation: Relation, slide: int | None) -> str:
        """Return the target of a kept relationship in the copy; a part that is found for the first time is queued."""
        kind = RELATIONSHIPS[relation.type]
        return relation.target if kind == LINK else self._claim(relation.target, kind, slide)

    def _report_dropped(self, sheet: Sheet, kept: list[Relation]) -> None:
        ids = {each.id for each in kept}
        for each in sheet.relations.values():
            if each.external and each.id not in ids:
                code = "link" if RELATIONSHIPS.get(each.type) == LINK else "external"
                sheet.note(code, shown(sheet.part), shown(each.target))

    # --- names ---

    def _claim(self, part: str, kind: str, slide: int | None) -> str:
        """Return the path of a part in the copy; a part that is found for the first time is queued or copied."""
        if part in self.paths:
            return self.paths[part]
        if kind in (IMAGE, MEDIA):
            return self._claim_media(part, kind)
        self._counts[kind] += 1
        if self._counts[kind] > (1 if kind in _SINGLE else limits.SLIDES if kind == "slide" else limits.PARTS):
            raise Refused("broken-deck", where=shown(part), detail=kind)
        self.paths[part] = KINDS[kind].path.format(self._counts[kind])
        self.kinds[self.paths[part]] = kind
        self.read.add(part)
        self._queue.append((part, kind, slide))
        return self.paths[part]

    def _claim_media(self, part: str, kind: str) -> str:
        piece = self.shelf.piece(part)
        assert piece.content is not None  # `stays` has checked it
        self._counts[kind] += 1
        path = self.paths[part] = f"ppt/media/{kind}{self._counts[kind]}.{piece.ending}"
        self.read.add(part)
        self.parts[path] = piece.content
        return path

    # --- what is kept ---

    def stays(self, part: str, kind: str, sheet: Sheet) -> bool:
        """Return whether a part is kept in the copy as the given kind."""
        if kind == IMAGE:
            return self.shelf.picture(part, sheet).content is not None
        if kind == MEDIA:
            return self.shelf.media(part, sheet).content is not None
        found = BY_TYPE.get(self.types.of(part))
        if found is None or found.name != kind:
            return False
        if kind == "chartEx":
            return self._drawn_here(part)
        return kind != "slide" or part in self.slides

    def is_slide(self, relation: Relation) -> bool:
        """Return whether both the relationship and its target have the type of a slide."""
        kind = BY_TYPE.get(self.types.of(relation.target))
        return RELATIONSHIPS.get(relation.type) == "slide" and kind is not None and kind.name == "slide"

    def _drawn_here(self, part: str) -> bool:
        """Return whether a chart of type chartEx is drawn from the deck alone: maps are loaded from the web."""
        if part not in self._charts:
            root = self.tree(part)
            self._charts[part] = not values(root, "//@layoutId[. = 'regionMap']")
        return self._charts[part]

    def old_preview(self, found: dict[str, Relation], shape: str) -> str:
        """Return the part with the preview that Office 2007 kept in a VML drawing, empty if there is none."""
        for relation in list(found.values()):
            if relation.type.endswith("/vmlDrawing") and not relation.external and relation.target:
                if relation.target not in self._previews:
                    self._previews[relation.target] = afterwards.old_previews(self, relation.target)
                if shape in self._previews[relation.target]:
                    return self._previews[relation.target][shape]
        return ""
