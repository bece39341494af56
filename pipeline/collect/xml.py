"""Reads and writes the XML of a deck.

Threat: entities that grow or read files, encodings that hide markup from a scanner, trees that fill the memory. What
the elements mean is left to `cleaning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from lxml import etree

from pipeline.collect import limits
from pipeline.collect.allowed import LISTS
from pipeline.collect.findings import Refused

UTF_8 = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))
UTF_16 = frozenset((b"utf-16", b"utf-16le", b"utf-16be"))
"""The encodings that a package may use; Office writes no others."""
_DECLARED = re.compile(rb"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_DECLARATION = re.compile(rb"^<\?xml\s[^>]*\?>")
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY", b"<!ELEMENT", b"<!ATTLIST", b"<!NOTATION")
_NOT_CONTENT = re.compile(rb"<!--|<\?")
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    huge_tree=False,
    recover=False,
    remove_comments=True,
    remove_pis=True,
    strip_cdata=True,
)


def parse(content: bytes, where: str) -> etree._Element:
    """Return the root of a part; raise Refused for a document type, an unusual encoding or too large a tree."""
    text = _utf8(content, where)
    if any(word in text for word in _DOCTYPE):
        raise Refused("doctype", where=where)
    if text.count(b"<") > limits.TAGS or text.count(b"=") > limits.ATTRIBUTES:
        raise Refused("xml-size", where=where)
    if len(text) > limits.ATTRIBUTE_LENGTH and _has_long_attribute(text):
        raise Refused("xml-size", where=where)
    try:
        return etree.fromstring(text, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "depth" in str(error).lower()
        raise Refused("xml-depth" if deep else "xml-broken", where=where) from error


def _has_long_attribute(text: bytes) -> bool:
    length = limits.ATTRIBUTE_LENGTH + 1
    return re.search(rb"""=\s*(?:"[^"<]{%d}|'[^'<]{%d})""" % (length, length), text) is not None


def _utf8(content: bytes, where: str) -> bytes:
    """Return the text of a part as UTF-8 without its declaration."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16").encode("utf-8") if wide else content.removeprefix(b"\xef\xbb\xbf")
    except UnicodeError as error:
        raise Refused("xml-encoding", where=where, detail="UTF-16") from error
    declared = _DECLARED.match(text[:256])
    if declared and declared[1].lower() not in (UTF_16 if wide else UTF_8):
        raise Refused("xml-encoding", where=where, detail=declared[1].decode())
    if b"\0" in text:
        raise Refused("xml-encoding", where=where, detail="NUL")
    return _DECLARATION.sub(b"", text, count=1)


def has_comments(content: bytes, where: str) -> bool:
    """Return whether a part holds comments or processing instructions, which `parse` drops."""
    return _NOT_CONTENT.search(_utf8(content, where)) is not None


def serialise(root: etree._Element, prefixes: Iterable[str] = ()) -> bytes:
    """Return a part as bytes that depend only on its content; `prefixes` stay declared even if no name has them."""
    etree.cleanup_namespaces(root, top_nsmap=LISTS.namespaces, keep_ns_prefixes=sorted(prefixes))
    return written(root)


def written(root: etree._Element) -> bytes:
    """Return a tree as bytes, with a declaration."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def with_usual_prefixes(root: etree._Element) -> etree._Element:
    """Return a tree whose names have the prefixes of a clean copy: the same one if it has no others."""
    if root.nsmap.items() <= LISTS.namespaces.items():
        return root
    copy = etree.Element(root.tag, dict(attributes(root)), nsmap=LISTS.namespaces)
    waiting = [(root, copy)]
    while waiting:  # not recursive: a tree may be deep
        old, new = waiting.pop()
        new.text = old.text
        for child in old:
            made = etree.SubElement(new, child.tag, dict(attributes(child)))
            made.tail = child.tail
            waiting.append((child, made))
    return copy


def elements(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements that an XPath finds; its prefixes are those of a clean copy."""
    return [each for each in _found(root, path) if isinstance(each, etree._Element)]


def values(root: etree._Element, path: str) -> list[str]:
    """Return the texts or values of attributes that an XPath finds; its prefixes are those of a clean copy."""
    return [str(each) for each in _found(root, path)]


def _found(root: etree._Element, path: str) -> Sequence[object]:
    found = _compiled(path)(root)
    assert isinstance(found, list)  # other XPaths give a number, a string or a truth value
    return found


@cache  # for the few paths in this package: most take longer to compile than to evaluate
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=LISTS.namespaces, smart_strings=False)


def attributes(element: etree._Element) -> Sequence[tuple[str, str]]:
    """Return a copy of the attributes of an element, as pairs of name and value."""
    return element.items()  # type: ignore[return-value]  # lxml gives str only; its stubs allow bytes as well


def remove(element: etree._Element) -> None:
    """Remove an element from its tree with all that it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
