"""Judges graphic frames: tables, charts and diagrams are kept, an embedded object is replaced by its preview.

Threat: a document or program inside the deck that a click opens, or that Office opens by itself.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from pipeline.collect.allowed import IMAGE, LISTS, REFERENCES, qn
from pipeline.collect.findings import shown
from pipeline.collect.part import Part
from pipeline.collect.xml import attributes

_OBJECT, _BLIP, _EMBED = qn("p:oleObj"), qn("a:blip"), qn("r:embed")
_NAMING = (qn("c:chart"), qn("cx:chart"), qn("dgm:relIds"))


def replacement(part: Part, frame: etree._Element) -> etree._Element | None:
    """Return what stands for a frame in the copy: itself, a picture in its place, or None for nothing.

    Nothing stands for a frame that is one of several versions: a program shows the next one.
    """
    held = frame.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
    uri = "" if held is None else held.get("uri", "")
    if frame.find(f".//{_OBJECT}") is not None:
        part.note("ole", part.place(frame))
        return _picture(part, frame)
    if held is None or uri not in LISTS.frames:
        part.note("object", part.place(frame), shown(uri))
    elif not all(_is_complete(part, each) for each in held.iter(*_NAMING)):
        part.note("object", part.place(frame), shown(uri.rpartition("/")[2]))
    else:
        return frame
    parent = frame.getparent()
    is_version = parent is not None and parent.tag == qn("mc:Choice")
    return None if is_version else _picture(part, frame)


def _is_complete(part: Part, element: etree._Element) -> bool:
    """Return whether everything that an element names is kept and of the right kind."""
    references = REFERENCES[element.tag]
    return all(part.leads_to(element.get(attribute, ""), kind) for attribute, kind in references.items())


def _picture(part: Part, frame: etree._Element) -> etree._Element:
    """Return a picture with the id, name and position of a frame, which shows its preview."""
    picture = etree.Element(qn("p:pic"))
    head = etree.SubElement(picture, qn("p:nvPicPr"))
    about = frame.find(f"{qn('p:nvGraphicFramePr')}/{qn('p:cNvPr')}")
    head.append(deepcopy(about) if about is not None else etree.Element(qn("p:cNvPr"), id="0", name=""))
    etree.SubElement(head, qn("p:cNvPicPr"))
    own = etree.SubElement(head, qn("p:nvPr"))
    placeholder = frame.find(f"{qn('p:nvGraphicFramePr')}/{qn('p:nvPr')}/{qn('p:ph')}")
    if placeholder is not None:
        own.append(deepcopy(placeholder))
    picture.append(_fill(part, frame))
    picture.append(_properties(frame))
    return picture


def _fill(part: Part, frame: etree._Element) -> etree._Element:
    """Return the preview of an object: inside it, or in old decks in a VML drawing; else a grey area."""
    blip = frame.find(f".//{_OBJECT}//{qn('p:pic')}/{qn('p:blipFill')}/{_BLIP}")
    id, preview = (blip.get(_EMBED, ""), blip.getparent()) if blip is not None else ("", None)
    if preview is not None and part.leads_to(id, IMAGE):
        return deepcopy(preview)
    if id:
        part.note_lost_picture(id, frame)
    found = frame.find(f".//{_OBJECT}")
    old = part.preview_id(found.get("spid", "")) if found is not None else ""
    fill = etree.Element(qn("p:blipFill"))
    etree.SubElement(fill, _BLIP).set(_EMBED, old or part.grey())
    etree.SubElement(etree.SubElement(fill, qn("a:stretch")), qn("a:fillRect"))
    return fill


def _properties(frame: etree._Element) -> etree._Element:
    properties, place = etree.Element(qn("p:spPr")), frame.find(qn("p:xfrm"))
    if place is not None:
        copy = etree.SubElement(properties, qn("a:xfrm"), dict(attributes(place)))
        copy.extend(deepcopy(child) for child in place)
    etree.SubElement(etree.SubElement(properties, qn("a:prstGeom"), prst="rect"), qn("a:avLst"))
    return properties
