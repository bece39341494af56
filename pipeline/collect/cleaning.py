"""Walks one part of a deck and removes everything that is not known to be harmless.

Threat: markup that acts (links, animations, objects), that leads out of the deck, or that holds what nobody sees. An
element or attribute is kept when `allowed.yaml` lists it, a reference when it leads to a part of the right kind that is
kept. Whether that part is harmless is left to its own cleaning, to `pictures` and to `media`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from pipeline.collect import charts, frames, limits, links
from pipeline.collect.allowed import (
    ATTRIBUTES,
    EMPTY,
    IMAGE,
    INDISPENSABLE,
    LATER,
    LISTS,
    MEDIA,
    PREFIXES,
    REFERENCES,
    SILENT,
    TEXTLESS,
    is_allowed,
    qn,
)
from pipeline.collect.findings import Refused, shown
from pipeline.collect.part import Part
from pipeline.collect.xml import attributes, elements, remove, values, with_usual_prefixes

_DESCRIBING = frozenset(("descr", "title", "name", "tooltip"))
_PLAIN = ATTRIBUTES - _DESCRIBING
"""The attributes that are kept whatever they say."""
_PATH = re.compile(
    r"(?:file:|[A-Za-z]:(?=[\\/])|(?=\\\\)|/(?:Users|home|Volumes|tmp|var)(?=/)).*[\\/]", re.IGNORECASE | re.DOTALL
)
"""The folders of a file name, which tell who made a deck and where."""
_PLAY = re.compile(r"(?:play|pause|stop|resume|togglePause|playFrom\([0-9.]{1,12}\)|onstopaudio)")
_XML = ("{http://www.w3.org/XML/1998/namespace}space", "{http://www.w3.org/XML/1998/namespace}lang")
_RELATIONSHIP_ID, _MATH = qn("r:"), qn("m:")
_ID, _EMBED, _LINK = qn("r:id"), qn("r:embed"), qn("r:link")
_CHOICE, _FALLBACK, _IGNORABLE = qn("mc:Choice"), qn("mc:Fallback"), qn("mc:Ignorable")
_VML = frozenset(("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:mac:vml"))
"""The versions of objects that need these are named with the object."""
_ALL_SHAPES = qn("p:spTree")
_HIDDEN = "//p:cNvPr[@hidden and @hidden != '0' and @hidden != 'false']"


class Cleaner:
    """Cleans the tree of one part; `prefixes` are those that its versions need."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self.prefixes: set[str] = set()
        self._ignorable: set[str] = set()
        self._lost_media = self._starts_object = False
        self._rules: dict[str, Callable[[etree._Element, int], None]] = {
            qn("mc:AlternateContent"): self._versions,
            qn("p:graphicFrame"): self._frame,
            qn("p:cmd"): self._command,
            qn("a:blip"): self._picture,
            **{qn(f"a:{name}"): self._hyperlink for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver")},
        }

    def clean(self, root: etree._Element) -> etree._Element:
        """Return the cleaned tree, with the prefixes of a clean copy."""
        if self._part.kind.name == "slide":
            self._remove_hidden_shapes(root)
        for key, _ in attributes(root):
            if key.startswith(_RELATIONSHIP_ID):  # no root of the standard names a part
                del root.attrib[key]
        self._clean_attributes(root)
        _remove_hidden_text(root)
        self._children(root, 2)
        if self._ignorable:
            self.prefixes |= self._ignorable
            root.set(_IGNORABLE, " ".join(sorted(self._ignorable)))
        if self._part.kind.name in ("chart", "chartEx") and charts.replace_paths(root):
            self._part.note("path", shown(self._part.name))
        self._remove_broken_animations(root)
        return with_usual_prefixes(root)

    def _children(self, parent: etree._Element, depth: int) -> None:
        if depth > limits.DEPTH:
            raise Refused("xml-depth", where=self._part.name)
        rules, ordinary = self._rules, self._ordinary
        for child in parent:  # lxml has found the next one already, so a rule may remove this one
            rules.get(child.tag, ordinary)(child, depth)

    def _ordinary(self, element: etree._Element, depth: int) -> None:
        """Clean an element that has no rule of its own."""
        if not is_allowed(element.tag):
            self._unknown(element)
        elif self._clean_attributes(element) and len(element):
            self._children(element, depth + 1)
            if not len(element) and element.tag in EMPTY:
                remove(element)

    def _unknown(self, element: etree._Element) -> None:
        space, _, name = element.tag[1:].rpartition("}")
        if element.tag not in SILENT:
            code = LISTS.codes_of_elements.get(name, "unknown-markup")
            self._part.note(code, self._part.place(element), shown(f"{PREFIXES.get(space, space)} {name}"))
        remove(element)

    # --- attributes ---

    def _clean_attributes(self, element: etree._Element) -> bool:
        """Clean the attributes; return whether the element stays."""
        if _PLAIN.issuperset(element.keys()):
            return True
        for key, value in attributes(element):
            if key[0] == "{":
                if not self._clean_qualified(element, key, value):
                    return False
            elif key in _DESCRIBING and _PATH.match(value):
                element.set(key, _PATH.sub("", value, count=1))
                self._part.note("path", self._part.place(element))
            elif key not in ATTRIBUTES and (key == "action" or _namespace(element) not in LATER):
                del element.attrib[key]
                if value:
                    self._part.note("unknown-markup", self._part.place(element), shown(key))
        return True

    def _clean_qualified(self, element: etree._Element, key: str, value: str) -> bool:
        """Clean an attribute that has a namespace; return whether the element stays."""
        if key.startswith(_RELATIONSHIP_ID):
            return self._clean_reference(element, key, value)
        if key == _IGNORABLE:
            spaces = {element.nsmap.get(prefix, "") for prefix in value.split()} & LATER
            self._ignorable |= {PREFIXES[space] for space in spaces}
        is_math = key.startswith(_MATH) and element.tag.startswith(_MATH)
        if not (key[1:].partition("}")[0] in LATER or is_math or key in _XML):
            del element.attrib[key]
        return True

    def _clean_reference(self, element: etree._Element, key: str, value: str) -> bool:
        """Return whether a reference names a part of the right kind; if not, its element is removed."""
        kind = REFERENCES.get(element.tag, {}).get(key, "")
        if not kind and _namespace(element) not in LATER:
            del element.attrib[key]
            return True
        if self._part.leads_to(value, kind) or kind == IMAGE and not value:
            return True
        if element.tag in INDISPENSABLE:
            raise Refused("broken-deck", where=self._part.name, detail=shown(value))
        self._lost_media |= kind == MEDIA
        if not self._part.is_explained(value):
            self._part.note("reference", self._part.place(element), shown(value))
        remove(element)
        return False

    # --- elements with rules of their own ---

    def _hyperlink(self, element: etree._Element, depth: int) -> None:
        action, id = element.get("action", ""), element.get(_ID, "")
        if self._may_link(action, id):
            judged = [(key, value) for key, value in attributes(element) if key in (_ID, "action")]
            for key, _ in judged:
                del element.attrib[key]
            self._ordinary(element, depth)
            for key, value in judged:  # everything else is cleaned as in any element
                element.set(key, value)
            return
        is_program = action.lower().startswith(("ppaction://program", "ppaction://macro", "ppaction://ole"))
        if action:
            self._part.note("program" if is_program else "link", self._part.place(element), shown(action))
        elif not self._part.is_explained(id):
            self._part.note("reference", self._part.place(element), shown(id))
        remove(element)

    def _may_link(self, action: str, id: str) -> bool:
        if id not in self._part.relationships:
            return not id and links.is_allowed_action(action, self._part.shows)
        if action == links.JUMP:
            return self._part.leads_to(id, "slide")
        return not action and self._part.leads_to_address(id)

    def _command(self, element: etree._Element, depth: int) -> None:
        if element.get("type") != "call" or not _PLAY.fullmatch(element.get("cmd", "")):
            self._starts_object = True
            remove(element)
        else:
            self._ordinary(element, depth)

    def _picture(self, element: etree._Element, depth: int) -> None:
        """Clean a picture; a grey area replaces one that cannot be kept, so that nothing else on the slide moves."""
        address, id = element.attrib.pop(_LINK, ""), element.get(_EMBED, "")
        if (id or address) and not self._part.leads_to(id, IMAGE):
            element.set(_EMBED, self._part.grey())
            self._part.note_lost_picture(id, element)
        self._ordinary(element, depth)

    def _frame(self, frame: etree._Element, depth: int) -> None:
        stays = frames.replacement(self._part, frame)
        if stays is not frame:
            if stays is not None:
                frame.addprevious(stays)
            remove(frame)
        if stays is not None:
            self._ordinary(stays, depth)

    # --- several versions of the same content ---

    def _versions(self, element: etree._Element, depth: int) -> None:
        """Clean each version that needs known namespaces only; the fallback alone replaces the element."""
        element.attrib.clear()
        fallback = element.find(_FALLBACK)
        for version in list(element):
            if version is not fallback and version.tag != _CHOICE:
                self._unknown(version)
                continue
            is_usable = version is fallback or self._needs_known_namespaces(version)
            if not is_usable or self._becomes_empty(version, depth):
                remove(version)
        if element.find(_CHOICE) is None:
            for child in [each for version in element for each in version]:
                element.addprevious(child)
            remove(element)

    def _needs_known_namespaces(self, choice: etree._Element) -> bool:
        """Return whether a version needs known namespaces only; it then names them by the usual prefixes."""
        spaces = [choice.nsmap.get(prefix, prefix) for prefix in choice.get("Requires", "").split()]
        unknown = [space for space in spaces if space not in PREFIXES]
        if unknown or not spaces:
            if _VML.isdisjoint(unknown):
                code = "ink" if choice.find("{*}contentPart") is not None else "object"
                self._part.note(code, self._part.place(choice), shown(" ".join(unknown)))
            return False
        prefixes = [PREFIXES[space] for space in spaces]
        self.prefixes.update(prefixes)
        choice.attrib.clear()
        choice.set("Requires", " ".join(prefixes))
        return True

    def _becomes_empty(self, version: etree._Element, depth: int) -> bool:
        """Clean a version; return whether everything that it held was removed."""
        if version.tag == _FALLBACK:
            version.attrib.clear()
        held = len(version) > 0
        self._children(version, depth + 2)
        return held and not len(version)

    # --- the whole part ---

    def _remove_hidden_shapes(self, root: etree._Element) -> None:
        for about in elements(root, _HIDDEN):
            shape = next(islice(about.iterancestors(), 1, None), root)
            if shape is root or shape.tag == _ALL_SHAPES:
                raise Refused("broken-deck", where=shown(self._part.name), detail="cNvPr")
            self._part.note("hidden-shape", shown(about.get("name", "")))
            remove(shape)

    def _remove_broken_animations(self, root: etree._Element) -> None:
        """Remove the animation of a slide when it starts an object or moves something that was removed."""
        timings = elements(root, "//p:timing")
        if not (self._starts_object or timings and (self._lost_media or _moves_what_is_removed(root))):
            return
        self._part.note("verb" if self._starts_object else "animation")
        for timing in timings:
            versions = list(timing.iterancestors(qn("mc:*")))
            remove(timing)
            for version in versions:
                if not len(version):
                    remove(version)


def _remove_hidden_text(root: etree._Element) -> None:
    """Remove text from elements that have none in the standard: no program shows it."""
    for element in elements(root, "//*[text()]"):
        if element.tag in TEXTLESS:
            element.text = None
            for child in element:
                child.tail = None


def _moves_what_is_removed(root: etree._Element) -> bool:
    return bool(set(values(root, "//p:timing//@spid")) - set(values(root, "//*[local-name()='cNvPr']/@id")))


def _namespace(element: etree._Element) -> str:
    return element.tag[1:].partition("}")[0]
