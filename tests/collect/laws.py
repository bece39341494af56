"""What no clean copy may break, checked with other means than the cleaner's own: zipfile, lxml, python-pptx."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree
from pptx import Presentation

from tests.collect.surgery import TYPES

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OUTSIDE = re.compile(
    r"(https?://[^\\@\s]+|mailto:[^?\s]+(\?(subject|body)=[^&]*(&(subject|body)=[^&]*)*)?|tel:[+0-9-]+)$"
)
_ACTION = re.compile(
    r"ppaction://(hlinksldjump|noaction|media|customshow\?id=\d+(&return=(true|false))?|"
    r"hlinkshowjump\?jump=(nextslide|previousslide|firstslide|lastslide|lastslideviewed|endshow))$"
)
_PARTS = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|"
    r"ppt/([A-Za-z]+/)?(_rels/)?[A-Za-z]+\d*\.(xml|xml\.rels|png|jpeg|gif|emf|wmf|mp4|m4a|mp3|wav))$"
)
_FORBIDDEN_TYPES = re.compile(
    r"macro|vba|activex|ole|font|comment|signature|printer|customxml|tags|svg|vml|sheet", re.I
)
_FORBIDDEN_ELEMENTS = frozenset(
    ("oleObj", "control", "controls", "contentPart", "custDataLst", "modifyVerifier", "externalData", "imgLayer", "svgBlip",
     "embeddedFontLst", "smartTags", "htmlPubPr", "pivotSource", "include", "presenceInfo", "commentRel")
)  # fmt: skip


def breaches(content: bytes, *, gone: tuple[bytes, ...] = ()) -> list[str]:
    """Return every law that a clean copy breaks; `gone` must not stand in any part of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        names = file.namelist()
        parts = {name: file.read(name) for name in names}
        found = [f"dated: {i.filename}" for i in file.infolist() if i.date_time != (1980, 1, 1, 0, 0, 0) or i.extra]
        found += ["comment"] if file.comment else []
    found += ["order"] if names[0] != TYPES or len(set(map(str.casefold, names))) != len(names) else []
    found += [f"name: {name}" for name in names if not _PARTS.match(name)]
    found += [f"holds {needle!r}: {n}" for n, each in parts.items() for needle in _spellings(gone) if needle in each]
    found += [
        f"magic: {n}" for n, each in parts.items() if each.startswith((b"\xd0\xcf\x11\xe0", b"MZ", b"PK", b"%PDF"))
    ]
    found += list(_typed(parts))
    reached = {TYPES, "_rels/.rels"}
    for name in [name for name in names if name.endswith(".rels")]:
        found += _related(name, parts, reached)
    found += [f"nothing leads to {name}" for name in names if name not in reached and not name.endswith(".rels")]
    found += [f"{name}: {breach}" for name in names if name.endswith(".xml") for breach in _marked(name, parts)]
    Presentation(io.BytesIO(content))
    return found


def _spellings(needles):
    return [spelt for needle in needles for spelt in (needle, needle.decode("latin-1").encode("utf-16-le"))]


def _typed(parts):
    for element in etree.fromstring(parts[TYPES]):
        if _FORBIDDEN_TYPES.search(element.get("ContentType").replace("presentationml.slide", "")):
            yield f"type: {element.get('ContentType')}"


def _source(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _related(name: str, parts, reached: set[str]):
    source = _source(name)
    ids = set()
    for element in etree.fromstring(parts[name]):
        target, ids = element.get("Target"), ids | {element.get("Id")}
        if element.get("TargetMode") == "External":
            if not element.get("Type").endswith("/hyperlink") or not _OUTSIDE.match(target):
                yield f"outside: {target}"
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        reached.add(path)
        if path not in parts:
            yield f"{name} leads nowhere: {target}"
    if source:
        used = {str(v) for v in etree.fromstring(parts[source]).xpath("//@r:*", namespaces={"r": _R}) if v}
        if used - ids:
            yield f"{source} names {used - ids}"


def _marked(name: str, parts):
    text = parts[name]
    if b"<!" in text or text.count(b"<?") != 1:
        yield "declaration, comment or instruction"
    root = etree.fromstring(text)
    if name.startswith("ppt/") and name.replace("ppt/", "ppt/", 1) and root.xpath("//@r:*", namespaces={"r": _R}):
        folder, _, file = name.rpartition("/")
        if f"{folder}/_rels/{file}.rels" not in parts and any(root.xpath("//@r:*", namespaces={"r": _R})):
            yield "names parts and has no list of them"
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag in _FORBIDDEN_ELEMENTS:
            yield tag
        if element.get("action") and not _ACTION.match(element.get("action")):
            yield f"action {element.get('action')}"
        if tag == "cmd" and element.get("type") != "call":
            yield "command"
