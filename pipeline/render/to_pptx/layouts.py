"""Reads the layouts of a deck template: the place, type, shape and type size of each named placeholder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

EMU = 12700  # to the point
SMALL = ("dt", "ftr", "sldNum")  # date, footer and slide number, which are read last
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MASTER, _LAYOUTS = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout"


class Box(NamedTuple):
    """A rectangle in EMU."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Style:
    """How the first level of a placeholder is set, in points; `spacing` is a share of the line."""

    size: float = 18
    bold: bool = False
    bullets: bool = False
    margin: float = 0
    indent: float = 0
    before: float = 0
    spacing: float = 1


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    name: str
    kind: str
    index: str
    box: Box
    inner: Box
    shape: str
    style: Style


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One named layout: `colours` is its colour mapping as XML, which a slide repeats."""

    name: str
    part: str
    colours: str
    placeholders: Mapping[str, Placeholder]

    def of_kind(self, kind: str) -> Placeholder | None:
        """Return the layout's placeholder of this type, if it has one."""
        return next((each for each in self.placeholders.values() if each.kind == kind), None)


# --- reading ---------------------------------------------------------------------------------------------------------


def layouts(parts: Mapping[str, bytes]) -> dict[str, Layout]:
    """Return the layouts among a template's parts by name, in the order of their files."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    master = _master(etree.fromstring(parts[_MASTER], parser))
    names = sorted((name for name in parts if name.startswith(_LAYOUTS)), key=lambda name: (len(name), name))
    found = (_layout(name, etree.fromstring(parts[name], parser), master, parts[name].decode()) for name in names)
    return {layout.name: layout for layout in found}


def _master(tree) -> dict:
    """Return the master's placeholders by type, and its styles of text by name."""
    styles = {style.tag: style.find(f"{_A}lvl1pPr") for style in tree.iterfind(f"{_P}txStyles/*")}
    return styles | {shape.find(f".//{_P}ph").get("type"): shape for shape in reversed(_places(tree))}


def _layout(part: str, tree, master: Mapping[str, Any], text: str) -> Layout:
    shapes = [_placeholder(shape, master) for shape in _places(tree)]
    # Readers hear the shapes in this order: title first, footer and slide number last.
    shapes.sort(key=lambda each: (each.kind in SMALL) - (each.kind in ("title", "ctrTitle")))
    colours = re.search(r"<p:clrMapOvr>.*?</p:clrMapOvr>", text, re.DOTALL)
    return Layout(
        name=tree.find(f"{_P}cSld").get("name", ""),
        part=part,
        colours=colours[0] if colours else "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>",
        placeholders={each.name: each for each in shapes},
    )


def _places(tree) -> list:
    return [shape for shape in tree.iter(f"{_P}sp") if shape.find(f".//{_P}ph") is not None]


def _placeholder(shape, master: Mapping[str, Any]) -> Placeholder:
    mark = shape.find(f".//{_P}ph")
    kind = mark.get("type", "obj")
    parent = master.get(_inherited(kind))
    box = _box(shape) or _box(parent) or Box(0, 0, 0, 0)
    geometry = shape.find(f"{_P}spPr/{_A}prstGeom")
    left, top, right, bottom = (_inset(side, shape, parent) for side in "ltrb")
    inner = Box(box.x + left, box.y + top, box.width - left - right, box.height - top - bottom)
    return Placeholder(
        name=shape.find(f".//{_P}cNvPr").get("name", ""),
        kind=kind,
        index=mark.get("idx", ""),
        box=box,
        inner=inner,
        shape="rect" if geometry is None else geometry.get("prst", "rect"),
        style=_style(kind, shape, parent, master),
    )


def _inherited(kind: str) -> str:
    """Return the type of the master's placeholder from which one of this type inherits."""
    return {"ctrTitle": "title"}.get(kind, kind if kind in ("title", *SMALL) else "body")


def _box(shape) -> Box | None:
    frame = shape.find(f"{_P}spPr/{_A}xfrm") if shape is not None else None
    if frame is None:
        return None
    corner, size = frame.find(f"{_A}off"), frame.find(f"{_A}ext")
    return Box(int(corner.get("x")), int(corner.get("y")), int(size.get("cx")), int(size.get("cy")))


def _inset(side: str, *shapes) -> int:
    bodies = (shape.find(f"{_P}txBody/{_A}bodyPr") for shape in shapes if shape is not None)
    values = (body.get(f"{side}Ins") for body in bodies if body is not None)
    return int(next((value for value in values if value), 91440 if side in "lr" else 45720))


def _style(kind: str, shape, parent, master: Mapping[str, Any]) -> Style:
    name = "titleStyle" if kind in ("title", "ctrTitle") else "otherStyle" if kind in SMALL else "bodyStyle"
    levels = [master.get(f"{_P}{name}")]
    levels += [each.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr") for each in (parent, shape) if each is not None]
    style = Style()
    for level in levels:
        style = style if level is None else replace(style, **_settings(level))
    return style


def _settings(level) -> dict[str, float | bool]:
    """Return what one level of a list style sets, in points."""
    found: dict[str, float | bool] = {}
    for name, key in (("marL", "margin"), ("indent", "indent")):
        if level.get(name):
            found[key] = int(level.get(name)) / EMU
    for child, key, share in (("spcBef/{}spcPts", "before", 100), ("lnSpc/{}spcPct", "spacing", 100_000)):
        value = level.find(_A + child.format(_A))
        if value is not None:
            found[key] = int(value.get("val")) / share
    if level.find(f"{_A}buNone") is not None:
        found["bullets"] = False
    elif level.find(f"{_A}buChar") is not None or level.find(f"{_A}buAutoNum") is not None:
        found["bullets"] = True
    run = level.find(f"{_A}defRPr")
    if run is not None and run.get("sz"):
        found["size"] = int(run.get("sz")) / 100
    if run is not None and run.get("b"):
        found["bold"] = run.get("b") in ("1", "true")
    return found
