"""Lists, nested lists and line breaks of a biography and a text, read back from every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from pipeline.render.to_docx.template import contract
from tests.conftest import ROOT, copy_miniature, run
from tests.faults import put, replace

BIOGRAPHY = """Her degrees:

1. Law
2. Trade
   - Ports
   - Bays
3. History

1980. Born in that year.\\
After a break.

\uf0b7\tCopied from Word
• The same

8. Eight
9. Nine
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    root = copy_miniature(tmp_path_factory.mktemp("lists") / "series")
    put(root, "sources/people/ada-north.en.md", BIOGRAPHY)
    replace(
        root,
        "sources/texts/en.yaml",
        ("The aim is to share what works. The seminars", "The seminars"),
        (
            "  Judges and prosecutors of every harbour.\n",
            "  For judges\n  and others:\n\n  3. of ports\n     - of bays\n  4. of seas\n",
        ),
    )
    done = run("build", "harbour-en", "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output/harbour-en/package"


def only(package: Path, pattern: str) -> Path:
    (path,) = package.glob(pattern)
    return path


def test_a_page_has_ordered_and_nested_lists(package):
    page = html.fromstring(only(package, "*introduction*.html").read_bytes())
    biography = page.find(".//div[@class='bio']")
    first, bullets, last = biography.findall("ol")[0], biography.find("ul"), biography.findall("ol")[1]
    assert [(item.text or "").strip() for item in first] == ["Law", "Trade", "History"]
    assert [item.text for item in first[1].find("ul")] == ["Ports", "Bays"]
    assert [item.text for item in bullets] == ["Copied from Word", "The same"]
    assert (last.get("start"), [item.text for item in last]) == ("8", ["Eight", "Nine"])
    (line_break,) = biography.iter("br")
    assert line_break.getparent().text == "1980. Born in that year."
    assert line_break.tail == "After a break."


def test_a_word_file_numbers_each_list_from_its_start(package):
    file = docx.Document(only(package, "*introduction*.docx"))
    lists = file.part.numbering_part.element
    signs = {}
    for number in lists.iter(qn("w:num")):
        (kind,) = [
            each
            for each in lists.iter(qn("w:abstractNum"))
            if each.get(qn("w:abstractNumId")) == str(number.abstractNumId.val)
        ]
        level = kind.find(qn("w:lvl"))
        values = [level.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("numFmt", "start", "lvlText")]
        signs[number.numId] = values
    read = {}
    for paragraph in file.paragraphs:
        numbering = paragraph._p.pPr.numPr
        style = paragraph._p.pPr.pStyle.val
        read[paragraph.text] = (style, *(signs[numbering.numId.val] if numbering is not None else ()))
    assert read["Law"] == read["Trade"] == read["History"] == ("ListBullet", "decimal", "1", "%1.")
    assert read["Ports"] == read["Bays"] == ("ListBullet", "bullet", "1", "–")
    assert read["Copied from Word"] == ("ListBullet",)
    assert read["Eight"] == read["Nine"] == ("ListBullet", "decimal", "8", "%1.")
    assert "1980. Born in that year.\nAfter a break." in read


def test_a_pdf_prints_numbers_and_bullets(package):
    text = "\n".join(page.extract_text() for page in PdfReader(only(package, "*introduction*.pdf")).pages)
    words = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        "1. Law",
        "2. Trade",
        "• Ports",
        "3. History",
        "• Copied from Word",
        "8. Eight",
        "9. Nine",
        "After a break.",
    ):
        assert line in words


def test_a_word_template_without_a_list_is_named(tmp_path):
    shutil.copy(ROOT / "templates/document.docx", tmp_path)
    file = docx.Document(tmp_path / "document.docx")
    lists = file.part.numbering_part.element
    for each in list(lists):
        lists.remove(each)
    file.save(tmp_path / "document.docx")
    assert contract(tmp_path) == ["has no list; give the style `List Bullet` a bullet"]
