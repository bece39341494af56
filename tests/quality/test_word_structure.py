"""Word files that a screen reader finds its way in: headings, tables, pictures, lists, and sizes one can read."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from tests.quality import placed, word_file

A4 = (11906, 16838)  # twentieths of a point
SMALL_PRINT = {"PanelTerm", "PanelDetail", "PanelTime", "PanelSlot", "Funding", "Tag"}


def test_a_document_has_one_title_and_headings_that_skip_no_level(package):
    for path, document in package.written("docx"):
        found = [(p.style.style_id, p.text) for p in word_file.all_paragraphs(path)]
        levels = [(int(id[-1]), text) for id, text in found if re.fullmatch(r"Heading\d", id)]
        assert [text for id, text in found if id == "Title"] == [placed.body(document).findtext(".//h1")], path.name
        assert levels and all(text.strip() for _, text in levels), path.name
        steps = [0, *(level for level, _ in levels)]
        assert all(after - before <= 1 for before, after in zip(steps, steps[1:])), path.name


def test_no_paragraph_is_empty(package):
    for path, _ in package.written("docx"):
        # An empty cell has an empty paragraph.
        bare = [
            paragraph
            for paragraph in word_file.all_paragraphs(path)
            if not paragraph.text.strip() and len(paragraph._p.getparent().findall(qn("w:p"))) > 1
        ]
        assert [p.style.name for p in bare if p._p.find(f".//{qn('w:drawing')}") is None] == [], path.name


def test_every_table_has_a_header_row_that_word_and_its_style_know(package):
    for path, document in package.written("docx"):
        composed = placed.body(document).findall(".//table")
        tables = list(word_file.opened(path).element.body.iter(qn("w:tbl")))
        for table, source in zip(tables, composed, strict=True):
            if source.find("thead") is None:
                continue
            head = table.find(qn("w:tr"))
            look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
            assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, path.name
            assert look.get(qn("w:firstRow")) == "1", path.name
            cells = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in head.iter(qn("w:tc"))]
            assert all(cell.strip() for cell in cells), path.name


def test_no_table_has_merged_cells_or_another_table_inside(package):
    for path, _ in package.written("docx"):
        body = word_file.opened(path).element.body
        assert [*body.iter(qn("w:gridSpan"), qn("w:vMerge"))] == [], path.name
        assert [table for table in body.iter(qn("w:tbl")) if any(table.iterdescendants(qn("w:tbl")))] == [], path.name


def test_every_picture_in_word_has_the_alternative_text_that_was_composed(package):
    for path, document in package.written("docx"):
        emblem = [package.locale.words["emblem_alt"]] * (document.body.count('class="emblem"'))
        given = [mark.get("descr") for mark in word_file.opened(path).element.body.iter(qn("wp:docPr"))]
        assert sorted(given) == sorted(emblem + [alt for alt in placed.pictures(placed.body(document)) if alt]), (
            path.name
        )
        inner = [mark.get("descr") for mark in word_file.opened(path).element.body.iter(qn("pic:cNvPr"))]
        assert inner == given, path.name  # some readers take this one: never a file's name


def test_a_list_is_numbered_by_word_and_not_typed(package):
    for path, document in package.written("docx"):
        texts = [p.text.strip() for p in word_file.all_paragraphs(path)]
        assert [text for text in texts if re.match(r"[•·*‣-]\s", text)] == [], path.name
        bulleted = [p for p in word_file.all_paragraphs(path) if p.style.style_id in ("ListBullet", "TableBullet")]
        items = placed.body(document).xpath("//ul[not(@class)]/li")
        assert len(bulleted) == len(items), path.name
        assert all(word_file.is_numbered(paragraph) for paragraph in bulleted), path.name


def test_the_page_is_a4_and_says_its_number_and_what_it_belongs_to(package):
    for path, document in package.written("docx"):
        section = word_file.opened(path).sections[0]
        size = section._sectPr.find(qn("w:pgSz"))
        assert (int(size.get(qn("w:w"))), int(size.get(qn("w:h")))) == A4, path.name
        for footer in (section.footer, section.first_page_footer):
            text = "".join(each.text or "" for each in footer._element.iter(qn("w:t"), qn("w:instrText")))
            assert document.properties.running_title in text and " PAGE " in text, path.name


def test_no_text_is_too_small(package):
    for path, _ in package.written("docx"):
        for paragraph in word_file.all_paragraphs(path):
            for run in paragraph.runs:
                small = {paragraph.style.style_id, run.style.style_id} & SMALL_PRINT
                assert word_file.size(paragraph, run) >= (8.5 if small else 9), f"{path.name}: {paragraph.text}"


def test_a_document_from_right_to_left_says_so_in_every_paragraph_table_and_section(packages):
    for path, _ in packages["tal-ar"].written("docx"):
        body = word_file.opened(path).element.body
        assert all(p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in body.iter(qn("w:p"))), path.name
        properties = [*body.iter(qn("w:tblPr"))]
        assert all(each.find(qn("w:bidiVisual")) is not None for each in properties), path.name
        assert body.find(f"{qn('w:sectPr')}/{qn('w:bidi')}") is not None, path.name


def test_nothing_makes_word_ask_or_hide_anything(package):
    """No tracked changes, comments, hidden text, fields to update, or content controls of the template."""
    for path, _ in package.written("docx"):
        settings = word_file.part(path, "word/settings.xml")
        assert settings.find(qn("w:updateFields")) is None, path.name
        body = word_file.opened(path).element.body
        unwanted = [qn(f"w:{name}") for name in ("ins", "del", "commentReference", "vanish", "sdt")]
        assert [element.tag for element in body.iter(*unwanted)] == [], path.name
