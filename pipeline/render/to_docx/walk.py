"""Walks over a document and adds each element to a Word file as a paragraph, table, run, link or picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.document import Document as WordFile
from docx.shared import Length, Mm, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.core.documents import Document
from pipeline.core.problems import quoted
from pipeline.core.sources import Brand
from pipeline.render import emblem
from pipeline.render.to_docx import oxml
from pipeline.render.to_docx.styles import CHARACTER_STYLES, PANEL_STYLE, TABLE_STYLE, TABLES, paragraph_style
from pipeline.render.vector import bitmap
from pipeline.render.vocabulary import UnknownWord, word

CONTAINERS = {
    "header.cover", "section", "section.segment", "section.overleaf", "div.main", "div.card", "div.bio", "div.first",
    "dl", "ul", "ul.plain", "ul.entries", "ul.logos", "ol", "div.imprint", "ol.strip", "ul.facts", "ol.timeline",
    "div.prose",
}  # fmt: skip
"""Elements that add nothing themselves: only the elements in them are added."""

INLINE = {
    "a", "br", "em", "strong", "span", "span.tag", "span.number", "span.shift", "span.cities", "span.term",
    "span.symbol", "span.address", "img.qr",
}  # fmt: skip
PANEL_SHARE, PANEL_GAP, PANEL_TOP = 0.35, Twips(340), Twips(330)
"""Of the side panel: its share of the width of the text, its distance from the text, and how far down it is moved."""

PHOTO, QR = Mm(26), Mm(30)


@dataclass(frozen=True, kw_only=True)
class Look:
    """The differences of a run from its paragraph; `style` is the id of a character style.

    The hyphens of a run that is `whole` break no line, but from right to left LibreOffice would draw them over text.
    """

    style: str = ""
    whole: bool = False
    bold: bool = False
    italic: bool = False
    language: str = ""


class Walk:
    """Adds one document to a Word file. A `container` is that file or a cell of one of its tables."""

    def __init__(self, file: WordFile, document: Document, brand: Brand) -> None:
        section = file.sections[0]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        self.file, self.brand, self.properties = file, brand, document.properties
        self.rtl = document.properties.direction == "rtl"
        self.pictures = {picture.name: picture for picture in document.pictures}
        self.lists: dict[etree._Element, int] = {}  # the number in Word's list of lists
        self.width = (section.page_width or 0) - margins

    # --- blocks ------------------------------------------------------------------------------------------------------

    def add_blocks(self, elements: Iterable[etree._Element], container: WordFile | _Cell) -> None:
        """Add block elements, with all their content, as paragraphs and tables."""
        for element in elements:
            name = word(element)
            if name == "div.columns":  # Word needs the floating panel before the text beside it
                self.add_blocks(sorted(element, key=lambda child: child.tag != "aside"), container)
            elif name in CONTAINERS:
                _refuse_loose_text(element, [element.text, *(child.tail for child in element)])
                self.add_blocks(element, container)
            elif element.tag == "table":
                self.add_table(element)
            elif name == "aside.panel":
                self.add_panel(element)
            elif name == "div.funding":
                self.add_funding(element, container)
            elif name == "img.photo":
                self.add_picture(self.add_paragraph(element, container), element, width=PHOTO)
            elif name == "img.logo":
                self.add_picture(self.add_paragraph(element, container), element, height=Mm(self.brand.logo_height))
            elif name not in (
                "span.monogram",
                "img.map",
            ):  # initials instead of a photo: the name beside them is enough
                self.add_leaf(element, container)

    def add_leaf(self, element: etree._Element, container: WordFile | _Cell) -> None:
        """Add an element that holds text, or blocks, or text and blocks after it."""
        style, blocks = paragraph_style(element), [child for child in element if word(child) not in INLINE]
        _refuse_loose_text(element, [child.tail for child in blocks])
        if not blocks or (element.text or "").strip() or blocks[0] is not element[0]:
            paragraph = oxml.add_paragraph(container, style, rtl=self.rtl)
            for block in blocks[:1]:  # the line end before a list in an item
                before = block.getprevious()
                if before is None:
                    element.text = (element.text or "").rstrip()
                else:
                    before.tail = (before.tail or "").rstrip()
            self.add_text(element, paragraph)
            if word(element) == "li":
                self.number(element, paragraph)
        self.add_blocks(blocks, container)

    def number(self, element: etree._Element, paragraph: Paragraph) -> None:
        """Give an item of a list its number, or the bullet of its level; the style gives outer bullets."""
        above, level = element.getparent(), sum(1 for _ in element.iterancestors("li"))
        if above is None or (above.tag == "ul" and not level):
            return
        if above not in self.lists:
            start = int(above.get("start", "1")) if above.tag == "ol" else 0
            self.lists[above] = oxml.add_list(self.file, start=start, level=level)
        oxml.number(paragraph, self.lists[above], level)

    def add_paragraph(self, element: etree._Element, container: WordFile | _Cell) -> Paragraph:
        return oxml.add_paragraph(container, paragraph_style(element), rtl=self.rtl)

    def add_funding(self, element: etree._Element, container: WordFile | _Cell) -> None:
        """Add emblem, funding statement and the mark of a demonstration copy together in one paragraph."""
        paragraph = self.add_paragraph(element, container)
        height = self.brand.logo_height
        width = height * (emblem.WIDTH + 2 * emblem.BORDER) / (emblem.HEIGHT + 2 * emblem.BORDER)
        oxml.add_picture(
            paragraph,
            emblem.BITMAP.read_bytes(),
            self.properties.words["emblem_alt"],
            vector=emblem.SVG,
            width=Mm(width),
            height=Mm(height),
        )
        for number, text in enumerate(element.iterfind("p")):
            self.add_run(paragraph, " · " if number else "\u2002", Look())
            self.add_text(text, paragraph)

    # --- tables ------------------------------------------------------------------------------------------------------

    def add_table(self, element: etree._Element) -> None:
        """Add a table with its header row; its caption becomes its title and description."""
        if word(element) not in TABLES:
            raise UnknownWord(f"Word has no widths for the columns of `{word(element)}`")
        head, body = element.findall("thead/tr"), element.findall("tbody/tr")
        widths = [Length(round(self.width * share)) for share in TABLES[word(element)]]
        title = element.findtext("caption") or ""
        table = oxml.add_table(
            self.file,
            TABLE_STYLE,
            len(head) + len(body),
            widths,
            title=title,
            banded=True,
            head=bool(head),
            rtl=self.rtl,
        )
        for number, (source, row) in enumerate(zip([*head, *body], table.rows, strict=True)):
            oxml.keep_whole(row, header=number < len(head))
            for cell, target in zip(source, row.cells, strict=True):
                self.add_leaf(cell, target)

    def add_panel(self, element: etree._Element) -> None:
        """Add the side panel: a table of one column beside the text, with its heading and each term as a row."""
        rows: list[list[etree._Element]] = []
        for child in element:
            for item in child if child.tag == "dl" else [child]:
                if item.tag in ("h2", "dt"):
                    rows.append([])
                rows[-1].append(item)
        title, widths = element.findtext("h2") or "", [Length(round(self.width * PANEL_SHARE))]
        table = oxml.add_table(
            self.file, PANEL_STYLE, len(rows), widths, title=title, banded=False, head=True, rtl=self.rtl
        )
        oxml.float_beside_text(table, side="left" if self.rtl else "right", gap=PANEL_GAP, top=PANEL_TOP)
        for number, (source, row) in enumerate(zip(rows, table.rows, strict=True)):
            oxml.keep_whole(row, header=number == 0)
            self.add_blocks(source, row.cells[0])

    # --- text --------------------------------------------------------------------------------------------------------

    def add_text(self, element: etree._Element, paragraph: Paragraph, look: Look = Look()) -> None:
        """Add the content of an element as runs, links and pictures, up to the first block in it."""
        look = replace(look, language=element.get("lang", look.language))
        self.add_run(paragraph, element.text, look)
        for child in element:
            if word(child) not in INLINE:
                break
            self.add_inline(child, paragraph, look)
            self.add_run(paragraph, child.tail, look)

    def add_inline(self, element: etree._Element, paragraph: Paragraph, look: Look) -> None:
        match word(element):
            case "br":
                paragraph.add_run().add_break()
            case "img.qr":
                self.add_picture(paragraph, element, width=QR, height=QR)
            case "a":
                address = element.get("href", "")
                if not re.match(r"(https?://|mailto:)", address, re.IGNORECASE):
                    raise ValueError(f"`{address}` is no web address")
                with oxml.link(paragraph, address):
                    self.add_text(element, paragraph, replace(look, style=CHARACTER_STYLES["a"]))
            case "strong":
                self.add_text(element, paragraph, replace(look, bold=True))
            case "em":
                self.add_text(element, paragraph, replace(look, italic=True))
            case "span.tag":
                look = replace(look, style=CHARACTER_STYLES["span.tag"])
                self.add_run(paragraph, "[", replace(look, language=""))
                self.add_text(element, paragraph, look)
                self.add_run(paragraph, "]", replace(look, language=""))
            case "span.address":
                self.add_text(element, paragraph, replace(look, whole=True))
            case "span.number":
                self.add_text(element, paragraph, replace(look, style=CHARACTER_STYLES["span.number"]))
            case _:  # a span whose language differs
                self.add_text(element, paragraph, look)

    def add_run(self, paragraph: Paragraph, text: str | None, look: Look) -> None:
        """Add a text; if it is in another language, set this language and the direction from left to right."""
        if not text:
            return
        run = oxml.add_run(paragraph, text.replace("\n", " "), look.style, whole=look.whole and not self.rtl)
        if look.bold:
            run.font.bold = run.font.cs_bold = True
        if look.italic:
            run.font.italic = run.font.cs_italic = True
        if look.language and look.language != self.properties.language:
            oxml.set_language(run, look.language)
        elif self.rtl:
            run.font.rtl = True

    def add_picture(
        self,
        paragraph: Paragraph,
        element: etree._Element,
        width: Length | None = None,
        height: Length | None = None,
    ) -> None:
        """Add a picture of the document; a vector also as a bitmap, for programs that draw no vectors."""
        picture, alternative = self.pictures[element.get("src", "")], element.get("alt", "")
        content, vector = picture.content, b""
        if picture.media_type == "image/svg+xml":
            content, vector = bitmap(picture.content), picture.content
        oxml.add_picture(paragraph, content, alternative, vector=vector, width=width, height=height)


def _refuse_loose_text(element: etree._Element, texts: Iterable[str | None]) -> None:
    for text in texts:
        if text and text.strip():
            raise UnknownWord(f"Word has no place for the text {quoted(text)} between the blocks of `{word(element)}`")
