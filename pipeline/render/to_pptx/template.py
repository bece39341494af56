"""Opens `deck.pptx` once per process, without its sample slides, mirrored for languages written from right to left."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.oxml.slide import CT_NotesSlide, CT_Slide
from pptx.package import Package
from pptx.presentation import Presentation
from pptx.slide import SlideLayout, SlideMaster

from pipeline.core.sources import Brand
from pipeline.render import office
from pipeline.render.to_pptx.placeholders import Box, Placeholder, read_layouts, read_painted
from pipeline.render.to_pptx.ready_slides import ready_notes, ready_slides

FILE = "deck.pptx"
TEMPLATE_NAME = "matchingName"
"""The attribute with which PowerPoint knows a layout again; its name is translated for those who choose a layout."""
_KEPT = (
    RT.SLIDE_MASTER,
    RT.NOTES_MASTER,
    RT.HANDOUT_MASTER,
    RT.PRES_PROPS,
    RT.VIEW_PROPS,
    RT.THEME,
    RT.TABLE_STYLES,
    RT.FONT,
)
_DROPPED = ("p:sldIdLst", "p:custShowLst", "p:custDataLst", "p:smartTags", "p:extLst")
# The errors that python-pptx and the zip module raise for damaged files and for files of other kinds.
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, LookupError, TypeError, SyntaxError)
_OTHER_SIDE = {"l": "r", "r": "l"}


class TemplateMismatch(ValueError):
    """The template is not a PowerPoint file, or it lacks a layout or placeholder that a deck needs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Template:
    """An opened template, which is never changed.

    It has the placeholders by layout and name, and a slide for each layout and a page of notes to be copied; `painted`
    are the shapes of each layout in a strong colour, `size` is the width and height of a slide in EMU.
    """

    package: Package
    layouts: Mapping[str, Mapping[str, Placeholder]]
    ready: Mapping[str, CT_Slide]
    notes: CT_NotesSlide
    table_style: str
    painted: Mapping[str, Sequence[Box]]
    size: tuple[int, int]

    def check(self, needed: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Raise `TemplateMismatch` with a line for each required layout or placeholder that is missing."""
        messages: dict[str, None] = {}
        for layout, names in needed:
            known = self.layouts.get(layout)
            if known is None:
                messages[f"no layout `{layout}`{_nearest(layout, self.layouts)}"] = None
                continue
            for name in names:
                if name not in known:
                    messages[f"layout `{layout}` has no placeholder `{name}`{_nearest(name, known)}"] = None
        if messages:
            raise TemplateMismatch("\n".join(messages))


def _nearest(name: str, known: Collection[str]) -> str:
    folded = {each.casefold(): each for each in known}
    close = get_close_matches(name.casefold(), folded, 1, 0.75)
    return (
        f"; did you mean `{folded[close[0]]}`?"
        if close
        else f"; `git checkout templates/{FILE}` brings the template back"
    )


def open_template(templates: Path, direction: str) -> Template:
    """Return `deck.pptx` in the folder `templates`, for text of this direction, or raise `TemplateMismatch`."""
    path = templates / FILE
    state = path.stat()
    return _opened(path, (state.st_mtime_ns, state.st_size), direction == "rtl")


@lru_cache(maxsize=4)  # opening takes as long as several decks
def _opened(path: Path, _state: tuple[int, int], rtl: bool) -> Template:
    try:
        file = pptx.Presentation(BytesIO(path.read_bytes()))
        _drop_samples(file)
        layouts = [layout for master in file.slide_masters for layout in master.slide_layouts]
        masters = [*file.slide_masters, file.notes_master]
        styles = office.parsed(file.part.part_related_by(RT.TABLE_STYLES).blob)
        if not layouts:
            raise ValueError("no layouts")
    except _UNREADABLE as error:
        raise TemplateMismatch("this is no PowerPoint file; save it in PowerPoint as .pptx") from error
    if rtl:
        file.part._element.set("rtl", "1")
        for element in (file.part._element, *(each._element for each in (*masters, *layouts))):
            _align(element)
        for each in (*file.slide_masters, *layouts):
            _mirror(each, file.slide_width or 0)
    package = _saved(file)
    placeholders = read_layouts(file)
    return Template(
        package=package,
        layouts=placeholders,
        ready=ready_slides(file, placeholders),
        notes=ready_notes(file),
        table_style=styles.get("def", ""),
        painted=read_painted(file),
        size=(file.slide_width or 0, file.slide_height or 0),
    )


def _drop_samples(file: Presentation) -> None:
    """Remove everything besides masters and layouts: sample slides, sections, the settings of PowerPoint."""
    for relations, kept in ((file.part.rels, _KEPT), (file.part.package._rels, (RT.OFFICE_DOCUMENT,))):
        for id in [id for id, relation in relations.items() if relation.reltype not in kept]:
            relations.pop(id)
    for element in file.part._element.findall("*"):
        if element.tag in map(qn, _DROPPED):
            file.part._element.remove(element)


def _saved(file: Presentation) -> Package:
    """Return the file opened again: python-pptx keeps objects that were read, and a copy would contain them."""
    content = BytesIO()
    file.save(content)
    return Package.open(content)


def copied(package: Package) -> Presentation:
    """Return a copy with its own slides that shares masters, layouts and themes."""
    shared = {id(part): part for part in package.iter_parts() if part is not package.presentation_part}
    copy: Presentation = deepcopy(package, shared).presentation_part.presentation
    return copy


def layouts_of(file: Presentation) -> dict[str, SlideLayout]:
    """Return the layouts of all masters by the names that they have in the template."""
    layouts = [layout for master in file.slide_masters for layout in master.slide_layouts]
    return {layout._element.get(TEMPLATE_NAME, layout.name): layout for layout in layouts}


def branded(
    template: Template, brand: Brand, language: str, footer: str, words: Mapping[str, str], layouts: tuple[str, ...]
) -> Package:
    """Return the template in the colours of a brand, with a footer and with the prompts and layout names in `words`.

    It has these layouts only, or all without any. It is made once for all speakers of a seminar.
    """
    texts = tuple((name, text) for name, text in words.items() if name.startswith(("prompt:", "layout:")))
    return _branded(template, tuple(brand.colours.items()), brand.fonts["office"], language, footer, texts, layouts)


@lru_cache(maxsize=4)  # it takes as long as a deck
def _branded(
    template: Template,
    colours: tuple[tuple[str, str], ...],
    font: str,
    language: str,
    footer: str,
    words: tuple[tuple[str, str], ...],
    layouts: tuple[str, ...],
) -> Package:
    package, texts = deepcopy(template.package), dict(words)
    for part in package.iter_parts():
        if part.content_type == CONTENT_TYPE.OFC_THEME:
            part.blob = office.branded_theme(part.blob, dict(colours), font)
    # A new `Presentation`, since the package would keep its own, and every deck would copy what that one has read.
    file = Presentation(package.presentation_part._element, package.presentation_part)
    for layout_name, layout in layouts_of(file).items():
        if layouts and layout_name not in layouts:
            layout.slide_master.slide_layouts.remove(layout)
            continue
        layout._element.set(TEMPLATE_NAME, layout_name)
        layout._element.cSld.set("name", office.xml_text(texts.get(f"layout:{layout_name}", layout_name)))
        for placeholder in list(layout.placeholders):
            name = placeholder.name
            is_footer = template.layouts[layout_name][name].kind == PP_PLACEHOLDER.FOOTER
            text = footer if is_footer else texts.get(f"prompt:{layout_name}:{name}")
            if text:
                placeholder.text_frame.text = office.xml_text(text)
                office.set_run_language(placeholder.text_frame.paragraphs[0].runs[0], language)
    return _saved(file) if layouts else package  # removing one reads the slides, see `_saved`


# --- languages written from right to left ----------------------------------------------------------------------------


def _align(root: etree._Element) -> None:
    """Set every level of text to the direction from right to left, aligned to the other side."""
    for level in root.iter(*(qn(f"a:lvl{number}pPr") for number in range(1, 10))):
        side = _OTHER_SIDE.get(level.get("algn", ""))
        if side:
            level.set("algn", side)
        if level.get("rtl") == "0":
            level.set("rtl", "1")


def _mirror(layout: SlideMaster | SlideLayout, width: int) -> None:
    """Move every shape of a master or layout to the other side, and swap the margins of its text."""
    for shape in layout.shapes:
        # A shape without a position of its own inherits that of the master.
        if shape._element.find(f"{qn('p:spPr')}/{qn('a:xfrm')}") is not None:
            shape.left = width - shape.left - shape.width
    for body in layout._element.iter(qn("a:bodyPr")):
        swapped = {name: body.attrib.pop(other, "") for name, other in (("lIns", "rIns"), ("rIns", "lIns"))}
        for name, value in swapped.items():
            if value:
                body.set(name, value)
