"""Which characters the fonts of PDFs have."""

from __future__ import annotations

import re
import unicodedata

import pytest
import typst

from pipeline.core import fonts
from pipeline.core.text import COVERED, unusual
from tests.conftest import ROOT

TEMPLATES = ROOT / "templates"


@pytest.fixture(scope="module")
def known() -> frozenset[int]:
    return fonts.printable(TEMPLATES)


def test_the_fonts_have_every_character_for_which_they_are_not_opened(known):
    never_opened = [chr(code) for code in range(0x20, 0x110000) if re.match(f"[{COVERED}]", chr(code))]
    assert len(never_opened) > 1500
    lacking = [character for character in never_opened if fonts.missing(character, known)]
    assert [f"U+{ord(each):04X}" for each in lacking] == []


@pytest.mark.parametrize(
    "text", ["Ñandú", "Łódź", "Ελλάδα", "Киïв", "الأدلة", "e\u0301", "a\u00a0b\u202fc", "A\ufe0fB", "a\u200db"]
)
def test_a_text_in_a_common_script_lacks_nothing(text, known):
    assert fonts.missing(text, known) == []


ODD = ("😀", "\uf0b7", "☎", "中", "ქ", "\ufff9", "➊", "\u20dd", "\ufdd0", "\U000e0041")


@pytest.mark.parametrize("character", ODD)
def test_what_is_missing_is_exactly_what_typst_refuses(character, known):
    """The last one is a tag, which nothing draws."""
    refused = bool(fonts.missing(character, known))
    source = f'#set document(title: "x", date: none)\n#set text(font: "Source Sans 3")\nA{character}B'
    book = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list(map(str, fonts.font_folders(TEMPLATES))),
    )
    files = {"main.typ": source.encode()}
    if not refused:
        assert typst.Compiler(font_paths=book).compile(input=files, format="pdf", pdf_standards=["ua-1"])
        return
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        typst.Compiler(font_paths=book).compile(input=files, format="pdf", pdf_standards=["ua-1"])


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("☎", "`☎` (U+260E, black telephone)"),
        ("中", "`中` (U+4E2D, Chinese letter)"),
        ("ქ", "`ქ` (U+10E5, Georgian letter)"),
        ("\uf0b7", "U+F0B7 (a character that only one font on one computer has, often a bullet copied from Word)"),
    ],
)
def test_a_character_is_described_by_its_number_and_what_it_is(character, said):
    assert fonts.described(character) == said


def test_the_sources_of_2020_open_no_font():
    texts = [path for folder in ("sources", "templates/locales", "bibliography") for path in (ROOT / folder).rglob("*")]
    read = [path for path in texts if path.suffix in (".yaml", ".md", ".bib")]
    assert len(read) > 30
    assert [path.name for path in read if unusual(path.read_text(encoding="utf-8"))] == []


def test_common_texts_open_no_font():
    assert unusual("Élodie – l’« État » … 2018‑2021, 10 €, الأدلة") == []
    assert unusual("Ana 🌺 Ĺima ☎") == ["🌺", "☎"]
    assert unicodedata.name("☎")
