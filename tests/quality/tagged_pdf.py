"""A PDF as a screen reader hears it: the structure tree with the text of each of its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream



class Said(NamedTuple):
    """Text as it is read out; `language` is empty where nothing but the elements around it tells."""

    text: str
    language: str = ""


Marks = dict[int | None, list[Said]]
"""What a page says by the number of the marked content in which it stands; None is what nobody marked."""


INLINE = {"Link", "Em", "Strong", "Reference", "Quote", "Code"}


@dataclass(kw_only=True)
class Node:
    """One structure element: its role, its own texts and children in order."""

    role: str
    language: str = ""
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Node | Said] = field(default_factory=list)

    def text(self) -> str:
        return "".join(said.text for said in self.said())

    def said(self, language: str = "") -> Iterator[Said]:
        """Yield all that is read out, each piece with the language that it is read in."""
        inner = self.language or language
        for child in self.children:
            if isinstance(child, Node):
                yield from child.said(inner)
            else:
                yield Said(child.text, child.language or inner)

    def own(self) -> str:
        """Return the text that stands in this element itself or in a part of its lines, not in a block within it."""
        inline = (c for c in self.children if isinstance(c, Said) or c.role in INLINE)
        return "".join(c.text if isinstance(c, Said) else c.own() for c in inline)

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]


def structure(path: Path) -> Node:
    """Return the structure tree of a PDF."""
    reader = PdfReader(path)
    marks = {page.indirect_reference.idnum: page_marks(page, reader) for page in reader.pages}
    return _node(reader.trailer["/Root"]["/StructTreeRoot"], None, marks)


def _node(element: Any, page: int | None, marks: dict[int, Marks]) -> Node:
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    node = Node(
        role=str(element.get("/S", "")).lstrip("/"),
        language=str(element.get("/Lang", "")),
        alt=str(element.get("/Alt", "")),
        attributes=_attributes(element),
    )
    content = element.get("/K", [])
    for each in content if isinstance(content, list) else [content]:
        child = each.get_object()
        if isinstance(child, int):
            node.children += marks[page].get(int(child), [])
        elif child.get("/Type") == "/MCR":
            place = child.raw_get("/Pg").idnum if "/Pg" in child else page
            node.children += marks[place].get(int(child["/MCID"]), [])
        elif child.get("/Type") != "/OBJR":
            node.children.append(_node(child, page, marks))
    return node


def _attributes(element: Any) -> dict[str, Any]:
    found = element.get("/A", [])
    rows = found if isinstance(found, list) else [found]
    return {str(key): value for row in rows for key, value in row.get_object().items()}


# --- the text of a page ----------------------------------------------------------------------------------------------


def page_marks(page: Any, reader: PdfReader) -> Marks:
    """Return the page's text by marked content; text of artifacts, which nobody is to hear, is left out."""
    fonts = {name: _characters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    marks: Marks = {}
    open_: list[tuple[str, dict[str, Any]]] = []
    spoken: set[int] = set()
    font: dict[bytes, str] = {}
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            open_.append((operands[0], operands[1] if operator == b"BDC" and isinstance(operands[1], dict) else {}))
        elif operator == b"EMC":
            spoken.discard(len(open_))
            open_.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and not any(tag == "/Artifact" for tag, _ in open_):
            number = next((values["/MCID"] for _, values in reversed(open_) if "/MCID" in values), None)
            language = next((str(values["/Lang"]) for _, values in reversed(open_) if "/Lang" in values), "")
            marks.setdefault(number, []).append(Said(_text(operands[0], font, open_, spoken), language))
    return marks


def _text(shown: Any, font: dict[bytes, str], open_: list[tuple[str, dict[str, Any]]], spoken: set[int]) -> str:
    """Return what one text operator says; a replacement text is said once, however many glyphs it stands for."""
    for depth, (_, values) in enumerate(open_, 1):
        if "/ActualText" in values:
            first = depth not in spoken
            spoken.add(depth)
            return str(values["/ActualText"]) if first else ""
    strings = [each for each in (shown if isinstance(shown, list) else [shown]) if not isinstance(each, int | float)]
    raw = b"".join(each if isinstance(each, bytes) else each.original_bytes for each in strings)
    glyphs = [font.get(raw[i : i + 2], "\ufffd") for i in range(0, len(raw), 2)]
    backwards = any(tag == "/ReversedChars" for tag, _ in open_)
    return "".join(reversed(glyphs) if backwards else glyphs)


def _characters(font: Any) -> dict[bytes, str]:
    """Return a font's characters by their two-byte codes."""
    if "/ToUnicode" not in font:
        return {}
    text = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    singles = re.findall(r"<(\w{4})>\s*<(\w*)>\s*\n", "".join(re.findall(r"beginbfchar(.*?)endbfchar", text, re.S)))
    return {bytes.fromhex(code): bytes.fromhex(value).decode("utf-16-be") for code, value in singles}
