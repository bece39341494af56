"""What the writer of Word files does with each element, read back with python-docx."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from pipeline import render
from pipeline.compose import compose, seminar_view
from pipeline.load import load
from pipeline.render import to_docx
from pipeline.render.vocabulary import UnknownWord
from tests.conftest import ROOT, build_here

TEMPLATE = (ROOT / "templates/document.docx").read_bytes()


@pytest.fixture(scope="module")
def series():
    return load(ROOT)


def written(series, body: str):
    """Return a Word file with that body, opened with python-docx."""
    document = compose("factsheet", seminar_view(series.seminars["africa-en"], None, series, ROOT))
    content = render.write("docx", replace(document, body=body), series.brand, ROOT / "templates")
    return docx.Document(BytesIO(content))


def texts(file) -> list[tuple[str, str]]:
    return [(paragraph.style.style_id, paragraph.text) for paragraph in file.paragraphs]


def test_a_list_in_an_item_of_a_list_keeps_the_text_of_the_item(series):
    file = written(series, "<ul><li>Treaties<ul><li>Budapest</li></ul></li><li><p>One</p><p>Two</p></li></ul>")
    styles = ["ListBullet", "ListBullet", "Normal", "Normal"]
    assert texts(file) == list(zip(styles, ["Treaties", "Budapest", "One", "Two"], strict=True))


def test_emphasis_language_and_link_of_a_run_are_kept(series):
    text = '<p>A <em lang="fr">bon <strong>mot</strong></em> of <a href="https://example.org/">Ada</a></p>'
    (paragraph,) = written(series, text).paragraphs
    runs = {run.text: run for run in paragraph.runs}
    assert [*runs] == ["A ", "bon ", "mot", " of "]
    assert (runs["mot"].font.italic, runs["mot"].font.bold, runs["bon "].font.bold) == (True, True, None)
    assert runs["mot"]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr-FR"
    (link,) = paragraph.hyperlinks
    assert (link.address, link.text, link.runs[0].style.style_id) == ("https://example.org/", "Ada", "Hyperlink")


def test_the_programme_begins_a_page_and_other_text_stays_whole(series):
    table = "<table class='rows'><tbody><tr><td>1</td><td>One</td><td>Ada</td></tr></tbody></table>"
    file = written(series, f"<section class='overleaf'><h2>Programme</h2>{table}</section>")
    assert file.paragraphs[0].paragraph_format.page_break_before
    file = written(
        series, "<section class='overleaf'><h2>Aims</h2><p>To:</p><ul><li>meet</li><li>talk</li></ul></section>"
    )
    assert [p.paragraph_format.keep_with_next for p in file.paragraphs] == [True, True, True, None]
    assert not any(p.paragraph_format.page_break_before for p in file.paragraphs)


def test_a_segment_that_is_left_out_is_not_counted(series):
    heads = "".join(f"<h2><span class='number'>{number}</span> Segment</h2>" for number in (1, 2, 4, 5))
    file = written(series, heads)
    assert texts(file) == [("SegmentHeading", "Segment")] * 4
    own = [p._p.pPr.numPr for p in file.paragraphs]
    assert own[:2] == [None, None]  # their style counts
    lists = file.part.numbering_part.element
    assert own[2].numId.val == own[3].numId.val
    assert lists.num_having_numId(own[2].numId.val).find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "4"


def test_a_row_of_the_chair_has_a_sign_in_its_first_cell_and_the_title_of_a_tinted_row_is_bold(series):
    row = "<tr class='chair'><td></td><td>Chair</td><td><strong>Ada</strong>, Malta</td></tr>"
    file = written(series, f"<table class='rows'><tbody>{row}</tbody></table>")
    cells = file.tables[0].rows[0].cells
    assert [cell.text for cell in cells] == ["–", "Chair", "Ada, Malta"]
    assert [[run.font.bold for run in cell.paragraphs[0].runs] for cell in cells] == [[None], [True], [True, None]]
    assert all(cell._tc.tcPr.find(qn("w:shd")).get(qn("w:themeFill")) == "background2" for cell in cells)


def test_a_monogram_is_a_disc_beside_the_name_that_nobody_hears(series):
    file = written(series, "<div class='card'><span class='monogram'>AN</span><p><strong>Ada North</strong></p></div>")
    (paragraph,) = file.paragraphs
    (anchor,) = paragraph._p.iter(qn("wp:anchor"))
    assert anchor.find(qn("wp:docPr")).get("descr") == ""
    blob = file.part.rels[next(anchor.iter(qn("a:blip"))).get(qn("r:embed"))].target_part.blob
    with Image.open(BytesIO(blob)) as image:
        corner, middle = image.getpixel((0, 0)), image.getpixel((image.width // 2, 4))
    assert (corner[3], middle[3]) == (0, 255)
    assert middle[:3] == tuple(bytes.fromhex(series.brand.colours["primary"]))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "ftp://example.org"])
def test_a_link_to_anything_but_a_web_or_mail_address_is_refused(address, series):
    with pytest.raises(ValueError, match="is no web address"):
        written(series, f'<p><a href="{address}">Here</a></p>')


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<p class='day'>Monday</p>", "`p.day`"),
        ("<section class='certificate'><p>Ada</p></section>", "`section.certificate`"),
        ("<table class='plain'><tbody><tr><td>1</td></tr></tbody></table>", "`table.plain`"),
        ("<p>A <span class='hours'>day</span></p>", "`span.hours`"),
        ("<ul><li><p>One</p>Two</li></ul>", "`li`"),
        ("<div class='prose'>Loose<p>One</p></div>", "`Loose`.*`div.prose`"),
        ("<h4>Deep</h4>", "`h4`"),
        ("<p class='new'>Deep</p>", "`p.new`"),
    ],
)
def test_an_element_that_word_has_no_style_for_is_refused_by_name(body, named, series):
    with pytest.raises(UnknownWord, match=named):
        written(series, body)


def with_part(part: str, content: bytes) -> bytes:
    """Return the template of Word files with another content in one part."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as archive, zipfile.ZipFile(made, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, content if name == part else archive.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip at all",
        TEMPLATE[:-200],
        TEMPLATE.replace(b"PK\3\4", b"PK\3\5"),
        TEMPLATE[:100] + bytes(50) + TEMPLATE[150:],
        with_part("[Content_Types].xml", b"<a/>"),
        with_part("_rels/.rels", b"<a/>"),
        with_part("word/document.xml", b"<a>"),
        with_part("word/styles.xml", b"\xff\xfe"),
    ],
)
def test_a_template_that_is_broken_in_any_way_is_named(content, tmp_path):
    (tmp_path / "document.docx").write_bytes(content)
    assert to_docx.contract(tmp_path) == ["this is no Word file; save it in Word as .docx"]


def test_a_template_with_a_class_that_word_does_not_know_is_named_at_its_line(miniature):
    template = miniature / "templates/kinds/bibliography.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + '<p class="honoured">Ada</p>\n', encoding="utf-8")
    done = build_here(miniature, "harbour-en")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    line = len(text.splitlines()) + 1
    assert f"templates/kinds/bibliography.html:{line}: Word has no style for `p.honoured`; use an " in done.stdout
