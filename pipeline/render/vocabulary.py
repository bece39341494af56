"""The vocabulary of documents: every element and class that templates may use, in any format.

Each writer lists the elements and classes that it knows and refuses all others (`UnknownWord`), so that no text is lost
unnoticed. The writer of pages accepts the complete vocabulary: the style sheet of the page decides how it looks.
"""

from __future__ import annotations

from lxml import etree

from pipeline.core.documents import Document
from pipeline.core.problems import ToolError

ELEMENTS = {
    "a", "aside", "br", "caption", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "header", "img", "li",
    "nav", "ol", "p", "section", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
CLASSES = {
    "cover": "header: the title area over the full width",
    "kicker": "p in the cover: what kind of document this is",
    "subtitle": "p in the cover: the seminar's title",
    "when": "p in the cover: day and time",
    "hosts": "p in the cover: the hosts, and which seminar of the series this is",
    "map": "img in the cover: the map of the region, which is decorative",
    "imprint": "div after the cover: funding and partners, at the foot of the first page",
    "strip": "ol: the time at which the seminar begins in each time zone, from west to east",
    "clock": "li in strip: the time, the day before or after, the cities",
    "utc": "li in strip: the clock of UTC",
    "shift": "span in a clock: the day before or after",
    "cities": "span in a clock: the cities of the time zone",
    "facts": "ul: three or four facts in a row",
    "fact": "li in facts: the name of the fact, and the fact",
    "term": "span in a fact: its name",
    "timeline": "ol: what led to the seminar, in the order of time",
    "point": "li in timeline: its date, what happened, the symbol of a document",
    "earlier": "li in timeline: a point that came before the present process",
    "here": "li in timeline, tr in planning: the seminar itself",
    "symbol": "span in a point: the symbol of a document",
    "prose": "div: running text, in two columns where there is room",
    "planning": "table: all seminars of the series",
    "chair": "tr in programme, rows: who chairs",
    "rows": "table: the programme with number, title and people",
    "about": "p in rows: what a segment is about, in one line",
    "notice": "p in the cover: that the seminar is cancelled, postponed or tentative",
    "funding": "div in the imprint or the cover: emblem and funding statement, which are never separated",
    "emblem": "span: the place of the EU emblem",
    "sample": "p in the funding block: the mark of a demonstration copy",
    "columns": "div: the main column with a side panel (pages only)",
    "main": "div: the main column (pages only)",
    "panel": "aside: the side panel, one list of terms (pages only)",
    "strong": "dd: the one detail of a panel that is shown larger (pages only)",
    "qr": "img: a QR code",
    "programme": "table: number, segment, speakers",
    "modalities": "table: point, details",
    "plain": "ul: a list without bullets",
    "lead": "p: the opening line of a document",
    "segment": "section: one segment with its speakers",
    "contents": "ol: the parts of the file to print, with their pages (PDF only)",
    "part": "section: one document in the file to print (PDF only)",
    "overleaf": "section: begins a new page, where there are pages",
    "number": "span in h2, td: the segment's number, which has one form in all documents",
    "start": "p: the time at which a segment starts",
    "card": "div: one person, never split between pages",
    "monogram": "span in a card: initials where there is no photo",
    "photo": "img in a card",
    "role": "p in a card",
    "country": "p in a card",
    "bio": "div in a card",
    "tag": "span: a quiet label (to be confirmed, the language of a reference)",
    "quiet": "p: a remark in quiet colour",
    "entries": "ul: a list of references with hanging indents",
    "entry": "li: one reference",
    "reading": "p under a heading: what the section is about, on the same page as what follows",
    "first": "div: the references to begin with, in a panel over the full width",
    "why": "p in an entry: our note on why to begin with it",
    "address": "span: a document symbol or a DOI, never broken over lines",
    "logos": "ul in a panel: each item a logo or a slot",
    "logo": "img in logos",
    "opening": "p in the cover: what the seminar is about (pages only)",
    "actions": "p in the cover: the two links that most readers need (pages only)",
    "gold": "a in actions: the first of them",
    "jumps": "ul in the cover: links to parts of the page (pages only)",
    "agenda": "ol: the segments with number, title and speakers (pages only)",
    "item": "li in agenda: one segment",
    "speaker": "p in an item: one speaker",
    "chairs": "p before the agenda: who chairs (pages only)",
    "people": "ul: chair and speakers, each item a card (pages only)",
    "files": "ul: documents to download, as tiles (pages only)",
    "file": "li in files: a document, what it is, its formats",
    "meta": "p, span: type, size and language of a file; what a link leads to (pages only)",
    "seminars": "ul: the seminars of the series (pages only)",
    "seminar": "li in seminars: one of them",
    "day": "p in a seminar: when it is held",
    "hours": "span in a day: from when to when",
    "certificate": "section: a certificate, one page (PDF only)",
    "honoured": "p in a certificate: the name of the person who gets it",
    "origin": "p in a certificate: the institution and country of that person",
    "event": "p in a certificate: the seminar that the person attended",
    "signatures": "div in a certificate: a ul with the places to sign, and the funding block",
    "covered": "ol in a certificate: the segments of the seminar",
    "register": "div in a certificate: QR code, number and code, and what the certificate confirms",
}


class UnknownWord(ToolError):
    """A writer does not know an element or class: a mistake in a template of a kind of document."""


def word(element: etree._Element) -> str:
    """Return the name of an element for the writers: its tag with its classes, like `p.role`."""
    return ".".join([str(element.tag), *element.get("class", "").split()])


def tree(document: Document) -> etree._Element:
    """Return the body parsed, under one `body` element; raise `UnknownWord` if it is not in the vocabulary."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root: etree._Element = etree.fromstring(f"<body>{document.body}</body>", parser)
    for element in root.iterdescendants():
        if element.tag not in ELEMENTS or not CLASSES.keys() >= set(element.get("class", "").split()):
            raise UnknownWord(f"{document.properties.name}: `{word(element)}` is not in the vocabulary of documents")
    return root
