"""A PDF as a screen reader hears it: the structure tree with the text of each of its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.quality.page_content import Page, Said, pages

INLINE = {"Link", "Em", "Strong", "Reference", "Quote", "Code"}


@dataclass(kw_only=True)
class Node:
    """One structure element: its role, its own texts and children in order."""

    role: str
    language: str = ""
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Node | Said] = field(default_factory=list)

    @property
    def inline(self) -> bool:
        """Whether the element is part of a line; Typst sets lines that are no paragraph as a Span that is a block."""
        return self.role in INLINE or (self.role == "Span" and self.attributes.get("/Placement") != "/Block")

    def text(self) -> str:
        return "".join(said.text for said in self.said())

    def said(self, language: str = "") -> Iterator[Said]:
        """Yield all that is read out, each piece with the language that it is read in."""
        inner = self.language or language
        for child in self.children:
            if isinstance(child, Node):
                yield from child.said(inner)
                yield Said("" if child.inline else "\n", inner)
            else:
                yield Said(child.text, child.language or inner)

    def own(self) -> str:
        """Return the text that stands in this element itself or in a part of its lines, not in a block within it."""
        inline = (c for c in self.children if isinstance(c, Said) or c.inline)
        return "".join(c.text if isinstance(c, Said) else c.own() for c in inline)

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]


@lru_cache(maxsize=64)
def structure(path: Path) -> Node:
    """Return the structure tree of a PDF."""
    return _node(PdfReader(path).trailer["/Root"]["/StructTreeRoot"], None, pages(path))


def _node(element: Any, page: int | None, content: dict[int, Page]) -> Node:
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    node = Node(
        role=str(element.get("/S", "")).lstrip("/"),
        language=str(element.get("/Lang", "")),
        alt=str(element.get("/Alt", "")),
        attributes=_attributes(element),
    )
    kids = element.get("/K", [])
    for each in kids if isinstance(kids, list) else [kids]:
        child = each.get_object()
        if isinstance(child, int):
            node.children += content[page].marks.get(int(child), [])
        elif child.get("/Type") == "/MCR":
            place = child.raw_get("/Pg").idnum if "/Pg" in child else page
            node.children += content[place].marks.get(int(child["/MCID"]), [])
        elif child.get("/Type") != "/OBJR":
            node.children.append(_node(child, page, content))
    return node


def _attributes(element: Any) -> dict[str, Any]:
    found = element.get("/A", [])
    rows = found if isinstance(found, list) else [found]
    return {str(key): value for row in rows for key, value in row.get_object().items()}
