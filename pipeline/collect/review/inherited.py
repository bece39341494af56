"""Reads what slides inherit from their layout, its master and its theme.

python-pptx knows the types of placeholders. It has no interface for the text styles of levels and for the colours and
fonts of a theme, and raises for values that no schema allows, even for the position of a shape: these are read from the
XML here and in `slides`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.shapes.shared import CT_Placeholder

from pipeline.collect.allowed import LISTS, qn
from pipeline.collect.xml import attributes, remove

SHAPES = tuple(qn(f"p:{name}") for name in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp"))
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
SMALL_PRINT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
"""Placeholders of date, footer, slide number and header; the rules for text do not apply to them."""
_OF_MASTERS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SLIDE_IMAGE, *SMALL_PRINT)
_TYPES = frozenset(each.xml_value for each in PP_PLACEHOLDER if each.xml_value)
_STYLES = {PP_PLACEHOLDER.TITLE: "titleStyle", PP_PLACEHOLDER.BODY: "bodyStyle"}
_SLOTS = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}  # unless the master maps them otherwise
_FONTS = {
    "+mj-lt": "a:themeElements/a:fontScheme/a:majorFont/a:latin",
    "+mn-lt": "a:themeElements/a:fontScheme/a:minorFont/a:latin",
}
LEVELS = range(9)
MOST_POINTS = 4_000.0  # the largest size that PowerPoint knows
_UNKNOWN = -1  # any number that no placeholder of the layout has
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_NUMBER = re.compile(r"-?[0-9]{1,10}")
_PREFIX = re.compile(r"\b([a-z]+):")
_ABSENT = etree.Element("absent")
Box = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A placeholder of a layout or master; its prompts say what is to be filled in, here without capitals."""

    type: PP_PLACEHOLDER
    idx: int
    element: etree._Element
    prompts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Design:
    """What the slides of a layout inherit: from the layout, from its master and from the theme of that."""

    placeholders: tuple[Placeholder, ...]  # of the layout
    above: tuple[Placeholder, ...]  # of the master
    boxes: tuple[Box | None, ...]  # of the other shapes of both
    styles: etree._Element  # of the text of placeholders
    background: etree._Element | None
    plain: etree._Element  # the text style of other shapes
    colours: Mapping[str, str]  # RRGGBB by the names that text and fills use
    fonts: Mapping[str, str]  # by the names that text uses
    _inherited: dict[tuple[PP_PLACEHOLDER, int] | None, Inherited] = field(default_factory=dict)

    def inherited(self, mark: CT_Placeholder | None) -> Inherited:
        """Return what a placeholder inherits; None stands for a shape that is none."""
        key = None
        if mark is not None:  # a number that the layout lacks is as good as any other, and there may be many
            key = mark.type, mark.idx if any(each.idx == mark.idx for each in self.placeholders) else _UNKNOWN
        if key not in self._inherited:
            self._inherited[key] = self._read(*key) if key else Inherited(None, (), [self.plain])
        return self._inherited[key]

    def _read(self, type_: PP_PLACEHOLDER, idx: int) -> Inherited:
        bases = self.bases(type_, idx)
        if type_ == PP_PLACEHOLDER.OBJECT and bases:  # which is also the type of one that gives none
            type_ = bases[0].type
        styles = [child(base.element, "p:txBody/a:lstStyle") for base in bases]
        general = child(self.styles, f"p:{_STYLES.get(_kind(type_), 'otherStyle')}")  # of the master
        return Inherited(type_, bases, [*styles, general, self.plain])

    def bases(self, type_: PP_PLACEHOLDER, idx: int) -> tuple[Placeholder, ...]:
        """Return the placeholders that one of a slide inherits from: of the layout, then of the master."""
        own = [each for each in self.placeholders if each.idx == idx and (idx or each.type == type_)]
        own = own or [each for each in self.placeholders if _kind(each.type) == _kind(type_) == PP_PLACEHOLDER.TITLE]
        wanted = _kind(own[0].type if own else type_)
        return (*own[:1], *[each for each in self.above if _kind(each.type) == wanted][:1])


class Inherited:
    """The type of a placeholder, the placeholders that it inherits from, and the look of its levels of text."""

    def __init__(
        self, type_: PP_PLACEHOLDER | None, bases: tuple[Placeholder, ...], styles: Sequence[etree._Element]
    ) -> None:
        self.type, self.bases, self._styles = type_, bases, styles
        self._looks: dict[int, Look] = {}

    def look(self, rank: int) -> Look:
        """Return the look of a level, from 0 on."""
        if rank not in LEVELS:
            return Look()
        if rank not in self._looks:
            levels = (look_of(child(style, f"a:lvl{rank + 1}pPr/a:defRPr")) for style in self._styles)
            self._looks[rank] = reduce(Look.over, levels)
        return self._looks[rank]


def _kind(type_: PP_PLACEHOLDER) -> PP_PLACEHOLDER:
    """Return the type of the master's placeholder that one of a layout inherits from."""
    if type_ in TITLES:
        return PP_PLACEHOLDER.TITLE
    return type_ if type_ in _OF_MASTERS else PP_PLACEHOLDER.BODY


def design(layout: etree._Element, master: etree._Element, theme: etree._Element, plain: etree._Element) -> Design:
    """Return what the slides of a layout inherit; `plain` is the text style that the deck has for all shapes."""
    own, above = _shapes(layout), _shapes(master)
    backgrounds = (root.find(clark("p:cSld/p:bg")) for root in (layout, master))
    return Design(
        placeholders=tuple(_placeholder(element, ph) for element, ph in own if ph is not None),
        above=tuple(_placeholder(element, ph) for element, ph in above if ph is not None),
        boxes=tuple(box(element) for element, ph in (*own, *above) if ph is None and element.tag in SHAPES[:-1]),
        styles=child(master, "p:txStyles"),
        plain=plain,
        background=next((each for each in backgrounds if each is not None), None),
        colours=_colours(theme, dict(attributes(child(master, "p:clrMap")))),
        fonts={name: child(theme, path).get("typeface", "") for name, path in _FONTS.items()},
    )


def _shapes(root: etree._Element) -> list[tuple[etree._Element, CT_Placeholder | None]]:
    """Return the shapes of a layout or master, each with what makes it a placeholder."""
    make_readable(root)
    return [(each, ph(each)) for each in root.iterfind(clark("p:cSld/p:spTree/*")) if each.tag in SHAPES]


def _placeholder(element: etree._Element, mark: CT_Placeholder) -> Placeholder:
    texts = ("".join(t.text or "" for t in p.iter(qn("a:t"))) for p in element.iter(qn("a:p")))
    prompts = frozenset(text.strip().casefold() for text in texts if text.strip())
    return Placeholder(type=mark.type, idx=mark.idx, element=element, prompts=prompts)


def _colours(theme: etree._Element, mapped: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of a theme by the names of its slots, and by the names that are mapped to them."""
    found = [
        (etree.QName(slot).localname, each)
        for slot in theme.iterfind(clark("a:themeElements/a:clrScheme/*"))
        for each in slot
    ]
    values = {name: each.get("lastClr", "") or each.get("val", "") for name, each in found}
    colours = {name: value for name, value in values.items() if _COLOUR.fullmatch(value)}
    slots = _SLOTS | {name: slot for name, slot in mapped.items() if slot}
    return colours | {name: colours.get(slot, "") for name, slot in slots.items()}


# --- text ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a run or a level says of its text; nothing where it says nothing."""

    points: float = 0.0
    font: str = ""
    bold: str = ""
    colour: etree._Element | None = None

    def over(self, other: Look) -> Look:
        """Return what this says, and what the other says where this says nothing."""
        return Look(
            points=self.points or other.points,
            font=self.font or other.font,
            bold=self.bold or other.bold,
            colour=other.colour if self.colour is None else self.colour,
        )


def look_of(properties: etree._Element) -> Look:
    """Return what the properties of text say."""
    size = properties.get("sz")
    return Look(
        points=min(max(number(size, 1800) / 100, 1.0), MOST_POINTS) if size else 0.0,
        font=child(properties, "a:latin").get("typeface", ""),
        bold=properties.get("b", ""),
        colour=properties.find(clark("a:solidFill")),
    )


# --- XML -------------------------------------------------------------------------------------------------------------


def make_readable(root: etree._Element) -> None:
    """Remove what is shown only to programs that know no `mc:Choice`, and values that python-pptx raises for."""
    for fallback in root.findall(clark(".//mc:AlternateContent[mc:Choice]/mc:Fallback")):
        remove(fallback)
    for mark in root.iter(qn("p:ph")):
        if mark.get("type", "obj") not in _TYPES:
            del mark.attrib["type"]
        if not _NUMBER.fullmatch(mark.get("idx", "0")):
            del mark.attrib["idx"]


def ph(element: etree._Element) -> CT_Placeholder | None:
    """Return what makes a shape a placeholder."""
    found = element.find(clark("./*/p:nvPr/p:ph"))
    return found if isinstance(found, CT_Placeholder) else None


def box(element: etree._Element) -> Box | None:
    """Return left, top, width and height of a shape in EMU, None if it has no position of its own."""
    frames = (child(element, path) for path in ("p:spPr/a:xfrm", "p:xfrm", "p:grpSpPr/a:xfrm"))
    frame = next((each for each in frames if each is not _ABSENT), _ABSENT)
    off, ext = child(frame, "a:off"), child(frame, "a:ext")
    if off is _ABSENT or ext is _ABSENT:
        return None
    return number(off.get("x")), number(off.get("y")), number(ext.get("cx")), number(ext.get("cy"))


def number(text: str | None, otherwise: int = 0) -> int:
    """Return the number in an attribute, or `otherwise` if it is none or has more than ten digits."""
    found = _NUMBER.fullmatch(text or "")
    return int(found[0]) if found else otherwise


def child(element: etree._Element, path: str) -> etree._Element:
    """Return the first element at a path, or one without attributes and content if there is none."""
    found = element.find(clark(path))
    return _ABSENT if found is None else found


@cache  # for the few paths in this package: lxml takes half the time for a path without prefixes
def clark(path: str) -> str:
    """Return a path with namespaces instead of their prefixes."""
    return _PREFIX.sub(lambda found: f"{{{LISTS.namespaces[found[1]]}}}", path)
