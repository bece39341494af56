"""Which colour stands on which in the Office files, found in the files themselves and not in the brand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from tests.quality import slides, word_file

BLACK, WHITE = "000000", "FFFFFF"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours of six hex digits by WCAG 2.1."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(digits: str) -> float:
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- Word ------------------------------------------------------------------------------------------------------------


def in_word(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield words, their colour and the colour under them, for every run of a Word file."""
    styles = word_file.opened(path).styles.element
    default = _found(styles.find(qn("w:docDefaults")), "w:color", "w:val") or BLACK
    for paragraph in word_file.all_paragraphs(path):
        chain = [*word_file.styles(paragraph.style)]
        ground = next((fill for style in chain if (fill := _found(style.element, "w:shd", "w:fill"))), None)
        ground = ground or _of_cell(paragraph._p, styles) or WHITE
        for run in paragraph.runs:
            levels = [run._r, *(style.element for style in (*word_file.styles(run.style), *chain))]
            colour = next((found for level in levels if (found := _found(level, "w:color", "w:val"))), default)
            yield run.text, colour, ground


def _found(element: Any, name: str, attribute: str) -> str | None:
    """Return a colour that an element sets; `auto` is none."""
    mark = None if element is None else element.find(f".//{qn(name)}")
    value = None if mark is None else mark.get(qn(attribute))
    return value if value and value != "auto" else None


def _of_cell(paragraph: Any, styles: Any) -> str | None:
    """Return what its table's style puts under a paragraph: under the first row, or under any other at the darkest."""
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    if row is None:
        return None
    table = row.getparent()
    name = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val"))
    style = next(each for each in styles.iter(qn("w:style")) if each.get(qn("w:styleId")) == name)
    parts = {part.get(qn("w:type")): _found(part, "w:shd", "w:fill") for part in style.iter(qn("w:tblStylePr"))}
    look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
    has_head = look is None or look.get(qn("w:firstRow")) != "0"
    if row is table.find(qn("w:tr")) and has_head and parts.get("firstRow"):
        return parts["firstRow"]
    fills = [fill for kind, fill in parts.items() if kind != "firstRow" and fill]
    fills += [fill for shade in style.iterfind(f"./*/{qn('w:shd')}") if (fill := shade.get(qn("w:fill")))]
    return min(fills, key=_luminance, default=None)


# --- PowerPoint ------------------------------------------------------------------------------------------------------


def in_slides(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each text placeholder that is used, its colour and the colour of what lies under it."""
    used = {(slide.slide_layout.name, shape.name) for slide in slides.read(path) for shape in slide.placeholders}
    for layout in slides.opened(path).slide_layouts:
        for place in layout.placeholders:
            if place.has_text_frame and (layout.name, place.name) in used:
                yield f"{layout.name}, {place.name}", _text(place, layout), _under(place, layout)


def _text(place: Any, layout: Any) -> str:
    """Return the colour in which a placeholder's text is set, by itself, its kind on the master, or the master."""
    mark = place._element.xpath(".//p:ph")[0].get("type", "body")
    kind = "title" if mark == "ctrTitle" else mark
    master = layout.slide_master
    like = [each for each in master.placeholders if each._element.xpath(".//p:ph")[0].get("type") == kind]
    names = {"title": "titleStyle", "ftr": "otherStyle", "sldNum": "otherStyle"}
    own = ".//a:lvl1pPr/a:defRPr/a:solidFill/a:schemeClr"
    colours = [colour for each in (place, *like) for colour in each._element.xpath(own)]
    colours += master._element.xpath(f"./p:txStyles/p:{names.get(kind, 'bodyStyle')}/a:lvl1pPr//a:schemeClr")
    return _resolved(colours[0], master)


def _under(place: Any, layout: Any) -> str:
    """Return the colour of a placeholder, or of the topmost filled shape under its middle, or of the ground."""
    own = place._element.xpath("./p:spPr/a:solidFill/a:schemeClr")
    if own:
        return _resolved(own[0], layout.slide_master)
    x, y = place.left + place.width // 2, place.top + place.height // 2
    for sheet in (layout, layout.slide_master):
        for shape in reversed([shape for shape in sheet.shapes if not shape.is_placeholder]):
            fill = shape._element.xpath("./p:spPr/a:solidFill/a:schemeClr")
            inside = shape.left <= x <= shape.left + shape.width and shape.top <= y <= shape.top + shape.height
            if fill and inside:
                return _resolved(fill[0], layout.slide_master)
        ground = sheet._element.xpath("./p:cSld/p:bg//a:schemeClr")
        if ground:
            return _resolved(ground[0], layout.slide_master)
    return WHITE


def _resolved(colour: Any, master: Any) -> str:
    """Return a colour of the theme as six digits; only `lumMod` is known, which darkens."""
    names = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    name = names.get(colour.get("val"), colour.get("val"))
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    digits = etree.fromstring(theme.blob).find(f".//{{*}}clrScheme/{{*}}{name}/{{*}}srgbClr").get("val")
    share = [int(each.get("val")) / 100_000 for each in colour.findall("{*}lumMod")]
    darker = share[0] if share else 1
    return "".join(f"{round(int(digits[i : i + 2], 16) * darker):02X}" for i in (0, 2, 4))
