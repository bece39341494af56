"""Walks over a document and adds each element to a Word file as a paragraph, table, run, link or picture."""

from __future__ import annotations

from collections.abc import Iterable

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordFile
from docx.shared import Length, Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.core.problems import quoted
from pipeline.render.to_docx import layout, oxml
from pipeline.render.to_docx.people import add_person
from pipeline.render.to_docx.styles import DATA_TABLE, GAP, TABLES, paragraph_style
from pipeline.render.to_docx.text import INLINE, Text, numeral_of
from pipeline.render.vocabulary import UnknownWord, word

CONTAINERS = {
    "section", "section.segment", "section.overleaf", "div.bio", "div.first", "ul", "ul.plain", "ul.entries", "ol",
}  # fmt: skip
"""Elements that add nothing themselves: only the elements in them are added."""

COLUMN_GAP = Mm(8)
"""The distance of two columns of running text."""
SHADED = ("tr.chair", "tr.here")
"""The rows of tables that are tinted; what they are about, in their second cell, is bold."""
NOTHING = "–"
"""The text of a cell without any, such as the number of the chair: an empty one looks and sounds forgotten."""


class Walk(Text):
    """Adds one document to a Word file. A `container` is that file, one of its footers or a cell of a table."""

    # --- blocks ------------------------------------------------------------------------------------------------------

    def add_blocks(self, elements: Iterable[etree._Element], container: WordFile | BlockItemContainer) -> None:
        """Add block elements, with all their content, as paragraphs and tables."""
        for element in elements:
            name = word(element)
            if add := layout.BLOCKS.get(name):
                refuse_loose_text(element)
                add(self, element)
            elif name in CONTAINERS:
                refuse_loose_text(element)
                first = len(self.file.element.body)
                self.add_blocks(element, container)
                if name == "section.overleaf":
                    self.turn_over(element, first)
            elif element.tag == "table":
                self.add_table(element)
            elif name == "div.card":
                refuse_loose_text(element)
                add_person(self, element, container)
            elif name == "div.prose":
                refuse_loose_text(element)
                self.add_in_columns(element)
            else:
                self.add_leaf(element, container)

    def turn_over(self, element: etree._Element, first: int) -> None:
        """Begin the page of a section that stands in the file from a position on.

        A programme begins one in any case. Other text only stays whole, and so moves to the next page where it must: a
        page before it that is one line too full would otherwise cost a whole page.
        """
        if element.find("table") is not None:
            oxml.begin_page(self.file, first)
            return
        for paragraph in oxml.paragraphs_from(self.file, first)[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def add_leaf(self, element: etree._Element, container: WordFile | BlockItemContainer) -> None:
        """Add an element that holds text, or blocks, or text and blocks after it."""
        numeral = numeral_of(element)
        style = paragraph_style(element, numbered=numeral > 0)
        blocks = [child for child in element if word(child) not in INLINE]
        _refuse(element, [child.tail for child in blocks])
        if not blocks or (element.text or "").strip() or blocks[0] is not element[0]:
            paragraph = oxml.add_paragraph(container, style, rtl=self.rtl)
            for block in blocks[:1]:  # the line end before a list in an item
                before = block.getprevious()
                if before is None:
                    element.text = (element.text or "").rstrip()
                else:
                    before.tail = (before.tail or "").rstrip()
            following = element.getnext()
            if element.tag == "p" and following is not None and following.tag in ("ul", "ol"):
                paragraph.paragraph_format.keep_with_next = True  # it leads to the first item
            if numeral:
                self.number_segment(paragraph, style, numeral)
            if element.tag == "h2" or not numeral:
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

    def number_segment(self, paragraph: Paragraph, style: str, number: int) -> None:
        """Let Word count a segment: the style counts on from the one before, so that only a gap needs a new list."""
        last, id = self.numbered.get(style, (0, 0))
        if number != last + 1:
            id = oxml.number_of(self.file, style, number)
        if id:
            oxml.set_number(paragraph, id)
        self.numbered[style] = number, id

    def add_in_columns(self, element: etree._Element) -> None:
        """Add running text in two columns: as a section of its own on the same page, which every Word has known."""
        body = self.file.element.body
        above = body[-2] if len(body) > 1 else None  # the last element is the section itself
        if above is None or not isinstance(above, type(self.file.paragraphs[0]._p)):
            before = oxml.add_paragraph(self.file, GAP, rtl=self.rtl)
        else:
            before = self.file.paragraphs[-1]
        oxml.end_section(self.file, before, columns=1, gap=COLUMN_GAP)
        self.add_blocks(element, self.file)
        oxml.end_section(self.file, self.file.paragraphs[-1], columns=2, gap=COLUMN_GAP)

    # --- tables ------------------------------------------------------------------------------------------------------

    def add_table(self, element: etree._Element) -> None:
        """Add a table of data; its caption becomes its title and description."""
        if word(element) not in TABLES:
            raise UnknownWord(f"Word has no widths for the columns of `{word(element)}`")
        head, body = element.findall("thead/tr"), element.findall("tbody/tr")
        widths = [Length(round(self.width * share)) for share in TABLES[word(element)]]
        table = oxml.add_table(
            self.file,
            DATA_TABLE,
            len(head) + len(body),
            widths or layout.by_content(self.width, [*head, *body]),
            title=element.findtext("caption") or "",
            head=bool(head),
            first_column=body[0].find("th") is not None,
            rtl=self.rtl,
        )
        for number, (source, row) in enumerate(zip([*head, *body], table.rows, strict=True)):
            oxml.keep_whole(row, header=number < len(head))
            for cell, target in zip(source, row.cells, strict=True):
                if word(source) in SHADED:
                    oxml.shade(target, "background2", self.brand.colours)
                titled = word(source) in SHADED and source.index(cell) == 1
                self.add_cell(cell, target, strong=titled or (cell.tag == "th" and number >= len(head)))

    def add_cell(self, element: etree._Element, cell: _Cell, *, strong: bool) -> None:
        """Add a cell of a table of data; a `strong` one whose text is not set by its own blocks is bold."""
        if not len(element) and not (element.text or "").strip():
            oxml.add_run(oxml.add_paragraph(cell, paragraph_style(element), rtl=self.rtl), NOTHING)
            return
        self.add_leaf(element, cell)
        if strong and element.find("strong") is None and not any(word(child) not in INLINE for child in element):
            for run in cell.paragraphs[0].runs:
                run.font.bold = run.font.cs_bold = True


def refuse_loose_text(element: etree._Element) -> None:
    """Raise `UnknownWord` if text stands between the blocks of an element."""
    _refuse(element, [element.text, *(child.tail for child in element)])


def _refuse(element: etree._Element, texts: Iterable[str | None]) -> None:
    for text in texts:
        if text and text.strip():
            raise UnknownWord(f"Word has no place for the text {quoted(text)} between the blocks of `{word(element)}`")
