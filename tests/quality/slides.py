"""A PowerPoint file, opened again: what stands in each placeholder of each slide, and its type size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER as KIND

from pipeline.core.documents import Paragraph, Slide
from pipeline.render.to_pptx.template import TEMPLATE_NAME

STYLES = {"title": "titleStyle", "ftr": "otherStyle", "sldNum": "otherStyle"}
"""By kind of placeholder: the style of the master; any other kind has `bodyStyle`."""

RUNNING = (KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.DATE)


@lru_cache(maxsize=64)
def opened(path: Path) -> Any:
    return pptx.Presentation(str(path))


def read(path: Path) -> list[Any]:
    return list(opened(path).slides)


def layout_of(slide: Any) -> str:
    """Return the name that the layout of a slide has in the template; its own is in the language of the deck."""
    name: str = slide.slide_layout._element.get(TEMPLATE_NAME)
    return name


def content(slide: Any) -> dict[str, Any]:
    """Return what stands on a slide by name, without footer and number: texts, rows, alternative texts; its notes."""
    found: dict[str, Any] = {"layout": layout_of(slide)}
    for shape in slide.shapes:
        if shape.is_placeholder and shape.placeholder_format.type in RUNNING:
            continue
        if shape.has_text_frame:
            found[shape.name] = [paragraph.text for paragraph in shape.text_frame.paragraphs]
        elif getattr(shape, "has_table", False):
            found[shape.name] = [[cell.text.replace("\v", "\n") for cell in row.cells] for row in shape.table.rows]
        else:
            found[shape.name] = alternative(shape)
    notes = slide.notes_slide.notes_text_frame.paragraphs if slide.has_notes_slide else []
    return found | {"notes": [paragraph.text for paragraph in notes]}


def expected(slide: Slide) -> dict[str, Any]:
    """Return the same for a composed slide."""
    wanted: dict[str, Any] = {"layout": slide.layout}
    for name, paragraphs in slide.placeholders.items():
        wanted[name] = [_plain(each) for each in paragraphs] or [""]  # left for the speaker: its prompt shows
    for name in ("Emblem", *slide.drawings):
        if name in slide.placeholders:
            wanted[name] = " ".join(wanted[name])
        elif name in slide.drawings:
            wanted[name] = ""  # decorative
    for name, table in slide.tables.items():
        wanted[name] = [[_plain(cell) for cell in row] for row in table.rows]
    for name in slide.pictures:
        wanted[name] = " ".join(wanted[name if name in wanted else name.replace("Photo", "Name")])
    return wanted | {"notes": list(slide.notes)}


def texts(slide: Slide) -> list[str]:
    """Return every text of a composed slide but its title, which a continuation repeats."""
    named = {name: text for name, text in expected(slide).items() if name not in ("layout", "Title")}
    found: list[str] = []
    for value in named.values():
        flat = [value] if isinstance(value, str) else value
        found += [text for each in flat for text in (each if isinstance(each, list) else [each])]
    return found


def alternative(shape: Any) -> str:
    return shape._element.xpath("./*[1]/p:cNvPr/@descr")[0] if shape._element.xpath("./*[1]/p:cNvPr/@descr") else ""


def is_decorative(shape: Any) -> bool:
    return bool(shape._element.xpath("./*[1]/p:cNvPr//*[local-name() = 'decorative'][@val = '1']"))


def pictures(slide: Any) -> list[Any]:
    """Return the shapes that show something instead of saying it."""
    return [shape for shape in slide.shapes if shape._element.tag.endswith(("}pic", "}grpSp", "}graphicFrame"))]


def _plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def runs(shape: Any) -> list[Any]:
    """Return the runs of a placeholder, of a table's cells or of a drawing."""
    frames = [shape.text_frame] if shape.has_text_frame else []
    if getattr(shape, "has_table", False):
        frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
    frames += [part.text_frame for part in getattr(shape, "shapes", ()) if part.has_text_frame]
    return [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]


def inherited(shape: Any) -> float:
    """Return the points in which a placeholder is set where its runs say nothing: its layout's or its master's."""
    return _size(shape.part.slide.slide_layout.part, shape.placeholder_format.idx)


@lru_cache(maxsize=1024)
def _size(part: Any, index: int) -> float:
    layout = part.slide_layout
    place = next(each for each in layout.placeholders if each.placeholder_format.idx == index)
    kind = kind_of(place)
    masters = [each for each in layout.slide_master.placeholders if kind_of(each) == kind]
    own = "./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"
    sizes = [size for each in (place, *masters) for size in each._element.xpath(own)]
    last = f"./p:txStyles/p:{STYLES.get(kind, 'bodyStyle')}/a:lvl1pPr/a:defRPr/@sz"
    return int([*sizes, *layout.slide_master._element.xpath(last)][0]) / 100


def kind_of(place: Any) -> str:
    """Return the kind of a placeholder by which the master knows it."""
    kind = place._element.xpath(".//p:nvPr/p:ph")[0].get("type", "body")
    return "title" if kind == "ctrTitle" else kind
