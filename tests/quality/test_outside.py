"""What programs from outside say of the files: they know the formats better than anybody here."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from tests.quality import slides

MOST_PAGES = {"factsheet": 2, "programme": 3, "bibliography": 2}


def _of(package, verdicts):
    """Return the verdicts on one package's files, by name."""
    return {path.name: said for path, said in verdicts.items() if path.is_relative_to(package.output / package.id)}


def test_word_and_powerpoint_files_obey_the_schemas_of_the_open_xml_sdk(package, outside):
    verdicts = _of(package, outside.verdict("office"))
    assert set(verdicts) == {path.name for path in package.judged() if path.suffix in (".docx", ".pptx")}
    assert {name: faults for name, faults in verdicts.items() if faults} == {}


def test_pdf_files_obey_every_rule_of_pdf_ua_1(package, outside):
    verdicts = _of(package, outside.verdict("pdf"))
    assert set(verdicts) == {path.name for path in package.files("pdf")}
    for name, said in verdicts.items():
        *breaches, (_, done) = said
        assert breaches == [], name
        assert done.startswith("106 rules, "), name


def test_pages_break_no_rule_of_axe_in_light_or_dark_on_a_telephone_or_a_desk(package, outside):
    verdicts = _of(package, outside.verdict("pages"))
    assert set(verdicts) == {path.name for path in package.files("html")}
    for name, page in verdicts.items():
        assert page["violations"] == [], name
        assert page["checks"] > 0, name


def test_pages_ask_for_nothing_and_log_no_error(package, outside):
    for name, page in _of(package, outside.verdict("pages")).items():
        assert (page["requests"], page["errors"]) == ([], []), name


def test_pages_need_no_sideways_scrolling_on_the_narrowest_telephone(package, outside):
    overhang = {name: page["overhang"] for name, page in _of(package, outside.verdict("pages")).items()}
    assert {name: pixels for name, pixels in overhang.items() if pixels > 0} == {}


@pytest.mark.parametrize("judge", ["markup", "checked"])
def test_pages_are_valid_html(judge, package, outside):
    assert _of(package, outside.verdict(judge)) == {}


def test_libreoffice_shows_every_slide(package, outside):
    folder = outside.verdict("printed")
    for path in (path for path in package.judged() if path.suffix == ".pptx"):
        pages = PdfReader(folder / f"{path.stem}.pdf").pages
        assert len(pages) == len(slides.read(path)), path.name


@pytest.mark.parametrize("kind", MOST_PAGES)
def test_libreoffice_sets_a_word_file_on_the_pages_it_is_meant_to_have(real_package, kind, outside):
    path = next(path for path, document in real_package.written("docx") if document.properties.kind == kind)
    pages = len(PdfReader(outside.verdict("printed") / f"{path.stem}.pdf").pages)
    assert pages == 2 if kind == "factsheet" else pages <= MOST_PAGES[kind]


# --- the judges themselves -------------------------------------------------------------------------------------------


def test_the_open_xml_sdk_refuses_a_spoilt_file(spoilt, outside):
    faults = outside.verdict("office")[spoilt["docx"]]
    assert any("nonsense" in fault for fault in faults)


def test_verapdf_refuses_a_pdf_without_a_language(spoilt, outside):
    breaches = {clause for clause, _ in outside.verdict("pdf")[spoilt["pdf"]]}
    assert "7.2" in breaches


def test_the_browser_refuses_a_spoilt_page(spoilt, outside):
    page = outside.verdict("pages")[spoilt["html"]]
    assert {violation.split()[2] for violation in page["violations"]} >= {"html-has-lang", "image-alt"}
    assert page["overhang"] > 0
    assert page["errors"]


def test_the_nu_html_checker_refuses_a_spoilt_page(spoilt, outside):
    assert any("alt" in fault for fault in outside.verdict("checked")[spoilt["html"]])


def test_html_validate_refuses_a_spoilt_page(spoilt, outside):
    assert any("image-alt" in fault or "wcag" in fault for fault in outside.verdict("markup")[spoilt["html"]])
