"""Reads the content types of a deck's parts and the relationships between them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from pipeline.collect import limits
from pipeline.collect.kinds import PACKAGE_RELATIONSHIPS
from pipeline.collect.markup import parsed
from pipeline.collect.names import shown, twin
from pipeline.collect.verdict import Refused
from pipeline.collect.vocabulary import OFFICE, STRICT

if TYPE_CHECKING:
    from pipeline.collect.container import Package

TYPES = "[Content_Types].xml"
_TYPES = f"{{{OFFICE}/package/2006/content-types}}"
_RELATIONSHIP = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,100}")


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One relationship of a part: its id, its type, and the part or the address it leads to."""

    id: str
    type: str
    target: str  # an external address as written, or the name of a part; empty when there is no such part
    external: bool = False
    written: str = ""


class ContentTypes:
    """The content type of each part, by name or by file name extension, in lower case."""

    def __init__(self, package: Package) -> None:
        name = package.find(TYPES)
        if name != TYPES:
            raise Refused("not-a-deck")
        self._by_name: dict[str, str] = {}
        self._by_ending: dict[str, str] = {}
        for element in parsed(package.read(name, limits.XML_BYTES), TYPES):
            if element.tag == f"{_TYPES}Override":
                self._note(self._by_name, twin(element.get("PartName", "").removeprefix("/")), element)
            elif element.tag == f"{_TYPES}Default":
                self._note(self._by_ending, element.get("Extension", "").casefold(), element)

    @staticmethod
    def _note(types: dict[str, str], key: str, element: etree._Element) -> None:
        given = element.get("ContentType", "").strip().lower()
        if types.setdefault(key, given) != given:
            raise Refused("zip-twice", detail=shown(key))

    def of(self, name: str) -> str:
        """Return the content type of a part, empty when the deck gives none."""
        ending = name.rpartition(".")[2].casefold()
        return self._by_name.get(twin(name)) or self._by_ending.get(ending, "")


def relations_name(part: str) -> str:
    """Return the name of the part that lists the relationships of a part; of the package itself for ""."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations(package: Package, part: str) -> Mapping[str, Relation]:
    """Return the relationships of a part by id, in the order of the file."""
    name = package.find(relations_name(part))
    if name is None:
        return {}
    found: dict[str, Relation] = {}
    for relation in _read(package, part, name):
        if relation.id in found or len(found) >= limits.RELATIONSHIPS:
            raise Refused("broken-deck", where=shown(name), detail=shown(relation.id))
        found[relation.id] = relation
    return found


def _read(package: Package, part: str, name: str) -> Iterator[Relation]:
    for element in parsed(package.read(name, limits.XML_BYTES), name):
        if element.tag != _RELATIONSHIP:
            raise Refused("broken-deck", where=shown(name), detail=shown(str(element.tag)))
        key, kind, target = (element.get(each, "") for each in ("Id", "Type", "Target"))
        mode = element.get("TargetMode", "Internal")
        if not _ID.fullmatch(key) or mode not in ("Internal", "External"):
            raise Refused("broken-deck", where=shown(name), detail=shown(key))
        if kind.startswith(STRICT):
            raise Refused("strict")
        outside = mode == "External"
        to = target if outside else _resolved(package, part, target)
        yield Relation(id=key, type=kind, target=to, external=outside, written=target)


def _resolved(package: Package, part: str, target: str) -> str:
    """Return the name of the part that a target leads to, empty if the zip has none of that name."""
    for text in (target, unquote(target)):
        path = text if text.startswith("/") else posixpath.join("/", posixpath.dirname(part), text)
        found = package.find(posixpath.normpath(path).lstrip("/"))
        if found:
            return found
    return ""
