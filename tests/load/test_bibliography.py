"""A bibliography is read as people and reference managers write it, and what cannot be printed is reported."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.problems import Problem
from pipeline.core.sources import Reference
from pipeline.curate import curate
from pipeline.load import load
from pipeline.load.bibliography import BIB, read_references
from pipeline.load.files import Sources
from tests.conftest import ROOT
from tests.faults import faults, put, remarks, replace

CASES = Path(__file__).with_name("bib")
WORK = (
    "@book{one, title = {{One}}, date = {2019}, langid = {british}, "
    "keywords = {segment:search, region:global, language:en}"
)


def references(text: str, root: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the references of a file and its problems."""
    (root / "bibliography").mkdir(exist_ok=True)
    put(root, BIB, text)
    sources = Sources(root=root)
    return read_references(sources), sources.problems


def fields(text: str, root: Path) -> dict[str, str]:
    """Return the fields that are added to a reference, as they are read."""
    read, problems = references(f"{WORK},\n{text}\n}}", root)
    assert problems == []
    return {name: value for name, value in read["one"].fields.items() if name not in ("title", "langid", "keywords")}


def added(case: str, root: Path) -> int:
    """Add a file of `tests/load/bib` to the miniature's bibliography and return the lines that were there before."""
    text = (root / BIB).read_text(encoding="utf-8")
    put(root, BIB, text + (CASES / f"{case}.bib").read_text(encoding="utf-8"))
    replace(root, "sources/series.yaml", ("works_per_segment: 3", "works_per_segment: 20"))
    return text.count("\n")


# --- what people and reference managers write -------------------------------------------------------------------------

PRINTED = {
    "accents": {"zz-accents": "**García, José; Müller, Hans**. <em>ZZ accents</em>. Pérez &amp; Fils, 2018."},
    "daterange": {"zz-range": "**Doe, Jane**. <em>ZZ date range</em>. Pub, 2016–2018."},
    "doi-url": {
        "zz-doiurl": "**Doe, Jane**. "
        '“<a href="https://doi.org/10.1234/xyz_1">ZZ doi as url</a>”. <em>Some Journal</em>, 2018.'
    },
    "html": {
        "zz-html": "**Doe, Jane**. “ZZ <em>in vitro</em> R&amp;D $5 100% #1 a_b $x$”. <em>Law &amp; Order</em>, 2018."
    },
    "jabref-meta": {"zz-jabref": "**Doe, Jane**. <em>ZZ jabref</em>. Pub, 2018."},
    "month-macro": {"zz-month": "**Doe, Jane**. “ZZ month macro”. <em>Some Journal</em>, July\u00a02018."},
    "monthbraces": {
        "zz-monthb": "**Doe, Jane**. “ZZ month braces”. <em>Some Journal</em>, 2018.",
        "zz-year": "**Doe, Jane**. “ZZ year only”. <em>Some Journal</em>, July\u00a02018.",
    },
    "publisher-and": {
        "zz-pub-and": "**Doe, Jane**. <em>ZZ publisher and</em>. London and New York: Taylor and Francis, 2018.",
        "zz-inst-and": "**Doe, Jane**. <em>ZZ institution and</em>. Report, Office on Drugs and Crime, 2018.",
        "zz-corp1": "**United Nations Office on Drugs and Crime**. <em>ZZ author single braces and</em>. Report, 2018.",
        "zz-corp2": '**World Bank**. <em><a href="https://example.org/">ZZ author single braces no and</a></em>. 2018.',
        "zz-org": "**Doe, Jane**. “ZZ organization and”. In <em>Proc. of Law and Order</em>. "
        "Law and Society Association; Sweet &amp; Maxwell, 2018.",
    },
    "shortjournal": {
        "zz-shortj": "**Doe, Jane**. "
        '“<a href="https://www.jstor.org/stable/123">ZZ shortjournal</a>”. <em>Some Journal</em>, 2018.'
    },
    "string-macro": {"zz-string": "**Doe, Jane**. <em>ZZ string macro</em>. Oxford University Press, 2018."},
    "uppercase-key": {
        "Smith_2018:foo": "**Smith, Jane**. <em>ZZ uppercase key</em>. Pub, 2018.",
        "DBLP:conf/abc/Doe18": "**Doe, Jane**. <em>ZZ dblp key</em>. Pub, 2018.",
    },
}


@pytest.mark.parametrize("case", PRINTED)
def test_a_reference_is_printed_as_it_was_meant(case, miniature):
    added(case, miniature)
    assert faults(miniature) == []
    series = load(miniature)
    reading = curate(series, [series.seminars["harbour-en"]], miniature)["harbour-en"]
    printed = {entry.key: re.sub("</?strong>", "**", entry.html) for group in reading.groups for entry in group.entries}
    assert {key: printed[key] for key in PRINTED[case]} == PRINTED[case]
    assert all(f"{{{key},\n" in reading.bibtex and f'"id": "{key}"' in reading.csl_json for key in PRINTED[case])


def test_a_comma_a_semicolon_and_an_ampersand_between_authors_are_mistakes(miniature):
    before = added("badauthors", miniature)
    cure = "put `and` between two authors (author = {Doe, Jane and Roe, Richard}), and an organisation in double braces"
    assert faults(miniature) == [
        f"{BIB}:{before + line}: `author` does not say where one author ends: `{typed}`; {cure}"
        for line, typed in (
            (1, "Doe, J., Roe, R., Poe, E."),
            (3, "Doe, J.; Roe, R.; Poe, E."),
            (5, "Doe, J. & Roe, R."),
        )
    ]


def test_an_organisation_in_single_braces_gives_a_remark(miniature):
    before = added("publisher-and", miniature)
    said = "`author` is printed as one organisation, `{}`: put its name in double braces"
    assert [remark for remark in remarks(miniature, BIB) if "one organisation" in remark] == [
        f"{before + 5}: {said.format('United Nations Office on Drugs and Crime')}",
        f"{before + 7}: {said.format('World Bank')}",
    ]


def test_references_without_a_segment_are_kept_and_give_one_remark(miniature):
    before = added("scholar", miniature)
    said = f"{before + 1}: {{}} no keyword `segment:…` and so no list; the first is `doe2018cyber`"
    assert said.format("1 work has") in remarks(miniature, BIB)
    put(miniature, BIB, (miniature / BIB).read_text(encoding="utf-8") + (CASES / "zotero-bbt.bib").read_text("utf-8"))
    assert faults(miniature) == []
    assert said.format("2 works have") in remarks(miniature, BIB)
    assert {"doe2018cyber", "doeCybercrimeLaw2018"} <= load(miniature).references.keys()


def test_a_span_of_years_is_available_on_its_last_day_or_on_the_day_that_is_given(tmp_path):
    text = (CASES / "daterange.bib").read_text(encoding="utf-8")
    assert references(text, tmp_path)[0]["zz-range"].available == date(2018, 12, 31)
    text = text.replace("date =", "available = {2017-03-01}, date =")
    assert references(text, tmp_path)[0]["zz-range"].available == date(2017, 3, 1)


# --- BibTeX -----------------------------------------------------------------------------------------------------------


def test_a_reference_is_read_with_quotation_marks_numbers_comments_and_braces(tmp_path):
    text = """
    @Book{ harbours-1 ,
      Title = {{Two} {Harbours}}, % a remark, with a comma
      % another = {one}
      note = "As they {were}",
      date = 2019 , langid={british},
      keywords = {segment:search, region:global,
                  language:en} }
    """
    read, problems = references(text, tmp_path)
    assert problems == []
    work = read["harbours-1"]
    assert (work.kind, work.line, work.available) == ("book", 2, date(2019, 12, 31))
    assert work.fields == {
        "title": "{Two} {Harbours}",
        "note": "As they {were}",
        "date": "2019",
        "langid": "british",
        "keywords": "segment:search, region:global, language:en",
    }


def test_macros_are_expanded_and_joined_whatever_their_case(tmp_path):
    text = '@STRING{oup = "Oxford " # {University Press}}\n@string{both = OUP # ", " # 2}\n'
    read, problems = references(f"{text}{WORK}, publisher = Both # {{ and }} # oup}}", tmp_path)
    assert problems == []
    assert read["one"].fields["publisher"] == "{Oxford University Press, 2 and Oxford University Press}"


@pytest.mark.parametrize(
    "typed, read",
    [
        ("month = 7", "2018-07"),
        ("month = {07}", "2018-07"),
        ("month = {July}", "2018-07"),
        ('month = "jul"', "2018-07"),
        ("month = JUL", "2018-07"),
        ("note = {no month}", "2018"),
    ],
)
def test_a_year_and_a_month_are_the_date(typed, read, tmp_path):
    text = WORK.replace("date = {2019}", f"year = 2018, {typed}")
    work = references(f"{text}}}", tmp_path)[0]["one"]
    assert work.fields["date"] == read
    assert not {"year", "month"} & work.fields.keys()


@pytest.mark.parametrize(
    "typed, day",
    [
        ("2020", date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 29)),
        ("2020-07-13", date(2020, 7, 13)),
        ("2016/2018-05", date(2018, 5, 31)),
        ("2016/", date(2016, 12, 31)),
        ("2020-22", date(2020, 12, 31)),
    ],
)
def test_a_reference_is_available_on_the_last_day_that_its_date_can_mean(typed, day, tmp_path):
    text = (ROOT / "tests/series" / BIB).read_text(encoding="utf-8").replace("2019-05-01", typed)
    assert references(text, tmp_path)[0]["north-2019"].available == day


@pytest.mark.parametrize(
    "typed, read",
    [
        (r"Garc{\'i}a, Jos{\'e} and M{\"u}ller, Hans", "García, José and Müller, Hans"),
        (r"{\'{\i}}lvarez, {\O}yvind", "ílvarez, Øyvind"),
        ("Doe, Jane AND\n  Roe, Richard", "Doe, Jane and Roe, Richard"),
        ("King, Jr., Martin and van der Berg, Jan and others", "King, Jr., Martin and van der Berg, Jan and others"),
        ("{A & B; C} and {Simon and Schuster}", "{A & B; C} and {Simon and Schuster}"),
        ("Jane Doe and Richard Roe", "Jane Doe and Richard Roe"),
        ("Ministry of Justice and Human Rights", "{Ministry of Justice and Human Rights}"),
    ],
)
def test_authors_are_read_with_their_accents_and_separated_at_every_and(typed, read, tmp_path):
    assert fields(f"author = {{{typed}}}", tmp_path)["author"] == read


@pytest.mark.parametrize(
    "typed, read",
    [
        (r"R\&D at 50\% of \#1 in a\_b for \$5", "R&D at 50% of #1 in a_b for $5"),
        (r"\textit{in vitro} and \emph{in vivo} {DNA}", "<i>in vitro</i> and <i>in vivo</i> {DNA}"),
        (r"{\textless}i{\textgreater}in vitro{\textless}/i{\textgreater} R{\&}amp;D", "<i>in vitro</i> R&D"),
        ('<em>in vitro</em> &#8220;<span class="nocase">DNA</span>&#8221;', "<i>in vitro</i> “{DNA}”"),
        (r"Vol.~3 \ldots", "Vol.\u00a03 …"),
        (r"see \url{https://example.org/a_b}", "see https://example.org/a_b"),
        ("100% of #1 for $5 & more", "100% of #1 for $5 & more"),
        (r"$\alpha$ and H$_2$O from $5 to $10", r"α and H<sub>2</sub>O from $5 to $10"),
        (r"\emph{a \textbf{b}} \&amp;amp; \href{https://example.org/a_b}{c}", "<i>a <b>b</b></i> & c"),
    ],
)
def test_a_text_is_read_without_tex_and_html(typed, read, tmp_path):
    assert fields(f"note = {{{typed}}}", tmp_path)["note"] == read


@pytest.mark.parametrize(
    "typed, named, cure",
    [
        (r"\unknown{x}", r"\unknown", "type the letter itself, like é or &"),
        (r"a \{ b", r"\{", "write ( and ) instead"),
        (r"\verb|x", r"\verb", "type the letter itself, like é or &"),
    ],
)
def test_an_unknown_tex_command_is_reported(typed, named, cure, tmp_path):
    _, problems = references(f"{WORK},\nnote = {{{typed}}} }}", tmp_path)
    assert [str(problem) for problem in problems] == [f"{BIB}:2: `note` contains a TeX command (`{named}`); {cure}"]


@pytest.mark.parametrize(
    "header", ["This file was created with JabRef 2.9.\nEncoding: UTF8", "Scopus\nEXPORT DATE: 1 May"]
)
def test_the_first_lines_of_a_reference_manager_are_ignored(header, tmp_path):
    read, problems = references(f"{header}\n\n{WORK}}}", tmp_path)
    assert (list(read), problems) == (["one"], [])


@pytest.mark.parametrize(
    "typed",
    ["10.1234/a_b", "https://doi.org/10.1234/a_b", "http://dx.doi.org/10.1234/a_b", "doi:10.1234/a_b", r"10.1234/a\_b"],
)
def test_a_doi_is_bare_without_its_address(typed, tmp_path):
    assert fields(f"doi = {{{typed}}}", tmp_path)["doi"] == "10.1234/a_b"


def test_an_address_is_read_without_the_commands_of_tex(tmp_path):
    assert fields(r"url = {\url{https://example.org/a\_b\%20c}}", tmp_path)["url"] == "https://example.org/a_b%20c"


def test_what_is_never_printed_is_not_kept(tmp_path):
    text = r"abstract = {A 50\% rise \foo}, file = {C\:\\Users\\jd\\doe.pdf}, owner = jd, bdsk-url-1 = {x}, zz = {y}"
    assert fields(text, tmp_path) == {"date": "2019"}


def test_what_this_project_adds_to_an_entry_is_read(tmp_path):
    work = WORK.replace("language:en", "language:en, only:en, first")
    read, problems = references(f"{work},\nchecked = {{3 May 2019}}, why_en = {{A reason.}}}}", tmp_path)
    assert problems == []
    one = read["one"]
    assert (one.only, one.first, one.checked) == (("en",), True, True)
    assert (one.fields["checked"], one.fields["why_en"]) == ("2019-05-03", "A reason.")
    _, problems = references(f"{WORK},\nchecked = {{yes}}}}", tmp_path)
    assert [problem.message for problem in problems] == ["`checked` cannot be `yes`"]


def test_addresses_that_nobody_has_opened_are_one_remark_with_their_number(miniature):
    path = BIB
    assert [each for each in remarks(miniature, path) if "opened" in each] == [
        (
            "3: 1 of 3 printed addresses have not been opened by a person: open those of an entry, "
            "then add `checked = {…},` with the day; the first is `north-2019`"
        )
    ]
    replace(miniature, path, ("  doi = {10.1234", "  checked = {2021-01-01},\n  doi = {10.1234"))
    assert not [each for each in remarks(miniature, path) if "opened" in each]


def test_a_work_to_start_with_needs_a_reason_of_25_words_at_most(miniature):
    replace(miniature, BIB, ("  why_en = {Two harbours", "  why_en = {" + "Many words, " * 20 + "two harbours"))
    assert [each for each in remarks(miniature, BIB) if "words" in each] == [
        "3: `why_en` of `north-2019` has 54 words: write 25 at most"
    ]
    text = (miniature / BIB).read_text(encoding="utf-8")
    put(miniature, BIB, re.sub(r"  why_en = .*\n", "", text))
    assert [each for each in remarks(miniature, BIB) if "why_en" in each] == [
        "3: `north-2019` is marked `first` and has no `why_en`: its panel does not say why to read it"
    ]


# --- the real bibliography --------------------------------------------------------------------------------------------


def test_no_reference_and_no_field_of_the_real_bibliography_is_lost():
    works: dict[str, dict[str, str]] = {}
    for line in (ROOT / BIB).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            key = line.partition("{")[2].rstrip(",")
            works[key] = {}
        elif field := re.fullmatch(r"  (\w+) = \{(.*)\},", line):
            works[key][field[1]] = field[2]
    read = {key: dict(reference.fields) for key, reference in load(ROOT).references.items()}
    assert list(read) == list(works)
    assert read == works
