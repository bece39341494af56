"""The blocks of a Word file that are drawn and not only set: cover, imprint, time strip, facts, timeline.

Everything is a table or a paragraph that Word itself makes, so that a reader can go on writing in it. Nothing floats
beside text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.render import emblem
from pipeline.render.to_docx import drawings, oxml
from pipeline.render.to_docx.styles import (
    COVER,
    COVER_TEXT,
    FACTS,
    FUNDING,
    GAP,
    IMPRINT,
    PARTNER,
    STRIP,
    TIMELINE,
)
from pipeline.render.to_docx.text import Text, said
from pipeline.render.vector import bitmap, parsed, with_font, with_names
from pipeline.render.vocabulary import word

BAND = Mm(54)
"""The least height of the cover from the top of the page."""
BLEED = Mm(1)
"""How far the cover reaches over the edges of the page, so that no program leaves a white line there."""
MAP_TOP, MAP_GAP = Mm(3), Mm(8)
"""The distance of the map from the top of the page and from its edge."""
NAMES = 9
"""The size of the names on the map, in points."""
EMBLEM_GAP, STATEMENT, NUMBER = Mm(4), Mm(56), Mm(18)
"""Columns of the imprint: the room beside the emblem, the funding statement, the number of the page."""
LETTER, HOUR = Mm(1.85), Mm(2.5)
"""The width that a letter may need in small type, and a figure of an hour: a cell is as wide as its longest word."""
PADDING = Mm(3.5)
"""The room that a cell leaves beside its text."""


# --- cover and imprint -----------------------------------------------------------------------------------------------


def add_cover(walk: Text, element: etree._Element) -> None:
    """Add the title area: a table of one cell that reaches over both margins, and above it a strip to the page's top.

    The header of the first page would be the natural place, but screen readers, Word's outline and its views for
    reading leave headers out, and Word shows them faded. Text over an anchored shape would be white on white where the
    shape is not shown. A cell has its own ground, grows with its text and is read in its place. Only what is pure
    decoration is anchored to the page: the strip, since a section without a top margin makes Word ask before printing,
    and the map.
    """
    width = Length(walk.page + 2 * BLEED)
    start = walk.after if walk.rtl else walk.before
    table = oxml.add_table(walk.file, COVER, 1, [width], indent=Length(-start - BLEED), rtl=walk.rtl)
    cell, drawn = table.cell(0, 0), element.find("img[@class='map']")
    walk.add_blocks((child for child in element if child is not drawn), cell)
    top = Length(walk.file.sections[0].top_margin or 0)
    height, room = Length(BAND), walk.after
    last = oxml.add_paragraph(walk.file, GAP, rtl=walk.rtl)
    drawings.add_strip(last, width=walk.page, height=Length(top + Mm(3)))
    if drawn is not None:
        wide, high = _add_map(walk, drawn, last)
        height, room = Length(max(BAND, high + 2 * MAP_TOP)), Length(wide + Mm(4))
    oxml.lowest(table.rows[0], Length(height - top))
    oxml.indent_style(walk.file, COVER_TEXT, left=Length(start + BLEED), right=Length(room + BLEED))


def _add_map(walk: Text, element: etree._Element, paragraph: Paragraph) -> tuple[Length, Length]:
    """Add the map at the end of the cover, no higher than the band, and return its width and height."""
    drawn = walk.pictures[element.get("src", "")].content
    scale = min(1, Length(BAND - 2 * MAP_TOP).pt / _size(drawn)[1])
    vector = with_font(with_names(drawn, NAMES / scale), walk.brand.fonts["office"])
    vector = _with_edge(vector, MAP_GAP.pt / scale, left=walk.rtl)
    wide, high = (Pt(each * scale) for each in _size(vector))
    picture = bitmap(vector, round(high.inches * 300))
    inline = drawings.add_picture(paragraph, picture, "", vector=vector, width=wide, height=high)
    side = "left" if walk.rtl else "right"
    drawings.place_on_page(inline, side=side, top=MAP_TOP)
    return wide, high


def _with_edge(svg: bytes, room: float, *, left: bool) -> bytes:
    """Return a picture with room at its left or right: LibreOffice counts a distance from the other edge if the text
    runs from right to left, and Word does not.
    """
    root = parsed(svg)
    west, top, width, height = map(float, (root.get("viewBox") or "").split())
    root.set("viewBox", f"{west - room if left else west:g} {top:g} {width + room:g} {height:g}")
    return etree.tostring(root)


def _size(svg: bytes) -> tuple[float, float]:
    """Return the width and height of a picture in its own units."""
    _, _, width, height = map(float, (parsed(svg).get("viewBox") or "").split())
    return width, height


def add_imprint(walk: Text, element: etree._Element) -> None:
    """Add emblem, funding statement and partners to the foot of the first page, in one row with its number.

    It is the footer of that page: Word ends the text above it, however much text there is.
    """
    footer = walk.file.sections[0].first_page_footer
    own = footer.paragraphs
    funding, logos = element.find("div[@class='funding']"), element.find("ul[@class='logos']")
    height = walk.brand.logo_height
    wide = Mm(height * (emblem.WIDTH + 2 * emblem.BORDER) / (emblem.HEIGHT + 2 * emblem.BORDER))
    columns = [Length(wide + EMBLEM_GAP), STATEMENT] if funding is not None else []
    widths = [*columns, Length(walk.width - sum(columns) - NUMBER), NUMBER]
    table = oxml.add_table(footer, IMPRINT, 1, widths, rtl=walk.rtl)
    cells = list(table.rows[0].cells)
    if funding is not None:
        paragraph = oxml.add_paragraph(cells[0], FUNDING, rtl=walk.rtl)
        drawings.add_picture(
            paragraph,
            emblem.BITMAP.read_bytes(),
            walk.properties.words["emblem_alt"],
            vector=emblem.SVG,
            width=wide,
            height=Mm(height),
        )
        walk.add_blocks(funding.iterfind("p"), cells[1])
    _add_partners(walk, [] if logos is None else [*logos], cells[-2])
    for paragraph in own:
        cells[-1]._tc.append(paragraph._p)
    # A footer does not end with a table; this end takes no room, and the text above keeps its distance.
    oxml.add_paragraph(footer, GAP, rtl=walk.rtl).paragraph_format.line_spacing = Pt(1)
    table._tbl.addprevious(oxml.add_paragraph(footer, GAP, rtl=walk.rtl)._p)


def _add_partners(walk: Text, items: Sequence[etree._Element], cell: _Cell) -> None:
    """Add names and logos of partners as one line, which breaks between them."""
    style = PARTNER if items else GAP
    paragraph = oxml.add_paragraph(cell, style, rtl=walk.rtl)
    for number, item in enumerate(items):
        picture = item.find("img")
        if number:
            oxml.add_run(paragraph, " " if picture is not None or items[number - 1].find("img") is not None else " · ")
        if picture is not None:
            walk.add_picture(paragraph, picture, height=Mm(walk.brand.logo_height))
        else:
            walk.add_text(item, paragraph)


# --- rows of cells ---------------------------------------------------------------------------------------------------


def add_strip(walk: Text, element: etree._Element) -> None:
    """Add the time strip: a row of hours, which are the headers, and a row of the cities where it is that hour."""
    widths = shares(walk.width, [*element], head=HOUR)
    table = _add_row_of_cells(walk, STRIP, element, element.get("aria-label", ""), widths)
    for item, head, cell in zip(element, *(row.cells for row in table.rows), strict=True):
        cities = item.find("span[@class='cities']")
        paragraph = walk.add_paragraph(item, head)
        for part in (part for part in item if part is not cities):
            if part.getprevious() is not None:
                oxml.add_run(paragraph, " ")
            walk.add_text(part, paragraph)
        if cities is not None:
            walk.add_text(cities, walk.add_paragraph(cities, cell))
        if "utc" in word(item):
            for each in (head, cell):
                oxml.shade(each, "background2", walk.brand.colours)


def add_facts(walk: Text, element: etree._Element) -> None:
    """Add the facts: a row of their names, which are the headers, and a row of what they are."""
    widths = [Length(walk.width // len(element))] * len(element)
    table = _add_row_of_cells(walk, FACTS, element, walk.properties.words.get("at_a_glance", ""), widths)
    for item, head, cell in zip(element, *(row.cells for row in table.rows), strict=True):
        term, codes = item[0], item.findall("img[@class='qr']")
        walk.add_text(term, walk.add_paragraph(term, head))
        paragraph = walk.add_paragraph(item, cell)
        walk.add_run(paragraph, (term.tail or "").strip(), walk.plain)
        for part in item[1:]:
            if part in codes:  # beside its link, whose line does not sink to the foot of the code
                oxml.add_run(paragraph, " ")
                oxml.set_on_top(paragraph)
            walk.add_inline(part, paragraph, walk.plain)
            walk.add_run(paragraph, (part.tail or "").rstrip(), walk.plain)


def add_timeline(walk: Text, element: etree._Element) -> None:
    """Add the timeline: a row of dates under a line, which are the headers, and a row of what happened.

    The line is quiet over what came before the present process; the cell of the seminar itself is filled.
    """
    heading = element.getparent()
    title = "" if heading is None else said(heading.find("h2"))
    table = _add_row_of_cells(walk, TIMELINE, element, title, shares(walk.width, [*element]))
    for item, head, cell in zip(element, *(row.cells for row in table.rows), strict=True):
        when = item[0]
        walk.add_text(when, walk.add_paragraph(when, head))
        item.remove(when)
        item.text = (when.tail or "").lstrip()
        walk.add_text(item, walk.add_paragraph(item, cell))
        state = word(item).rpartition(".")[2]
        slot = {"earlier": "accent4", "here": "accent2"}.get(state, "accent1")
        oxml.rule_above(head, slot, walk.brand.colours, points=3)
        if state == "here":
            for each in (head, cell):
                oxml.shade(each, "accent2", walk.brand.colours)


def _add_row_of_cells(walk: Text, style: str, element: etree._Element, title: str, widths: Sequence[Length]) -> Table:
    """Return a table of two rows with a column for each item."""
    table = oxml.add_table(walk.file, style, 2, widths, title=title, head=True, rtl=walk.rtl)
    for number, row in enumerate(table.rows):
        oxml.keep_whole(row, header=not number)
    return table


def shares(width: Length, items: Sequence[etree._Element], *, head: int = LETTER) -> list[Length]:
    """Return the widths of columns: each has room for its longest word; what is left goes to the longest texts.

    `head` is the width of a letter of the first element of an item. A no-break space breaks no word.
    """
    needed = []
    for item in items:
        words = [*((word, head) for word in said(item[0]).split(" "))]
        words += [
            (word, LETTER) for part in list(item)[1:] for word in (said(part) + " " + (part.tail or "")).split(" ")
        ]
        words += [(word, LETTER) for word in (item[0].tail or "").split(" ")]
        needed.append(max(len(word) * letter for word, letter in words) + PADDING)
    lengths = [len(said(item)) for item in items]
    left = max(0, width - sum(needed))
    wide = [need + left * length / sum(lengths) for need, length in zip(needed, lengths, strict=True)]
    return [Length(round(each * width / sum(wide))) for each in wide]


def by_content(width: Length, rows: Sequence[etree._Element]) -> list[Length]:
    """Return the widths of the columns of a table: by their longest texts, so that most rows have one line."""
    longest = [max(len(said(cell).strip()) for cell in column) + 1 for column in zip(*rows, strict=True)]
    left = width - len(longest) * PADDING
    return [Length(round(PADDING + left * length / sum(longest))) for length in longest]


BLOCKS: dict[str, Callable[[Text, etree._Element], None]] = {
    "header.cover": add_cover,
    "div.imprint": add_imprint,
    "ol.strip": add_strip,
    "ul.facts": add_facts,
    "ol.timeline": add_timeline,
}
"""How each of these blocks is added to the file."""
