"""A document becomes a Word file: one walk over its tree onto the styles of `templates/document.docx`, by their ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.render.ooxml import escape, tag
from pipeline.render.to_docx.drawing import Drawings
from pipeline.render.to_docx.template import assembled
from pipeline.render.vocabulary import UnknownWord, tree

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from pipeline.core.documents import Document
    from pipeline.core.sources import Brand

STYLES = {
    "header.cover p.kicker": "Kicker",
    "header.cover h1": "Title",
    "header.cover p.subtitle": "Subtitle",
    "header.cover p.when": "When",
    "header.cover p.notice": "When",
    "div.funding p": "Funding",
    "p": "Normal",
    "p.lead": "Lead",
    "p.start": "Start",
    "p.quiet": "Quiet",
    "p.role": "Role",
    "p.country": "Country",
    "div.bio p": "Biography",
    "h2": "Heading1",
    "h3": "Heading2",
    "aside.panel h2": "PanelHeading",
    "dt": "PanelTerm",
    "dd": "PanelDetail",
    "dd.strong": "PanelStrong",
    "ul.times li": "PanelTime",
    "li": "ListBullet",
    "li.entry": "Entry",
    "ul.plain li": "TableText",
    "th": "TableHead",
    "td": "TableText",
    "td p": "TableText",
    "td li": "TableBullet",
    "ul.logos li": "PanelSlot",
}
"""By place and element: the id of the paragraph style. The longest match from the right wins."""

CHARACTER_STYLES = {"a": "Hyperlink", "span.tag": "Tag", "span.number": "Number"}
TABLE_STYLE, PANEL_STYLE = "Programme", "Panel"
PANEL_SHARE, PANEL_GAP = 0.35, 340  # of the text's width; twentieths of a point
WIDTHS = {"programme": (0.09, 0.5, 0.41), "modalities": (0.24, 0.76)}
_LOOK = (
    '<w:tblLook w:val="{}" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="{}" w:noVBand="1"/>'
)
BANDED, PLAIN = _LOOK.format("0420", 0), _LOOK.format("0620", 1)
_CONTAINERS = {"header", "section", "div", "dl"}
_INLINE = {"a", "em", "strong", "span", "img"}


def write(document: Document, brand: Brand, templates: Path) -> bytes:
    """Return the bytes of a Word file; raise `UnknownWord` for an element that has no style here."""
    walk = _Walk(document, brand)
    body = "".join(walk.block(child, "") for child in tree(document))
    return assembled(body, walk.drawings, document.properties, brand, templates)


def needed_styles() -> set[str]:
    """Return the ids of the styles that the template must have."""
    return {*STYLES.values(), *CHARACTER_STYLES.values(), TABLE_STYLE, PANEL_STYLE, "Strong", "Emphasis"}


@lru_cache(maxsize=512)
def style_of(place: str, element: str) -> str:
    """Return the style id for an element such as `p.role` at a place such as `section div.card`."""
    plain = element.partition(".")[0]
    steps = place.split()
    for name in (element, plain):
        for step in reversed(steps):
            for around in (step, step.partition(".")[0]):
                if f"{around} {name}" in STYLES:
                    return STYLES[f"{around} {name}"]
        if name in STYLES:
            return STYLES[name]
    raise UnknownWord(f"Word has no style for `{element}` in `{place}`")


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _word(element: etree._Element) -> str:
    return f"{element.tag}.{element.get('class')}" if element.get("class") else element.tag


class _Walk:
    """One document on its way to Word; `drawings` collects the pictures and links that it places."""

    def __init__(self, document: Document, brand: Brand) -> None:
        self.rtl = document.properties.direction == "rtl"
        self.language = document.properties.language
        self.brand = brand
        self.drawings = Drawings(document, brand)
        page = brand.page
        self.width = round((page["width"] - page["left"] - page["right"]) * 56.6929)  # twentieths of a point

    def block(self, element: etree._Element, place: str) -> str:
        """Return a block element, and all in it, as paragraphs and tables."""
        word = _word(element)
        inside = f"{place} {word}"
        if element.tag == "table":
            return self.table(element, inside)
        if word == "div.columns":  # the side panel floats beside what follows it: it goes first
            return "".join(self.block(child, inside) for child in sorted(element, key=lambda e: e.tag != "aside"))
        if word == "aside.panel":
            return self.panel(element, inside)
        if word == "div.funding":
            return self.funding(element, inside)
        if element.tag in _CONTAINERS or element.tag == "ul":
            return "".join(self.block(child, inside) for child in element if _word(child) != "span.monogram")
        if word == "img.photo":
            return self.paragraph("Role", self.drawings.photo(element.get("src"), element.get("alt")))
        return self.leaf(element, place, inside)

    def leaf(self, element: etree._Element, place: str, inside: str) -> str:
        """Return an element that is a paragraph, or holds text and lists, as its paragraphs."""
        style = style_of(place, _word(element))
        if element.tag == "li" and "ul.logos" in place:
            return self.logo(element[0], style)
        blocks = [child for child in element if child.tag not in _INLINE]
        if blocks:
            return "".join(self.block(child, inside) for child in blocks)
        return self.paragraph(style, self.inline(element, inside))

    def paragraph(self, style: str, runs: str) -> str:
        """Return one paragraph; right-to-left documents say so in each."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:bidi/>" if self.rtl else ""}</w:pPr>{runs}</w:p>'

    def funding(self, element: etree._Element, place: str) -> str:
        """Return emblem and statement in one paragraph, since they are never parted, with the mark of a sample."""
        emblem = self.drawings.emblem() + self.run("\u2002", "", "", "")
        texts = self.run(" · ", "", "", "").join(self.inline(text, place) for text in element.iterfind("p"))
        return self.paragraph(style_of(place, "p"), emblem + texts)

    def logo(self, element: etree._Element, style: str) -> str:
        if element.tag == "img":
            return self.paragraph("PanelDetail", self.drawings.logo(element.get("src"), element.get("alt")))
        return self.paragraph(style, self.inline(element, ""))

    def inline(self, element: etree._Element, place: str, look: str = "", style: str = "", language: str = "") -> str:
        """Return what stands in a paragraph as runs, hyperlinks and pictures."""
        language = element.get("lang", language)
        parts = [self.run(element.text or "", look, style, language)]
        for child in element:
            word = _word(child)
            if child.tag == "a":
                link = self.drawings.link(child.get("href"))
                inner = self.inline(child, place, look, "Hyperlink", language)
                parts.append(f'<w:hyperlink r:id="{link}">{inner}</w:hyperlink>')
            elif child.tag in ("em", "strong"):
                more = "<w:i/><w:iCs/>" if child.tag == "em" else "<w:b/><w:bCs/>"
                parts.append(self.inline(child, place, look + more, style, language))
            elif word == "span":  # a passage in another language
                parts.append(self.inline(child, place, look, style, language))
            elif word == "img.qr":
                parts.append(self.drawings.qr(child.get("src"), child.get("alt")))
            elif word == "span.time":
                parts.append("<w:r><w:tab/></w:r>" + self.inline(child, place, look, style, language))
            elif word == "span.tag":
                inner = self.inline(child, place, look, "Tag", language)
                parts.append(self.run("[", look, "Tag", "") + inner + self.run("]", look, "Tag", ""))
            elif word in CHARACTER_STYLES:
                parts.append(self.inline(child, place, look, CHARACTER_STYLES[word], language))
            else:
                raise UnknownWord(f"Word has no style for `{word}` in a line of `{place}`")
            parts.append(self.run(child.tail or "", look, style, language))
        return "".join(parts)

    def run(self, text: str, look: str, style: str, language: str) -> str:
        """Return a run; a passage in another language says so, and runs left to right if it does."""
        text = text.replace("\n", " ")
        if not text:
            return ""
        own = "" if not language or language == self.language else f'<w:lang w:val="{escape(tag(language))}"/>'
        rtl = "<w:rtl/>" if self.rtl and not own else ""
        shown = (f'<w:rStyle w:val="{style}"/>' if style else "") + look + rtl + own
        return f'<w:r>{f"<w:rPr>{shown}</w:rPr>" if shown else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def table(self, element: etree._Element, place: str) -> str:
        """Return a table with its header row marked, its rows kept whole and its caption as its description."""
        shares = WIDTHS[element.get("class")]
        widths = [round(self.width * share) for share in shares]
        caption = escape(element.findtext("caption") or "")
        rows = [self.row(row, widths, place, header=True) for row in element.iterfind("thead/tr")]
        rows += [self.row(row, widths, place, header=False) for row in element.iterfind("tbody/tr")]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>{"<w:bidiVisual/>" if self.rtl else ""}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{BANDED}'
            f'<w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{caption}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def panel(self, element: etree._Element, place: str) -> str:
        """Return the side panel: a table of one column beside the text, its heading the header row, a row a term."""
        rows: list[list[etree._Element]] = []
        for child in (item for part in element for item in (part if part.tag == "dl" else [part])):
            if child.tag in ("h2", "dt"):
                rows.append([])
            rows[-1].append(child)
        width = round(self.width * PANEL_SHARE)
        side = "left" if self.rtl else "right"
        near, far = (0, PANEL_GAP) if self.rtl else (PANEL_GAP, 0)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{PANEL_STYLE}"/>'
            f'<w:tblpPr w:leftFromText="{near}" w:rightFromText="{far}" w:vertAnchor="text" w:horzAnchor="margin"'
            f' w:tblpXSpec="{side}" w:tblpY="330"/><w:tblOverlap w:val="never"/>'
            f'{"<w:bidiVisual/>" if self.rtl else ""}<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f"{PLAIN}"
            f'<w:tblCaption w:val="{escape(element.findtext("h2") or "")}"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
            + "".join(self.panel_row(row, width, place, header=not i) for i, row in enumerate(rows))
            + "</w:tbl>"
        )

    def panel_row(self, row: list[etree._Element], width: int, place: str, *, header: bool) -> str:
        content = "".join(self.block(child, place) for child in row)
        mark = "<w:tblHeader/>" if header else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{_cell(content, width)}</w:tr>"

    def row(self, row: etree._Element, widths: list[int], place: str, *, header: bool) -> str:
        cells = "".join(
            _cell(self.leaf(cell, place, f"{place} {cell.tag}"), width) for cell, width in zip(row, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def contract(templates: Path) -> list[tuple[str, str]]:
    """Return path and message for every style or content control that the template lacks."""
    import re

    from pipeline.core.problems import nearest
    from pipeline.render.to_docx.template import FILLED, TEMPLATE, template_parts

    path = f"templates/{TEMPLATE}"
    try:
        parts = template_parts(templates)
        styles = set(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"].decode()))
        margins = "".join(text.decode() for name, text in parts.items() if re.match(r"word/(header|footer)", name))
    except OSError:
        return [(path, "this file is missing")]
    except (ValueError, KeyError):
        return [(path, "this is no Word file; save it in Word as .docx")]
    messages = [
        (path, f"has no style `{style}`; {nearest(style, styles)}") for style in sorted(needed_styles() - styles)
    ]
    tags = set(re.findall(r'<w:tag w:val="([^"]*)"', margins))
    return messages + [
        (path, f"has no content control with the tag `{name}` in its header or footer")
        for name in FILLED
        if name not in tags
    ]
