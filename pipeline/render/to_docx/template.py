"""`templates/document.docx`, opened with python-docx and made ready for one document."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm

from pipeline.core.documents import Properties
from pipeline.core.problems import nearest
from pipeline.core.sources import Brand
from pipeline.render import office
from pipeline.render.to_docx import oxml
from pipeline.render.to_docx.styles import NEEDED

TEMPLATE = "document.docx"
LOWER = 2.5
"""Millimetres that text may come nearer to the foot of a page than in the PDF, whose type is narrower."""
CONTROLS = ("running_title", "title")
"""The tags of the content controls in headers and footers; the document property of the same name replaces each."""


def open_template(templates: Path, brand: Brand, properties: Properties) -> WordFile:
    """Return the template without its sample text, in the look of the brand and with the document's properties."""
    file = docx.Document(BytesIO((templates / TEMPLATE).read_bytes()))
    file._body.clear_content()
    rtl, page, section = properties.direction == "rtl", brand.page, file.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.right_margin, section.left_margin = Mm(page["right"]), Mm(page["left"])
    section.bottom_margin = Mm(page["bottom"] - LOWER)  # the template sets the top: a first page begins higher
    oxml.set_theme(file, brand.colours, brand.fonts["office"])
    oxml.name_styles(file, properties.words)
    oxml.set_default_language(file, properties.language, rtl=rtl)
    if rtl:
        oxml.mark_pages_right_to_left(file)
    for tag, control in oxml.content_controls(file):
        if tag in CONTROLS:
            oxml.replace_control(control, office.xml_text(getattr(properties, tag)), rtl=rtl)
    package = file.part.package
    office.set_properties(file, properties, lambda name, type, content: Part(PackURI(name), type, content, package))
    return file


RESTORE = f"`git checkout templates/{TEMPLATE}` brings the template back"


def contract(templates: Path) -> list[str]:
    """Return a message for each style or content control that the template lacks; a missing template is an OSError."""
    content = (templates / TEMPLATE).read_bytes()
    try:
        file = docx.Document(BytesIO(content))
        styles, tags = {style.style_id for style in file.styles}, {tag for tag, _ in oxml.content_controls(file)}
        _ = file.sections[0]
        lists = oxml.parts(file, RELATIONSHIP_TYPE.NUMBERING)
        listed = bool(lists) and lists[0].element.find(f"{qn('w:abstractNum')}/{qn('w:lvl')}") is not None
    except Exception:  # zipfile, zlib, lxml and python-docx raise a dozen types for a damaged file
        return ["this is no Word file; save it in Word as .docx"]
    lacking = [
        f"has no style `{style}`; {nearest(style, styles, otherwise=RESTORE, likeness=0.75)}"
        for style in sorted(NEEDED - styles)
    ]
    if not listed:
        lacking.append("has no list; give the style `List Bullet` a bullet")
    for tag in CONTROLS:
        if tag not in tags:
            lacking.append(f"has no content control with the tag `{tag}` in its header or footer")
    return lacking
