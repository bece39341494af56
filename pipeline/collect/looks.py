"""What a slide inherits from its layout, its master and its theme: boxes, sizes, colours, fonts and prompts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.markup import attributes, elements, remove
from pipeline.collect.vocabulary import A, P

if TYPE_CHECKING:
    from pipeline.collect.rebuild import Rebuild

_COLOUR = re.compile("[0-9A-Fa-f]{6}")

LEVELS = range(1, 10)
DEFAULT_POINTS = 18.0
MOST_POINTS = 4_000.0  # the largest size PowerPoint knows
_NUMBER = re.compile(r"-?[0-9]{1,10}")
Box = tuple[int, int, int, int]

_SAME = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "": "body", "tbl": "body", "chart": "body",
         "dgm": "body", "media": "body", "clipArt": "body", "pic": "body"}  # fmt: skip
SMALL_PRINT = frozenset(("dt", "ftr", "sldNum", "hdr"))
"""Placeholders of date, footer, header and slide number; the rules for text do not apply to them."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """The look of text of one level, as far as it is given: size in points, colour element, font, bold."""

    points: float | None = None
    colour: etree._Element | None = None
    font: str = ""
    bold: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A placeholder of a layout or master."""

    type: str
    idx: str
    box: Box | None
    levels: Mapping[int, Level]
    prompts: tuple[str, ...]
    body: etree._Element | None  # its a:bodyPr
    filled: etree._Element | None = None  # its p:spPr


@dataclass(frozen=True, kw_only=True)
class Look:
    """A layout or master: placeholders, text styles, background, boxes of other shapes, colours and fonts."""

    places: tuple[Place, ...]
    styles: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    background: etree._Element | None = None
    ornaments: tuple[Box | None, ...] = ()
    colours: Mapping[str, str] = field(
        default_factory=dict
    )  # p:clrMap: from text and background to the slots of the theme
    theme: Mapping[str, str] = field(default_factory=dict)  # slot -> RRGGBB
    fonts: Mapping[str, str] = field(default_factory=dict)
    above: Look | None = None

    def chain(self, type_: str, idx: str) -> list[Place]:
        """Return the placeholders that a slide's placeholder inherits from: of the layout, then of the master."""
        own = next((p for p in self.places if p.idx == idx and (idx or p.type == type_)), None)
        own = own or next((p for p in self.places if p.type and kind(p.type) == kind(type_) == "title"), None)
        found = [own] if own else []
        if self.above:
            wanted = kind(own.type if own else type_)
            found += [p for p in self.above.places if kind(p.type) == wanted][:1]
        return found


def number(text: str | None, otherwise: int = 0) -> int:
    """Return the number in an attribute, or `otherwise` if it is none or has more than ten digits."""
    found = _NUMBER.fullmatch(text or "")
    return int(found[0]) if found else otherwise


def kind(type_: str) -> str:
    """Return the type of the master's placeholder that one of a layout inherits from."""
    return _SAME.get(type_, type_)


def levels(element: etree._Element | None) -> dict[int, Level]:
    """Return the look of each level that a list style gives."""
    if element is None:
        return {}
    found = {n: element.find(f"{{{A}}}lvl{n}pPr/{{{A}}}defRPr") for n in LEVELS}
    return {n: level(run) for n, run in found.items() if run is not None}


def level(run: etree._Element) -> Level:
    """Return the look that the properties of a run give."""
    latin, size, bold = run.find(f"{{{A}}}latin"), run.get("sz"), run.get("b")
    return Level(
        points=min(max(number(size, 1800) / 100, 1.0), MOST_POINTS) if size else None,
        colour=run.find(f"{{{A}}}solidFill"),
        font=latin.get("typeface", "") if latin is not None else "",
        bold=None if bold is None else bold in ("1", "true"),
    )


def box(element: etree._Element) -> Box | None:
    """Return left, top, width and height of a shape in EMU, None if it has no position of its own."""
    frame = element.find(f"{{{P}}}spPr/{{{A}}}xfrm")
    frame = element.find(f"{{{P}}}xfrm") if frame is None else frame
    frame = element.find(f"{{{P}}}grpSpPr/{{{A}}}xfrm") if frame is None else frame
    off, ext = (None, None) if frame is None else (frame.find(f"{{{A}}}off"), frame.find(f"{{{A}}}ext"))
    if off is None or ext is None:
        return None
    return number(off.get("x")), number(off.get("y")), number(ext.get("cx")), number(ext.get("cy"))


def paragraphs(element: etree._Element) -> list[str]:
    """Return the text of each paragraph in an element."""
    return ["".join(t.text or "" for t in p.iter(f"{{{A}}}t")).strip() for p in element.iter(f"{{{A}}}p")]


class Looks:
    """The layouts and masters of a deck, each read once."""

    def __init__(self, deck: Rebuild) -> None:
        self._deck = deck
        self._known: dict[str, Look] = {}
        root = read(deck, deck.paths_of("presentation")[0])
        self.plain = levels(root.find(f"{{{P}}}defaultTextStyle"))

    def of(self, slide_path: str) -> Look:
        """Return the layout of a slide, with its master above it."""
        return self._look(self._deck.linked(slide_path, "slideLayout"), "slideMaster")

    def _look(self, path: str, above: str) -> Look:
        if path not in self._known:
            root = read(self._deck, path)
            if above:
                upper = self._look(self._deck.linked(path, above), "")
                self._known[path] = _look(root, upper, upper.theme, upper.fonts)
            else:
                theme = read(self._deck, self._deck.linked(path, "theme"))
                self._known[path] = _look(root, None, _slots(theme), _fonts(theme))
        return self._known[path]


def read(deck: Rebuild, path: str) -> etree._Element:
    """Return the tree of a part of the clean copy without the fallbacks of `mc:AlternateContent`."""
    root = etree.fromstring(deck.parts[path].unpacked())
    for fallback in elements(root, "//mc:AlternateContent[mc:Choice]/mc:Fallback"):
        remove(fallback)
    return root


def _look(root: etree._Element, above: Look | None, theme: Mapping[str, str], fonts: Mapping[str, str]) -> Look:
    shapes = root.findall(f"{{{P}}}cSld/{{{P}}}spTree/*")
    mapping = root.find(f"{{{P}}}clrMap")
    styles = {name: levels(root.find(f"{{{P}}}txStyles/{{{P}}}{name}Style")) for name in ("title", "body", "other")}
    found = ((each, each.find(f".//{{{P}}}ph")) for each in root.iter(f"{{{P}}}sp"))
    return Look(
        places=tuple(_place(each, placeholder) for each, placeholder in found if placeholder is not None),
        styles=styles if above is None else {},
        background=root.find(f"{{{P}}}cSld/{{{P}}}bg"),
        ornaments=tuple(box(each) for each in shapes if _ornament(each)),
        colours=dict(attributes(mapping)) if mapping is not None else (above.colours if above else {}),
        theme=theme,
        fonts=fonts,
        above=above,
    )


def _ornament(shape: etree._Element) -> bool:
    """Return whether a shape of a layout is no placeholder and may lie behind text."""
    name = shape.tag.rpartition("}")[2]
    return name in ("pic", "sp", "grpSp", "graphicFrame") and shape.find(f"./*/{{{P}}}nvPr/{{{P}}}ph") is None


def _place(shape: etree._Element, placeholder: etree._Element) -> Place:
    body, type_ = shape.find(f"{{{P}}}txBody"), placeholder.get("type", "")
    return Place(
        type="" if type_ == "obj" else type_,
        idx=placeholder.get("idx", ""),
        box=box(shape),
        levels=levels(body.find(f"{{{A}}}lstStyle")) if body is not None else {},
        prompts=tuple(text for text in paragraphs(shape) if text),
        body=body.find(f"{{{A}}}bodyPr") if body is not None else None,
        filled=shape.find(f"{{{P}}}spPr"),
    )


def _slots(theme: etree._Element) -> dict[str, str]:
    """Return the colours of a theme by slot."""
    slots = theme.iterfind(f"{{{A}}}themeElements/{{{A}}}clrScheme/*")
    colours = ((slot.tag.rpartition("}")[2], colour) for slot in slots for colour in slot)
    found = {name: colour.get("lastClr", "") or colour.get("val", "") for name, colour in colours}
    return {name: value for name, value in found.items() if _COLOUR.fullmatch(value)}


def _fonts(theme: etree._Element) -> dict[str, str]:
    path = f"{{{A}}}themeElements/{{{A}}}fontScheme/{{{A}}}"
    names = {"mj": "majorFont", "mn": "minorFont"}
    found = {short: theme.find(f"{path}{name}/{{{A}}}latin") for short, name in names.items()}
    return {f"+{short}-lt": latin.get("typeface", "") for short, latin in found.items() if latin is not None}
