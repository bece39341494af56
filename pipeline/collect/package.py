"""Reads the parts of a deck with their content types and the relationships between them.

Threat: a part that is taken for another, by two content types, two relationships of one id, or a target outside the
package. Which parts and relationships a deck may have is left to `deck`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from pipeline.collect import limits
from pipeline.collect.archive import Archive, twin
from pipeline.collect.findings import Refused, shown
from pipeline.collect.xml import parse

TYPES = "[Content_Types].xml"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
"""Begins the relationship types of Strict Open XML, which few programs read."""
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,100}")


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """One relationship of a part; `target` is an external address, or the name of a part, empty if there is none."""

    id: str
    type: str
    target: str
    external: bool = False


class Package(Archive):
    """The parts of a deck, with their content types and relationships."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._types_by_name: dict[str, str] = {}
        self._types_by_extension: dict[str, str] = {}
        self._read_types()

    def tree(self, name: str) -> etree._Element:
        """Return the root element of a part."""
        return parse(self.read(name, limits.XML_BYTES), shown(name))

    def type_of(self, name: str) -> str:
        """Return the content type of a part in lower case, empty if the deck gives none."""
        extension = name.rpartition(".")[2].casefold()
        return self._types_by_name.get(twin(name)) or self._types_by_extension.get(extension, "")

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part by id, in the order of the file; of the package itself for ""."""
        if part not in self._relationships:
            name = self.find(relationships_of(part))
            self._relationships[part] = self._read_relationships(part, name) if name else {}
        return self._relationships[part]

    def _read_types(self) -> None:
        if self.find(TYPES) != TYPES:
            raise Refused("not-a-deck")
        for element in self.tree(TYPES):
            if element.tag == f"{{{CONTENT_TYPES}}}Override":
                types, key = self._types_by_name, twin(element.get("PartName", "").removeprefix("/"))
            elif element.tag == f"{{{CONTENT_TYPES}}}Default":
                types, key = self._types_by_extension, element.get("Extension", "").casefold()
            else:
                continue
            given = element.get("ContentType", "").strip().lower()
            if types.setdefault(key, given) != given:
                raise Refused("zip-twice", detail=shown(key))

    def _read_relationships(self, part: str, name: str) -> dict[str, Relationship]:
        found: dict[str, Relationship] = {}
        for element in self.tree(name):
            key, type_, target = (element.get(each, "") for each in ("Id", "Type", "Target"))
            mode = element.get("TargetMode", "Internal")
            known = (
                element.tag == f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
                and mode in ("Internal", "External")
                and _ID.fullmatch(key)
            )
            if not known or key in found or len(found) >= limits.RELATIONSHIPS:
                raise Refused("broken-deck", where=shown(name), detail=shown(key))
            if type_.startswith(STRICT):
                raise Refused("strict")
            external = mode == "External"
            to = target if external else self._resolved(part, target)
            found[key] = Relationship(id=key, type=type_, target=to, external=external)
        return found

    def _resolved(self, part: str, target: str) -> str:
        """Return the name of the part that a target leads to, empty if the zip has none of that name."""
        for text in (target, unquote(target)):
            path = text if text.startswith("/") else posixpath.join("/", posixpath.dirname(part), text)
            found = self.find(posixpath.normpath(path).lstrip("/"))
            if found:
                return found
        return ""


def relationships_of(part: str) -> str:
    """Return the name of the part that lists the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
