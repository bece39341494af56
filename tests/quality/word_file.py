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


def foot(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs at the foot of the first page, those in its table too."""
    document = opened(path)
    for element in document.sections[0].first_page_footer._element.iter(qn("w:p")):
        yield Paragraph(element, document)


def paragraphs(path: Path) -> list[str]:
    """Return the text of every paragraph with the number that Word counts for it; a mere picture has none."""
    numbers = counted(path)
    return [f"{numbers.get(paragraph._p, '')} {paragraph.text}".strip() for paragraph in all_paragraphs(path)]


def counted(path: Path) -> dict[Any, int]:
    """Return the number of each paragraph that is counted because of its style, as Word shows it."""
    file = opened(path)
    lists = file.part.numbering_part.element
    kinds = {kind.get(qn("w:abstractNumId")): kind for kind in lists.iter(qn("w:abstractNum"))}
    nums = {num.get(qn("w:numId")): num for num in lists.iter(qn("w:num"))}
    last: dict[str, int] = {}
    begun: set[str] = set()
    found = {}
    for paragraph in all_paragraphs(path):
        id = _list_of(paragraph)
        kind = nums[id].find(qn("w:abstractNumId")).get(qn("w:val")) if id else ""
        if not id or kinds[kind].find(f".//{qn('w:pStyle')}") is None:
            continue
        start = nums[id].find(f".//{qn('w:startOverride')}")
        if start is not None and id not in begun:
            last[kind] = int(start.get(qn("w:val"))) - 1
        begun.add(id)
        last[kind] = found[paragraph._p] = last.get(kind, 0) + 1
    return found


def _list_of(paragraph: Paragraph) -> str:
    """Return the id of the list of a paragraph: its own, or that of its style, or empty."""
    for level in [paragraph._p, *(style.element for style in styles(paragraph.style))]:
        id = level.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if id is not None:
            return id.get(qn("w:val"))
    return ""


def outline_level(paragraph: Paragraph) -> int:
    """Return the level of a heading, from 1, by which Word lists it in its navigation; 0 for any other paragraph."""
    for style in styles(paragraph.style):
        level = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            return int(level.get(qn("w:val"))) + 1
    return 0


def tables_of_data(path: Path) -> list[Any]:
    """Return the tables that have a title; any other only places what is in it."""
    return [
        table
        for table in opened(path).element.body.iter(qn("w:tbl"))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is not None
    ]


def table_captions(path: Path) -> list[str]:
    return [caption.get(qn("w:val")) for caption in opened(path).element.body.iter(qn("w:tblCaption"))]


def vectors(path: Path) -> Iterator[tuple[Any, etree._Element]]:
    """Yield each drawing of the body that has a vector, and the vector."""
    file = opened(path)
    for drawing in file.element.body.iter(qn("w:drawing")):
        for blip in drawing.iter("{*}svgBlip"):
            yield drawing[0], etree.fromstring(file.part.rels[blip.get(qn("r:embed"))].target_part.blob)


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
