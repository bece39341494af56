"""Writes new properties of a deck: title, language, program and identity; no names of people, machines or times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.kinds import APP, APP_TYPE, CORE, CORE_TYPE, CUSTOM, CUSTOM_TYPE
from pipeline.collect.names import shown
from pipeline.collect.verdict import Finding
from pipeline.collect.vocabulary import OFFICE

if TYPE_CHECKING:
    from pipeline.collect.rebuild import Rebuild
    from pipeline.collect.relations import Relation

IDENTITY = ("series", "seminar", "speaker", "edition", "template", "kind")
"""The document properties that identify a returned deck; all others are removed."""

TITLE_LENGTH, VALUE_LENGTH = 300, 200
CORE_KEPT = frozenset(("title", "language"))
APP_KEPT = frozenset(("Application", "AppVersion"))
_SILENT = frozenset(("DocSecurity", "ScaleCrop", "SharedDoc", "HyperlinksChanged", "LinksUpToDate"))
_SPACES = {
    "cp": f"{OFFICE}/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ep": f"{OFFICE}/officeDocument/2006/extended-properties",
    "up": f"{OFFICE}/officeDocument/2006/custom-properties",
    "vt": f"{OFFICE}/officeDocument/2006/docPropsVTypes",
}
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_PROGRAM = re.compile(
    r"(Microsoft (?:Office |Macintosh )?PowerPoint|LibreOffice/[0-9.]{1,12}|Apple Keynote|WPS [A-Za-z]{1,20})"
)
_VERSION = re.compile(r"\d{1,3}\.\d{1,5}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

PATHS = {CORE: "docProps/core.xml", APP: "docProps/app.xml", CUSTOM: "docProps/custom.xml"}
TYPES = {PATHS[CORE]: CORE_TYPE, PATHS[APP]: APP_TYPE, PATHS[CUSTOM]: CUSTOM_TYPE}


def identity_of(deck: Rebuild, relations: Mapping[str, Relation]) -> dict[str, str]:
    """Return the identity of a deck before anything of it is copied; empty for a deck that was not made here."""
    part = _part(deck, relations, CUSTOM)
    return _told_apart(deck.tree(part))[0] if part else {}


def rebuilt(deck: Rebuild, relations: Mapping[str, Relation]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the property parts of the copy by path, and the identity of the deck."""
    parts: dict[str, bytes] = {}
    identity: dict[str, str] = {}
    for kind in (CORE, APP, CUSTOM):
        part = _part(deck, relations, kind)
        if not part:
            continue
        deck.read.add(part)
        root = deck.tree(part, count=True)
        if kind == CUSTOM:
            identity, left = _told_apart(root)
            deck.removals += [Finding(code="custom-properties", detail=", ".join(left))] if left else []
            content = _custom(identity)
        else:
            content = (_core if kind == CORE else _app)(deck, root)
        if content:
            parts[PATHS[kind]] = content
    return parts, identity


def _part(deck: Rebuild, relations: Mapping[str, Relation], kind: str) -> str:
    found = [each.target for each in relations.values() if each.type == kind and not each.external and each.target]
    return next((part for part in found if deck.types.of(part) == TYPES[PATHS[kind]].lower()), "")


def _told_apart(root: etree._Element) -> tuple[dict[str, str], list[str]]:
    """Return the first value of each property of the identity, and the names of all other properties."""
    identity: dict[str, str] = {}
    left: list[str] = []
    for element in root.iterchildren(f"{{{_SPACES['up']}}}property"):
        name, value = element.get("name", ""), _plain("".join(map(str, element.itertext())), VALUE_LENGTH)
        if name in IDENTITY and name not in identity and value:
            identity[name] = value
        else:
            left.append(shown(name, 40))
    return identity, left


def _core(deck: Rebuild, root: etree._Element) -> bytes:
    title = _plain(root.findtext("dc:title", "", _SPACES), TITLE_LENGTH)
    language = root.findtext("dc:language", "", _SPACES).strip()
    _told(deck, root, CORE_KEPT)
    kept = [("title", title), ("language", language if _LANGUAGE.fullmatch(language) else "")]
    if not any(text for _, text in kept):
        return b""
    return _tree("cp:coreProperties", [(f"dc:{name}", text) for name, text in kept if text], ("cp", "dc"))


def _app(deck: Rebuild, root: etree._Element) -> bytes:
    """Return the program and its version, because LibreOffice draws the charts of old decks by them."""
    program = _PROGRAM.match(root.findtext("ep:Application", "", _SPACES).strip())
    version = root.findtext("ep:AppVersion", "", _SPACES).strip()
    _told(deck, root, APP_KEPT | _SILENT)
    kept = [("ep:Application", program[1])] if program else []
    kept += [("ep:AppVersion", version)] if _VERSION.fullmatch(version) else []
    return _tree("ep:Properties", kept, ("ep",)) if kept else b""


def _custom(identity: Mapping[str, str]) -> bytes:
    if not identity:
        return b""
    tree = etree.Element(f"{{{_SPACES['up']}}}Properties", nsmap=_prefixes("vt", default="up"))
    for number, (name, value) in enumerate(identity.items(), start=2):
        one = etree.SubElement(tree, f"{{{_SPACES['up']}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_SPACES['vt']}}}lpwstr").text = value
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _told(deck: Rebuild, root: etree._Element, kept: frozenset[str]) -> None:
    """Record which metadata is removed; empty fields and those in `kept` tell nothing about anybody."""
    names = [each.tag.rpartition("}")[2] for each in root if "".join(map(str, each.itertext())).strip()]
    names = [name for name in names if name not in kept]
    if names:
        deck.removals.append(Finding(code="author", detail=shown(", ".join(names), 200)))


def _tree(tag: str, fields: list[tuple[str, str]], prefixes: tuple[str, ...]) -> bytes:
    def name(short: str) -> str:
        prefix, _, local = short.partition(":")
        return f"{{{_SPACES[prefix]}}}{local}"

    alone = len(prefixes) == 1
    tree = etree.Element(name(tag), nsmap=_prefixes(default=prefixes[0]) if alone else _prefixes(*prefixes))
    for field, text in fields:
        etree.SubElement(tree, name(field)).text = text
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _prefixes(*prefixes: str, default: str = "") -> dict[str, str]:
    """Return namespaces by prefix, with the default namespace under None."""
    spaces: dict[str | None, str] = {None: _SPACES[default]} if default else {}
    spaces |= {prefix: _SPACES[prefix] for prefix in prefixes}
    return spaces  # type: ignore[return-value]  # lxml takes None for the default namespace; its stubs do not


def _plain(text: str, length: int) -> str:
    return _CONTROL.sub(" ", text).strip()[:length].strip()
