"""A Word file, opened again: its paragraphs wherever they stand, the styles they end up with, its parts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree


@lru_cache(maxsize=64)
def opened(path: Path) -> Document:
    return docx.Document(str(path))


def all_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body in the order of the file, those in tables too."""
    document = opened(path)
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)


def paragraphs(path: Path) -> list[str]:
    """Return the text of every paragraph; one that only holds a picture has none."""
    return [paragraph.text for paragraph in all_paragraphs(path)]


def table_captions(path: Path) -> list[str]:
    return [caption.get(qn("w:val")) for caption in opened(path).element.body.iter(qn("w:tblCaption"))]


def part(path: Path, name: str) -> etree._Element:
    """Return one part of an Office file, parsed."""
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def size(paragraph: Paragraph, run=None) -> float:
    """Return the points in which a paragraph, or one of its runs, is set: its own, its styles', the document's."""
    styles = [run.style, run.style.base_style] if run is not None else []
    style = paragraph.style
    while style is not None:
        styles.append(style)
        style = style.base_style
    sizes = [run.font.size if run is not None else None, *(each.font.size for each in styles if each is not None)]
    found = next((each.pt for each in sizes if each), None)
    default = paragraph.part.document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:sz')}")
    return found or int(default.get(qn("w:val"))) / 2
