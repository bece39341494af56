"""The texts that a document places, line by line, as every format must give them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.core.documents import Document

HEADS = {"strip": ("strong", "shift"), "facts": ("term",), "timeline": ("strong",)}
"""What stands in the head row of a list that is drawn as a table, by element or class."""
INLINE = {"a", "em", "strong", "span", "img"}


def body(document: Document) -> etree._Element:
    """Return what was composed as a tree, parsed here and not by the writers."""
    return etree.fromstring(f"<body>{document.body}</body>")


def lines(element: etree._Element, *, without: Iterable[str] = ()) -> list[str]:
    """Return each block's own text, in order; `without` are the elements or classes that a format leaves out."""
    return [line for line in map(folded, _lines(element, set(without))) if line]


def _lines(element: etree._Element, without: set[str]) -> Iterator[str]:
    if element.get("class") in without or element.tag in without:
        return
    line = element.text or ""
    for child in element:
        if child.tag in INLINE:
            line += "".join(_lines(child, without))
        else:
            yield line
            line = ""
            yield from _lines(child, without)
        line += child.tail or ""
    yield line


def heads_apart(tree: etree._Element) -> etree._Element:
    """Return a body in which the head of each time, fact and point of the timeline is a line of its own."""
    for block in rows(tree):
        for item in block:
            head, rest = [], [item.text or ""]
            for child in item:
                text = "".join(map(str, child.itertext()))
                (head if _is(child, HEADS[block.get("class")]) else rest).append(text)
                rest.append(child.tail or "")
            for child in list(item):
                item.remove(child)
            item.text = ""
            etree.SubElement(item, "p").text = " ".join(head)
            etree.SubElement(item, "p").text = "".join(rest)
    return tree


def rows(tree: etree._Element) -> list[etree._Element]:
    """Return the lists that are drawn as tables with a row of heads."""
    return [block for block in tree.iter("ol", "ul") if block.get("class") in HEADS]


def _is(element: etree._Element, names: Iterable[str]) -> bool:
    return element.tag in names or element.get("class") in names


def folded(text: str) -> str:
    """Return a text with its breaks as single spaces; no-break spaces stay, brackets set round a label do not."""
    return re.sub(r"[ \t\r\n\u2002]+", " ", re.sub(r"[\[\]]", "", text)).strip(" ")


def parts(texts: Iterable[str]) -> list[str]:
    """Return lines cut at their middle dots: a writer may join with one what another sets apart."""
    return [part for text in texts for part in folded(text).split(" · ") if part]


def letters(text: str) -> str:
    """Return a text without any space: where a line was broken no longer tells."""
    return re.sub(r"[\s\u00a0\u202f\u2002\u200b\u00ad\[\]]+", "", text)


def pictures(element: etree._Element) -> list[str]:
    """Return the alternative texts of the pictures that are placed."""
    return [image.get("alt", "") for image in element.iter("img")]
