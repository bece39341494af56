"""Reads the text of a slide with the look of every run: size, font, colour, language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from pipeline.collect.looks import DEFAULT_POINTS, Box, Level, Look, Looks, Place, box, kind, level, levels, number
from pipeline.collect.vocabulary import A, P

Value = TypeVar("Value")
_SHAPES = frozenset(f"{{{P}}}{name}" for name in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp"))


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of text with the look it has on the slide; `raised` also means lowered."""

    text: str
    points: float
    font: str
    bold: bool
    colour: etree._Element | None
    language: str
    raised: bool
    field: bool


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph: its runs, and its line spacing as a share."""

    runs: tuple[Run, ...]
    spacing: float
    indent: int
    points: float


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A shape on a slide with its text; `type` is that of its placeholder, None for any other shape."""

    element: etree._Element
    name: str
    type: str | None
    chain: tuple[Place, ...]
    box: Box | None
    grouped: bool
    paragraphs: tuple[Paragraph, ...] = ()
    table: bool = False
    body: etree._Element | None = None

    @property
    def text(self) -> str:
        """Return the text of the shape."""
        return "\n".join("".join(run.text for run in each.runs) for each in self.paragraphs).strip()

    @property
    def lines(self) -> list[str]:
        """Return the text of each paragraph, without slide numbers and dates."""
        found = ("".join(run.text for run in each.runs if not run.field).strip() for each in self.paragraphs)
        return [text for text in found if text]


def shapes(root: etree._Element, look: Look, looks: Looks) -> list[Shape]:
    """Return the shapes of a slide from back to front, those in groups included."""
    tree = root.find(f"{{{P}}}cSld/{{{P}}}spTree")
    return [] if tree is None else [_shape(each, look, looks) for each in tree.iter(*_SHAPES)]


def _shape(element: etree._Element, look: Look, looks: Looks) -> Shape:
    about = element.find("./*/{*}cNvPr")
    ph = element.find(f"./*/{{{P}}}nvPr/{{{P}}}ph")
    chain = tuple(look.chain(ph.get("type", ""), ph.get("idx", ""))) if ph is not None else ()
    type_ = None if ph is None else ph.get("type", "") or (chain[0].type if chain else "")
    body, parent = element.find(f"{{{P}}}txBody"), element.getparent()
    styles = _styles(type_, chain, look, looks)
    place = box(element) or next((each.box for each in chain if each.box), None)
    table = element.find(f"{{{A}}}graphic/{{{A}}}graphicData/{{{A}}}tbl")
    found = _of_table(table, styles) if table is not None else _of_body(body, styles)
    return Shape(
        element=element, name=about.get("name", "") if about is not None else "", type=type_, chain=chain,
        box=place, grouped=parent is not None and parent.tag == f"{{{P}}}grpSp",
        paragraphs=tuple(found), table=table is not None,
        body=body.find(f"{{{A}}}bodyPr") if body is not None else None,
    )  # fmt: skip


Styles = list[Mapping[int, Level]]
"""The looks of each level of text that a shape inherits, nearest first."""


def _styles(type_: str | None, chain: tuple[Place, ...], look: Look, looks: Looks) -> Styles:
    """Return the looks that a shape's text inherits, nearest first."""
    if type_ is None:
        return [looks.plain]
    name = {"title": "title", "body": "body"}.get(kind(type_), "other")
    master = look.above or look
    return [*(each.levels for each in chain), master.styles.get(name, {}), looks.plain]


def _of_table(table: etree._Element, styles: Styles) -> Iterator[Paragraph]:
    for cell in table.iter(f"{{{A}}}txBody"):
        yield from _of_body(cell, styles)


def _of_body(body: etree._Element | None, styles: Styles) -> Iterator[Paragraph]:
    if body is None:
        return
    shrunk = body.find(f"{{{A}}}bodyPr/{{{A}}}normAutofit")
    scale = _share(shrunk, "fontScale")
    own = [levels(body.find(f"{{{A}}}lstStyle")), *styles]
    for element in body.iterfind(f"{{{A}}}p"):
        yield _paragraph(element, own, scale)


def _paragraph(element: etree._Element, styles: Styles, scale: float) -> Paragraph:
    properties = element.find(f"{{{A}}}pPr")
    rank = number(properties.get("lvl")) + 1 if properties is not None else 1
    inherited = [each[rank] for each in styles if rank in each]
    runs = tuple(_runs(element, inherited, scale))
    spacing = properties.find(f"{{{A}}}lnSpc/{{{A}}}spcPct") if properties is not None else None
    indent = number(properties.get("marL")) if properties is not None else 0
    points = max((run.points for run in runs), default=_first(each.points for each in inherited) or DEFAULT_POINTS)
    return Paragraph(runs=runs, spacing=_share(spacing, "val"), indent=indent, points=points)


def _share(element: etree._Element | None, name: str) -> float:
    """Return the share that an element gives in thousandths of a per cent, 1 if it gives none or an invalid one."""
    share = number(element.get(name, "").rstrip("%"), 100_000) / 100_000 if element is not None else 1.0
    return share if 0.05 <= share <= 20 else 1.0


def _runs(paragraph: etree._Element, inherited: list[Level], scale: float) -> Iterator[Run]:
    for element in paragraph:
        name = element.tag.rpartition("}")[2]
        if name == "br":
            yield Run(text="\n", points=0.0, font="", bold=False, colour=None, language="", raised=False, field=True)
        text = element.findtext(f"{{{A}}}t", "") if name in ("r", "fld") else ""
        if text:
            yield _run(element, text, inherited, scale, field=name == "fld")


def _run(element: etree._Element, text: str, inherited: list[Level], scale: float, *, field: bool) -> Run:
    properties = element.find(f"{{{A}}}rPr")
    chain = [level(properties), *inherited] if properties is not None else inherited
    return Run(
        text=text,
        points=(_first(each.points for each in chain) or DEFAULT_POINTS) * scale,
        font=_first(each.font for each in chain) or "+mn-lt",
        bold=bool(_first(each.bold for each in chain)),
        colour=_first(each.colour for each in chain),
        language=properties.get("lang", "") if properties is not None else "",
        raised=properties is not None and properties.get("baseline", "0") not in ("0", "0%"),
        field=field,
    )


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value not in (None, "")), None)
