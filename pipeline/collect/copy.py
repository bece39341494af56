"""Writes the clean copy of a deck as a package that depends only on its parts.

Threat: anything of the old file that travels along: names of parts, dates, comments, extra fields. What the parts hold
is left to `deck`.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.collect.allowed import RELATIONSHIPS
from pipeline.collect.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONSHIPS,
    TYPES,
    Relationship,
    relationships_of,
)
from pipeline.collect.xml import written

_COMPRESSIBLE = (".xml", ".rels", ".emf", ".wmf", ".wav")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A package to be written: the content and the content type of each part by path.

    `relationships` are those of each part by its path, of the package itself under "". Their targets are paths.
    """

    parts: dict[str, bytes]
    types: dict[str, str]
    relationships: Mapping[str, Collection[Relationship]]

    def related(self, path: str, kind: str) -> str:
        """Return the path of the one part of a kind that a part leads to."""
        return next(each.target for each in self.relationships[path] if RELATIONSHIPS.get(each.type) == kind)

    def only(self, paths: Collection[str]) -> Copy:
        """Return the package with some of its parts only, and the relationships between them."""
        relationships = {
            path: [each for each in found if each.target in paths or each.external]
            for path, found in self.relationships.items()
            if path in paths or not path
        }
        return Copy(parts={path: self.parts[path] for path in paths}, types=self.types, relationships=relationships)

    def written(self, *, compressed: bool = True) -> bytes:
        """Return the zip, which depends only on the parts: content types first, no dates, in the order of paths."""
        lists = {TYPES: self._types(), relationships_of(""): _relationships("", self.relationships[""])}
        lists |= {relationships_of(path): _relationships(path, r) for path, r in self.relationships.items() if r}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for path in [*lists][:2] + sorted([*lists][2:] + [*self.parts]):
                entry = zipfile.ZipInfo(path)
                entry.create_system = 0  # else it depends on the system that writes
                smaller = compressed and path.endswith(_COMPRESSIBLE)
                entry.compress_type = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
                archive.writestr(entry, lists.get(path) or self.parts[path])
        return out.getvalue()

    def _types(self) -> bytes:
        root = _root(CONTENT_TYPES, "Types")
        media = {path.rpartition(".")[2]: self.types[path] for path in self.parts if path.startswith("ppt/media/")}
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        for extension, type_ in (defaults | dict(sorted(media.items()))).items():
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=type_)
        for path in sorted(path for path in self.parts if not path.startswith("ppt/media/")):
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{path}", ContentType=self.types[path])
        return written(root)


def _relationships(path: str, relationships: Collection[Relationship]) -> bytes:
    """Return the list of the relationships of a part; targets in the package are relative to its folder."""
    root = _root(PACKAGE_RELATIONSHIPS, "Relationships")
    for each in relationships:
        target = each.target if each.external else posixpath.relpath(each.target, posixpath.dirname(path) or ".")
        mode = {"TargetMode": "External"} if each.external else {}
        name = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
        etree.SubElement(root, name, {"Id": each.id, "Type": each.type, "Target": target, **mode})
    return written(root)


def _root(namespace: str, name: str) -> etree._Element:
    spaces = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)  # type: ignore[arg-type]  # the stubs know no None
