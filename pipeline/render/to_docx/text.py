"""Text in Word files: paragraphs, and in them runs, links and pictures. `Walk` adds the blocks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordFile
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.core.documents import Document
from pipeline.core.sources import Brand
from pipeline.render.to_docx import drawings, oxml
from pipeline.render.to_docx.styles import CHARACTER_STYLES, paragraph_style
from pipeline.render.vector import bitmap
from pipeline.render.vocabulary import word

INLINE = {
    "a", "br", "em", "strong", "span", "span.tag", "span.number", "span.shift", "span.cities", "span.term",
    "span.symbol", "span.address", "img.qr",
}  # fmt: skip
"""Elements that stand within a line."""

QR = Mm(16)
"""The side of a QR code: it has room beside its link."""


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


class Text(ABC):
    """Adds text to the paragraphs of one document; `Walk` is the one that can add blocks."""

    plain = Look()

    def __init__(self, file: WordFile, document: Document, brand: Brand) -> None:
        section = file.sections[0]
        self.file, self.brand, self.properties = file, brand, document.properties
        self.rtl = document.properties.direction == "rtl"
        self.pictures = {picture.name: picture for picture in document.pictures}
        self.lists: dict[etree._Element, int] = {}  # the number in Word's list of lists
        self.numbered: dict[str, tuple[int, int]] = {}  # by style: the last number of a segment, and its list
        self.page = Length(section.page_width or 0)
        self.before, self.after = Length(section.left_margin or 0), Length(section.right_margin or 0)
        self.width = Length(self.page - self.before - self.after)

    @abstractmethod
    def add_blocks(self, elements: Iterable[etree._Element], container: WordFile | BlockItemContainer) -> None:
        """Add block elements, with all their content, as paragraphs and tables."""

    def add_paragraph(self, element: etree._Element, container: WordFile | BlockItemContainer) -> Paragraph:
        return oxml.add_paragraph(container, paragraph_style(element), rtl=self.rtl)

    def add_text(self, element: etree._Element, paragraph: Paragraph, look: Look = Look()) -> None:
        """Add the content of an element as runs, links and pictures, up to the first block in it."""
        look = replace(look, language=element.get("lang", look.language))
        self.add_run(paragraph, element.text, look)
        for child in element:
            if word(child) not in INLINE:
                break
            if numeral_of(element) and word(child) == "span.number":  # Word writes the number itself
                self.add_run(paragraph, (child.tail or "").lstrip(), look)
                continue
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
            case "span.symbol":
                self.add_text(element, paragraph, replace(look, style=CHARACTER_STYLES["span.symbol"]))
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
        drawings.add_picture(paragraph, content, alternative, vector=vector, width=width, height=height)


def numeral_of(element: etree._Element) -> int:
    """Return the number of a segment that a heading or the first cell of a row begins with, else 0."""
    if element.tag not in ("h2", "td") or (element.tag == "td" and element.getprevious() is not None):
        return 0
    span = element.find("span[@class='number']")
    before, number = (element.text or "").strip(), said(span).strip()
    text = before + number if element.tag == "td" else "" if before else number
    return int(text) if re.fullmatch("[1-9][0-9]?", text) else 0


def said(element: etree._Element | None) -> str:
    """Return all text of an element."""
    return "" if element is None else "".join(map(str, element.itertext()))
