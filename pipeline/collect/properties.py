"""Writes new properties of a deck: title, language, program and identity.

Threat: names of people, companies, machines and times, and text that only looks like a title. Each property that is
kept is written anew from its checked text; `allowed.yaml` names them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.collect.allowed import PROPERTIES, Properties
from pipeline.collect.copy import CopiedPart
from pipeline.collect.findings import shown
from pipeline.collect.package import Package
from pipeline.collect.xml import written
from pipeline.core.verdicts import Finding

TITLE_LENGTH, VALUE_LENGTH = 300, 200
_OFFICE = "http://schemas.openxmlformats.org"
_SPACES = {
    "cp": f"{_OFFICE}/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ep": f"{_OFFICE}/officeDocument/2006/extended-properties",
    "up": f"{_OFFICE}/officeDocument/2006/custom-properties",
    "vt": f"{_OFFICE}/officeDocument/2006/docPropsVTypes",
}
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_PROGRAM = re.compile(
    r"(Microsoft (?:Office |Macintosh )?PowerPoint|LibreOffice/[0-9.]{1,12}|Apple Keynote|WPS [A-Za-z]{1,20})"
)
_VERSION = re.compile(r"\d{1,3}\.\d{1,5}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(kw_only=True)
class CleanProperties:
    """The property parts of the copy, the identity of the deck, the parts that were read, and what was removed."""

    parts: list[CopiedPart] = field(default_factory=list)
    identity: dict[str, str] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def clean_properties(package: Package) -> CleanProperties:
    """Return the properties of a deck that the copy keeps."""
    found = CleanProperties()
    for (name, kind), rebuilt in zip(PROPERTIES.items(), (_core, _app, _custom), strict=True):
        for each in package.relationships("").values():
            is_part = each.type == kind.relationship and each.target and not each.external
            if is_part and package.type_of(each.target) == kind.content_type.lower():
                found.read.append(each.target)
                content = rebuilt(package.tree(each.target), kind, found)
                if content:
                    part = CopiedPart(path=kind.path, kind=name, content_type=kind.content_type, content=content)
                    found.parts.append(part)
                break
    return found


def _core(root: etree._Element, kind: Properties, found: CleanProperties) -> bytes:
    """Return title and language."""
    title = _plain(root.findtext("dc:title", "", _SPACES), TITLE_LENGTH)
    language = root.findtext("dc:language", "", _SPACES).strip()
    _note_others(root, kind, found)
    kept = {"dc:title": title, "dc:language": language if _LANGUAGE.fullmatch(language) else ""}
    return _tree("cp:coreProperties", kept)


def _app(root: etree._Element, kind: Properties, found: CleanProperties) -> bytes:
    """Return the program and its version."""
    program = _PROGRAM.match(root.findtext("ep:Application", "", _SPACES).strip())
    version = root.findtext("ep:AppVersion", "", _SPACES).strip()
    _note_others(root, kind, found)
    kept = {
        "ep:Application": program[1] if program else "",
        "ep:AppVersion": version if _VERSION.fullmatch(version) else "",
    }
    return _tree("ep:Properties", kept)


def _custom(root: etree._Element, kind: Properties, found: CleanProperties) -> bytes:
    """Return the first value of each property of the identity."""
    others: list[str] = []
    for element in root.iterchildren(_qn("up:property")):
        name, value = element.get("name", ""), _plain("".join(map(str, element.itertext())), VALUE_LENGTH)
        if name in kind.kept and name not in found.identity and value:
            found.identity[name] = value
        else:
            others.append(shown(name, 40))
    if others:
        found.findings.append(Finding(code="custom-properties", detail=shown(", ".join(others), 200)))
    if not found.identity:
        return b""
    tree = etree.Element(_qn("up:Properties"), nsmap=_prefixes("up"))
    for number, (name, value) in enumerate(found.identity.items(), start=2):
        one = etree.SubElement(tree, _qn("up:property"), fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(one, _qn("vt:lpwstr")).text = value
    etree.cleanup_namespaces(tree)
    return written(tree)


def _note_others(root: etree._Element, kind: Properties, found: CleanProperties) -> None:
    """Record which properties are removed; empty and silent ones tell nothing about anybody."""
    names = [each.tag.rpartition("}")[2] for each in root if "".join(map(str, each.itertext())).strip()]
    others = [name for name in names if name not in (*kind.kept, *kind.silent)]
    if others:
        found.findings.append(Finding(code="author", detail=shown(", ".join(others), 200)))


def _tree(tag: str, fields: Mapping[str, str]) -> bytes:
    """Return a part with the fields that have a text, empty if none has."""
    root = etree.Element(_qn(tag), nsmap=_prefixes(tag.partition(":")[0]))
    for name, text in fields.items():
        if text:
            etree.SubElement(root, _qn(name)).text = text
    etree.cleanup_namespaces(root)
    return written(root) if len(root) else b""


def _prefixes(default: str) -> dict[str, str]:
    """Return the namespaces by prefix as Office writes them: all but the core properties have one without a prefix."""
    return {
        None if each == default != "cp" else each: space  # type: ignore[misc]  # the stubs of lxml know no None
        for each, space in _SPACES.items()
    }


def _qn(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _plain(text: str, length: int) -> str:
    return _CONTROL.sub(" ", text).strip()[:length].strip()
