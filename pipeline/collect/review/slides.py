"""Reads the shapes of a slide and their text as they look, with what they inherit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml

from pipeline.collect.allowed import qn
from pipeline.collect.copy import CopiedPart, Copy
from pipeline.collect.review.inherited import (
    LEVELS,
    SHAPES,
    TITLES,
    Box,
    Design,
    Inherited,
    Look,
    Placeholder,
    box,
    child,
    clark,
    design,
    look_of,
    make_readable,
    number,
    ph,
)

DEFAULT_POINTS = 18.0


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of text with the look it has on the slide; `raised` also means lowered."""

    text: str
    points: float = 0.0
    font: str = ""
    bold: bool = False
    colour: etree._Element | None = None
    language: str = ""
    raised: bool = False
    field: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph: its runs, its line spacing as a share, its left margin in EMU and its largest size in points."""

    runs: tuple[Run, ...]
    spacing: float
    indent: int
    points: float


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A shape on a slide with its text; `type` is that of its placeholder, None for any other shape."""

    element: etree._Element
    type: PP_PLACEHOLDER | None
    bases: tuple[Placeholder, ...]
    box: Box | None
    grouped: bool
    table: bool
    paragraphs: tuple[Paragraph, ...]

    @property
    def name(self) -> str:
        """Return the name that the selection pane of PowerPoint shows."""
        return child(self.element, "./*/p:cNvPr").get("name", "")

    @property
    def runs(self) -> Iterator[Run]:
        """Return the runs that hold more than spaces."""
        return (run for each in self.paragraphs for run in each.runs if run.text.strip())

    @property
    def lines(self) -> list[str]:
        """Return the text of each paragraph, without slide numbers and dates."""
        found = ("".join(run.text for run in each.runs if not run.field).strip() for each in self.paragraphs)
        return [text for text in found if text]

    @property
    def prompts(self) -> frozenset[str]:
        """Return the prompts that it shows while it is empty, without capitals."""
        return frozenset().union(*(each.prompts for each in self.bases))

    @property
    def meant_points(self) -> float:
        """Return the size that the layout gives the first level of this placeholder, 0 if it gives none."""
        levels = (child(each.element, "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr") for each in self.bases[:1])
        return next((look_of(level).points for level in levels), 0.0)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A slide as it is read: its tree, its shapes from back to front, those in groups included, and its design."""

    root: etree._Element
    shapes: tuple[Shape, ...]
    design: Design

    @property
    def title(self) -> str:
        """Return the title of the slide, empty if it has none."""
        titles = (" ".join(each.lines) for each in self.shapes if each.type in TITLES)
        return next((title for title in titles if title), "")


class Pages:
    """The slides of a copy; each of their layouts is read once, and each level of text of its placeholders."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._designs: dict[str, Design] = {}
        self._shared: dict[str, etree._Element] = {}  # the masters and themes, by path
        (main,) = (part for part in copy.parts.values() if part.kind == "presentation")
        self._plain = child(parse_xml(main.content), "p:defaultTextStyle")

    def page(self, path: str) -> Page:
        """Return the slide at a path of the copy."""
        slide = self._copy.parts[path]
        root = parse_xml(slide.content)
        make_readable(root)
        its = self._design(slide.related("slideLayout"))
        found = child(root, "p:cSld/p:spTree").iter(*SHAPES)
        return Page(root=root, shapes=tuple(_shape(each, its) for each in found), design=its)

    def _design(self, path: str) -> Design:
        """Return the design of the layout at a path."""
        if path not in self._designs:
            layout = self._copy.parts[path]
            master = self._copy.parts[layout.related("slideMaster")]
            above = self._tree(master), self._tree(self._copy.parts[master.related("theme")])
            self._designs[path] = design(parse_xml(layout.content), *above, self._plain)
        return self._designs[path]

    def _tree(self, part: CopiedPart) -> etree._Element:
        if part.path not in self._shared:
            self._shared[part.path] = parse_xml(part.content)
        return self._shared[part.path]


def _shape(element: etree._Element, design: Design) -> Shape:
    inherited = design.inherited(ph(element))
    table = element.find(clark("a:graphic/a:graphicData/a:tbl"))
    bodies = [child(element, "p:txBody")] if table is None else table.iter(qn("a:txBody"))
    boxes = (box(each) for each in (element, *(base.element for base in inherited.bases)))
    return Shape(
        element=element,
        type=inherited.type,
        bases=inherited.bases,
        box=next((each for each in boxes if each), None),
        grouped=next(element.iterancestors(qn("p:grpSp")), None) is not None,
        table=table is not None,
        paragraphs=tuple(each for body in bodies for each in _paragraphs(body, inherited)),
    )


def _paragraphs(body: etree._Element, inherited: Inherited) -> Iterator[Paragraph]:
    scale = _share(child(body, "a:bodyPr/a:normAutofit").get("fontScale"))
    own = child(body, "a:lstStyle")
    for element in body.iterfind(clark("a:p")):
        properties = child(element, "a:pPr")
        rank = number(properties.get("lvl"))
        level = inherited.look(rank)
        if rank in LEVELS and len(own):
            level = look_of(child(own, f"a:lvl{rank + 1}pPr/a:defRPr")).over(level)
        runs = tuple(_runs(element, level, scale))
        yield Paragraph(
            runs=runs,
            spacing=_share(child(properties, "a:lnSpc/a:spcPct").get("val")),
            indent=number(properties.get("marL")),
            points=max((run.points for run in runs), default=level.points or DEFAULT_POINTS),
        )


def _share(text: str | None) -> float:
    """Return a share given in thousandths of a per cent, 1 if it is missing or invalid."""
    share = number(text, 100_000) / 100_000
    return share if 0.05 <= share <= 20 else 1.0


def _runs(paragraph: etree._Element, inherited: Look, scale: float) -> Iterator[Run]:
    for element in paragraph:
        if element.tag == qn("a:br"):
            yield Run(text="\n", field=True)
        text = element.findtext(clark("a:t"), "") if element.tag in (qn("a:r"), qn("a:fld")) else ""
        if text:
            yield _run(element, text, inherited, scale)


def _run(element: etree._Element, text: str, inherited: Look, scale: float) -> Run:
    properties = child(element, "a:rPr")
    look = look_of(properties).over(inherited)
    return Run(
        text=text,
        points=(look.points or DEFAULT_POINTS) * scale,
        font=look.font or "+mn-lt",
        bold=look.bold in ("1", "true"),
        colour=look.colour,
        language=properties.get("lang", ""),
        raised=properties.get("baseline", "0") not in ("0", "0%"),
        field=element.tag == qn("a:fld"),
    )
