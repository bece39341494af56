"""One part of a deck while it is cleaned: where its references lead, and what was found in it.

Threat: a reference that leads to a part of another kind, or to one that is not kept. A part holds no deck: `deck` gives
it the functions that answer what the cleaning asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from pipeline.collect import links
from pipeline.collect.allowed import IMAGE, LINK, RELATIONSHIPS, Kind
from pipeline.collect.findings import shown
from pipeline.collect.package import Relationship
from pipeline.core.verdicts import Finding

_IMAGE_RELATIONSHIP = next(type_ for type_, kind in RELATIONSHIPS.items() if kind == IMAGE)
GREY = "<grey>"
"""The name of the picture that replaces a removed one; no part can have this name."""


@dataclass(kw_only=True)
class Part:
    """One part: its name in the file, its kind, the number of its slide, its relationships, and what was found in it.

    `shows` are the ids of the deck's custom shows. `keeps` returns whether the copy has a part of this name and kind,
    `fault` why it lacks a picture, as a code and a detail, and `preview` the name of the picture that Office 2007 kept
    of an embedded object, by the id of its shape.
    """

    name: str
    kind: Kind
    slide: int | None
    relationships: dict[str, Relationship]
    shows: frozenset[str]
    keeps: Callable[[str, str], bool]
    fault: Callable[[str], tuple[str, str]]
    preview: Callable[[str], str]
    findings: list[Finding]

    def note(self, code: str, where: str = "", detail: str = "") -> None:
        """Record a finding in this part."""
        self.findings.append(Finding(code=code, slide=self.slide, where=where, detail=detail))

    def place(self, element: etree._Element) -> str:
        """Return the name of the shape that holds an element, else the name of the part."""
        for each in (element, *element.iterancestors()):
            about = each if each.tag.endswith("}cNvPr") else each.find("./*/{*}cNvPr")
            name = about.get("name") if about is not None else None
            if name:
                return shown(name)
        return self.name

    def leads_to(self, id: str, kind: str) -> bool:
        """Return whether an id leads to a part of a kind that is kept."""
        relationship = self.relationships.get(id)
        if relationship is None or relationship.external or not relationship.target:
            return False
        return RELATIONSHIPS.get(relationship.type) == kind and self.keeps(relationship.target, kind)

    def leads_to_address(self, id: str) -> bool:
        """Return whether an id leads to an address outside the deck that a link may have."""
        found = self.relationships[id]
        return found.external and RELATIONSHIPS.get(found.type) == LINK and links.is_allowed(found.target)

    def is_explained(self, id: str) -> bool:
        """Return whether another finding explains why an id leads nowhere."""
        relationship = self.relationships.get(id)
        return relationship is not None and bool(relationship.external or relationship.target)

    def note_lost_picture(self, id: str, element: etree._Element) -> None:
        """Record why the picture of an id cannot be kept."""
        relationship = self.relationships.get(id)
        code, detail = self.fault(relationship.target) if relationship else ("picture", "")
        self.note(code, self.place(element), detail)

    def grey(self) -> str:
        """Return an id that leads to the grey picture."""
        return self._picture_id(GREY)

    def preview_id(self, shape: str) -> str:
        """Return an id that leads to the preview of an object of Office 2007, empty if there is none."""
        target = self.preview(shape)
        return self._picture_id(target) if target and self.keeps(target, IMAGE) else ""

    def _picture_id(self, target: str) -> str:
        """Return the id of a relationship to a picture; it is added if the part has none."""
        for each in self.relationships.values():
            if each.target == target and each.type == _IMAGE_RELATIONSHIP and not each.external:
                return each.id
        id = next(f"picture{n}" for n in range(1, 10_000) if f"picture{n}" not in self.relationships)
        self.relationships[id] = Relationship(id=id, type=_IMAGE_RELATIONSHIP, target=target)
        return id
