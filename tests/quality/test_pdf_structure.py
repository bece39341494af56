"""PDF files that a screen reader hears as they are meant, by the rules of PDF/UA-1 that can be read off the file."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from pipeline.compose import compose, seminar_view
from pipeline.load import load
from pipeline.render import to_pdf
from tests.conftest import ROOT
from tests.quality import placed
from tests.quality.page_content import pages
from tests.quality.tagged_pdf import structure

A4 = (595.28, 841.89)
ELSEWHERE = ("caption", "monogram", "strip", "facts", "timeline", "contents")
"""Not drawn; an ornament; drawn as tables, whose cells another test reads; links beside their pages."""
DRAWN_AS_TABLES = ("strip", "facts", "timeline")


def test_a_pdf_has_one_first_heading_and_skips_no_level(package):
    for path, document in package.written("pdf"):
        levels = [int(node.role[1]) for node in structure(path).all("H1", "H2", "H3", "H4")]
        parts = len(placed.body(document).xpath("//section[@class='part']"))  # each has a name of its own
        assert levels.count(1) == 1 + parts and levels[0] == 1, path.name
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), path.name
        assert len(levels) == len(placed.body(document).xpath("//h1 | //h2 | //h3")), path.name


def test_every_line_stands_in_an_element_of_its_own(package):
    for path, document in package.written("pdf"):
        own = [placed.letters(node.own()) for node in structure(path).walk()]
        lines = placed.lines(placed.body(document), without=ELSEWHERE)
        # Noto Sans Arabic draws dots as letters of their own: an Arabic line cannot be compared letter by letter
        lines = [line for line in lines if not any("\u0600" <= letter <= "\u06ff" for letter in line)]
        assert [line for line in lines if placed.letters(line) not in own] == [], path.name


def test_every_table_in_a_pdf_begins_with_header_cells_and_has_no_others(package):
    for path, document in package.written("pdf"):
        tables = structure(path).all("Table")
        lists = [each for each in placed.body(document).iter("ol", "ul") if each.get("class") in DRAWN_AS_TABLES]
        modalities = document.body.count('class="modalities"')  # it has no head row, and is drawn as text
        assert len(tables) == document.body.count("<table") - modalities + len(lists), path.name
        for table in tables:
            head, *rows = table.all("TR")
            assert {cell.role for cell in head.children} == {"TH"}, path.name
            assert all(cell.attributes.get("/Scope") == "/Column" for cell in head.children), path.name
            assert {cell.role for row in rows for cell in row.children} == {"TD"}, path.name


def test_times_facts_and_the_timeline_are_tables_with_a_head_row(package):
    for path, document in package.written("pdf"):
        tables = [
            "".join(placed.letters(cell.text()) for cell in t.all("TH", "TD")) for t in structure(path).all("Table")
        ]
        for block in placed.body(document).iter("ol", "ul"):
            if block.get("class") in DRAWN_AS_TABLES and package.locale.direction == "ltr":
                parts = [placed.letters(line) for item in block for line in placed.lines(item)]
                assert any(sorted("".join(parts)) == sorted(table) for table in tables), f"{path.name}: {parts}"


def test_every_figure_in_a_pdf_has_the_alternative_text_that_was_composed(package):
    for path, document in package.written("pdf"):
        given = [figure.alt for figure in structure(path).all("Figure")]
        assert sorted(given) == sorted(filter(None, placed.pictures(placed.body(document)))), path.name


def test_every_link_in_a_pdf_has_words_and_says_where_it_leads(package):
    for path, document in package.written("pdf"):
        links = structure(path).all("Link")
        assert all(link.text().strip() for link in links), path.name
        pages = PdfReader(path).pages
        notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
        assert all(str(note.get("/Contents", "")).strip() for note in notes), path.name
        assert all(page.get("/Tabs") == "/S" for page in pages if "/Annots" in page), path.name
        targets = {str(note["/A"]["/URI"]) for note in notes if "/A" in note}
        assert targets == {href for href in placed.body(document).xpath("//a/@href") if not href.startswith("#")}, (
            path.name
        )


def test_no_text_of_a_pdf_is_left_unmarked(package):
    for path, _ in package.written("pdf"):
        assert [page.marks[None] for page in pages(path).values() if None in page.marks] == [], path.name


def test_a_pdf_is_marked_titled_and_of_the_standard_it_claims(package):
    for path, document in package.written("pdf"):
        reader = PdfReader(path)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], path.name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], path.name
        assert reader.metadata.title == document.properties.title, path.name
        assert re.search(rb"pdfuaid:part\W+1\b", root["/Metadata"].get_data()), path.name
        direction = root["/ViewerPreferences"].get("/Direction", "/L2R")
        assert direction == {"ltr": "/L2R", "rtl": "/R2L"}[document.properties.direction], path.name


def test_the_bookmarks_are_the_headings(package):
    for path, _ in package.written("pdf"):
        titles = [placed.letters(entry.title) for entry in _flat(PdfReader(path).outline)]
        headings = [placed.letters(node.text()) for node in structure(path).all("H1", "H2", "H3")]
        assert len(titles) == len(headings), path.name
        if package.locale.direction == "ltr":
            assert all(heading.endswith(title) for title, heading in zip(titles, headings)), path.name


def test_every_font_is_in_the_file(package):
    for path, _ in package.written("pdf"):
        fonts = [font.get_object() for page in PdfReader(path).pages for font in page["/Resources"]["/Font"].values()]
        assert fonts, path.name
        for font in fonts:
            described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(described["/FontDescriptor"])
            assert files, f"{path.name}: {font['/BaseFont']}"


def test_every_page_is_a4(package):
    for path, _ in package.written("pdf"):
        for page in PdfReader(path).pages:
            size = (float(page.mediabox.width), float(page.mediabox.height))
            assert size == pytest.approx(A4, abs=0.5), path.name


@pytest.mark.parametrize(
    ("kind", "least", "most"), [("factsheet", 2, 2), ("programme", 1, 2), ("bibliography", 1, 4), ("print", 5, 10)]
)
def test_a_document_has_the_pages_it_is_meant_to_have(real_package, kind, least, most):
    path = next(path for path, document in real_package.written("pdf") if document.properties.kind == kind)
    assert least <= len(PdfReader(path).pages) <= most


def test_neither_a_symbol_nor_the_head_of_an_address_parts_at_the_end_of_a_line(real_package):
    path = next(path for path, document in real_package.written("pdf") if document.properties.kind == "bibliography")
    lines = [line.strip() for page in PdfReader(path).pages for line in page.extract_text().splitlines()]
    assert [line for line in lines if re.search(r"https?://(www\.)?$|(^|\s)[A-Z]+/$", line)] == []
    assert sum("A/RES/65/230" in line for line in lines) == 1


def _flat(outline: list) -> list:
    return [entry for each in outline for entry in (_flat(each) if isinstance(each, list) else [each])]


@pytest.mark.parametrize(
    "title",
    [
        "Regional seminar on cybercrime, human rights and the rule of law in cyberspace",
        "Cybercrime, human rights and the rule of law in cyberspace",
        "Human rights and the rule of law",
        "The rule of law in cyberspace today for prosecutors and judges",
        "Electronic evidence, international cooperation, and what comes after them",
        "Coopération internationale, preuves électroniques et droits fondamentaux",
        "Formación de las autoridades encargadas de hacer cumplir la ley en línea",
    ],
)
def test_no_word_of_a_long_title_is_left_alone(title):
    series = load(ROOT)
    seminar = series.seminars["africa-en"]
    document = compose("factsheet", seminar_view(seminar, None, series, ROOT))
    body = re.sub("<h1>.*?</h1>", f"<h1>{title}</h1>", document.body)
    written = to_pdf.write(replace(document, body=body), series.brand, ROOT / "templates")
    page = [line.strip() for line in PdfReader(BytesIO(written)).pages[0].extract_text().splitlines()]
    lines = [line for line in page if line and line in title]
    assert " ".join(lines) == title
    assert len(lines) > 1 and len(lines[-1].split()) > 1, lines
