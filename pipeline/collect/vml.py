"""Finds the pictures that Office 2007 kept of embedded objects in drawings of VML.

Threat: VML may hold scripts, links and controls. Nothing of it is copied: only the names of its pictures are read, and
`pictures` decodes those.
"""

from __future__ import annotations

from pipeline.collect.package import Package

_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"


def previews(package: Package, drawing: str) -> dict[str, str]:
    """Return the names of the pictures in a drawing by the ids of their shapes, of which each may have two."""
    relationships = package.relationships(drawing)
    found: dict[str, str] = {}
    for shape in package.tree(drawing).iter(f"{_VML}shape"):
        picture = shape.find(f"{_VML}imagedata")
        relationship = relationships.get(picture.get(f"{_OFFICE}relid", "")) if picture is not None else None
        if relationship and not relationship.external and relationship.target:
            ids = filter(None, (shape.get("id"), shape.get(f"{_OFFICE}spid")))
            found |= dict.fromkeys(ids, relationship.target)
    return found
