"""Functions for which python-docx has no API. The modules of the writer leave the XML of Word to it and to `drawings`.

`Any` is an element or a part for which python-docx has no type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordFile
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipeline.render import office

# The elements that must follow those that are inserted here, by the schema of WordprocessingML.
AFTER_BIDI = ("w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr", "w:pPrChange")
AFTER_SECTION_BIDI = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")
AFTER_ALIGNMENT = ("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
AFTER_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
MARGINS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
INDENT = 284
"""The indentation of a list in twips (half a centimetre), as in the template."""
AFTER_INDENT = ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
AFTER_SHADING = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
AFTER_COLUMNS = ("w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", *AFTER_SECTION_BIDI)
NO_LENGTH = Length(0)
BULLETS = "•–"
THEME_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
"""The slot of the theme for each theme colour whose name in Word differs from its slot."""


def _element(name: str, **attributes: str) -> Any:
    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


# --- text ------------------------------------------------------------------------------------------------------------


def add_paragraph(container: WordFile | BlockItemContainer, style: str, *, rtl: bool) -> Paragraph:
    """Return a new paragraph of the style with this id: python-docx finds styles only by name, which is also slow."""
    paragraph = container.add_paragraph()
    paragraph._p.style = style
    if rtl:
        mark_right_to_left(paragraph)
    return paragraph


def mark_right_to_left(paragraph: Paragraph) -> None:
    paragraph._p.get_or_add_pPr().insert_element_before(_element("bidi"), *AFTER_BIDI)


def set_on_top(paragraph: Paragraph) -> None:
    """Let the text of a line stand at its top, beside a picture."""
    paragraph._p.get_or_add_pPr().insert_element_before(_element("textAlignment", val="top"), *AFTER_ALIGNMENT)


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


def number_of(file: WordFile, style: str, start: int) -> int:
    """Return the id of a new list that numbers as a style of the template does, but begins at `start`."""
    lists: Any = file.part.numbering_part.element
    styled: Any = file.styles.element.get_by_id(style)
    known = styled.pPr.numPr.numId.val
    kind = next(each.abstractNumId.val for each in lists.findall(qn("w:num")) if each.numId == known)
    new = lists.add_num(kind)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    id: int = new.numId
    return id


def set_number(paragraph: Paragraph, list_id: int) -> None:
    """Count a paragraph in a list, with the look that its style has."""
    properties: Any = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = list_id


def number(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Make a paragraph an item of a list, indented by its level."""
    properties: Any = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = list_id
    paragraph.paragraph_format.left_indent = Twips(INDENT * (level + 1))
    paragraph.paragraph_format.first_line_indent = Twips(-INDENT)


# --- tables ----------------------------------------------------------------------------------------------------------


def add_table(
    container: WordFile | BlockItemContainer,
    style: str,
    rows: int,
    widths: Sequence[Length],
    *,
    rtl: bool,
    title: str = "",
    head: bool = False,
    first_column: bool = False,
    indent: Length = NO_LENGTH,
) -> Table:
    """Return a new table of empty cells with columns of these widths, moved by `indent` from the start of the text.

    A table with a `title`, which screen readers read, is one of data: `head` marks its first row as that of the
    headers, `first_column` its first column. A table without a title only places what is in it.
    """
    width = Length(sum(widths))
    if isinstance(container, WordFile):
        table: Table = container.add_table(rows, len(widths))
    else:
        table = container.add_table(rows, len(widths), width)
    table.autofit = False
    table._tbl.tblStyle_val = style
    if rtl:
        table.table_direction = WD_TABLE_DIRECTION.RTL
    properties: Any = table._tblPr
    measure = properties.find(qn("w:tblW"))
    measure.set(qn("w:w"), str(width.twips))
    measure.set(qn("w:type"), "dxa")
    if indent:
        properties.insert_element_before(_element("tblInd", w=str(indent.twips), type="dxa"), *AFTER_INDENT)
    look = properties.find(qn("w:tblLook"))
    marks = {"firstRow": head, "firstColumn": first_column, "lastRow": False, "lastColumn": False}
    for name, value in {**marks, "noHBand": True, "noVBand": True}.items():
        look.set(qn(f"w:{name}"), str(int(value)))
    look.set(qn("w:val"), f"{0x600 + 0x20 * head + 0x80 * first_column:04X}")
    if title:
        properties.append(_element("tblCaption", val=title))
        properties.append(_element("tblDescription", val=title))
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
        for cell in column.cells:
            cell.width = each
            cell._tc.clear_content()  # the paragraph that each new cell has
    return table


def shade(cell: _Cell, slot: str, colours: Mapping[str, str]) -> None:
    """Fill a cell with a colour of the theme; other programs than Word read only the digits beside its name."""
    digits = colours[office.THEME_COLOURS[THEME_SLOTS.get(slot, slot)]].upper()
    shading = _element("shd", val="clear", color="auto", fill=digits, themeFill=slot)
    cell._tc.get_or_add_tcPr().insert_element_before(shading, *AFTER_SHADING)


def rule_above(cell: _Cell, slot: str, colours: Mapping[str, str], *, points: float) -> None:
    """Draw a line in a colour of the theme above a cell."""
    digits = colours[office.THEME_COLOURS[THEME_SLOTS.get(slot, slot)]].upper()
    borders = _element("tcBorders")
    borders.append(_element("top", val="single", sz=str(round(8 * points)), space="0", color=digits, themeColor=slot))
    cell._tc.get_or_add_tcPr().insert_element_before(borders, "w:shd", *AFTER_SHADING)


def keep_whole(row: _Row, *, header: bool) -> None:
    """Allow no page break in a row; repeat a header row at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    if header:
        properties.append(_element("tblHeader"))


def lowest(row: _Row, height: Length) -> None:
    """Make a row at least this high."""
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST


def indent_style(file: WordFile, style: str, *, left: Length, right: Length) -> None:
    """Indent all paragraphs of a style, and of those that are based on it."""
    format = file.styles[file.styles.element.get_by_id(style).name_val].paragraph_format
    format.left_indent, format.right_indent = left, right


# --- sections --------------------------------------------------------------------------------------------------------


def end_section(file: WordFile, paragraph: Paragraph, *, columns: int, gap: Length) -> None:
    """End a section with a paragraph: the text since the one before stands in this number of columns.

    What follows goes on upon the same page. Only the first section names the headers and footers: the others have
    those of the section before, and none has a first page of its own.
    """
    last: Any = file.element.body.sectPr
    ended = deepcopy(last)
    paragraph._p.get_or_add_pPr().append(ended)
    for element in (ended, last):
        if element is last or element.find(qn("w:type")) is not None:
            for name in ("w:headerReference", "w:footerReference", "w:titlePg"):
                for each in element.findall(qn(name)):
                    element.remove(each)
    if last.find(qn("w:type")) is None:
        last.insert_element_before(_element("type", val="continuous"), "w:pgSz", "w:pgMar")
    for each in ended.findall(qn("w:cols")):
        ended.remove(each)
    ended.insert_element_before(_element("cols", num=str(columns), space=str(gap.twips)), *AFTER_COLUMNS)


def paragraphs_from(file: WordFile, position: int) -> list[Paragraph]:
    """Return the paragraphs among the blocks of the file from a position on, which a new block then had."""
    blocks = list(file.element.body)[position - 1 : -1]  # the last element is the section itself
    return [Paragraph(block, file._body) for block in blocks if block.tag == qn("w:p")]


def begin_page(file: WordFile, position: int) -> None:
    """Begin a new page with the paragraph at a position among the blocks of the file."""
    format = paragraphs_from(file, position)[0].paragraph_format
    format.page_break_before, format.space_before = True, Length(0)


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


def name_styles(file: WordFile, words: Mapping[str, str]) -> None:
    """Give each style of the template's own its name in the language of the document as an alias.

    Word itself translates the names of its own styles, and shows an alias beside the name of any other.
    """
    for style in file.styles.element.iterchildren(qn("w:style")):
        name = style.name_val
        alias = words.get("style_" + name.lower().replace(" ", "_"), name)
        if style.get(qn("w:customStyle")) and alias != name:
            style.find(qn("w:name")).addnext(_element("aliases", val=alias))


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
