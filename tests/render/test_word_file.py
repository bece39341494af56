"""What the writer of Word files does with each element, read back with python-docx."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

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
