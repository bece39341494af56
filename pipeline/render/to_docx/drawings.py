"""Pictures and shapes of Word files: in line with the text, or anchored to a paragraph or to the page.

`Any` is an element or a part for which python-docx has no type.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image, ImageDraw, ImageOps

from pipeline.render import office

SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PREFIXES = {prefix: nsmap[prefix] for prefix in ("a", "wp")}
"""Without them lxml chooses prefixes, which depend on the modules that the process has imported."""
PIXELS = 272
"""Across a portrait: 600 an inch."""
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def add_picture(
    paragraph: Paragraph,
    bitmap: bytes,
    alternative: str,
    *,
    vector: bytes = b"",
    width: Length | None = None,
    height: Length | None = None,
) -> Any:
    """Add a picture in line with the text, and return its element; one without alternative text is decorative.

    `vector` is the same picture as SVG, for programs that can draw it.
    """
    inline: Any = paragraph.add_run().add_picture(BytesIO(bitmap), width, height)._inline
    for side in "TBLR":  # without them LibreOffice leaves 3 mm around the picture
        inline.set(f"dist{side}", "0")
    picture = inline.graphic.graphicData.pic
    for properties in (inline.docPr, picture.nvPicPr.cNvPr):
        properties.set("descr", alternative)
        properties.attrib.pop("title", None)
    if not alternative:
        office.mark_decorative(inline.docPr)
    if vector:
        package = paragraph.part.package
        part = Part(package.next_partname("/word/media/vector%d.svg"), "image/svg+xml", vector, package)
        relation = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        office.extend(picture.blipFill.blip, SVG_EXTENSION, SVG, "svg", "svgBlip", {qn("r:embed"): relation})
    return inline


def add_portrait(paragraph: Paragraph, bitmap: bytes, alternative: str, size: Length, *, rtl: bool) -> None:
    """Add a picture as a disc that stands at the start of a paragraph, beside its text and that below it.

    It is anchored, since a picture in line with the text would put the name at its foot; the indentation of the
    styles keeps the text clear of it, so that no program has to let text flow around anything.
    """
    inline = add_picture(paragraph, _disc(bitmap), alternative, width=size, height=size)
    _anchor(inline, across=("column", "right" if rtl else "left"), down=("paragraph", Mm(0.6)))


def _disc(bitmap: bytes) -> bytes:
    """Return the middle of a picture as a disc.

    A picture that Word itself cuts to an ellipse is one whose face LibreOffice confuses with that of another person.
    """
    out = BytesIO()
    with Image.open(BytesIO(bitmap)) as image:
        disc = ImageOps.fit(image.convert("RGB"), (PIXELS, PIXELS), Image.Resampling.LANCZOS)
    mask = Image.new("L", (4 * PIXELS, 4 * PIXELS))  # drawn larger, so that its edge is smooth
    ImageDraw.Draw(mask).ellipse((0, 0, 4 * PIXELS - 1, 4 * PIXELS - 1), fill=255)
    disc.putalpha(mask.resize((PIXELS, PIXELS), Image.Resampling.LANCZOS))
    disc.save(out, "PNG")
    return out.getvalue()


def place_on_page(inline: Any, *, side: str, top: Length) -> None:
    """Anchor a picture to the page at its left or right edge and at a distance from its top, before the text."""
    _anchor(inline, across=("page", side), down=("page", top))


def add_strip(paragraph: Paragraph, *, width: Length, height: Length) -> None:
    """Add a rectangle over the full width of the page at its top, in the first accent of the theme, behind the text."""
    run: Any = paragraph.add_run()._r
    prefixes = PREFIXES | {"mc": ALTERNATIVES, "wps": SHAPE}
    alternatives = etree.SubElement(run, f"{{{ALTERNATIVES}}}AlternateContent", nsmap=prefixes)
    choice = etree.SubElement(alternatives, f"{{{ALTERNATIVES}}}Choice", Requires="wps")
    size = {"cx": str(int(width)), "cy": str(int(height))}
    inline = etree.SubElement(etree.SubElement(choice, qn("w:drawing")), qn("wp:inline"))
    etree.SubElement(inline, qn("wp:extent"), size)
    named = {"id": str(paragraph.part.next_id), "name": "Band", "descr": ""}
    office.mark_decorative(etree.SubElement(inline, qn("wp:docPr"), named))
    etree.SubElement(inline, qn("wp:cNvGraphicFramePr"))
    data = etree.SubElement(etree.SubElement(inline, qn("a:graphic")), qn("a:graphicData"), uri=SHAPE)
    shape = etree.SubElement(data, f"{{{SHAPE}}}wsp")
    etree.SubElement(shape, f"{{{SHAPE}}}cNvSpPr")
    look = etree.SubElement(shape, f"{{{SHAPE}}}spPr")
    place = etree.SubElement(look, qn("a:xfrm"))
    etree.SubElement(place, qn("a:off"), x="0", y="0")
    etree.SubElement(place, qn("a:ext"), size)
    etree.SubElement(etree.SubElement(look, qn("a:prstGeom"), prst="rect"), qn("a:avLst"))
    etree.SubElement(etree.SubElement(look, qn("a:solidFill")), qn("a:schemeClr"), val="accent1")
    etree.SubElement(etree.SubElement(look, qn("a:ln")), qn("a:noFill"))
    etree.SubElement(shape, f"{{{SHAPE}}}bodyPr")
    _anchor(inline, across=("page", Mm(0)), down=("page", Mm(0)), behind=True)


def _anchor(
    inline: Any, *, across: tuple[str, str | Length], down: tuple[str, str | Length], behind: bool = False
) -> None:
    """Turn a drawing in line with the text into an anchored one.

    `across` and `down` say from where it is measured, and how far: a side, or a length from the left or the top.
    """
    drawing = inline.getparent()
    anchor = etree.Element(
        qn("wp:anchor"),
        dict.fromkeys(("distT", "distB", "distL", "distR", "simplePos", "locked"), "0")
        | {"relativeHeight": "1", "behindDoc": str(int(behind)), "layoutInCell": "1", "allowOverlap": "1"},
        nsmap=PREFIXES,
    )
    etree.SubElement(anchor, qn("wp:simplePos"), x="0", y="0")
    for name, (origin, place) in (("positionH", across), ("positionV", down)):
        position = etree.SubElement(anchor, qn(f"wp:{name}"), relativeFrom=origin)
        kind, value = ("align", place) if isinstance(place, str) else ("posOffset", str(int(place)))
        etree.SubElement(position, qn(f"wp:{kind}")).text = value
    anchor.append(inline.find(qn("wp:extent")))
    etree.SubElement(anchor, qn("wp:effectExtent"), dict.fromkeys("ltrb", "0"))
    etree.SubElement(anchor, qn("wp:wrapNone"))
    anchor.extend(list(inline))
    drawing.replace(inline, anchor)
