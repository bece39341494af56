"""Functions for Word and PowerPoint files that python-docx and python-pptx do not have.

All of them work below the public API of these libraries: any language for a run, custom properties, theme colours, and
files without a time of writing. Elements are made with lxml, never as text.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pptx.shapes.base import BaseShape
    from pptx.table import Table
    from pptx.text.text import _Paragraph, _Run

    from pipeline.core.documents import Properties

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
BULLET_INDENT = 254000
"""EMU from the edge of a list to its text."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument."
_CUSTOM_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # Office uses this format id for all custom properties

THEME_COLOURS = {
    "dk1": "ink", "lt1": "paper", "dk2": "primary", "lt2": "panel",
    "accent1": "primary", "accent2": "accent", "accent3": "muted", "accent4": "rule", "accent5": "ink",
    "accent6": "muted", "hlink": "primary", "folHlink": "primary",
}  # fmt: skip
"""The name of the brand's colour for each slot of an Office theme."""

_REGIONS = {
    "ar": "ar-SA", "de": "de-DE", "en": "en-GB", "es": "es-ES", "es-419": "es-MX", "fr": "fr-FR", "pt": "pt-PT",
    "ru": "ru-RU", "zh": "zh-CN",
}  # fmt: skip
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_PROPERTY = 255  # characters; the libraries refuse longer ones
_DOS_EPOCH = b"\0\0\x21\0"  # 1 January 1980, 00:00: the first moment that a zip can name


def xml_text(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids: lxml refuses them."""
    return _NOT_XML.sub("", text)


def office_language(tag: str) -> str:
    """Return a language tag as Office expects it, with a country: `ar` becomes `ar-SA`.

    Office checks no spelling in `es-419`, so it becomes `es-MX`.
    """
    return _REGIONS.get(tag, tag)


def file_bytes(file: Any) -> bytes:
    """Return an open `Document` or `Presentation` as bytes that depend only on its parts.

    The libraries write the current time into each zip entry; it is replaced by the earliest date of the zip format.
    """
    buffer = BytesIO()
    file.save(buffer)
    with ZipFile(buffer) as archive, buffer.getbuffer() as content:
        entry = archive.start_dir  # the directory at the end repeats the header of each part
        for part in archive.infolist():
            for header in (part.header_offset + 10, entry + 12):
                content[header : header + 4] = _DOS_EPOCH
            entry += 46 + len(part.filename.encode()) + len(part.extra) + len(part.comment)
    return buffer.getvalue()


def set_properties(file: Any, properties: Properties, new_part: Callable[[str, str, bytes], Any]) -> None:
    """Fill in the core, extended and custom properties of a `Document` or `Presentation`.

    The custom properties identify a deck when a speaker returns it. `new_part` makes one of the library's parts from a
    name, a content type and bytes.
    """
    core, day = file.core_properties, datetime.combine(properties.date, time())
    for element in list(core._element):  # remove the properties of the library and of the author of the template
        core._element.remove(element)
    package = file.part.package
    relations = package.rels if hasattr(package, "rels") else package._rels  # of python-docx and of python-pptx
    for id, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in ("extended-properties", "custom-properties", "thumbnail"):
            relations.pop(id)
    for name, text in (("title", properties.title), ("subject", properties.subject), ("author", properties.publisher)):
        text = xml_text(text)
        setattr(core, name, text if len(text) <= LONGEST_PROPERTY else f"{text[: LONGEST_PROPERTY - 1]}…")
    core.language, core.created, core.modified = office_language(properties.language), day, day
    own = {"seminar": properties.seminar, "edition": str(properties.edition), "kind": properties.kind}
    parts = {"custom": ("custom", _custom(own | dict(properties.identity))), "extended": ("app", _extended())}
    for kind, (name, root) in parts.items():
        content = etree.tostring(root, encoding="UTF-8", standalone=True)
        part = new_part(f"/docProps/{name}.xml", f"{_CONTENT_TYPE}{kind}-properties+xml", content)
        package.relate_to(part, f"{_OFFICE}relationships/{kind}-properties")


def _custom(values: Mapping[str, str]) -> etree._Element:
    own, types = f"{_OFFICE}custom-properties", f"{_OFFICE}docPropsVTypes"
    root = etree.Element(f"{{{own}}}Properties", nsmap={None: own, "vt": types})  # type: ignore[dict-item]  # see _extended
    for number, (name, text) in enumerate(values.items(), start=2):  # Office numbers them from 2
        custom = etree.SubElement(root, f"{{{own}}}property", fmtid=_CUSTOM_PROPERTY, pid=str(number), name=name)
        etree.SubElement(custom, f"{{{types}}}lpwstr").text = xml_text(text)
    return root


def _extended() -> etree._Element:
    own = f"{_OFFICE}extended-properties"
    root = etree.Element(f"{{{own}}}Properties", nsmap={None: own})  # type: ignore[dict-item]  # the stubs know no default namespace
    etree.SubElement(root, f"{{{own}}}DocSecurity").text = "0"
    return root


def parsed(content: bytes) -> etree._Element:
    """Return the tree of a part that the libraries keep as bytes."""
    root: etree._Element = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return root


def branded_theme(theme: bytes, colours: Mapping[str, str], typeface: str) -> bytes:
    """Return a theme part with the brand's colours, and with its Office font for headings and text."""
    root = parsed(theme)
    for slot, name in THEME_COLOURS.items():
        for place in root.iterfind(f".//{A}clrScheme/{A}{slot}"):
            for colour in list(place):
                place.remove(colour)
            etree.SubElement(place, f"{A}srgbClr", val=colours[name].upper())
    for script in ("latin", "cs"):
        for font in root.iterfind(f".//{A}fontScheme/*/{A}{script}"):
            font.attrib.clear()
            font.set("typeface", typeface)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


# --- what both libraries lack: extensions of drawings -----------------------------------------------------------------


def mark_decorative(properties: etree._Element) -> None:
    """Mark a drawing, by the element of its name, as one that screen readers pass over."""
    extend(properties, DECORATIVE_EXTENSION, DECORATIVE, "adec", "decorative", {"val": "1"})


def extend(
    element: etree._Element, uri: str, namespace: str, prefix: str, name: str, attributes: Mapping[str, str]
) -> None:
    """Add an extension of a later Office to an element of a drawing."""
    extensions = etree.SubElement(element, f"{A}extLst", nsmap={"a": A[1:-1]})
    extension = etree.SubElement(extensions, f"{A}ext", uri=uri)
    etree.SubElement(extension, f"{{{namespace}}}{name}", dict(attributes), nsmap={prefix: namespace})


# --- what python-pptx lacks ------------------------------------------------------------------------------------------


def describe(shape: BaseShape, text: str) -> None:
    """Set the alternative text of a shape; one without it is a ValueError."""
    if not text:
        raise ValueError(f"`{shape.name}` has no alternative text")
    shape._element._nvXxPr.cNvPr.set("descr", xml_text(text))


def set_decorative(shape: BaseShape) -> None:
    """Mark a shape as decorative: screen readers pass over it."""
    mark_decorative(shape._element._nvXxPr.cNvPr)


def set_run_language(run: _Run, tag: str) -> None:
    """Set the language of a run; python-pptx knows only those of its enumeration."""
    run._r.get_or_add_rPr().set("lang", tag)


def give_break_the_look_of(run: _Run) -> None:
    """Give the line break before a run the run's language and size, since the size sets the height of the line."""
    line_break, look = run._r.getprevious(), run._r.find(f"{A}rPr")
    if line_break is not None and look is not None:
        line_break.append(deepcopy(look))


def set_language(paragraph: _Paragraph, tag: str, *, rtl: bool, size: float | None = None) -> None:
    """Set direction, language and size in points for text that is typed at the end of a paragraph."""
    end = paragraph._p.get_or_add_endParaRPr()
    end.set("lang", tag)
    if size:
        end.set("sz", str(round(size * 100)))
    if rtl:
        paragraph._p.get_or_add_pPr().set("rtl", "1")


def set_bullet(paragraph: _Paragraph, wanted: bool) -> None:
    """Give a paragraph a bullet or none, independently of its layout."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(BULLET_INDENT) if wanted else "0")
    properties.set("indent", str(-BULLET_INDENT) if wanted else "0")
    if wanted:
        etree.SubElement(properties, f"{A}buFont", typeface="Arial")
        etree.SubElement(properties, f"{A}buChar", char="•")
    else:
        etree.SubElement(properties, f"{A}buNone")


def set_slide_number(paragraph: _Paragraph, number: int, tag: str) -> None:
    """Add the slide number as a field, which PowerPoint updates when slides move."""
    field = etree.SubElement(paragraph._p, f"{A}fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    etree.SubElement(field, f"{A}rPr", lang=tag)
    etree.SubElement(field, f"{A}t").text = str(number)
    paragraph._p.append(paragraph._p.get_or_add_endParaRPr())  # the end is the last element


def set_table_style(table: Table, style: str, *, rtl: bool) -> None:
    """Set the style of a table by its id, and its direction."""
    for properties in table._tbl.iterchildren(f"{A}tblPr"):
        for id in properties.iterchildren(f"{A}tableStyleId"):
            id.text = style
        if rtl:
            properties.set("rtl", "1")


def set_geometry(shape: BaseShape, preset: str) -> None:
    """Give a placeholder on a slide the preset geometry that its layout has."""
    for properties in shape._element.iterchildren("{*}spPr"):
        etree.SubElement(properties, f"{A}prstGeom", prst=preset)


def remove_theme_style(shape: BaseShape) -> None:
    """Remove the lines, effects and text that python-pptx gives a new shape by the theme."""
    for name in ("style", "txBody"):
        for element in shape._element.findall(f"{{*}}{name}"):
            shape._element.remove(element)
