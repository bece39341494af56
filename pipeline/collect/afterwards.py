"""What a part needs besides the cleaning of its elements: shows, sections, animations, formulas, notes."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.markup import elements, remove, values
from pipeline.collect.names import shown
from pipeline.collect.relations import relations
from pipeline.collect.sent import title_of
from pipeline.collect.sheet import implied
from pipeline.collect.verdict import Finding, Refused
from pipeline.collect.vocabulary import MC, R

if TYPE_CHECKING:
    from pipeline.collect.cleaning import Cleaner
    from pipeline.collect.rebuild import Rebuild
    from pipeline.collect.sheet import Sheet

_ID = f"{{{R}}}id"
_SHOWN = ("1", "true", None)
_HIDDEN = "//p:cNvPr[@hidden and @hidden != '0' and @hidden != 'false']"

_CELLS = r"(?:'[^'\\/\[\]:*?]{1,31}'|[\w.]{1,31})!\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
_OFFICE = r"categories|(?:label )?\d{1,4}"  # what LibreOffice writes for a chart without a workbook
_FORMULA = re.compile(rf"\(?{_CELLS}(?:,{_CELLS})*\)?|_xlchart\.v\d\.\d{{1,6}}|{_OFFICE}")
FORMULA = "Sheet1!$A$1"
"""Replaces the address of a chart's values in its workbook when that address names a file or a person's folder."""


def prepare(deck: Rebuild, sheet: Sheet, root: etree._Element) -> None:
    """Read a part before it is cleaned: record its slides, shows and notes, and remove hidden shapes."""
    if sheet.kind.name == "presentation":
        _listed(deck, sheet, root)
    elif sheet.kind.name == "slide":
        _said(deck, sheet)
        for about in elements(root, _HIDDEN):
            shape = next(islice(about.iterancestors(), 1, None), root)
            if shape is root:
                raise Refused("broken-deck", where=shown(sheet.part), detail="cNvPr")
            sheet.note("hidden-shape", shown(about.get("name", "")))
            remove(shape)


def settle(sheet: Sheet, root: etree._Element, cleaner: Cleaner) -> None:
    """Repair a part after it has been cleaned."""
    if sheet.kind.name == "presentation":
        _sections(root)
        if not elements(root, "p:sldIdLst/p:sldId"):
            raise Refused("no-slides")
    elif sheet.kind.name in ("chart", "chartEx"):
        _formulas(sheet, root)
    elif elements(root, "//p:timing"):
        _animations(sheet, root, cleaner)


# --- the list of slides ----------------------------------------------------------------------------------------------


def _listed(deck: Rebuild, sheet: Sheet, root: etree._Element) -> None:
    """Record which slides are shown and which are left out, by their number in the file.

    Raise Refused with the numbers of the slides that are missing: without them the speaker's talk has a gap.
    """
    missing = []
    for number, element in enumerate(elements(root, "p:sldIdLst/p:sldId"), start=1):
        relation = sheet.relations.get(element.get(_ID, ""))
        if relation is None or relation.external or not relation.target:
            missing.append(str(number))
            continue
        part = relation.target
        if part in deck.slides or part in deck.hidden or not deck.is_slide(relation):
            raise Refused("broken-deck", where=shown(part), detail=str(number))
        code, title = _left_out(deck, part)
        if code:
            deck.hidden[part] = number
            deck.removals.append(Finding(code=code, slide=number, detail=shown(title) or "–"))
        else:
            deck.slides[part] = number
    if missing:
        raise Refused("slide-missing", detail=", ".join(missing))
    deck.shows = frozenset(values(root, "p:custShowLst/p:custShow/@id"))


def _left_out(deck: Rebuild, part: str) -> tuple[str, str]:
    """Return the code of why a slide is left out, empty if it is kept, and its title."""
    slide = deck.tree(part)
    title = title_of(slide)
    if deck.sent and deck.sent.is_rules(deck, part, title):
        return "house-rules", title
    return "" if slide.get("show") in _SHOWN else "hidden-slide", title


def _sections(root: etree._Element) -> None:
    """Remove from the sections the slides that are no longer listed."""
    numbers = set(values(root, "p:sldIdLst/p:sldId/@id"))
    for entry in elements(root, "//p14:sectionLst//p14:sldId"):
        if entry.get("id") not in numbers:
            remove(entry)


# --- notes -----------------------------------------------------------------------------------------------------------

_NOTES = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='body']]//a:r/a:t"
_OTHER = "//p:sp[not(p:nvSpPr/p:nvPr/p:ph[@type='body'])]//a:r/a:t | //p:pic"


def _said(deck: Rebuild, sheet: Sheet) -> None:
    """Record the text of a slide's notes, and that they are left out; those that were sent out are not spoken of."""
    for relation in implied(sheet.relations, ("notesSlide",)):
        if not relation.target or not deck.stays(relation.target, "notesSlide", sheet):
            continue
        page = deck.tree(relation.target)
        text = " ".join(each.text or "" for each in elements(page, _NOTES)).strip()
        if deck.sent and deck.sent.is_notes(text):
            text = ""
        deck.notes[deck.slides[sheet.part]] = text
        if not deck.keep_notes:
            deck.read.add(relation.target)
            if text or elements(page, _OTHER):
                sheet.note("notes-left-out", detail=str(len(text.split())))


# --- animations ------------------------------------------------------------------------------------------------------


def _animations(sheet: Sheet, root: etree._Element, cleaner: Cleaner) -> None:
    """Remove the animation of a slide when it starts an object or moves something that was removed."""
    moved = set(values(root, "//p:timing//@spid"))
    there = set(values(root, "//*[local-name()='cNvPr']/@id"))
    if not (cleaner.verb or cleaner.lost_media or moved - there):
        return
    sheet.note("verb" if cleaner.verb else "animation")
    for timing in elements(root, "//p:timing"):
        parent = timing.getparent()
        remove(timing)
        while parent is not None and parent.tag.startswith(f"{{{MC}}}") and not len(parent):
            empty, parent = parent, parent.getparent()
            remove(empty)


# --- charts and diagrams ---------------------------------------------------------------------------------------------


def _formulas(sheet: Sheet, root: etree._Element) -> None:
    """Replace formulas of a chart that name a file by a plain address; the chart itself holds the values."""
    for element in elements(root, "//*[local-name()='f' or local-name()='sqref' or local-name()='fullRef']"):
        if element.text and not _FORMULA.fullmatch(element.text.strip()):
            element.text = FORMULA
            sheet.note("path", shown(sheet.part))


def drawings(deck: Rebuild, sheet: Sheet, named: set[str]) -> set[str]:
    """Return the ids of the drawings of those diagrams that are still on the slide."""
    found: set[str] = set()
    for relation in sheet.relations.values():
        if relation.id in named and sheet.leads_to(relation.id, "diagramData"):
            found |= set(values(deck.tree(relation.target), "//dsp:dataModelExt/@relId"))
    return found


_VML = "{urn:schemas-microsoft-com:vml}"
_OLD_KEY = "{urn:schemas-microsoft-com:office:office}relid"
_OLD_NUMBER = "{urn:schemas-microsoft-com:office:office}spid"


def old_previews(deck: Rebuild, part: str) -> dict[str, str]:
    """Return the parts with the previews of objects in a VML drawing of Office 2007, by the id of their shape."""
    inner = relations(deck.package, part)
    found: dict[str, str] = {}
    for element in deck.tree(part).iter(f"{_VML}shape"):
        picture = element.find(f"{_VML}imagedata")
        relation = inner.get(picture.get(_OLD_KEY, "")) if picture is not None else None
        if relation and not relation.external and relation.target:
            found |= dict.fromkeys((element.get("id", ""), element.get(_OLD_NUMBER, "")), relation.target)
    return found
