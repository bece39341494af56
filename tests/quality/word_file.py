"""A Word file, opened again: its paragraphs wherever they stand, the styles they end up with, its parts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

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


def styles(style: Any) -> Iterator[Any]:
    """Yield a style and all that it is based on, the nearest first."""
    while style is not None:
        yield style
        style = style.base_style


def size(paragraph: Paragraph, run: Any) -> float:
    """Return the points in which a run is set: its own, its style's, the paragraph's or the document's."""
    levels = [run, *styles(run.style), *styles(paragraph.style)]
    found = next((each.font.size.pt for each in levels if each.font.size), None)
    default = paragraph.part.document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:sz')}")
    return found or int(default.get(qn("w:val"))) / 2


def is_numbered(paragraph: Paragraph) -> bool:
    """Return whether Word itself sets the bullet, by the paragraph or by its style."""
    levels = [paragraph._p, *(style.element for style in styles(paragraph.style))]
    return any(level.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None for level in levels)
