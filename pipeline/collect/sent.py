"""Recognises what a deck was sent out with: the house rules for its speaker, slides to be filled in, and notes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.kinds import RELATIONSHIPS
from pipeline.collect.looks import SMALL_PRINT
from pipeline.collect.markup import values
from pipeline.collect.relations import relations
from pipeline.collect.vocabulary import A, P

if TYPE_CHECKING:
    from pipeline.collect.rebuild import Rebuild
    from pipeline.collect.texts import Shape

RULES = "House rules"
"""The layout of the slide that is for the speaker only."""
GIVEN = frozenset(("Speaker title", RULES, "Readings", "Closing"))
"""The layouts of the slides that are sent out complete; all others are to be filled in."""
SIGNS = frozenset(("series", "seminar", "speaker"))
"""The properties that a deck has when it was made here."""

_TITLES = ("title", "ctrTitle")
_TITLE = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a deck was sent out with: the titles of the house rules and of the other complete slides, and the notes.

    LibreOffice does not keep the names of layouts, so that only the titles identify slides that it saved.
    """

    rules: Collection[str] = ()
    given: Collection[str] = ()
    notes: Collection[str] = ()

    def is_rules(self, deck: Rebuild, part: str, title: str) -> bool:
        """Return whether a slide of the file is the one with the house rules."""
        return _same(title, self.rules) or layout(deck, part) == RULES

    def is_given(self, deck: Rebuild, part: str, title: str) -> bool:
        """Return whether a slide was sent out complete; the first one, the title slide, always is."""
        return deck.slides[part] == 1 or _same(title, self.given) or layout(deck, part) in GIVEN

    def is_notes(self, text: str) -> bool:
        """Return whether the notes of a slide are those that it was sent out with."""
        return _same(text, self.notes)


BY_LAYOUT = Sent()
"""Recognises slides by their layouts only."""


def title_of(root: etree._Element) -> str:
    """Return the title of a slide, empty if it has none."""
    return "".join(values(root, _TITLE)).strip()


def layout(deck: Rebuild, part: str) -> str:
    """Return the name that the layout of a slide of the file has in the template, empty if it has no layout.

    The name that PowerPoint shows is in the language of the deck.
    """
    for each in relations(deck.package, part).values():
        if RELATIONSHIPS.get(each.type) == "slideLayout" and each.target and not each.external:
            root = deck.tree(each.target)
            about = root.find(f"{{{P}}}cSld")
            return root.get("matchingName") or (about.get("name", "").strip() if about is not None else "")
    return ""


def filled(seen: list[Shape]) -> bool:
    """Return whether a slide holds anything besides its title and the prompts of the template."""
    return any(_holds(shape) for shape in seen if shape.type not in (*_TITLES, *SMALL_PRINT))


def _holds(shape: Shape) -> bool:
    name = shape.element.tag.rpartition("}")[2]
    if name == "graphicFrame" or name == "pic" and not _symbol(shape.element):
        return True
    prompts = {text.casefold() for place in shape.chain for text in place.prompts}
    return any(text.casefold() not in prompts for text in shape.lines)


def _symbol(picture: etree._Element) -> bool:
    """Return whether a picture is the small icon that LibreOffice saves for an empty picture placeholder."""
    crop = picture.find(f"{{{P}}}blipFill/{{{A}}}srcRect")
    return crop is not None and all(crop.get(side, "").startswith("-") for side in "ltrb")


def _same(title: str, titles: Collection[str]) -> bool:
    return bool(title) and " ".join(title.split()).casefold() in {" ".join(each.split()).casefold() for each in titles}
