"""What each format says in the seminar's own language, and what it marks as being in another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree, html

from pipeline.model import Deck, Document
from tests.quality import placed, slides, word_file
from tests.quality.tagged_pdf import Said, structure


def composed(document: Document) -> list[Said]:
    """Return the pieces of a document's text with their languages, as its template marks them."""
    return list(_marked(placed.body(document), document.properties.language))


def _marked(element: etree._Element, language: str) -> Iterator[Said]:
    own = element.get("lang", language)
    if element.text:
        yield Said(element.text, own)
    for child in element:
        yield from _marked(child, own)
        if child.tail:
            yield Said(child.tail, own)


def in_page(path: Path) -> list[Said]:
    page = html.fromstring(path.read_bytes())
    for style in page.iter("style"):
        style.text = ""
    return list(_marked(page, ""))


def in_word(path: Path) -> list[Said]:
    """Return the text of each run; one without a language of its own has the document's."""
    default = language_of_word(path)
    return [Said(text.text or "", _of_run(text.getparent(), default)) for text in _texts(path)]


def _texts(path: Path) -> Iterator[etree._Element]:
    return word_file.opened(path).element.body.iter(qn("w:t"))


def _of_run(run: etree._Element, default: str) -> str:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    return default if mark is None else mark.get(qn("w:val"))


def language_of_word(path: Path) -> str:
    """Return the language of a Word file's defaults: that of complex scripts where it is written from the right."""
    document = word_file.opened(path)
    mark = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    mirrored = document.element.body.find(f"{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    return mark.get(qn("w:bidi" if mirrored else "w:val"))


def in_deck(path: Path) -> list[Said]:
    """Return the text of each run on slides and notes with its own language; a run without one has none."""
    found = []
    for slide in slides.read(path):
        trees = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        for text in (text for tree in trees for text in tree.iter("{*}t")):
            look = text.getparent().find("{*}rPr")
            found.append(Said(text.text or "", "" if look is None else look.get("lang", "")))
    return found


def composed_deck(deck: Deck) -> list[Said]:
    runs = (run for slide in deck.slides for each in slide.placeholders.values() for p in each for run in p.runs)
    return [Said(run.text, run.language or deck.properties.language) for run in runs]


def in_pdf(path: Path) -> list[Said]:
    from pypdf import PdfReader

    default = str(PdfReader(path).trailer["/Root"]["/Lang"])
    return list(structure(path).said(default))
