"""Writes what stands on a slide as PresentationML text: placeholders, runs, links and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.core.documents import Paragraph, Run, Table
from pipeline.render.ooxml import escape, tag
from pipeline.render.to_pptx.layouts import Box, Placeholder

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{OFFICE}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
BODY = "Body"  # the placeholder that holds running text, with headings in it and over as many slides as it needs
HEADING = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
CELL = (127000, 107950)  # margins of a table cell in EMU: sides, top and bottom


@dataclass(kw_only=True)
class Sheet:
    """One slide while it is written: its language and direction, and the relations that its shapes ask for."""

    place: str
    language: str
    rtl: bool
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    shapes: int = 1

    def identity(self) -> int:
        """Return the next free shape id."""
        self.shapes += 1
        return self.shapes

    def related(self, kind: str, target: str, mode: str = "") -> str:
        """Return the id of the relation to `target`, made if it is new."""
        relation = (kind, target, mode)
        if relation not in self.relations:
            self.relations.append(relation)
        return f"rId{self.relations.index(relation) + 1}"

    def fault(self, message: str) -> ValueError:
        """Return an error that says on which slide it was found."""
        return ValueError(f"{self.place}: {message}")


# --- text ------------------------------------------------------------------------------------------------------------


def text(sheet: Sheet, place: Placeholder, paragraphs: tuple[Paragraph, ...]) -> str:
    """Return a placeholder with its paragraphs; without any it stands empty and shows its prompt to who edits."""
    body = "".join(_paragraph(sheet, place, each) for each in paragraphs) or f"<a:p>{_end(sheet)}</a:p>"
    return _shape(sheet, place, body)


def footer(sheet: Sheet, place: Placeholder, words: str) -> str:
    """Return the footer placeholder with `words`."""
    return text(sheet, place, (Paragraph(runs=(Run(text=words),)),))


@lru_cache(maxsize=128)  # all decks of one seminar bear the same footer
def worded(layout: bytes, words: tuple[tuple[str, str], ...], language: str) -> bytes:
    """Return a layout whose placeholders, by their names, hold other `words`: a footer, prompts."""
    texts = {escape(name): escape(text) for name, text in words}

    def shape(found: re.Match[str]) -> str:
        text = texts.get(re.search(r'<p:cNvPr\b[^>]*\bname="([^"]*)"', found[0])[1])
        if text is None or "<p:ph" not in found[0]:
            return found[0]
        paragraph = f'<a:p><a:r><a:rPr lang="{escape(language)}"/><a:t>{text}</a:t></a:r></a:p>'
        return re.sub(r"<a:p>.*</a:p>|<a:p/>", lambda _: paragraph, found[0], count=1, flags=re.DOTALL)

    return re.sub(r"<p:sp>.*?</p:sp>", shape, layout.decode(), flags=re.DOTALL).encode()


def slide_number(sheet: Sheet, place: Placeholder, number: int) -> str:
    """Return the slide number placeholder; PowerPoint keeps the number right when slides move."""
    language = _language(sheet, "")
    field_ = (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{language}"/>'
        f"<a:t>{number}</a:t></a:fld>"
    )
    return _shape(sheet, place, f"<a:p>{_direction(sheet)}{field_}{_end(sheet)}</a:p>")


def _shape(sheet: Sheet, place: Placeholder, body: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{sheet.identity()}" name="{escape(place.name)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{mark(place)}</p:nvPr></p:nvSpPr>{_outline(place)}'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
    )


def _outline(place: Placeholder) -> str:
    """Return the shape's properties: the layout gives them, but LibreOffice takes a form only from the slide."""
    if place.shape == "rect":
        return "<p:spPr/>"
    return f'<p:spPr>{frame(place.box)}<a:prstGeom prst="{place.shape}"><a:avLst/></a:prstGeom></p:spPr>'


def frame(box: Box) -> str:
    """Return where a shape stands."""
    return f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'


def mark(place: Placeholder) -> str:
    """Return the element that ties a shape to its placeholder on the layout."""
    kind = "" if place.kind == "obj" else f' type="{place.kind}"'
    size = ' sz="quarter"' if place.kind in ("dt", "ftr", "sldNum") else ""
    return f"<p:ph{kind}{size}" + (f' idx="{place.index}"/>' if place.index else "/>")


def _paragraph(sheet: Sheet, place: Placeholder, paragraph: Paragraph) -> str:
    colour = HEADING if place.name == BODY and heading(paragraph) else ""
    runs = "".join(run(sheet, each, colour=colour) for each in paragraph.runs)
    return f"<a:p>{_bullet(sheet, place, paragraph)}{runs}{_end(sheet)}</a:p>"


def heading(paragraph: Paragraph) -> bool:
    """Return whether the paragraph stands over those that follow: all of it strong, and no bullet."""
    return not paragraph.bullet and all(run.strong and not run.link for run in paragraph.runs)


def _bullet(sheet: Sheet, place: Placeholder, paragraph: Paragraph) -> str:
    """Return paragraph properties where the paragraph wants a bullet and its placeholder has none, or the reverse."""
    if paragraph.bullet == place.style.bullets or place.kind in ("title", "ftr"):
        return _direction(sheet)
    side = ' rtl="1"' if sheet.rtl else ""
    if not paragraph.bullet:
        return f'<a:pPr marL="0" indent="0"{side}><a:buNone/></a:pPr>'
    return f'<a:pPr marL="254000" indent="-254000"{side}><a:buFont typeface="Arial"/><a:buChar char="•"/></a:pPr>'


def _direction(sheet: Sheet) -> str:
    return '<a:pPr rtl="1"/>' if sheet.rtl else ""


def _language(sheet: Sheet, language: str) -> str:
    return _tagged(language or sheet.language)


@lru_cache(maxsize=64)
def _tagged(language: str) -> str:
    return escape(tag(language))


def _end(sheet: Sheet) -> str:
    return f'<a:endParaRPr lang="{_language(sheet, "")}"/>'


def run(sheet: Sheet, each: Run, size: float = 0, colour: str = "") -> str:
    """Return a run as XML; a line break in its text is a break within the paragraph."""
    marks = f' lang="{_language(sheet, each.language)}"' + (f' sz="{round(size * 100)}"' if size else "")
    marks += ' b="1"' * each.strong + ' i="1"' * each.emphasis
    inside = colour + (f'<a:hlinkClick r:id="{_link(sheet, each.link)}"/>' if each.link else "")
    look = f"<a:rPr{marks}>{inside}</a:rPr>" if inside else f"<a:rPr{marks}/>"
    lines = (f"<a:r>{look}<a:t>{escape(line)}</a:t></a:r>" for line in each.text.split("\n"))
    return f"<a:br><a:rPr{marks}/></a:br>".join(lines)


def _link(sheet: Sheet, link: str) -> str:
    if not link.startswith(("http://", "https://", "mailto:")):
        raise sheet.fault(f"a link must begin with http, https or mailto, not `{link}`")
    return sheet.related("hyperlink", link, "External")


# --- table -----------------------------------------------------------------------------------------------------------


def table(
    sheet: Sheet, place: Placeholder, content: Table, *, style: str, size: float, heights: list[int], alt: str
) -> str:
    """Return a table in its placeholder's zone, in the template's table style, with rows of these heights in EMU."""
    box, whole = place.box, sum(content.widths)
    grid = "".join(f'<a:gridCol w="{round(box.width * share / whole)}"/>' for share in content.widths)
    rows = "".join(
        f'<a:tr h="{height}">{"".join(_cell(sheet, cell, size, head=not i) for cell in row)}</a:tr>'
        for i, (row, height) in enumerate(zip(content.rows, heights))
    )
    frame = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{sum(heights)}"/>'
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{sheet.identity()}" name="{escape(place.name)}"'
        f' descr="{escape(alt)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{mark(place)}</p:nvPr></p:nvGraphicFramePr><p:xfrm>{frame}</p:xfrm>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr{" rtl=" + chr(34) + "1" + chr(34) if sheet.rtl else ""} firstRow="1" bandRow="1">'
        f"<a:tableStyleId>{style}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{rows}"
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(sheet: Sheet, paragraph: Paragraph, size: float, *, head: bool) -> str:
    runs = "".join(run(sheet, each, size) for each in paragraph.runs)
    side = '<a:pPr algn="r" rtl="1"/>' if sheet.rtl else ""
    end = f'<a:endParaRPr lang="{_language(sheet, "")}" sz="{round(size * 100)}"' + (' b="1"/>' if head else "/>")
    edges = f'marL="{CELL[0]}" marR="{CELL[0]}" marT="{CELL[1]}" marB="{CELL[1]}" anchor="ctr"'
    return f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{side}{runs}{end}</a:p></a:txBody><a:tcPr {edges}/></a:tc>"
