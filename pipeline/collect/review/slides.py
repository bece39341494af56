"""Reads the shapes of a slide and their text as they look, with what they inherit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart
from pptx.presentation import Presentation

from pipeline.collect.allowed import qn
from pipeline.collect.review.inherited import (
    SHAPES,
    TITLES,
    Box,
    Design,
    Placeholder,
    box,
    child,
    clark,
    design,
    make_readable,
    number,
    ph,
)

DEFAULT_POINTS, MOST_POINTS = 18.0, 4_000.0  # the latter is the largest size that PowerPoint knows
_LEVELS = range(9)
Value = TypeVar("Value")
Elements = list[etree._Element]


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
        levels = [child(each.element, "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr") for each in self.bases[:1]]
        return _look(levels).points


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
    """The slides of a deck; each of their layouts is read once."""

    def __init__(self, deck: Presentation) -> None:
        parts = deck.part.package.iter_parts()
        layouts = [each.slide_layout for each in parts if isinstance(each, SlideLayoutPart)]
        self._layouts = {str(each.part.partname).lstrip("/"): each for each in layouts}
        self._designs: dict[str, Design] = {}
        self._plain = child(deck.element, "p:defaultTextStyle")

    def page(self, layout: str, xml: bytes) -> Page:
        """Return the slide that has this layout, given by the name of its part, and this content."""
        root = parse_xml(xml)
        make_readable(root)
        if layout not in self._designs:
            self._designs[layout] = design(self._layouts[layout])
        found = child(root, "p:cSld/p:spTree").iter(*SHAPES)
        shapes = tuple(_shape(each, self._designs[layout], self._plain) for each in found)
        return Page(root=root, shapes=shapes, design=self._designs[layout])


def _shape(element: etree._Element, inherited: Design, plain: etree._Element) -> Shape:
    mark = ph(element)
    type_ = mark.type if mark is not None else None
    bases = inherited.bases(mark.type, mark.idx) if mark is not None else ()
    if type_ == PP_PLACEHOLDER.OBJECT and bases:  # which is also the type of one that gives none
        type_ = bases[0].type
    styles = [child(base.element, "p:txBody/a:lstStyle") for base in bases]
    styles += [inherited.style(type_)] if type_ is not None else []
    table = element.find(clark("a:graphic/a:graphicData/a:tbl"))
    bodies = [child(element, "p:txBody")] if table is None else table.iter(qn("a:txBody"))
    boxes = (box(each) for each in (element, *(base.element for base in bases)))
    return Shape(
        element=element,
        type=type_,
        bases=bases,
        box=next((each for each in boxes if each), None),
        grouped=next(element.iterancestors(qn("p:grpSp")), None) is not None,
        table=table is not None,
        paragraphs=tuple(each for body in bodies for each in _paragraphs(body, [*styles, plain])),
    )


def _paragraphs(body: etree._Element, styles: Elements) -> Iterator[Paragraph]:
    scale = _share(child(body, "a:bodyPr/a:normAutofit").get("fontScale"))
    own, levels = child(body, "a:lstStyle"), dict[int, _Look]()
    for element in body.iterfind(clark("a:p")):
        properties = child(element, "a:pPr")
        rank = number(properties.get("lvl"))
        if rank not in levels:
            chain = [child(each, f"a:lvl{rank + 1}pPr/a:defRPr") for each in (own, *styles)] if rank in _LEVELS else []
            levels[rank] = _look(chain)
        runs = tuple(_runs(element, levels[rank], scale))
        yield Paragraph(
            runs=runs,
            spacing=_share(child(properties, "a:lnSpc/a:spcPct").get("val")),
            indent=number(properties.get("marL")),
            points=max((run.points for run in runs), default=levels[rank].points or DEFAULT_POINTS),
        )


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What a run or a level says of its text; nothing where it says nothing."""

    points: float
    font: str | None
    bold: str | None
    colour: etree._Element | None


def _look(chain: Elements) -> _Look:
    """Return what properties of text say together; the first that says something decides."""
    size = _first(each.get("sz") for each in chain)
    return _Look(
        points=min(max(number(size, 1800) / 100, 1.0), MOST_POINTS) if size else 0.0,
        font=_first(child(each, "a:latin").get("typeface") for each in chain),
        bold=_first(each.get("b") for each in chain),
        colour=_first(each.find(clark("a:solidFill")) for each in chain),
    )


def _share(text: str | None) -> float:
    """Return a share given in thousandths of a per cent, 1 if it is missing or invalid."""
    share = number((text or "").rstrip("%"), 100_000) / 100_000
    return share if 0.05 <= share <= 20 else 1.0


def _runs(paragraph: etree._Element, inherited: _Look, scale: float) -> Iterator[Run]:
    for element in paragraph:
        if element.tag == qn("a:br"):
            yield Run(text="\n", field=True)
        text = element.findtext(clark("a:t"), "") if element.tag in (qn("a:r"), qn("a:fld")) else ""
        if text:
            yield _run(element, text, inherited, scale)


def _run(element: etree._Element, text: str, inherited: _Look, scale: float) -> Run:
    properties = child(element, "a:rPr")
    own = _look([properties])
    return Run(
        text=text,
        points=(own.points or inherited.points or DEFAULT_POINTS) * scale,
        font=own.font or inherited.font or "+mn-lt",
        bold=(own.bold or inherited.bold) in ("1", "true"),
        colour=inherited.colour if own.colour is None else own.colour,
        language=properties.get("lang", ""),
        raised=properties.get("baseline", "0") not in ("0", "0%"),
        field=element.tag == qn("a:fld"),
    )


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value not in (None, "")), None)
