"""What each format says in the seminar's own language, and what it marks as being in another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree, html
from pypdf import PdfReader

from pipeline.core.documents import Deck, Document
from tests.quality import placed, slides, word_file
from tests.quality.page_content import Said
from tests.quality.tagged_pdf import structure

BREAK = "\n"
"""Stands between two blocks, so that the last word of one and the first of the next are not read as one."""


def composed(document: Document) -> list[Said]:
    """Return the pieces of a document's text with their languages, as its template marks them."""
    return list(_marked(placed.body(document), document.properties.language))


def _marked(element: etree._Element, language: str) -> Iterator[Said]:
    own = element.get("lang", language)
    yield Said(("" if element.tag in placed.INLINE else BREAK) + (element.text or ""), own)
    for child in element:
        yield from _marked(child, own)
        yield Said(("" if child.tag in placed.INLINE else BREAK) + (child.tail or ""), own)


HYPHEN = qn("w:noBreakHyphen")


@lru_cache(maxsize=64)
def in_page(path: Path) -> list[Said]:
    page = html.fromstring(path.read_bytes())
    for silent in page.iter("style", "script"):
        silent.text = ""
    return list(_marked(page, ""))


@lru_cache(maxsize=64)
def in_word(path: Path) -> list[Said]:
    """Return the text of each run; one without a language of its own has the document's."""
    default, found = language_of_word(path), []
    for paragraph in word_file.all_paragraphs(path):
        texts = paragraph._p.iter(qn("w:t"), qn("w:tab"), HYPHEN)
        said = ((text, "-" if text.tag == HYPHEN else text.text or " ") for text in texts)
        found += [Said(words, _of_run(text.getparent(), default)) for text, words in said]
        found.append(Said(BREAK, default))
    return found


def _of_run(run: etree._Element, default: str) -> str:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    return default if mark is None else mark.get(qn("w:val"))


def language_of_word(path: Path) -> str:
    """Return the language of a Word file's defaults: that of complex scripts where it is written from the right."""
    document = word_file.opened(path)
    mark = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    mirrored = document.element.body.find(f"{qn('w:sectPr')}/{qn('w:bidi')}") is not None
    return mark.get(qn("w:bidi" if mirrored else "w:val"))


@lru_cache(maxsize=64)
def in_deck(path: Path) -> list[Said]:
    """Return the text of each run on slides and notes with its own language; a run without one has none."""
    found = []
    for slide in slides.read(path):
        trees = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        for paragraph in (paragraph for tree in trees for paragraph in tree.iter("{*}p")):
            found += [Said(text.text or "", _of_slide_run(text.getparent())) for text in paragraph.iter("{*}t")]
            found.append(Said(BREAK, "-"))
    return found


def _of_slide_run(run: etree._Element) -> str:
    look = run.find("{*}rPr")
    return "" if look is None else look.get("lang", "")


def composed_deck(deck: Deck) -> list[Said]:
    told = []
    for slide in deck.slides:
        told += [*slide.placeholders.values(), *(row for table in slide.tables.values() for row in table.rows)]
    runs = (run for paragraphs in told for paragraph in paragraphs for run in paragraph.runs)
    return [Said(run.text, run.language or deck.properties.language) for run in runs]


@lru_cache(maxsize=64)
def in_pdf(path: Path) -> list[Said]:
    default = str(PdfReader(path).trailer["/Root"]["/Lang"])
    return list(structure(path).said(default))
