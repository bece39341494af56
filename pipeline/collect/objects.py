"""Cleans graphic frames: tables, charts and diagrams are kept, an embedded object is replaced by its preview."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.kinds import FRAMES, IMAGE, REFERENCES
from pipeline.collect.markup import attributes, remove
from pipeline.collect.names import shown
from pipeline.collect.vocabulary import CX, DGM, MC, A, C, P, R

if TYPE_CHECKING:
    from pipeline.collect.cleaning import Cleaner

_OLE = f"{{{P}}}oleObj"
_EMBED = f"{{{R}}}embed"
_NAMING = (f"{{{C}}}chart", f"{{{CX}}}chart", f"{{{DGM}}}relIds")


def framed(cleaner: Cleaner, frame: etree._Element, depth: int) -> None:
    """Clean a frame, replace it by a picture, or remove it."""
    held = frame.find(f"{{{A}}}graphic/{{{A}}}graphicData")
    if frame.find(f".//{_OLE}") is not None:
        cleaner.sheet.note("ole", cleaner.place(frame))
        _replaced(cleaner, frame, depth)
    elif held is None or held.get("uri") not in FRAMES:
        cleaner.sheet.note("object", cleaner.place(frame), shown("" if held is None else held.get("uri", "")))
        _gone(cleaner, frame, depth)
    elif not all(_leads(cleaner, each) for each in held.iter(*_NAMING)):
        cleaner.sheet.note("object", cleaner.place(frame), shown(held.get("uri", "").rpartition("/")[2]))
        _gone(cleaner, frame, depth)
    else:
        cleaner.ordinary(frame, depth)


def _leads(cleaner: Cleaner, element: etree._Element) -> bool:
    """Return whether everything an element names is kept and of the right kind."""
    named = [(name, kind) for (tag, name), kind in REFERENCES.items() if tag == element.tag]
    return all(cleaner.sheet.leads_to(element.get(f"{{{R}}}{name}", ""), kind) for name, kind in named)


def _gone(cleaner: Cleaner, frame: etree._Element, depth: int) -> None:
    """Remove a frame; where no other version of it exists, a grey area replaces it."""
    parent = frame.getparent()
    if parent is not None and parent.tag == f"{{{MC}}}Choice":
        remove(frame)
    else:
        _replaced(cleaner, frame, depth)


def _replaced(cleaner: Cleaner, frame: etree._Element, depth: int) -> None:
    picture = _picture(cleaner, frame)
    frame.addprevious(picture)
    remove(frame)
    cleaner.ordinary(picture, depth)


def _picture(cleaner: Cleaner, frame: etree._Element) -> etree._Element:
    """Return a picture with the id, name and position of a frame, which shows its preview."""
    picture = etree.Element(f"{{{P}}}pic")
    head = etree.SubElement(picture, f"{{{P}}}nvPicPr")
    about = frame.find(f"{{{P}}}nvGraphicFramePr/{{{P}}}cNvPr")
    head.append(deepcopy(about) if about is not None else etree.Element(f"{{{P}}}cNvPr", id="0", name=""))
    etree.SubElement(head, f"{{{P}}}cNvPicPr")
    place = frame.find(f"{{{P}}}nvGraphicFramePr/{{{P}}}nvPr/{{{P}}}ph")
    own = etree.SubElement(head, f"{{{P}}}nvPr")
    if place is not None:
        own.append(deepcopy(place))
    picture.append(_fill(cleaner, frame))
    picture.append(_shape(frame))
    return picture


def _fill(cleaner: Cleaner, frame: etree._Element) -> etree._Element:
    """Return the preview of an object: inside it, or in old decks in a VML drawing; else a grey area."""
    blip = frame.find(f".//{_OLE}//{{{P}}}pic/{{{P}}}blipFill/{{{A}}}blip")
    own, preview = (blip.get(_EMBED, ""), blip.getparent()) if blip is not None else ("", None)
    if preview is not None and cleaner.sheet.leads_to(own, IMAGE):
        return deepcopy(preview)
    if own:
        code, detail = cleaner.sheet.fault(own)
        cleaner.sheet.note(code, cleaner.place(frame), detail)
    found = frame.find(f".//{_OLE}")
    key = cleaner.sheet.old_preview(found.get("spid", "")) if found is not None else ""
    fill = etree.Element(f"{{{P}}}blipFill")
    etree.SubElement(fill, f"{{{A}}}blip").set(_EMBED, key or cleaner.sheet.grey())
    etree.SubElement(etree.SubElement(fill, f"{{{A}}}stretch"), f"{{{A}}}fillRect")
    return fill


def _shape(frame: etree._Element) -> etree._Element:
    shape, at = etree.Element(f"{{{P}}}spPr"), frame.find(f"{{{P}}}xfrm")
    if at is not None:
        moved = etree.SubElement(shape, f"{{{A}}}xfrm", dict(attributes(at)))
        moved.extend(deepcopy(child) for child in at)
    etree.SubElement(etree.SubElement(shape, f"{{{A}}}prstGeom", prst="rect"), f"{{{A}}}avLst")
    return shape
