"""Walks one part of a deck and removes everything that is not known to be harmless.

An element or an attribute is kept when the vocabulary lists it; a reference is kept when it names a part of the kind
that its element may name. Elements that act (links, animations, objects, pictures) have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect import alternatives, limits, links, objects
from pipeline.collect.kinds import IMAGE, MEDIA, REFERENCES, REFUSED_WITHOUT
from pipeline.collect.markup import attributes, copied, remove
from pipeline.collect.names import shown
from pipeline.collect.verdict import Refused
from pipeline.collect.vocabulary import MC, PREFIXES, XML, A, M, P, R
from pipeline.collect.words import (
    ADDITIONS,
    HOLLOW,
    KNOWN_ATTRIBUTES,
    NAMED,
    PREFIXES_OF,
    STANDING,
    TEXTLESS,
    UNKNOWN,
    UNSAID,
    standing_of,
)  # fmt: skip

if TYPE_CHECKING:
    from pipeline.collect.sheet import Sheet

_PATHS = frozenset(("descr", "title", "name", "tooltip"))
_PATH = re.compile(r"(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:Users|home|Volumes|tmp|var)/).*[\\/]", re.IGNORECASE | re.DOTALL)
_PLAY = re.compile(r"(?:play|pause|stop|resume|togglePause|playFrom\([0-9.]{1,12}\)|onstopaudio)")
_XML = frozenset((f"{{{XML}}}space", f"{{{XML}}}lang"))
_ID, _EMBED, _LINK = f"{{{R}}}id", f"{{{R}}}embed", f"{{{R}}}link"


class Cleaner:
    """Cleans the tree of one part; `sheet` knows its relationships and records what is found."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.prefixes: set[str] = set()
        self.ignorable: set[str] = set()
        self.lost_media = self.verb = False
        self.rules: dict[str, Callable[[etree._Element, int], None]] = {
            f"{{{MC}}}AlternateContent": lambda element, depth: alternatives.chosen(self, element, depth),
            f"{{{P}}}graphicFrame": lambda element, depth: objects.framed(self, element, depth),
            f"{{{A}}}blip": self._blip,
            f"{{{P}}}cmd": self._command,
            **{f"{{{A}}}{name}": self._hyperlink for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver")},
        }

    def clean(self, root: etree._Element) -> etree._Element:
        """Return the cleaned tree, with the prefixes of a clean copy."""
        self._attributes(root)
        self.children(root, 2)
        if self.ignorable:
            self.prefixes |= self.ignorable
            root.set(f"{{{MC}}}Ignorable", " ".join(sorted(self.ignorable)))
        return root if root.nsmap.items() <= PREFIXES.items() else copied(root)

    def children(self, parent: etree._Element, depth: int) -> None:
        """Clean the children of an element."""
        if depth > limits.DEPTH:
            raise Refused("xml-depth", where=self.sheet.part)
        child = parent[0] if len(parent) else None
        while child is not None:
            following = child.getnext()  # read first, because a rule may remove the child
            self.rules.get(child.tag, self.ordinary)(child, depth)
            child = following

    def ordinary(self, element: etree._Element, depth: int) -> None:
        """Clean an element that has no rule of its own."""
        standing = STANDING.get(element.tag) or standing_of(element.tag)
        if standing == UNKNOWN:
            self._unknown(element)
        elif self._attributes(element):
            if standing == TEXTLESS:
                element.text = element.tail = None
            if len(element):
                self.children(element, depth + 1)
                if not len(element) and element.tag in HOLLOW:
                    remove(element)

    def _unknown(self, element: etree._Element) -> None:
        space, _, name = element.tag[1:].rpartition("}")
        if name not in UNSAID:
            code = NAMED.get(name, "unknown-markup")
            self.sheet.note(code, self.place(element), shown(f"{PREFIXES_OF.get(space, space)} {name}"))
        remove(element)

    def place(self, element: etree._Element) -> str:
        """Return the name of the shape that holds an element, else the name of the part."""
        for each in (element, *element.iterancestors()):
            name = each.get("name") if each.tag.endswith("}cNvPr") else None
            inner = each.find("./*/{*}cNvPr") if name is None else None
            if inner is not None:
                name = inner.get("name")
            if name:
                return shown(name)
        return self.sheet.part

    # --- attributes ---

    def _attributes(self, element: etree._Element) -> bool:
        """Clean the attributes; return whether the element stays."""
        added = None
        for key, value in attributes(element):
            if len(value) > limits.ATTRIBUTE_LENGTH:
                raise Refused("xml-size", where=self.sheet.part)
            if key[0] == "{":
                if not self._qualified(element, key, value):
                    return False
            elif key in KNOWN_ATTRIBUTES:
                if key in _PATHS and _PATH.match(value):
                    element.set(key, _PATH.sub("", value, count=1))
                    self.sheet.note("path", self.place(element))
            else:
                added = element.tag[1:].partition("}")[0] in ADDITIONS if added is None else added
                if not added:
                    del element.attrib[key]
                    if value:
                        self.sheet.note("unknown-markup", self.place(element), shown(key))
        return True

    def _qualified(self, element: etree._Element, key: str, value: str) -> bool:
        """Clean an attribute that has a namespace; return whether the element stays."""
        space, _, name = key[1:].partition("}")
        if space == R:
            return self._reference(element, key, name, value)
        if key == f"{{{MC}}}Ignorable":
            spaces = {element.nsmap.get(prefix, "") for prefix in value.split()} & ADDITIONS
            self.ignorable |= {PREFIXES_OF[each] for each in spaces}
        if not (space in ADDITIONS or space == M and element.tag.startswith(f"{{{M}}}") or key in _XML):
            del element.attrib[key]
        return True

    def _reference(self, element: etree._Element, key: str, name: str, value: str) -> bool:
        """Return whether a reference names a part of the right kind; if not, its element is removed."""
        kind = REFERENCES.get((element.tag, name))
        if kind is None and element.tag[1:].partition("}")[0] not in ADDITIONS:
            del element.attrib[key]
            return True
        if kind == IMAGE and not value:
            return True
        if kind is not None and self.sheet.leads_to(value, kind):
            return True
        self._astray(element, kind, value)
        return False

    def _astray(self, element: etree._Element, kind: str | None, value: str) -> None:
        if element.tag in REFUSED_WITHOUT:
            raise Refused("broken-deck", where=self.sheet.part, detail=shown(value))
        self.lost_media |= kind == MEDIA
        if not self.sheet.explained(value):
            self.sheet.note("reference", self.place(element), shown(value))
        remove(element)

    # --- what acts ---

    def _hyperlink(self, element: etree._Element, depth: int) -> None:
        action, key = element.get("action", ""), element.get(_ID, "")
        if self._may_link(action, key):
            named = _ID in element.attrib
            if named:
                del element.attrib[_ID]  # it has been judged; all else is cleaned as in any element
            self.ordinary(element, depth)
            if named:
                element.set(_ID, key)
            return
        started = action.lower().startswith(("ppaction://program", "ppaction://macro", "ppaction://ole"))
        if started or action:
            self.sheet.note("program" if started else "link", self.place(element), shown(action))
        elif not self.sheet.explained(key):
            self.sheet.note("reference", self.place(element), shown(key))
        remove(element)

    def _may_link(self, action: str, key: str) -> bool:
        relation = self.sheet.relations.get(key)
        if relation is None:
            return not key and links.verb(action, self.sheet.shows)
        if action == links.JUMP:
            return not relation.external and self.sheet.leads_to(key, "slide")
        return not action and self.sheet.is_address(relation)

    def _command(self, element: etree._Element, depth: int) -> None:
        if element.get("type") != "call" or not _PLAY.fullmatch(element.get("cmd", "")):
            self.verb = True
        self.ordinary(element, depth)

    def _blip(self, element: etree._Element, depth: int) -> None:
        """Clean a picture; a grey area replaces one that cannot be kept, so that nothing else on the slide moves."""
        outside, key = element.attrib.pop(_LINK, ""), element.get(_EMBED, "")
        if (key or outside) and not self.sheet.leads_to(key, IMAGE):
            element.set(_EMBED, self.sheet.grey())
            code, detail = self.sheet.fault(key)
            self.sheet.note(code, self.place(element), detail)
        self.ordinary(element, depth)
