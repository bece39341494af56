"""Writes the clean copy of a deck as a package that depends only on its parts.

Threat: anything of the old file that travels along: names of parts, dates, comments, extra fields. What the parts hold
is left to `deck`.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.collect.allowed import IMAGE, KINDS, MEDIA, PROPERTIES, RELATIONSHIPS
from pipeline.collect.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONSHIPS,
    TYPES,
    Relationship,
    relationships_of,
)
from pipeline.collect.xml import written

_FIRST = {"presentation": KINDS["presentation"].relationship}
_FIRST |= {name: kind.relationship for name, kind in PROPERTIES.items()}
"""How the package itself leads to a part of each kind."""
_COMPRESSIBLE = (".xml", ".rels", ".emf", ".wmf", ".wav")


@dataclass(kw_only=True)
class CopiedPart:
    """One part of a clean copy; the targets of its relationships are paths."""

    path: str
    kind: str
    content_type: str
    content: bytes = b""
    relationships: list[Relationship] = field(default_factory=list)

    def related(self, kind: str) -> str:
        """Return the path of the one part of a kind that this one leads to."""
        return next(each.target for each in self.relationships if RELATIONSHIPS.get(each.type) == kind)


class Copy:
    """A package to be written: its `parts` by path."""

    def __init__(self, parts: Iterable[CopiedPart]) -> None:
        self.parts = {each.path: each for each in parts}

    def written(self) -> bytes:
        """Return the zip, which depends only on the parts: content types first, no dates, in the order of paths."""
        first = {TYPES: self._types(), relationships_of(""): _relationships("", self._leading_in())}
        contents = {path: part.content for path, part in self.parts.items()}
        leading = [part for part in self.parts.values() if part.relationships]
        contents |= {relationships_of(part.path): _relationships(part.path, part.relationships) for part in leading}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for path, content in (*first.items(), *sorted(contents.items())):
                entry = zipfile.ZipInfo(path)
                entry.create_system = 0  # else it depends on the system that writes
                smaller = path.endswith(_COMPRESSIBLE)
                entry.compress_type = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
                archive.writestr(entry, content)
        return out.getvalue()

    def _leading_in(self) -> list[Relationship]:
        """Return the relationships of the package itself."""
        parts = [part for part in self.parts.values() if part.kind in _FIRST]
        return [
            Relationship(id=f"rId{number}", type=_FIRST[part.kind], target=part.path)
            for number, part in enumerate(parts, start=1)
        ]

    def _types(self) -> bytes:
        root = _root(CONTENT_TYPES, "Types")
        media = {part.path: part.content_type for part in self.parts.values() if part.kind in (IMAGE, MEDIA)}
        others = {part.path: part.content_type for part in self.parts.values() if part.path not in media}
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        by_extension = sorted((path.rpartition(".")[2], type_) for path, type_ in media.items())
        for extension, type_ in (defaults | dict(by_extension)).items():
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=type_)
        for path, type_ in sorted(others.items()):
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{path}", ContentType=type_)
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
