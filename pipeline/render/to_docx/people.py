"""People in Word files: a round portrait, or a disc with initials, at the start; name, post and country beside it."""

from __future__ import annotations

from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.core.sources import Brand
from pipeline.render.to_docx import drawings
from pipeline.render.to_docx.text import Text
from pipeline.render.vector import bitmap, with_font
from pipeline.render.vocabulary import word

FACE = Mm(11.5)
"""The diameter of a portrait, as in every other format."""
INDENT = Mm(15.5)
"""How far the styles of people move their text from the edge: a portrait and a gap."""
AFTER, AFTER_SHORT = Pt(7), Pt(11)
"""The room below the last of three paragraphs, and of two: a portrait never touches the one below."""


def add_person(walk: Text, element: etree._Element, container: WordFile | BlockItemContainer) -> None:
    """Add a card: its face is anchored to the first paragraph, all others are indented by their styles."""
    face = next((child for child in element if word(child) in ("img.photo", "span.monogram")), None)
    first = len(container.paragraphs)
    walk.add_blocks((child for child in element if child is not face), container)
    paragraphs = container.paragraphs[first:]
    if not paragraphs:
        return
    for paragraph in paragraphs:
        if paragraph._p.style == "Heading2":
            paragraph.paragraph_format.left_indent = INDENT
            paragraph.paragraph_format.space_before = Pt(10)
    paragraphs[-1].paragraph_format.space_after = AFTER if len(paragraphs) > 2 else AFTER_SHORT
    if face is not None:
        _add_face(walk, face, paragraphs[0])


def _add_face(walk: Text, face: etree._Element, paragraph: Paragraph) -> None:
    """Anchor the portrait, or the disc, before the text of a paragraph."""
    if word(face) == "img.photo":
        content, alternative = walk.pictures[face.get("src", "")].content, face.get("alt", "")
    else:
        content, alternative = monogram(face.text or "", walk.brand), ""
    drawings.add_portrait(paragraph, content, alternative, FACE, rtl=walk.rtl)
    run = paragraph._p[-1]
    properties = paragraph._p.find(qn("w:pPr"))
    if properties is not None:
        properties.addnext(run)


def monogram(initials: str, brand: Brand) -> bytes:
    """Return initials on the brand's primary colour as a bitmap."""
    root = etree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox="0 0 115 115")
    etree.SubElement(root, "rect", width="115", height="115", fill=f"#{brand.colours['primary']}")
    look = {"font-size": "39", "font-weight": "600", "text-anchor": "middle", "fill": f"#{brand.colours['paper']}"}
    etree.SubElement(root, "text", look, x="57.5", y="71").text = initials
    return bitmap(with_font(etree.tostring(root), brand.fonts["office"]), 240)
