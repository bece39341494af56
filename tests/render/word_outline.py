"""A Word file as text that can be compared and read: what it says of itself, and each paragraph with its style.

In a paragraph, `⟨…⟩` begins a run whose look is not that of its paragraph: its character style, `bold`, `italic`, its
language, its direction where that is not the document's, and the address of its link.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

LOOKS = {"b": "bold", "bCs": "bold in Arabic", "i": "italic", "iCs": "italic in Arabic"}
PIXEL = 9525  # EMU


def outline(path: Path) -> str:
    """Return the outline of a Word file, line by line."""
    file = docx.Document(str(path))
    rtl = file.element.body.find(f"{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    return "\n".join([*_properties(file), *_page(file, rtl), *_blocks(file.element.body, file.part, rtl)]) + "\n"


def _properties(file: Document) -> Iterator[str]:
    core = file.core_properties
    for name in ("title", "subject", "author", "language", "created", "modified", "last_modified_by", "comments"):
        if value := getattr(core, name):
            yield f"{name}: {value}"
    for relation in file.part.package.rels.values():
        if relation.reltype.endswith("/custom-properties"):
            for each in etree.fromstring(relation.target_part.blob):
                yield f"property {each.get('name')}: {each[0].text}"


def _page(file: Document, rtl: bool) -> Iterator[str]:
    section = file.sections[0]
    sides = ("page_width", "page_height", "top_margin", "right_margin", "bottom_margin", "left_margin")
    millimetres = ", ".join(f"{getattr(section, side).mm:.1f}" for side in sides)
    yield f"page: {millimetres} mm, {'right to left' if rtl else 'left to right'}"
    language = file.styles.element.find(f".//{qn('w:lang')}")
    yield "default language: " + _values(language)
    yield "theme language: " + _values(file.settings.element.find(qn("w:themeFontLang")))
    theme = etree.fromstring(file.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    yield "theme colours: " + " ".join(colour.get("val") for colour in theme.iterfind(".//{*}clrScheme/*/{*}srgbClr"))
    yield "theme fonts: " + " ".join(font.get("typeface") for font in theme.iterfind(".//{*}fontScheme/*/{*}latin"))
    for name in ("first_page_header", "header", "first_page_footer", "footer"):
        margin = getattr(section, name)
        for line in _blocks(margin._element, margin.part, rtl):
            yield f"{name}: {line}"


def _values(element: Any) -> str:
    return " ".join(f"{etree.QName(name).localname}={value}" for name, value in sorted(element.attrib.items()))


def _blocks(parent: Any, part: Any, rtl: bool) -> Iterator[str]:
    """Yield a line for each paragraph, and for each table, row and what is in its cells."""
    for element in parent.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if element.tag == qn("w:tbl"):
            yield from _table(element, part, rtl)
        elif element.tag == qn("w:sdt"):
            tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
            yield f"content control {tag}"
        else:
            yield _paragraph(element, part, rtl)


def _table(table: Any, part: Any, rtl: bool) -> Iterator[str]:
    properties = table.find(qn("w:tblPr"))
    widths = " ".join(column.get(qn("w:w")) for column in table.iter(qn("w:gridCol")))
    own = [f"{etree.QName(each).localname}({_values(each)})" for each in properties if each.tag != qn("w:tblStyle")]
    yield f"table {properties.find(qn('w:tblStyle')).get(qn('w:val'))}: columns {widths}; {'; '.join(own)}"
    for row in table.iterchildren(qn("w:tr")):
        marks = " ".join(etree.QName(mark).localname for mark in row.iterfind(f"{qn('w:trPr')}/*"))
        for number, cell in enumerate(row.iterchildren(qn("w:tc")), 1):
            for line in _blocks(cell, part, rtl):
                yield f"  {marks or 'row'}, cell {number}: {line}"


def _paragraph(paragraph: Any, part: Any, rtl: bool) -> str:
    properties = paragraph.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")).get(qn("w:val")) if properties is not None else "no style"
    direction = properties is not None and properties.find(qn("w:bidi")) is not None
    runs = [(_look(run, part, rtl), _text(run)) for run in paragraph.iter(qn("w:r")) if _text(run)]
    texts = []
    for look, same in groupby(runs, key=lambda run: run[0]):
        texts.append((f"⟨{look}⟩" if look or texts else "") + "".join(text for _, text in same))
    marks = "" if direction == rtl else " (not in the direction of the page)"
    if properties is not None and properties.find(qn("w:pageBreakBefore")) is not None:
        marks += " (on a new page)"
    if properties is not None and (section := properties.find(qn("w:sectPr"))) is not None:
        marks += f" (ends a section of {section.find(qn('w:cols')).get(qn('w:num'), '1')} columns)"
    return f"{style}{marks}: {''.join(texts)}"


def _look(run: Any, part: Any, rtl: bool) -> str:
    """Return in what a run differs from its paragraph."""
    own = run.find(qn("w:rPr"))
    found = []
    link = run.getparent()
    if link.tag == qn("w:hyperlink"):
        found.append(part.rels[link.get(qn("r:id"))].target_ref)
    if own is not None and own.find(qn("w:rStyle")) is not None:
        found.append(own.find(qn("w:rStyle")).get(qn("w:val")))
    for mark, name in LOOKS.items():
        if own is not None and own.find(qn(f"w:{mark}")) is not None:
            found.append(name)
    if own is not None and own.find(qn("w:lang")) is not None:
        found.append(_values(own.find(qn("w:lang"))))
    if (own is not None and own.find(qn("w:rtl")) is not None) != rtl and any(
        letter.isalpha() for text in run.iterfind(qn("w:t")) for letter in text.text or ""
    ):
        found.append("ltr" if rtl else "rtl")
    return ", ".join(found)


def _text(run: Any) -> str:
    """Return what a run shows: text, tabs, fields, and for a picture its size, alternative text and formats."""
    parts = []
    for child in run:
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append("→")
        elif child.tag == qn("w:instrText"):
            parts.append(f"{{{child.text.strip()}}}")
        elif child.tag == qn("w:drawing"):
            parts.append(_picture(child))
    return "".join(parts)


def _picture(drawing: Any) -> str:
    size = drawing.find(f".//{qn('wp:extent')}")
    alternatives = [mark.get("descr") for mark in drawing.iter(qn("wp:docPr"), qn("pic:cNvPr"))]
    vector = " and vector" if drawing.find(".//{*}svgBlip") is not None else ""
    gaps = {drawing[0].get(f"dist{side}") for side in "TBLR"} - {"0"}
    pixels = f"{round(int(size.get('cx')) / PIXEL)}×{round(int(size.get('cy')) / PIXEL)}"
    anchored = " anchored" if drawing[0].tag == qn("wp:anchor") else ""
    look = f"{vector}{anchored} {pixels}{' with gaps' if gaps else ''}"
    return f"[picture{look}: {' / '.join(dict.fromkeys(alternatives))}]"
