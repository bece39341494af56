"""Writes a deck as PowerPoint: the template's parts as they are, each slide as text, one zip, the same every time.

A layout's placeholders are filled by name. A body or a table that is too long goes on over further slides, its title
numbered; nothing is ever shrunk. `contract` and `overflow` say beforehand what a template lacks and what will not fit.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.core.documents import Deck, Paragraph, Slide
from pipeline.core.sources import Brand
from pipeline.render import ooxml
from pipeline.render.to_pptx import pictures, shapes
from pipeline.render.to_pptx.pages import overflow, paged, row_heights, table_size
from pipeline.render.to_pptx.shapes import NAMESPACES, OFFICE, Sheet
from pipeline.render.to_pptx.template import FILE, Template, TemplateMismatch, contract, missing, template

__all__ = ["TemplateMismatch", "contract", "overflow", "write"]

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument"
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_PROPERTIES = {
    "docProps/core.xml": (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/metadata/core-properties",
    ),
    "docProps/app.xml": (f"{_TYPE}.extended-properties+xml", f"{OFFICE}/extended-properties"),
    "docProps/custom.xml": (f"{_TYPE}.custom-properties+xml", f"{OFFICE}/custom-properties"),
}


def write(deck: Deck, brand: Brand, templates: Path) -> bytes:
    """Return the deck as a PowerPoint file in the brand's colours, from `deck.pptx` in `templates`."""
    found = template(templates, brand, deck.properties.direction)
    _check(deck, found)
    parts, noted = dict(found.parts) | _worded(deck, found), []
    slides = paged(deck, found)
    for number, slide in enumerate(slides, start=1):
        parts |= _slide(number, slide, deck, found)
        noted += [number] * bool(slide.notes)
    parts["ppt/presentation.xml"] = _presentation(found, len(slides), deck.properties.direction)
    parts["ppt/_rels/presentation.xml.rels"] = _presentation_relations(found, len(slides))
    parts[ooxml.RELATIONS] = _package_relations()
    parts[ooxml.TYPES] = _content_types(found, len(slides), noted)
    return ooxml.zipped(parts | ooxml.property_parts(deck.properties))


def _check(deck: Deck, found: Template) -> None:
    """Raise one TemplateMismatch that names all that the deck asks for and the template lacks."""
    needed: dict[str, dict[str, None]] = {}
    for slide in deck.slides:
        needed.setdefault(slide.layout, {}).update(dict.fromkeys((*slide.placeholders, *slide.tables, *slide.pictures)))
    messages = missing(found, needed)
    if messages:
        raise TemplateMismatch("\n".join(messages))


def _worded(deck: Deck, found: Template) -> dict[str, bytes]:
    """Return the layouts with the deck's footer and prompts, for slides that are added or filled in by hand.

    A prompt is a word of the properties named `prompt:<layout>:<placeholder>`; without one the template's stands.
    """
    properties, parts = deck.properties, {}
    for layout in found.layouts.values():
        asked = {name: properties.words.get(f"prompt:{layout.name}:{name}") for name in layout.placeholders}
        if footer := layout.of_kind("ftr"):
            asked[footer.name] = properties.running_title
        texts = tuple((name, text) for name, text in asked.items() if text)
        if texts:
            parts[layout.part] = shapes.worded(found.parts[layout.part], texts, ooxml.tag(properties.language))
    return parts


# --- a slide ---------------------------------------------------------------------------------------------------------


def _slide(number: int, slide: Slide, deck: Deck, found: Template) -> dict[str, bytes]:
    """Return the parts of one slide: itself, its notes, its pictures and their relations."""
    properties, layout = deck.properties, found.layout(slide.layout)
    place = f"{FILE}, slide {number} (`{slide.layout}`)"
    sheet = Sheet(place=place, language=properties.language, rtl=properties.direction == "rtl")
    sheet.related("slideLayout", f"../{layout.part[4:]}")
    tree = "".join(_filled(sheet, number, slide, deck, found))
    name = f"slide{number}.xml"
    tree = f"<p:cSld><p:spTree>{_GROUP}{tree}</p:spTree></p:cSld>"
    xml = f"{ooxml.HEADER}<p:sld {NAMESPACES}>{tree}{layout.colours}</p:sld>"
    parts = {f"ppt/slides/{name}": xml.encode(), **sheet.media}
    if slide.notes:
        sheet.related("notesSlide", f"../notesSlides/notesSlide{number}.xml")
        parts |= _notes(number, slide.notes, sheet)
    parts[f"ppt/slides/_rels/{name}.rels"] = _relations(sheet.relations)
    return parts


def _filled(sheet: Sheet, number: int, slide: Slide, deck: Deck, found: Template):
    """Yield the slide's shapes in reading order; what the slide does not give is not there."""
    for name, place in found.layout(slide.layout).placeholders.items():
        given = slide.placeholders.get(name)
        if name in slide.tables:
            content, alt = slide.tables[name], _plain(slide.placeholders.get("Title", ()))
            size = table_size(content, place)
            heights = row_heights(content, place, size)
            yield shapes.table(sheet, place, content, style=found.table_style, size=size, heights=heights, alt=alt)
        elif name in slide.pictures:
            named = slide.placeholders.get(name.replace("Photo", "Name"), ())  # a portrait shows whoever is named
            yield pictures.picture(sheet, place, slide.pictures[name], _plain(given or named))
        elif name == "Emblem" and given is not None:
            yield pictures.eu_emblem(sheet, place, _plain(given))
        elif given is not None:
            yield shapes.text(sheet, place, given)
        elif place.kind == "ftr":
            yield shapes.footer(sheet, place, deck.properties.running_title)
        elif place.kind == "sldNum":
            yield shapes.slide_number(sheet, place, number)


def _plain(paragraphs: tuple[Paragraph, ...]) -> str:
    return " ".join("".join(run.text for run in paragraph.runs) for paragraph in paragraphs).strip()


def _notes(number: int, notes: tuple[str, ...], sheet: Sheet) -> dict[str, bytes]:
    """Return the notes page of a slide with its relations."""
    language = ooxml.escape(ooxml.tag(sheet.language))
    side, end = '<a:pPr rtl="1"/>' if sheet.rtl else "", f'<a:endParaRPr lang="{language}"/>'
    words = "".join(
        f'<a:p>{side}<a:r><a:rPr lang="{language}"/><a:t>{ooxml.escape(note)}</a:t></a:r>{end}</a:p>' for note in notes
    )
    xml = (
        f"{ooxml.HEADER}<p:notes {NAMESPACES}><p:cSld><p:spTree>{_GROUP}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide image"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        '<p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"{words}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    relations = [("notesMaster", "../notesMasters/notesMaster1.xml", ""), ("slide", f"../slides/slide{number}.xml", "")]
    name = f"notesSlide{number}.xml"
    return {f"ppt/notesSlides/{name}": xml.encode(), f"ppt/notesSlides/_rels/{name}.rels": _relations(relations)}


# --- the package -----------------------------------------------------------------------------------------------------


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{ooxml.escape(target)}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for i, (kind, target, mode) in enumerate(relations, start=1)
    )
    return f'{ooxml.HEADER}<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'.encode()


def _presentation(found: Template, count: int, direction: str) -> bytes:
    """Return `presentation.xml` with the slides listed; sample slides and sections of the template are left out."""
    gone = r"<p:sldIdLst>.*?</p:sldIdLst>|<p:sldIdLst/>|<p:extLst>.*</p:extLst>"
    text = re.sub(gone, "", found.presentation, flags=re.DOTALL)
    slides = "".join(f'<p:sldId id="{255 + n}" r:id="rId{1000 + n}"/>' for n in range(1, count + 1))
    text = text.replace("<p:sldSz", f"<p:sldIdLst>{slides}</p:sldIdLst><p:sldSz", 1)
    return (text.replace("<p:presentation ", '<p:presentation rtl="1" ', 1) if direction == "rtl" else text).encode()


def _presentation_relations(found: Template, count: int) -> bytes:
    others = "slides/|printerSettings|changesInfos|revisionInfo|commentAuthors|authors|tags|customXml|\\.\\./customXml"
    gone = rf'<Relationship [^>]*Target="({others})[^>]*/>'
    slides = "".join(
        f'<Relationship Id="rId{1000 + n}" Type="{OFFICE}/slide" Target="slides/slide{n}.xml"/>'
        for n in range(1, count + 1)
    )
    return re.sub(gone, "", found.relations).replace("</Relationships>", f"{slides}</Relationships>").encode()


def _package_relations() -> bytes:
    kinds = {"ppt/presentation.xml": f"{OFFICE}/officeDocument"} | {
        name: kind for name, (_, kind) in _PROPERTIES.items()
    }
    each = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{name}"/>'
        for i, (name, kind) in enumerate(kinds.items(), start=1)
    )
    return f'{ooxml.HEADER}<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'.encode()


def _content_types(found: Template, count: int, noted: list[int]) -> bytes:
    """Return the list of content types: the template's for the parts that were kept, and those of the new parts."""

    def kept(entry: re.Match[str]) -> str:
        return entry[0] if entry[1] in found.parts or entry[1] == "ppt/presentation.xml" else ""

    text = re.sub(r'<Override\b[^>]*PartName="/([^"]+)"[^>]*/>', kept, found.content_types)
    kinds = {name: kind for name, (kind, _) in _PROPERTIES.items()}
    kinds |= {f"ppt/slides/slide{n}.xml": f"{_TYPE}.presentationml.slide+xml" for n in range(1, count + 1)}
    kinds |= {f"ppt/notesSlides/notesSlide{n}.xml": f"{_TYPE}.presentationml.notesSlide+xml" for n in noted}
    new = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    for media_type, ending in pictures.EXTENSIONS.items():
        if f'Extension="{ending}"' not in text:
            new = f'<Default Extension="{ending}" ContentType="{media_type}"/>{new}'
    return text.replace("</Types>", f"{new}</Types>").encode()
