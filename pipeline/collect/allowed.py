"""Reads `allowed.yaml`, the lists of what a clean deck may hold, and prepares them for look-up.

Threat: content that nobody has judged. What no list has is removed or refused, also a new feature of PowerPoint. What
a list means is left to the modules that use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of XML part; `root` is its root element, `path` its path in a clean copy, where {} is a number."""

    name: str
    root: str
    path: str
    content_type: str
    relationship: str
    templates_and_shows: Words = ()
    with_macros: Words = ()
    belongs: Words = ()
    needs: str = ""


@dataclass(frozen=True, kw_only=True)
class Properties:
    """One part with document properties, and the names of those that are kept."""

    path: str
    content_type: str
    relationship: str
    kept: Words
    silent: Words = ()


@dataclass(frozen=True, kw_only=True)
class Lists:
    """The groups of `allowed.yaml`, which says what each of them is; `allowed.schema.json` describes their form."""

    namespaces: dict[str, str]
    later_namespaces: Words
    open_namespaces: Words
    never: dict[str, Words]
    elements: dict[str, Words]
    text_elements: Words
    empty_elements: Words
    attributes: dict[str, Words]
    references: dict[str, dict[str, str]]
    indispensable: Words
    frames: Words
    parts: dict[str, dict[str, Any]]
    other_relationships: dict[str, str]
    pictures: dict[str, Any]
    media: dict[str, Any]
    links: dict[str, Words]
    codes_of_elements: dict[str, str]
    silent_elements: Words
    codes_of_parts: dict[str, str]
    properties: dict[str, dict[str, Any]]


_SOURCE = Path(__file__).with_name("allowed.yaml").read_text(encoding="utf-8")
LISTS = Lists(**yaml.load(_SOURCE, Loader=yaml.BaseLoader))  # noqa: S506 (makes nothing but text)


def qn(name: str) -> str:
    """Return the name of an element or attribute as lxml writes it, for example of `p:sld`."""
    prefix, _, local = name.partition(":")
    return f"{{{LISTS.namespaces[prefix]}}}{local}"


PREFIXES = {namespace: prefix for prefix, namespace in LISTS.namespaces.items()}
LATER = frozenset(LISTS.namespaces[prefix] for prefix in LISTS.later_namespaces)
IMAGE, MEDIA, LINK = "image", "media", "link"
KINDS = {name: Kind(name=name, **kind) for name, kind in LISTS.parts.items()}
_TYPES = {name: (kind.content_type, *kind.templates_and_shows, *kind.with_macros) for name, kind in KINDS.items()}
BY_CONTENT_TYPE = {type_.lower(): KINDS[name] for name, types in _TYPES.items() for type_ in types}
RELATIONSHIPS = {kind.relationship: name for name, kind in KINDS.items()} | LISTS.other_relationships
"""The kind of part that each type of relationship leads to."""
PROPERTIES = {name: Properties(**kind) for name, kind in LISTS.properties.items()}
REFERENCES = {qn(tag): {qn(name): kind for name, kind in names.items()} for tag, names in LISTS.references.items()}
_GROUPS = (LISTS.indispensable, LISTS.empty_elements, LISTS.silent_elements, LISTS.text_elements)
INDISPENSABLE, EMPTY, SILENT, _TEXT = (frozenset(map(qn, names)) for names in _GROUPS)
ATTRIBUTES = frozenset(name for names in LISTS.attributes.values() for name in names)
_OPEN = frozenset(LISTS.namespaces[prefix] for prefix in LISTS.open_namespaces)
_NEVER = frozenset(qn(f"{prefix}:{name}") for prefix, names in LISTS.never.items() for name in names)
_ELEMENTS = frozenset(qn(f"{prefix}:{name}") for prefix, names in LISTS.elements.items() for name in names)
TEXTLESS = frozenset(tag for tag in _ELEMENTS - _TEXT if tag.startswith((qn("p:"), qn("a:"))))
TEXTLESS |= {qn(f"mc:{name}") for name in ("AlternateContent", "Choice", "Fallback")}


def is_allowed(tag: str) -> bool:
    """Return whether a clean part may have an element."""
    return tag in _ELEMENTS or tag[1:].partition("}")[0] in _OPEN and tag not in _NEVER
