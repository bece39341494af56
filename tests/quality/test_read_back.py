"""Nothing is lost and nothing is left over: the finished files are opened again and read against what was composed."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree, html

from pipeline.render.to_pptx.pages import paged
from pipeline.render.to_pptx.template import open_template
from tests.quality import placed, slides, word_file
from tests.quality.tagged_pdf import structure

NOTHING = "–"  # Word's sign in a cell that was composed without a text
PAGE = "1 / 1"  # the fields for the number of the page and of all pages, before Word fills them
MONOGRAM = "monogram"  # initials where there is no photo: an ornament, drawn but not heard, which Word goes without


def test_every_line_is_found_in_word_and_no_other_line_stands_there(package):
    for path, document in package.written("docx"):
        tree = placed.heads_apart(placed.body(document))
        expected = placed.parts(placed.lines(tree, without=(MONOGRAM, "caption")))
        expected += [NOTHING for cell in tree.iter("td") if not "".join(cell.itertext())]
        foot = [paragraph.text for paragraph in word_file.foot(path)]
        found = placed.parts([*word_file.paragraphs(path), *(text for text in foot if text.strip() != PAGE)])
        assert _differences(expected, found) == {}, path.name


def test_every_table_in_word_is_described_by_its_caption(package):
    for path, document in package.written("docx"):
        tree = placed.body(document)
        captions = [caption.text for caption in tree.iter("caption")]
        captions += [strip.get("aria-label") for strip in tree.iterfind(".//ol[@class='strip']")]
        captions += [line.getparent().findtext("h2") for line in tree.iterfind(".//ol[@class='timeline']")]
        captions += [package.locale.words["at_a_glance"] for _ in tree.iterfind(".//ul[@class='facts']")]
        assert sorted(word_file.table_captions(path)) == sorted(captions), path.name


def test_every_line_is_found_in_the_page_in_the_order_composed(package):
    for path, document in package.written("html"):
        page, tree = html.fromstring(path.read_bytes()), placed.body(document)
        if document.home:
            page.find(".//header/nav").drop_tree()  # the way back, which only pages have
        page.find(".//header/svg").drop_tree()  # the map, whose names stand in the strip of local times
        content = [page.find(".//header"), page.find(".//main"), page.find(".//footer/div")]
        # The imprint stands at the foot of the first page on paper, and at the end of a page.
        tree.append(tree.find(".//div[@class='imprint']"))
        found = [line for part in content for line in placed.lines(part)]
        assert found == placed.lines(tree), path.name


def test_a_monogram_is_seen_on_the_page_and_not_heard(package):
    for path, document in package.written("html"):
        found = html.fromstring(path.read_bytes()).find_class(MONOGRAM)
        assert len(found) == document.body.count(f'"{MONOGRAM}"'), path.name
        assert {each.get("aria-hidden") for each in found} <= {"true"}, path.name


def test_every_line_is_heard_in_the_pdf_in_the_order_composed(package, open_fault):
    if package.locale.direction == "rtl":
        open_fault("Noto Sans Arabic draws dots as letters of their own, so that words are not found again")
    for path, document in package.written("pdf"):
        heard = placed.letters(structure(path).text()).replace("•", "")  # a bullet is a label of its list, not text
        expected = placed.letters(
            "".join(placed.lines(_as_drawn(placed.body(document)), without=(MONOGRAM, "caption")))
        )
        if 'class="contents"' in document.body:  # the list of contents has page numbers, which are not composed
            heard, expected = (re.sub(r"\d", "", text) for text in (heard, expected))
        assert heard == expected, path.name


def test_no_letter_is_lost_in_a_pdf_from_right_to_left(packages):
    for path, document in packages["tal-ar"].written("pdf"):
        expected = placed.letters("".join(placed.lines(placed.body(document), without=(MONOGRAM, "caption"))))
        assert Counter(expected) <= Counter(placed.letters(structure(path).text())), path.name


def test_every_slide_holds_what_was_composed_in_its_place_and_nothing_else(package):
    for path, deck in package.decks.items():
        found = open_template(package.root / "templates", deck.properties.direction)
        expected = [slides.expected(slide) for slide in paged(deck, found)]
        assert [slides.content(slide) for slide in slides.read(path)] == expected, path.name


def test_no_paragraph_and_no_row_is_lost_where_a_slide_goes_on_over_several(package):
    for path, deck in package.decks.items():
        found = open_template(package.root / "templates", deck.properties.direction)
        expected = Counter(text for slide in deck.slides for text in slides.texts(slide))
        assert expected <= Counter(text for slide in paged(deck, found) for text in slides.texts(slide)), path.name


def _as_drawn(tree):
    """Return a body in the order of the PDF: times, facts and the timeline have a row of heads and a row of bodies."""
    for block in tree.iter("ol", "ul"):
        heads = placed.HEADS.get(block.get("class"), ())
        if not heads:
            continue
        first, second = [], []
        for item in block:
            inner = [child for child in item if child.tag in heads or child.get("class") in heads]
            first += ["".join(child.itertext()) for child in inner]
            for child in inner:
                child.text = ""
                for grandchild in list(child):
                    child.remove(grandchild)
            second += placed.lines(item)
        for item in list(block):
            block.remove(item)
        etree.SubElement(block, "li").text = "".join(first)
        etree.SubElement(block, "li").text = "".join(second)
    return _panel_first(tree)


def _differences(expected: list[str], found: list[str]) -> dict[str, int]:
    """Return how many times more often a line was found than expected: below zero where it is lost."""
    counts = Counter(found)
    counts.subtract(expected)
    return {line: count for line, count in counts.items() if count}


def _panel_first(tree):
    """Return the tree with the side panel before the column beside it, as a page on paper is read out."""
    for columns in tree.iterfind(".//div[@class='columns']"):
        columns[:] = sorted(columns, key=lambda child: child.tag != "aside")
    return tree
