"""Reads which slides a deck shows, with their titles, layouts and notes.

Threat: slides that nobody sees in the show but everybody who opens the file: hidden ones, and ones that are not listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.collect.allowed import BY_CONTENT_TYPE, RELATIONSHIPS, qn
from pipeline.collect.findings import Refused, shown
from pipeline.collect.package import Package, Relationship
from pipeline.collect.xml import elements, remove, values

_TITLE = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"
_NOTES = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']]//a:r/a:t/text()"
_OTHER = "//p:sp[not(p:nvSpPr/p:nvPr/p:ph[@type='body'])]//a:r/a:t | //p:pic"


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A slide that the deck lists: the name of its part, its number in the file, its title and its layout."""

    part: str
    number: int
    title: str
    layout: str
    is_hidden: bool


def listed_slides(package: Package, presentation: str, root: etree._Element) -> list[Slide]:
    """Return the slides in the order of the deck.

    Raise Refused with the numbers of the slides that are missing: without them the speaker's talk has a gap.
    """
    relationships = package.relationships(presentation)
    found: dict[str, Slide] = {}
    missing: list[str] = []
    layouts: dict[str, str] = {}
    for number, element in enumerate(elements(root, "p:sldIdLst/p:sldId"), start=1):
        relationship = relationships.get(element.get(qn("r:id"), ""))
        if relationship is None or relationship.external or not relationship.target:
            missing.append(str(number))
            continue
        part = relationship.target
        if part in found or not _is_slide(package, relationship):
            raise Refused("broken-deck", where=shown(part), detail=str(number))
        found[part] = _read(package, part, number, layouts)
    if missing:
        raise Refused("slide-missing", detail=", ".join(missing))
    return list(found.values())


def _is_slide(package: Package, relationship: Relationship) -> bool:
    kind = BY_CONTENT_TYPE.get(package.type_of(relationship.target))
    return RELATIONSHIPS.get(relationship.type) == "slide" and kind is not None and kind.name == "slide"


def _read(package: Package, part: str, number: int, layouts: dict[str, str]) -> Slide:
    """Return what a slide says of itself; `layouts` are the names of the layouts that were read before."""
    layout = next((each.target for each in implied(package.relationships(part), ("slideLayout",))), "")
    if layout and layout not in layouts:
        layouts[layout] = _layout_name(package.tree(layout))
    root = package.tree(part)
    return Slide(
        part=part,
        number=number,
        title="".join(values(root, _TITLE)).strip(),
        layout=layouts.get(layout, ""),
        is_hidden=root.get("show") not in ("1", "true", None),
    )


def _layout_name(layout: etree._Element) -> str:
    """Return the name of a layout in its template; the one that PowerPoint shows is in the language of the deck."""
    about = layout.find(qn("p:cSld"))
    return layout.get("matchingName") or (about.get("name", "").strip() if about is not None else "")


def notes_of(root: etree._Element) -> tuple[str, bool]:
    """Return the text of a notes page, and whether it holds anything else."""
    return " ".join(values(root, _NOTES)).strip(), bool(elements(root, _OTHER))


def remove_from_sections(root: etree._Element) -> None:
    """Remove from the sections of a presentation the slides that it no longer lists."""
    numbers = set(values(root, "p:sldIdLst/p:sldId/@id"))
    for entry in elements(root, "//p14:sectionLst//p14:sldId"):
        if entry.get("id") not in numbers:
            remove(entry)


def implied(relationships: Mapping[str, Relationship], kinds: tuple[str, ...]) -> Iterator[Relationship]:
    """Yield the relationships to parts of these kinds, which no element needs to name."""
    for each in relationships.values():
        if not each.external and each.target and RELATIONSHIPS.get(each.type) in kinds:
            yield each
