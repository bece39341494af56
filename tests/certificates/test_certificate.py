"""A certificate says the right things in the right language, to the eye and to a screen reader, in any script."""

from __future__ import annotations

import hashlib
import re
import subprocess

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

from pipeline.certificates import Issued, write_all
from pipeline.core.problems import SourceError
from tests.certificates.conftest import ON_THE_HILL, SEMINAR
from tests.conftest import run_here, tool
from tests.faults import put
from tests.quality.outside import Outside
from tests.quality.tagged_pdf import structure

HILL = {"seminar": ON_THE_HILL, "joined": "2021-03-02 09:00", "left": "10:00"}


def text_of(path) -> str:
    return " ".join(PdfReader(path).pages[0].extract_text().replace("\u00a0", " ").split())


WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>')


def boxes(path) -> list[tuple[float, float, float, str]]:
    """Return the words of a PDF with their left, upper and right edges."""
    words = [tool("pdftotext", "where words stand on a certificate"), "-bbox", path, "-"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return [(float(left), float(top), float(right), word) for left, top, right, word in WORD.findall(said)]


def only(folder):
    (path,) = folder.glob("*.pdf")
    return path


def test_a_certificate_says_who_what_when_how_long_and_under_which_number(desk):
    desk.fill("Zoë,Ñandú,zoe@example.org")
    lines, code = desk.issue()
    assert (code, lines[-1].split(" in ")[0]) == (0, "1 certificate")
    number, verification = desk.listed()["Zoë Ñandú"]
    text = text_of(only(desk.folder()))
    for said in ("Certificate of attendance", "Zoë Ñandú", "Seminar at the harbour", "1 March 2021", "22:30–23:30 UTC",
                 "Court · Mali", "60 of 60 minutes", "First Host", "Evidence across borders", number, verification,
                 "This project is funded by the European Union.", "Search and seizure", "Sharing evidence",
                 "it is not proof of competence"):  # fmt: skip
        assert said in text


def test_a_certificate_names_the_segments_as_the_programme_does(desk):
    path = desk.root / f"sources/seminars/{SEMINAR}.yaml"
    changed = path.read_text(encoding="utf-8").replace(
        "segment: search\n", "segment: search\n    title: Cabins and crates\n"
    )
    path.write_text(changed, encoding="utf-8")
    desk.fill("Zoë,Ñandú,zoe@example.org")
    desk.issue()
    text = text_of(only(desk.folder()))
    assert "Cabins and crates" in text and "Search and seizure" not in text


def test_an_institution_that_cannot_be_printed_is_left_out_and_its_country_stays(desk):
    desk.fill("Zoë,Ñandú,zoe@example.org")
    path = desk.exports / f"{SEMINAR}-registration.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Court", "法院"), encoding="utf-8")
    desk.issue()
    text = text_of(only(desk.folder()))
    assert "Zoë Ñandú Mali for " in text


def test_a_certificate_is_one_tagged_upright_page_that_declares_pdf_ua(desk):
    desk.fill("Zoë,Ñandú,zoe@example.org")
    desk.issue()
    path = only(desk.folder())
    reader = PdfReader(path)
    (page,) = reader.pages
    assert page.mediabox.width < page.mediabox.height
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.xmp_metadata is not None
    assert "pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Certificate of attendance – Zoë Ñandú"
    tree = structure(path)
    assert [node.text().strip() for node in tree.all("H1")] == ["Certificate of attendance"]
    assert "Zoë Ñandú" in [node.text().strip() for node in tree.all("P")]


def test_a_language_that_the_series_does_not_have_is_said(desk):
    desk.fill("Ada,Stone,ada@example.org,Klingon", "Bo,New,bo@example.org,Klingon", "Cleo,Quay,c@example.org,Arabic")
    lines, code = desk.issue()
    assert code == 0
    assert "  remark: no certificates in `Klingon`; 2 in the seminar's language (English) instead" in lines


@pytest.mark.parametrize("lacking", ["title", "name", "statement"])
def test_a_language_in_which_the_series_lacks_a_text_is_one_without_certificates(desk, lacking):
    words = (desk.root / "templates/locales/en.yaml").read_text(encoding="utf-8")
    own = (("language: en", "language: pt"), ("tag: en-GB", "tag: pt"), ("name: English", "name: Português"))
    for old, new in (*own, ("biblatex: british", "biblatex: portuguese")):
        assert words.count(old) == 1
        words = words.replace(old, new)
    put(desk.root, "templates/locales/pt.yaml", words)
    path = desk.root / "sources/series.yaml"
    text = path.read_text(encoding="utf-8").replace("[en, ar]", "[en, ar, pt]")
    text = re.sub(r"\b(title|name|statement): \{en: ", r"\1: {pt: Em português, en: ", text)
    assert text.count("pt: Em português") == 10
    path.write_text(text, encoding="utf-8")
    desk.fill("Ada,Stone,ada@example.org,Portuguese")
    assert (desk.issue()[1], PdfReader(only(desk.folder())).trailer["/Root"]["/Lang"]) == (0, "pt")
    path.write_text(re.sub(rf"\b{lacking}: {{pt: Em português, ", f"{lacking}: {{", text), encoding="utf-8")
    lines, code = desk.issue()
    assert (code, PdfReader(only(desk.folder())).trailer["/Root"]["/Lang"]) == (0, "en-GB")
    assert "  remark: no certificates in `Portuguese`; 1 in the seminar's language (English) instead" in lines


@pytest.mark.parametrize(
    ("language", "title", "tag"),
    [("", "شهادة حضور", "ar"), ("Arabic", "شهادة حضور", "ar"), ("English", "Certificate of attendance", "en-GB"),
     ("anglais", "Certificate of attendance", "en-GB"), ("Klingon", "شهادة حضور", "ar")],
)  # fmt: skip
def test_the_language_is_the_one_asked_for_else_the_seminars(desk, language, title, tag):
    desk.fill(f"Ada,Stone,ada@example.org,{language}", **HILL)
    desk.issue(ON_THE_HILL)
    path = only(desk.folder(ON_THE_HILL))
    assert PdfReader(path).trailer["/Root"]["/Lang"] == tag
    assert PdfReader(path).metadata.title == f"{title} – Ada Stone"


@pytest.mark.parametrize(
    "name", ["Zoë,Ñandú", "Ελένη,Παπαδοπούλου", "Анна,Воронцова", "Łukasz,Žižek", "Nguyễn,Thị Hạnh"]
)
def test_names_in_latin_greek_and_cyrillic_are_printed(desk, name):
    desk.fill(f"{name},x@example.org")
    assert desk.issue()[1] == 0
    assert name.replace(",", " ") in text_of(only(desk.folder()))


def test_certificates_obey_every_rule_of_pdf_ua_1(desk, once):
    names = ("Zoë,Ñandú", "ليلى,الحسن", "Анна,Воронцова", f"{'Maria ' * 23},Q")
    for seminar in (SEMINAR, ON_THE_HILL):
        hours = HILL if seminar == ON_THE_HILL else {}
        desk.fill(*(f"{name},p{i}@example.org," for i, name in enumerate(names)), **hours)
        assert desk.issue(seminar)[1] == 0
    files = sorted(desk.output.rglob("certificates/*.pdf"))
    outside = Outside(files=files, name="outside-certificates", once=once)
    verdicts = outside.verdict("pdf")
    assert len(verdicts) == 2 * len(names)
    for path, (*breaches, (_, done)) in verdicts.items():
        assert (breaches, done.startswith("106 rules, ")) == ([], True), path


def test_an_arabic_name_is_printed_with_all_its_letters(desk):
    desk.fill("ليلى,الحسن,x@example.org")
    assert desk.issue()[1] == 0
    said = "".join(node.text() for node in structure(only(desk.folder())).all("P"))
    assert set("ليلىالحسن") <= set(said)


def test_a_name_that_no_font_can_write_is_said_and_the_others_get_theirs(desk):
    desk.fill("雷,李,li@example.org", "Zoë,Ú,zoe@example.org")
    lines, code = desk.issue()
    assert code == 1
    assert list(desk.listed()) == ["Zoë Ú"]
    (said,) = [line for line in lines if "no certificate" in line]
    assert "no font here has Chinese letters" in said and "templates/fonts" in said


def test_a_long_latin_name_keeps_its_order_in_an_arabic_certificate_and_does_not_part_at_a_hyphen(desk):
    name = "Maria de los Ángeles Guadalupe Esperanza Valentina,Fernández-Bustamante y Rodríguez de la Torre Villanueva"
    desk.fill(f"{name},x@example.org", **HILL)
    assert desk.issue(ON_THE_HILL)[1] == 0
    path = only(desk.folder(ON_THE_HILL))
    assert name.replace(",", " ") in [node.text() for node in structure(path).all("P")]
    found = {word: (left, top) for left, top, _, word in boxes(path)}
    (left, line), (right, same_line) = found["Maria"], found["Esperanza"]
    assert left < right and line == same_line
    assert "Fernández-Bustamante" in found


def test_a_name_without_a_font_is_told_by_its_row_on_the_command_line_and_exits_with_1(desk):
    desk.fill("Zoë,Ú,zoe@example.org", "雷,李,li@example.org", "Ana 🌺,Lima,ana@example.org")
    done = run_here("certificates", SEMINAR, "--issue", "1", "--root", str(desk.root))
    assert (done.returncode, done.stderr) == (1, "")
    row = f"(sources/registrations/{SEMINAR}-registration.csv:"
    assert (
        f"  no certificate: 雷 李 <li@example.org> {row}3): no font here has Chinese letters; put a font" in done.stdout
    )
    ana = f"  no certificate: Ana 🌺 Lima <ana@example.org> {row}4)"
    assert f"{ana}: no font here has the character U+1F33A;" in done.stdout
    assert "1 certificate in " in done.stdout
    assert len(list(desk.folder().glob("*.pdf"))) == 1


def test_a_font_that_cannot_be_read_is_named_before_anything_is_issued(desk):
    (desk.root / "templates/fonts").mkdir()
    (desk.root / "templates/fonts/broken.otf").write_bytes(b"no font")
    desk.fill("雷,李,li@example.org")
    with pytest.raises(SourceError, match=r"templates/fonts/broken.otf:1: this font cannot be read; put a .ttf"):
        desk.issue()
    assert not desk.folder().exists()


def test_a_font_that_the_user_supplies_writes_the_name(desk):
    fonts = desk.root / "templates/fonts"
    fonts.mkdir()
    _font_of("雷李", fonts / "own.ttf")
    desk.fill("雷,李,li@example.org")
    assert desk.issue()[1] == 0
    assert {"雷", "李"} <= set(text_of(only(desk.folder())))


def test_a_very_long_name_stays_on_one_page_and_a_longer_one_is_asked(desk):
    fits, too_long = "Maria " * 24, "Maria " * 26
    desk.fill(f"{fits.strip()},Q,a@example.org", f"{too_long.strip()},Q,b@example.org")
    lines, code = desk.issue()
    assert code == 1
    assert len(PdfReader(only(desk.folder())).pages) == 1
    assert sum("the certificate has room for 150" in line for line in lines) == 1


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren,Q", f"{'W' * 70},Q"])
def test_a_long_word_in_a_name_stays_inside_the_frame(desk, name):
    desk.fill(f"{name},x@example.org")
    assert desk.issue()[1] == 0
    frame, width = (millimetres / 25.4 * 72 for millimetres in (10.5, 297))
    placed = boxes(only(desk.folder()))
    assert min(left for left, *_ in placed) > frame
    assert max(right for _, _, right, _ in placed) < width - frame


def test_a_word_that_no_size_makes_fit_is_asked_about(desk):
    desk.fill(f"{'W' * 71},Q,x@example.org")
    lines, code = desk.issue()
    assert (
        code,
        [line for line in lines if "a word of 71 letters; the certificate has room for 70" in line] != [],
    ) == (1, True)


def test_one_certificate_that_cannot_be_drawn_keeps_nobody_else_waiting(tmp_path):
    drawn = [b"x-0", b"x-1", "typst, x-2: no", b"x-3", b"x-4"]
    attendees = [
        Issued(number=f"x-{i}", code="C", name="N", address="", place=f"p:{i}", language="en", minutes=1)
        for i in range(5)
    ]
    (tmp_path / "x-2.pdf").write_bytes(b"an older one")
    results = list(write_all(attendees, tmp_path, drawn))
    assert [str(result) for _, result in results] == ["True", "True", "typst, x-2: no", "True", "True"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x-0.pdf", "x-1.pdf", "x-3.pdf", "x-4.pdf"]


@pytest.mark.parametrize("name", ["#read(1),<b>x</b>", "{{ view }},{% raw %}", "\\,$x$", "`a`,*b* _c_"])
def test_a_name_is_text_and_nothing_in_it_is_run(desk, name):
    desk.fill(f"{name},x@example.org")
    assert desk.issue()[1] == 0
    assert name.replace(",", " ") in text_of(only(desk.folder()))


def test_issuing_again_gives_the_same_bytes_to_the_last(desk):
    desk.fill(*(f"Given{i},Family,p{i}@example.org" for i in range(12)))
    desk.issue()
    before = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in desk.folder().iterdir()}
    for path in desk.folder().iterdir():
        path.unlink()
    desk.issue()
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in desk.folder().iterdir()} == before
    assert len(before) == 13


def _font_of(letters: str, path) -> None:
    """Write a font that has a square for each of these letters."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names[1:])})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own Squares", "styleName": "Regular", "psName": "OwnSquares"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)
