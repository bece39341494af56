"""Cleans `mc:AlternateContent`: versions that need only known namespaces are kept, and each is cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect.markup import remove
from pipeline.collect.names import shown
from pipeline.collect.vocabulary import MC
from pipeline.collect.words import PREFIXES_OF

if TYPE_CHECKING:
    from pipeline.collect.cleaning import Cleaner

_CHOICE, _FALLBACK = f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
_UNSAID = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:mac:vml",
)  # VML of objects, which are named elsewhere


def chosen(cleaner: Cleaner, element: etree._Element, depth: int) -> None:
    """Clean every version; when only the fallback is left, its content replaces the element."""
    element.attrib.clear()
    element.text = None
    fallbacks = [child for child in element if child.tag == _FALLBACK]
    for child in list(element):
        child.tail = None
        stays = child.tag == _FALLBACK and child is fallbacks[0] or child.tag == _CHOICE and _written(cleaner, child)
        if not stays or not _cleaned(cleaner, child, depth):
            element.remove(child)
    if any(child.tag == _CHOICE for child in element):
        return
    for child in [each for fallback in element for each in fallback]:
        element.addprevious(child)
    remove(element)


def _written(cleaner: Cleaner, choice: etree._Element) -> bool:
    """Return whether a version needs known namespaces only; its prefixes become those of the clean copy."""
    spaces = [choice.nsmap.get(prefix, prefix) for prefix in choice.get("Requires", "").split()]
    unknown = [space for space in spaces if space not in PREFIXES_OF]
    if unknown or not spaces:
        code = "ink" if choice.find("{*}contentPart") is not None else "object"
        if not set(unknown) & set(_UNSAID):
            cleaner.sheet.note(code, cleaner.place(choice), shown(" ".join(unknown)))
        return False
    prefixes = [PREFIXES_OF[space] for space in spaces]
    cleaner.prefixes.update(prefixes)
    choice.attrib.clear()
    choice.set("Requires", " ".join(prefixes))
    return True


def _cleaned(cleaner: Cleaner, version: etree._Element, depth: int) -> bool:
    """Clean a version; return False if everything it held was removed."""
    version.text = None
    if version.tag == _FALLBACK:
        version.attrib.clear()
    full = len(version) > 0
    cleaner.children(version, depth + 2)
    return len(version) > 0 or not full
