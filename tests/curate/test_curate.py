"""Reading lists: which works are chosen, how each is cited in the language of the list, and what a list depends on."""

from __future__ import annotations

import json
import pickle
import re

import pytest

from pipeline.core.documents import ReadingList
from pipeline.core.problems import ToolError
from pipeline.core.sources import Series
from pipeline.curate import curate, fingerprint
from pipeline.curate.bibtex import bibtex, fields_in
from pipeline.load import load
from tests.conftest import ROOT
from tests.faults import put, replace

BIB = "bibliography/references.bib"
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def series() -> Series:
    return load(ROOT)


@pytest.fixture(scope="module")
def lists(series) -> dict[str, ReadingList]:
    return curate(series, series.seminars.values(), ROOT)


def entries(reading: ReadingList) -> dict[str, str]:
    return {entry.key: entry.html for group in reading.groups for entry in group.entries}


def test_one_seminar_alone_gets_the_list_that_it_gets_among_all(series, lists):
    assert curate(series, [series.seminars["lac-es"]], ROOT) == {"lac-es": lists["lac-es"]}


def test_a_reading_list_is_plain_values_that_travel_between_processes(lists):
    assert pickle.loads(pickle.dumps(lists)) == lists


def test_every_work_is_in_all_three_forms_in_the_same_order(lists):
    for reading in lists.values():
        keys = list(entries(reading))
        assert re.findall(r"^@\w+\{(.*),$", reading.bibtex, re.MULTILINE) == keys
        assert [item["id"] for item in json.loads(reading.csl_json)] == keys
        assert len(set(keys)) == len(keys)


def test_a_title_in_another_language_says_so_and_date_and_page_around_it_do_not(lists):
    html = entries(lists["lac-es"])["coe-ets-185"]
    assert ' lang="en-GB">Convention on Cybercrime</a></em> [Convenio sobre la Ciberdelincuencia]' in html
    assert html.count("lang=") == 1
    assert "lang=" not in entries(lists["africa-fr"])["coe-ets-185"]


def test_the_title_leads_to_the_text_in_the_language_of_the_list_and_no_address_is_printed(lists):
    for id, language in (("africa-en", "en"), ("africa-fr", "fr"), ("lac-es", "es")):
        html = entries(lists[id])["un-ares-74-247"]
        assert re.search(f'<em><a href="https://undocs.org/{language}/A/RES/74/247">[^<]+</a></em>', html), html
    convention = next(e for group in lists["lac-es"].groups for e in group.entries if e.key == "coe-ets-185")
    assert "https://www.boe.es/" in convention.html
    assert (convention.language, convention.text_language) == ("en", "es")
    for reading in lists.values():
        for html in entries(reading).values():
            assert "http" not in re.sub("<[^>]*>", "", html)


def test_a_doi_is_the_link_and_the_short_address_if_the_language_has_no_address_of_its_own(miniature):
    replace(miniature, BIB, ("  doi = {10.1234", "  url = {https://example.org/one},\n  doi = {10.1234"))
    series = load(miniature)
    readings = curate(series, series.seminars.values(), miniature)
    (work,) = (e for group in readings["harbour-en"].groups for e in group.entries if e.key == "north-2019")
    assert '<a href="https://doi.org/10.1234/harbours-and-the-sea">' in work.html
    assert work.address == f"DOI{NBSP}10.1234/harbours-and-the-sea"
    arabic = entries(readings["tal-ar"])["body-2020"]
    assert 'href="https://example.org/ar/guide?a=1&amp;b=2"' in arabic


def test_the_author_is_strong_and_a_symbol_is_whole_with_the_sign_after_it(lists):
    html = entries(lists["africa-en"])["un-a-74-130"]
    assert html.startswith("<strong>United Nations, Secretary-General</strong>. ")
    assert '<span class="address">A/74/130,</span> 30' in html
    assert '<span class="address">T-CY(2016)5,</span>' in entries(lists["africa-en"])["tcy-2016-5"]


def test_what_is_only_for_one_language_is_in_no_list_in_another(series, lists):
    model_laws = {"commonwealth-model-law-2002", "coe-commonwealth-2013"}
    assert model_laws <= entries(lists["lac-en"]).keys()
    assert not model_laws & entries(lists["lac-es"]).keys()
    assert {"global", "lac"} & set(series.references["commonwealth-model-law-2002"].regions)


def test_no_field_of_this_project_is_handed_out(lists):
    for reading in lists.values():
        assert not re.search(r"^  (why|checked|available|translated)", reading.bibtex, re.MULTILINE)
        assert "Our note" not in reading.csl_json


def test_of_28_works_at_least_24_have_an_address(lists):
    for id, reading in lists.items():
        linked = [html for html in entries(reading).values() if "<a href" in html]
        assert len(linked) >= 24, id


def test_no_line_of_an_entry_can_begin_with_a_sign_or_with_the_number_after_no(lists):
    for reading in lists.values():
        for html in entries(reading).values():
            assert not re.search(r"[ \u202f][:;?!»]|(No\.|n°|º) \d", html), html
    french = "".join(entries(lists["africa-fr"]).values())
    assert f"quelles solutions{NBSP}?" in french
    assert re.search(f"\\w{NBSP}; \\w", french)


def test_only_elements_that_every_format_can_print_are_left(miniature):
    replace(
        miniature, BIB, ("{{Two Harbours & One <Sea>}}", "{H<sub>2</sub>O <i>and</i> <b>x</b><sup>2</sup> & 3 < 4}")
    )
    series = load(miniature)
    reading = curate(series, series.seminars.values(), miniature)["harbour-en"]
    html = entries(reading)["north-2019"]
    assert set(re.findall(r"<(\w+)", html)) <= {"em", "strong", "a", "span"}
    assert "H2O" in html and "x</strong>2 &amp; 3 &lt; 4" in html
    assert r"H\textsubscript{2}O \textit{and} \textbf{x}\textsuperscript{2} \& 3 < 4" in reading.bibtex


def test_the_entries_handed_out_are_legal_latex():
    typed = {"title": "{R&D: 50% of #1 in a_b for $5~6^7\\8}", "url": "https://example.org/a_b?c=1&d=%20#e", "note": ""}
    assert bibtex("book", "one", typed) == (
        "@book{one,\n"
        r"  title = {{R\&D: 50\% of \#1 in a\_b for \$5\textasciitilde{}6\textasciicircum{}7\textbackslash{}8}},"
        "\n  url = {https://example.org/a_b?c=1&d=%20#e},\n}\n"
    )


def test_the_official_wording_in_the_language_of_the_list_replaces_the_original(series):
    convention = series.references["coe-ets-185"]
    french = fields_in(convention, "fr", "french")
    assert (french["title"], french["number"], french["langid"]) == (
        "{Convention sur la cybercriminalité}",
        "STE nº 185",
        "french",
    )
    assert fields_in(convention, "es", "spanish")["title"] == "{Convention on Cybercrime}"
    assert not {name for name in french if "_" in name or name == "available"}


def test_a_seminar_without_works_has_an_empty_list(series):
    bare = series.model_copy(update={"references": {}})
    (reading,) = curate(bare, [series.seminars["lac-es"]], ROOT).values()
    assert (entries(reading), reading.bibtex, json.loads(reading.csl_json)) == ({}, "", [])


def test_a_style_that_pandoc_cannot_read_is_told_in_its_own_words(series, tmp_path):
    (tmp_path / "bibliography").mkdir()
    put(tmp_path, "bibliography/seminar.csl", "<style>This is not closed.")
    with pytest.raises(ToolError, match=r"pandoc failed on the bibliography: .*Expected end element"):
        curate(series, [series.seminars["lac-es"]], tmp_path)


# --- what a list is made from -----------------------------------------------------------------------------------------

CHANGES: dict[str, tuple[str, str, str]] = {
    "a title": (BIB, "Sharing evidence: a guide", "Sharing evidence: the guide"),
    "a translated title": (BIB, "title_ar = {{تبادل الأدلة: دليل}}", "title_ar = {{دليل}}"),
    "the style": ("bibliography/seminar.csl", 'suffix="."', 'suffix=";"'),
    "the title of a segment": ("sources/series.yaml", "Search and seizure", "Seizure and search"),
    "a role": ("sources/people/ben-south.yaml", "for networks", "for ports"),
    "a work of another day": (BIB, "Too late for the first day", "Later than the first day"),
}


@pytest.mark.parametrize(
    "change, differs",
    [
        ("a title", {"harbour-en"}),  # the Arabic list has the title in Arabic
        ("a translated title", {"tal-ar"}),
        ("the style", {"harbour-en", "tal-ar"}),
        ("the title of a segment", {"harbour-en"}),
        ("a role", set()),
        ("a work of another day", {"tal-ar"}),
    ],
)
def test_the_fingerprint_changes_with_what_the_list_is_made_from_alone(change, differs, miniature):
    def fingerprints() -> dict[str, str]:
        series = load(miniature)
        return {id: fingerprint(seminar, series, miniature) for id, seminar in series.seminars.items()}

    before = fingerprints()
    path, old, new = CHANGES[change]
    text = (miniature / path).read_text(encoding="utf-8")
    assert old in text
    put(miniature, path, text.replace(old, new))
    after = fingerprints()
    assert {id for id in before if before[id] != after[id]} == differs
