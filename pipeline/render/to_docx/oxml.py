"""Functions for which python-docx has no API. Only this module of the writer works on the XML of Word.

`Any` is an element or a part for which python-docx has no type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from pipeline.render import office

SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# The elements that must follow those that are inserted here, by the schema of WordprocessingML.
AFTER_BIDI = ("w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr", "w:pPrChange")
AFTER_SECTION_BIDI = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")
AFTER_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
MARGINS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
INDENT = 284
"""The indentation of a list in twips (half a centimetre), as in the template."""
BULLETS = "•–"
THEME_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
"""The slot of the theme for each theme colour whose name in Word differs from its slot."""


def _element(name: str, **attributes: str) -> Any:
    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


# --- text ------------------------------------------------------------------------------------------------------------


def add_paragraph(container: WordFile | _Cell, style: str, *, rtl: bool) -> Paragraph:
    """Return a new paragraph of the style with this id: python-docx finds styles only by name, which is also slow."""
    paragraph = container.add_paragraph()
    paragraph._p.style = style
    if rtl:
        mark_right_to_left(paragraph)
    return paragraph


def mark_right_to_left(paragraph: Paragraph) -> None:
    paragraph._p.get_or_add_pPr().insert_element_before(_element("bidi"), *AFTER_BIDI)


def add_run(paragraph: Paragraph, text: str, style: str = "", *, whole: bool = False) -> Run:
    """Return a new run of the character style with this id; the hyphens of a `whole` one break no line."""
    run = paragraph.add_run()
    for number, part in enumerate(text.split("-") if whole else [text]):
        if number:
            run._r.append(_element("noBreakHyphen"))
        run.add_text(part)  # `add_run(text)` reads it letter by letter, to find tabs
    if style:
        run._r.style = style
    return run


def set_language(run: Run, language: str) -> None:
    language = office.office_language(language)
    run._r.get_or_add_rPr().insert_element_before(_element("lang", val=language), *AFTER_LANGUAGE)


@contextmanager
def link(paragraph: Paragraph, address: str) -> Iterator[None]:
    """Make the runs that are added to the paragraph inside the `with` block a link to `address`."""
    first = len(paragraph._p)
    yield
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = OxmlElement("w:hyperlink", {qn("r:id"): relation})
    hyperlink.extend(list(paragraph._p)[first:])
    paragraph._p.append(hyperlink)


# --- lists -----------------------------------------------------------------------------------------------------------


def add_list(file: WordFile, *, start: int, level: int) -> int:
    """Return the id of a new list for items of a level (from 0): with numbers from `start`, or with bullets for 0.

    Its bullets and numbers have the colour of the first list of the template.
    """
    lists: Any = file.part.numbering_part.element
    known = list(lists.iter(qn("w:abstractNum")))
    id = max(int(each.get(qn("w:abstractNumId"))) for each in known) + 1
    new, look = _element("abstractNum", abstractNumId=str(id)), _element("lvl", ilvl=str(level))
    new.extend((_element("multiLevelType", val="singleLevel"), look))
    sign = f"%{level + 1}." if start else BULLETS[level % len(BULLETS)]
    values = {"start": str(start or 1), "numFmt": "decimal" if start else "bullet", "lvlText": sign, "lvlJc": "left"}
    look.extend(_element(name, val=value) for name, value in values.items())
    look.extend(deepcopy(each) for each in known[0].find(qn("w:lvl")).iterchildren(qn("w:rPr")))
    known[-1].addnext(new)
    number: int = lists.add_num(id).numId
    return number


def number(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Make a paragraph an item of a list, indented by its level."""
    properties: Any = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = list_id
    paragraph.paragraph_format.left_indent = Twips(INDENT * (level + 1))
    paragraph.paragraph_format.first_line_indent = Twips(-INDENT)


# --- pictures --------------------------------------------------------------------------------------------------------


def add_picture(
    paragraph: Paragraph,
    bitmap: bytes,
    alternative: str,
    *,
    vector: bytes = b"",
    width: Length | None = None,
    height: Length | None = None,
) -> None:
    """Add a picture in line with the text; `vector` is the same picture as SVG, for programs that can draw it."""
    inline: Any = paragraph.add_run().add_picture(BytesIO(bitmap), width, height)._inline
    for side in "TBLR":  # without them LibreOffice leaves 3 mm around the picture
        inline.set(f"dist{side}", "0")
    picture = inline.graphic.graphicData.pic
    for properties in (inline.docPr, picture.nvPicPr.cNvPr):
        properties.set("descr", alternative)
    if vector:
        package = paragraph.part.package
        part = Part(package.next_partname("/word/media/vector%d.svg"), "image/svg+xml", vector, package)
        relation = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        extensions = etree.SubElement(picture.blipFill.blip, qn("a:extLst"))
        extension = etree.SubElement(extensions, qn("a:ext"), uri=SVG_EXTENSION)
        etree.SubElement(extension, f"{{{SVG}}}svgBlip", {qn("r:embed"): relation}, nsmap={"svg": SVG})


# --- tables ----------------------------------------------------------------------------------------------------------


def add_table(
    file: WordFile, style: str, rows: int, widths: Sequence[Length], *, title: str, banded: bool, head: bool, rtl: bool
) -> Table:
    """Return a new table of empty cells with columns of these widths; screen readers read its title."""
    table: Table = file.add_table(rows, len(widths))
    table.autofit = False
    table._tbl.tblStyle_val = style
    if rtl:
        table.table_direction = WD_TABLE_DIRECTION.RTL
    properties: Any = table._tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:w"), str(sum(each.twips for each in widths)))
    width.set(qn("w:type"), "dxa")
    look = properties.find(qn("w:tblLook"))
    for name, value in {
        "val": {(True, True): "0420", (True, False): "0400", (False, True): "0620", (False, False): "0600"}[
            banded, head
        ],
        "firstRow": "1" if head else "0",
        "firstColumn": "0",
        "noHBand": "0" if banded else "1",
    }.items():
        look.set(qn(f"w:{name}"), value)
    properties.append(_element("tblCaption", val=title))
    if banded:
        properties.append(_element("tblDescription", val=title))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
            cell._tc.clear_content()  # the paragraph that each new cell has
    return table


def keep_whole(row: _Row, *, header: bool) -> None:
    """Allow no page break in a row; repeat a header row at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    if header:
        properties.append(_element("tblHeader"))


def float_beside_text(table: Table, *, side: str, gap: Length, top: Length) -> None:
    """Let the text flow beside a table at the `side` of the page, moved down by `top`."""
    inner = {"left": "right", "right": "left"}[side]
    position = {f"{inner}FromText": gap.twips, f"{side}FromText": 0, "tblpY": top.twips}
    position_words = {"vertAnchor": "text", "horzAnchor": "margin", "tblpXSpec": side}
    floating = _element("tblpPr", **{key: str(value) for key, value in (position | position_words).items()})
    style: Any = table._tblPr.find(qn("w:tblStyle"))
    style.addnext(floating)
    floating.addnext(_element("tblOverlap", val="never"))


# --- the template ----------------------------------------------------------------------------------------------------


def parts(file: WordFile, *types: str) -> list[Any]:
    """Return the parts that the document refers to with a relationship of one of these types."""
    return [relation.target_part for relation in file.part.rels.values() if relation.reltype in types]


def content_controls(file: WordFile) -> list[tuple[str, Any]]:
    """Return the tag of each content control with text in headers and footers, and the control itself."""
    found = []
    for part in parts(file, *MARGINS):
        for control in part.element.iter(qn("w:sdt")):
            tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            if tag is not None and control.find(f"{qn('w:sdtContent')}//{qn('w:r')}") is not None:
                found.append((tag.get(qn("w:val")), control))
    return found


def replace_control(control: Any, text: str, *, rtl: bool) -> None:
    """Replace a content control by a text with the format of the control's own text."""
    content = control.find(qn("w:sdtContent"))
    run, *others = content.iter(qn("w:r"))
    run.text = text
    for other in others:
        other.getparent().remove(other)
    if rtl:
        run.get_or_add_rPr()._add_rtl()
    for element in list(content):
        control.addprevious(element)
    control.getparent().remove(control)


def mark_pages_right_to_left(file: WordFile) -> None:
    """Set the direction of sections, headers and footers to right to left."""
    for section in file.sections:
        section._sectPr.insert_element_before(_element("bidi"), *AFTER_SECTION_BIDI)
    for part in parts(file, *MARGINS):
        for paragraph in part.element.iter(qn("w:p")):
            mark_right_to_left(Paragraph(paragraph, file._body))


def set_default_language(file: WordFile, language: str, *, rtl: bool) -> None:
    """Set the language of all text without a language of its own; scripts from right to left have another attribute."""
    for languages in (*file.styles.element.iter(qn("w:lang")), *file.settings.element.iter(qn("w:themeFontLang"))):
        languages.set(qn("w:bidi" if rtl else "w:val"), office.office_language(language))


def set_theme(file: WordFile, colours: Mapping[str, str], typeface: str) -> None:
    """Give the theme these colours and this font, and add the hexadecimal colours where styles and lists name a colour
    of the theme: Word reads the name, other programs read only the digits beside it.
    """
    for theme in parts(file, RELATIONSHIP_TYPE.THEME):
        theme._blob = office.branded_theme(theme.blob, colours, typeface)
    for part in parts(file, RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING):
        for name, places in (("themeColor", ("color", "val")), ("themeFill", ("fill",))):
            for element in part.element.xpath(f"//*[@w:{name}]"):
                slot = element.get(qn(f"w:{name}"))
                if colour := office.THEME_COLOURS.get(THEME_SLOTS.get(slot, slot)):
                    place = next(qn(f"w:{each}") for each in places if qn(f"w:{each}") in element.attrib)
                    element.set(place, colours[colour].upper())
