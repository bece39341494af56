"""Word files that a screen reader finds its way in: headings, tables, pictures, lists, and sizes one can read."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from tests.quality import placed, word_file

A4 = (11906, 16838)  # twentieths of a point
LEAST = 9  # points
EMU = 12700  # in a point
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def test_a_document_has_one_title_and_headings_that_skip_no_level(package):
    for path, document in package.written("docx"):
        tree, found = placed.body(document), list(word_file.all_paragraphs(path))
        levels = [(word_file.outline_level(p), p.text) for p in found if word_file.outline_level(p)]
        titles = [p.text for p in found if p.style.style_id == "Title"]
        assert titles == [tree.findtext(".//h1")], path.name
        # The heads of biographies are headings as well.
        assert [level for level, _ in levels] == [int(head.tag[1]) - 1 for head in tree.iter("h2", "h3")], path.name
        assert levels and all(text.strip() for _, text in levels), path.name
        steps = [0, *(level for level, _ in levels)]
        assert all(after - before <= 1 for before, after in zip(steps, steps[1:])), path.name


def test_no_paragraph_is_empty(package):
    for path, _ in package.written("docx"):
        numbers = word_file.counted(path)
        bare = [p for p in word_file.all_paragraphs(path) if not p.text.strip() and p._p not in numbers]
        # A section that ends after a table ends in a paragraph of its own.
        needed = (qn("w:drawing"), qn("w:sectPr"))
        assert [p.style.name for p in bare if next(p._p.iter(*needed), None) is None] == [], path.name


def test_every_table_has_a_header_row_that_word_and_its_style_know(package):
    for path, document in package.written("docx"):
        tree = placed.body(document)
        drawn = {*tree.iter("table"), *placed.rows(tree)}
        composed = [element for element in tree.iter() if element in drawn]
        for table, source in zip(word_file.tables_of_data(path), composed, strict=True):
            if source.tag == "table" and source.find("thead") is None:
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
        file = word_file.opened(path)
        roots = (file.element.body, file.sections[0].first_page_footer._element)
        marks = [mark for root in roots for mark in root.iter(qn("wp:docPr"))]
        given = [mark.get("descr") for mark in marks]
        composed = [alt for alt in placed.pictures(placed.body(document)) if alt]
        assert sorted(filter(None, given)) == sorted(emblem + composed), path.name
        ornaments = [mark for mark in marks if mark.find(f".//{{{DECORATIVE}}}decorative") is not None]
        assert [mark.get("descr") for mark in ornaments] == [alt for alt in given if not alt], path.name
        inner = [mark.get("descr") for root in roots for mark in root.iter(qn("pic:cNvPr"))]
        shapes = [mark for mark in marks if next(mark.getparent().iter(qn("pic:cNvPr")), None) is None]
        assert all(mark in ornaments for mark in shapes), path.name
        # Some readers take this one: never a file's name.
        assert inner == [mark.get("descr") for mark in marks if mark not in shapes], path.name


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
        foot, first = (
            "".join(each.text or "" for each in footer._element.iter(qn("w:t"), qn("w:instrText")))
            for footer in (section.footer, section.first_page_footer)
        )
        assert document.properties.running_title in foot and " PAGE " in foot and " PAGE " in first, path.name
        cover = "\n".join(p.text for p in word_file.all_paragraphs(path) if p._p.getparent().tag == qn("w:tc"))
        assert all(part in cover for part in document.properties.running_title.split(" · ")), path.name


def test_no_text_is_too_small(package):
    for path, _ in package.written("docx"):
        margins = word_file.opened(path).sections[0]
        for part in (margins.header, margins.footer):
            assert part.paragraphs and all(p.style.font.size.pt >= LEAST for p in part.paragraphs), path.name
        for paragraph in (*word_file.all_paragraphs(path), *word_file.foot(path)):
            for run in paragraph.runs:
                assert word_file.size(paragraph, run) >= LEAST, f"{path.name}: {paragraph.text}"


def test_no_name_on_a_map_is_too_small_or_cut_off(package):
    for path, _ in package.written("docx"):
        for drawing, vector in word_file.vectors(path):
            left, _, width, height = map(float, vector.get("viewBox").split())
            scale = int(drawing.find(qn("wp:extent")).get("cy")) / EMU / height
            names = list(vector.iter("{*}text"))
            for name in names:
                size, x = float(name.get("font-size")), float(name.get("x"))
                wide = len(name.text) * size * 0.5
                start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[name.get("text-anchor")]
                assert size * scale >= LEAST - 0.05, f"{path.name}: {name.text}"
                assert left <= start and start + wide <= left + width, f"{path.name}: {name.text}"


def test_a_document_from_right_to_left_says_so_in_every_paragraph_table_and_section(packages):
    for path, _ in packages["tal-ar"].written("docx"):
        body = word_file.opened(path).element.body
        assert all(p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in body.iter(qn("w:p"))), path.name
        properties = [*body.iter(qn("w:tblPr"))]
        assert all(each.find(qn("w:bidiVisual")) is not None for each in properties), path.name
        sections = [*body.iter(qn("w:sectPr"))]
        assert all(each.find(qn("w:bidi")) is not None for each in sections), path.name
        foot = list(word_file.foot(path))
        assert all(p._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in foot), path.name


def test_the_cover_is_text_in_the_body_over_the_full_width_of_the_page(package):
    """Headers are not read out: only what is decoration is anchored, and it is in no header either."""
    for path, document in package.written("docx"):
        file = word_file.opened(path)
        cover = file.element.body[0]
        assert cover.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "Cover", path.name
        tree = placed.body(document)
        composed = placed.lines(next(tree.iterfind(".//header")))
        assert [placed.folded(p.text) for p in file.tables[0].cell(0, 0).paragraphs] == composed, path.name
        start = int(cover.find(f"{qn('w:tblPr')}/{qn('w:tblInd')}").get(qn("w:w")))
        margins = [int(file.sections[0]._sectPr.find(qn("w:pgMar")).get(qn(f"w:{side}"))) for side in ("left", "right")]
        width = int(cover.find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w")))
        assert start <= -margins[0] and start + margins[0] + width >= A4[0], path.name
        assert not "".join(each.text or "" for each in file.sections[0].first_page_header._element.iter(qn("w:t")))


def test_no_table_floats_and_no_text_flows_around_anything(package):
    for path, _ in package.written("docx"):
        body = word_file.opened(path).element.body
        assert list(body.iter(qn("w:tblpPr"), qn("w:framePr"))) == [], path.name
        wraps = {child.tag for anchor in body.iter(qn("wp:anchor")) for child in anchor if "wrap" in child.tag}
        assert wraps <= {qn("wp:wrapNone")}, path.name


def test_running_text_in_columns_is_a_section_on_the_same_page(package):
    for path, document in package.written("docx"):
        sections = list(word_file.opened(path).element.body.iter(qn("w:sectPr")))
        columns = [int(each.find(qn("w:cols")).get(qn("w:num"), "1")) for each in sections]
        assert columns == [1, *([2, 1] * document.body.count('class="prose"'))], path.name
        assert [each.find(qn("w:titlePg")) is not None for each in sections] == [True] + [False] * (len(columns) - 1)
        kinds = [each.find(qn("w:type")) for each in sections[1:]]
        assert all(kind.get(qn("w:val")) == "continuous" for kind in kinds), path.name


def test_word_itself_counts_the_segments(package):
    """A segment that somebody inserts gets its number, and those after it count on: no number is typed."""
    for path, document in package.written("docx"):
        tree = placed.body(document)
        heads = [int(span.text) for span in tree.iterfind(".//h2/span[@class='number']")]
        first = [placed.lines(row[0]) for row in tree.iterfind(".//tbody/tr") if row[0].tag == "td"]
        cells = [int(lines[0]) for lines in first if lines and lines[0].isdigit()]
        assert list(word_file.counted(path).values()) == cells + heads, path.name
        typed = [
            p.text for p in word_file.all_paragraphs(path) if p._p in word_file.counted(path) and p.text[:1].isdigit()
        ]
        assert typed == [], path.name


def test_no_cell_is_empty(package):
    for path, _ in package.written("docx"):
        numbers = word_file.counted(path)
        for cell in word_file.opened(path).element.body.iter(qn("w:tc")):
            shown = "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()
            assert shown or any(p in numbers for p in cell.iter(qn("w:p"))), path.name


def test_each_style_of_the_template_has_its_name_in_the_language_of_the_document(package):
    for path, _ in package.written("docx"):
        styles = word_file.part(path, "word/styles.xml")
        names = [style.find(qn("w:name")).get(qn("w:val")) for style in styles.iter(qn("w:style"))]
        aliases = {}
        for style in styles.iter(qn("w:style")):
            found, name = style.find(qn("w:aliases")), style.find(qn("w:name")).get(qn("w:val"))
            if style.get(qn("w:customStyle")):
                aliases[name] = name if found is None else found.get(qn("w:val"))
        words = package.locale.words
        assert aliases == {name: words[f"style_{name.lower().replace(' ', '_')}"] for name in aliases}, path.name
        assert len(set(aliases.values())) == len(aliases) and not any("," in alias for alias in aliases.values())
        if package.seminar.language != "en":
            assert set(aliases.values()) & set(names) == set(), path.name


def test_nothing_makes_word_ask_or_hide_anything(package):
    """No tracked changes, comments, hidden text, fields to update, or content controls of the template."""
    for path, _ in package.written("docx"):
        settings = word_file.part(path, "word/settings.xml")
        assert settings.find(qn("w:updateFields")) is None, path.name
        body = word_file.opened(path).element.body
        unwanted = [qn(f"w:{name}") for name in ("ins", "del", "commentReference", "vanish", "sdt")]
        assert [element.tag for element in body.iter(*unwanted)] == [], path.name
