"""What is typed is what is read, and what a person should look at gives a remark."""

from __future__ import annotations

import pickle
from datetime import time

import pytest

from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Slot
from pipeline.load import load
from pipeline.load.checks.texts import TRANSLATED, state
from tests.conftest import ROOT, build_here, run_here
from tests.faults import EVE, faults, put, remarks, replace

HARBOUR, TEXTS = "sources/seminars/harbour-en.yaml", "sources/texts/en.yaml"
BIB, SERIES = "bibliography/references.bib", "sources/series.yaml"

# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed, read",
    [("22:05", time(22, 5)), ('"22:05"', time(22, 5)), ("9:05", time(9, 5)), ("09:05", time(9, 5)), ("00:00", time(0))],
)
def test_a_time_of_day_is_read_as_it_is_typed(typed, read, miniature):
    replace(miniature, HARBOUR, ("    start: 22:35\n", ""), ("    start: 23:00\n", ""))
    replace(miniature, HARBOUR, ("start: 22:30", f"start: {typed}"), ("end: 23:30", f'end: "{read.hour + 1}:30"'))
    assert load(miniature).seminars["harbour-en"].start == read


@pytest.mark.parametrize("typed, read", [("true", True), ("Yes", True), ("no", False), ("FALSE", False)])
def test_an_answer_is_yes_or_no(typed, read, miniature):
    replace(miniature, HARBOUR, ("confirmed: false", f"confirmed: {typed}"))
    assert load(miniature).seminars["harbour-en"].segments[0].speakers[1].confirmed is read


def test_norway_is_a_country_and_null_a_family(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("SN", "NO").replace("PIER", "NULL") + "photo: null\n")
    eve = load(miniature).people["eve-pier"]
    assert (eve.country, eve.family, eve.photo) == ("NO", "NULL", "")


def test_numbers_and_days_in_a_text_stay_text(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("Judge", "2020-07-09").replace("Eve", "0042"))
    eve = load(miniature).people["eve-pier"]
    assert (eve.given, eve.affiliation["en"]) == ("0042", "2020-07-09")


def test_a_no_break_space_at_the_edge_of_a_text_is_kept():
    assert load(ROOT).locales["fr"].spacing[" :"] == "\u00a0:"


def test_a_mapping_with_its_required_key_alone_may_be_the_value_of_that_key(miniature):
    seminars = load(miniature).seminars
    assert seminars["harbour-en"].chair == Slot(person="ada-north")
    assert seminars["tal-ar"].chair == Slot(person="ada-north", label="الرئيسة")


# --- remarks ---------------------------------------------------------------------------------------------------------


def test_a_translation_whose_original_changed_gives_one_remark_with_what_to_write(miniature):
    english = load(miniature).texts["en"]
    made_from = ", ".join(f'{name}: "{state(english, name)}"' for name in TRANSLATED)
    replace(miniature, "sources/texts/ar.yaml", ('{rationale: "000000000000"}', f"{{{made_from}}}"))
    assert remarks(miniature, "sources/texts/ar.yaml") == []
    replace(miniature, TEXTS, ("Rules do not.", "Rules do so."), ("how data is shared", "how data travels"))
    english = load(miniature).texts["en"]
    changed = "2: `rationale`, `objectives` of en.yaml may have changed since they were translated"
    write = f"rationale: {state(english, 'rationale')}, objectives: {state(english, 'objectives')}"
    assert remarks(miniature, "sources/texts/ar.yaml") == [f"{changed}: compare them, then write {write}"]


def test_numbers_in_two_places_that_differ_give_a_remark(miniature):
    replace(miniature, TEXTS, ("[60 minutes]", "[90 minutes]"), ("[One presentation a", "[15 minutes a"))
    assert remarks(miniature, TEXTS) == [
        "13: this says 90, but series.yaml says 60 (minutes)",
        "14: this says 15, but series.yaml says 10 (minutes of one presentation)",
    ]


def test_a_reference_that_no_seminar_lists_gives_a_remark_with_the_reason(miniature):
    later = "@book{%s,\n title = {{Later}}, date = {%s}, langid = {british},\n keywords = {%s, language:en},\n}\n"
    works = [
        later % ("too-late", "2022", "segment:search, region:global"),
        later % ("too-far", "2019", "segment:search, region:lac"),
        later % ("too-many", "2018", "segment:search, region:global"),
    ]
    replace(miniature, "sources/series.yaml", ("works_per_segment: 3", "works_per_segment: 1"))
    put(miniature, BIB, (miniature / BIB).read_text(encoding="utf-8") + "".join(works))
    reasons = dict(remark.split(": no seminar lists ") for remark in remarks(miniature, BIB) if "`too-" in remark)
    assert reasons == {
        "48": "`too-late`: it became available after the last seminar (2021-03-02)",
        "52": "`too-far`: no seminar of its regions has its segments",
        "56": "`too-many`: other works come before it (works_per_segment is 1)",
    }


@pytest.mark.parametrize(
    "path, said",
    [
        (
            "sources/people/ben-south.docx",
            "this file is not read: a biography is a text file called like `ben-south.en.md`",
        ),
        ("sources/people/ben-south.en.md", "this biography is empty"),
        (
            "sources/people/ben-south.jpg",
            "no person has this photo: write `photo: ben-south.jpg` into sources/people/ben-south.yaml",
        ),
        (
            "sources/people/IMG_0042.JPG",
            "no person has this photo: write `photo: IMG_0042.JPG` into the person's own file",
        ),
        ("sources/logos/old.svg", "no partner has this logo: name it in sources/series.yaml, as `logo: …`"),
        ("sources/seminars/pier-en.docx", "this file is not read: only files that end in .yaml are"),
        ("sources/biographies", "a file of this name is not read"),
    ],
)
def test_a_file_that_nothing_uses_gives_a_remark(path, said, miniature):
    before = load(miniature)
    put(miniature, path, "\ufeff \n")
    after = load(miniature)
    assert remarks(miniature, path) == [f"1: {said}"]
    assert len(after.remarks) == len(before.remarks) + 1


def test_a_folder_of_biographies_gives_a_remark(miniature):
    (miniature / "sources/people/harbour").mkdir()
    said = "1: files in this folder are not read: move them to sources/people"
    assert remarks(miniature, "sources/people/harbour") == [said]


def test_a_biography_in_a_language_without_seminar_gives_a_remark_and_so_does_a_missing_one(miniature):
    replace(miniature, "sources/seminars/tal-ar.yaml", ("speakers: [dora-west, cleo-east]", "speakers: [dora-west]"))
    put(miniature, "sources/people/cleo-east.ar.md", "مدعية عامة.")
    printed = remarks(miniature, "sources/people/cleo-east.ar.md")
    assert printed == ["1: not printed: no seminar in `ar` names this person"]
    alone = "1: no biography in `en`: only the role line is printed there"
    assert alone in remarks(miniature, "sources/people/cleo-east.yaml")


def test_somebody_in_two_seminars_at_once_gives_a_remark(miniature):
    copy = (miniature / HARBOUR).read_text(encoding="utf-8")
    put(miniature, "sources/seminars/pier-en.yaml", copy)
    said = [line for line in remarks(miniature, "sources/seminars/pier-en.yaml") if "at the same time" in line]
    assert said[0].endswith(": `ada-north` is also in `harbour-en` at the same time")
    assert len(said) == 4
    put(miniature, "sources/seminars/pier-en.yaml", copy.replace("date: 2021-03-01", "date: 2021-03-03"))
    assert not any("at the same time" in line for line in remarks(miniature, "sources/seminars/pier-en.yaml"))


@pytest.mark.parametrize("status, remarked", [("tentative", 1), ("postponed", 0), ("cancelled", 0)])
def test_a_missing_link_gives_a_remark_only_while_one_can_register(status, remarked, miniature):
    text = (miniature / HARBOUR).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("registration:")]
    put(miniature, HARBOUR, "\n".join([*lines, f"status: {status}", ""]))
    assert sum("no registration link" in line for line in remarks(miniature, HARBOUR)) == remarked


def test_a_segment_that_was_left_out_gives_a_remark(miniature):
    text = (miniature / HARBOUR).read_text(encoding="utf-8")
    put(miniature, HARBOUR, text[: text.index("  - segment: sharing")])
    (said,) = (line for line in remarks(miniature, HARBOUR) if "left out" in line)
    assert said.endswith(": the segment `sharing` of the series is left out")


@pytest.mark.parametrize(
    "contact, remarked", [("office@example.org", 0), ("https://example.org", 0), ("The office on the hill", 1)]
)
def test_a_contact_without_an_address_gives_a_remark(contact, remarked, miniature):
    put(miniature, SERIES, (miniature / SERIES).read_text(encoding="utf-8") + f"contact: {contact}\n")
    assert sum("printed without a link" in line for line in remarks(miniature, SERIES)) == remarked


def test_a_person_whom_no_seminar_names_gives_a_remark(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE)
    assert "1: no seminar names `eve-pier`" in remarks(miniature, "sources/people/eve-pier.yaml")


def test_equal_remarks_are_printed_in_one_line(miniature):
    said = [
        line for line in run_here("check", "--root", str(miniature)).stdout.splitlines() if "no biography: " in line
    ]
    alone = "no biography: only the role line is printed (also: cleo-east, dora-west)"
    assert said == [f"sources/people/ben-south.yaml:1: remark: {alone}"]


def test_remarks_are_in_the_order_of_files_and_lines_and_stop_nothing(miniature):
    said = run_here("check", "--root", str(miniature))
    places = [line.split(":")[:2] for line in said.stdout.splitlines() if ": remark: " in line]
    assert said.returncode == 0
    assert len(places) > 5
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))


# --- problems --------------------------------------------------------------------------------------------------------


def test_problems_reach_another_process_as_they_are():
    error = SourceError([Problem(path="b", line=1, message="two"), Problem(path="a", line=3, message="one", fix="so")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert str(error) == "a:3: one; so\nb:1: two"


def test_every_name_in_braces_that_the_texts_for_speakers_may_contain_is_filled(miniature):
    names = "name series seminar segment day date hours duration deadline remarks signature"
    everything = " ".join(f"{{{name}}}" for name in names.split())
    replace(miniature, TEXTS, ('subject: "Your presentation on {date}: {segment}"', f'subject: "{everything}"'))
    assert faults(miniature) == []
    done = build_here(miniature, "harbour-en")
    assert done.returncode == 0, done.stderr


def test_a_role_that_runs_out_of_its_box_on_the_slides_gives_a_remark(miniature):
    role = "; ".join(["Adviser to the Director General on matters of networks and evidence between harbours"] * 5)
    replace(miniature, "sources/people/ben-south.yaml", ("Prosecutor for networks", role))
    checked = run_here("check", "--root", str(miniature)).stdout.splitlines()
    told = [line.split(": ") for line in checked if "`Adviser to the Director General on matt…` takes" in line]
    assert [(path, what.partition(",")[0]) for path, _, what, *_ in told] == [
        ("sources/people/ben-south.yaml:1", "evidence_harbour-en_2021-03-01_presentation-of-ben-south.pptx"),
        ("sources/people/ben-south.yaml:1", "evidence_tal-ar_2021-03-02_presentation-of-ben-south.pptx"),
        ("sources/seminars/harbour-en.yaml:1", "evidence_harbour-en_2021-03-01_presentation.pptx"),
        ("sources/seminars/tal-ar.yaml:1", "evidence_tal-ar_2021-03-02_presentation.pptx"),
    ]
    assert [line[-1].partition(" takes ")[2] for line in told] == [
        *["6 lines, and there is room for 3"] * 2,
        *["9 lines, and there is room for 5"] * 2,
    ]
