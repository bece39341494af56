"""What a document may hold: every element and class that templates may use, whatever the format.

The PDF names each of its words or stops. Word and the page set a class for which they have no look of their own as its
element is set: the text is never lost, a new class may look plain there until its style is written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.core.documents import Document

if TYPE_CHECKING:
    from lxml import etree

ELEMENTS = {
    "a", "aside", "caption", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "header", "img", "li", "nav", "p",
    "section", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
CLASSES = {
    "cover": "header: the title area over the full width",
    "kicker": "p in the cover: what kind of document this is",
    "subtitle": "p in the cover: the seminar's title",
    "when": "p in the cover: day and time",
    "notice": "p in the cover: that the seminar is cancelled, postponed or not certain yet",
    "funding": "div in the cover: emblem and funding statement, which are never parted",
    "emblem": "span: the place of the EU emblem",
    "sample": "p in the funding block: the mark of a demonstration copy",
    "columns": "div: the main column with a side panel",
    "main": "div: the main column",
    "panel": "aside: the side panel, one list of terms",
    "strong": "dd: the one detail of a panel that is set larger",
    "times": "ul: cities with their local times",
    "time": "span in times: the local time, at the far edge",
    "qr": "img: a QR code",
    "programme": "table: number, segment, speakers",
    "modalities": "table: point, details",
    "plain": "ul: a list without bullets",
    "lead": "p: the opening line of a document",
    "segment": "section: one segment with its speakers",
    "number": "span in h2: the segment's number",
    "start": "p: the time at which a segment starts",
    "card": "div: one person, never broken over a page",
    "monogram": "span in a card: initials where there is no photo",
    "photo": "img in a card",
    "role": "p in a card",
    "country": "p in a card",
    "bio": "div in a card",
    "tag": "span: a quiet label (to be confirmed, a work's language)",
    "quiet": "p: a remark in quiet colour",
    "entries": "ul: a list of works with hanging indents",
    "entry": "li: one work",
    "logos": "ul in a panel: one logo or slot an item",
    "logo": "img in logos",
    "slot": "span in logos: the labelled place of a logo that is not there yet",
    "files": "ul: files to download (pages only)",
    "file": "li: one file, its link and what it is",
    "meta": "span in a file: type and size; p in a seminar: region and language (pages only)",
    "seminars": "ul: the seminars of the series (pages only)",
    "seminar": "li in seminars: one of them",
    "day": "p in a seminar: when it is held",
    "hours": "span in a day: from when to when",
    "certificate": "section: a certificate, one page in landscape (PDF only)",
    "honoured": "p in a certificate: the name of the person who gets it",
    "event": "p in a certificate: what it was given for",
    "signatures": "ul in a certificate: one place to sign an item",
    "register": "p in a certificate: number and code",
    "check": "p in a certificate: who answers for it",
}


class UnknownWord(ValueError):
    """An element or class that is not in the vocabulary: a fault of a template, not of the sources."""


def word(element: etree._Element) -> str:
    """Return an element as the writers name it: its tag with its classes, like `p.role`."""
    return ".".join([str(element.tag), *element.get("class", "").split()])


def tree(document: Document) -> etree._Element:
    """Return the body as a parsed tree under one `body` element; raise `UnknownWord` outside the vocabulary."""
    return _parsed(document.body)


@lru_cache(maxsize=4)  # the writers of one document follow each other
def _parsed(body: str) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(f"<body>{body}</body>", parser)
    for element in root.iterdescendants():
        unknown = [word for word in element.get("class", "").split() if word not in CLASSES]
        if element.tag not in ELEMENTS or unknown:
            raise UnknownWord(f"<{element.tag} class={element.get('class', '')!r}> is not in the vocabulary")
    return root
