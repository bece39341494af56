"""Messages about names, bytes and places of files."""

from __future__ import annotations

import pytest

from pipeline.load import load
from tests.conftest import run_here
from tests.faults import EVE, faults, put

# --- names -----------------------------------------------------------------------------------------------------------

FIX = "use only a to z, 0 to 9 and single hyphens, 60 at most"


@pytest.mark.parametrize(
    "id", ["Eve-Pier", "eve pier", "eve_pier", "eve--pier", "-eve", "eve.pier", "a" * 61, "eve\\pier"]
)
def test_a_name_that_is_not_an_id_is_refused(id, miniature):
    put(miniature, f"sources/people/{id}.yaml", EVE)
    shown = id if len(id) < 41 else f"{id[:39]}…"
    assert faults(miniature) == [f"sources/people/{id}.yaml:1: `{shown}` cannot be used as a name; {FIX}"]


def test_a_letter_that_looks_like_a_latin_one_is_reported(miniature):
    put(miniature, "sources/people/\u0435ve-pier.yaml", EVE)
    assert faults(miniature) == [
        f"sources/people/\u0435ve-pier.yaml:1: `\u0435ve-pier` cannot be used as a name (`\u0435` is U+0435); {FIX}"
    ]


@pytest.mark.parametrize("id", ["con", "nul", "lpt1"])
def test_a_name_that_windows_reserves_is_refused(id, miniature):
    put(miniature, f"sources/people/{id}.yaml", EVE)
    assert faults(miniature) == [f"sources/people/{id}.yaml:1: `{id}` is a name that Windows reserves; {FIX}"]


def test_two_names_that_differ_in_capitals_alone_are_not_both_taken(miniature):
    put(miniature, "sources/people/Ada-North.yaml", EVE)
    if len(list((miniature / "sources/people").glob("[Aa]da-[Nn]orth.yaml"))) < 2:
        pytest.skip("this disk takes the two names for one")
    assert faults(miniature) == [f"sources/people/Ada-North.yaml:1: `Ada-North` cannot be used as a name; {FIX}"]


def test_somebody_whose_file_has_a_wrong_name_is_not_reported_missing_as_well(miniature):
    (miniature / "sources/people/ben-south.yaml").rename(miniature / "sources/people/Ben South.yaml")
    assert faults(miniature) == [f"sources/people/Ben South.yaml:1: `Ben South` cannot be used as a name; {FIX}"]


def test_a_biography_of_nobody_and_in_no_language_is_reported_at_its_own_name(miniature):
    put(miniature, "sources/people/zoe-quay.md", "Zoe writes.")
    rename = "the name of the file gives no language; rename it, for example to `zoe-quay.en.md`"
    assert faults(miniature) == [
        f"sources/people/zoe-quay.md:1: {rename}",
        "sources/people/zoe-quay.md:1: there is no person `zoe-quay`; add sources/people/zoe-quay.yaml",
    ]


@pytest.mark.parametrize("ending", [".yml", ".YAML", ".yaml.txt"])
def test_an_extension_that_is_not_read_is_reported(ending, miniature):
    (miniature / "sources/people/ben-south.yaml").rename(miniature / f"sources/people/ben-south{ending}")
    assert faults(miniature) == [
        f"sources/people/ben-south{ending}:1: a file with this extension is not read; rename it to `ben-south.yaml`"
    ]


def test_what_a_desktop_leaves_in_a_folder_is_ignored(miniature):
    for name in (".DS_Store", "Thumbs.db", "README.md", "ada-north.yaml~"):
        put(miniature, f"sources/people/{name}", b"\0")
    assert faults(miniature) == []


def test_a_file_whose_name_a_terminal_would_obey_is_shown_by_numbers(miniature):
    put(miniature, "sources/people/eve\x1b[2J.yaml", EVE)
    put(miniature, "sources/people/eve\udcff.yaml", EVE)
    said = run_here("check", "--root", str(miniature))
    assert "sources/people/eve\\u001b[2J.yaml:1: `eve\\u001b[2J` cannot be used as a name" in said.stdout
    assert "sources/people/eve\\udcff.yaml:1: " in said.stdout
    assert said.stderr == "2 mistakes in the sources; nothing was made.\n"


# --- bytes -----------------------------------------------------------------------------------------------------------


def test_a_file_in_another_encoding_is_reported_with_its_line(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("Judge", "Juge à Dakar").encode("latin-1"))
    assert faults(miniature) == [
        "sources/people/eve-pier.yaml:4: this line is not UTF-8 text (byte 0xe0); save the file with the encoding UTF-8"
    ]


def test_a_file_that_is_not_text_is_reported_once(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.encode("utf-16-le") + b"\0\0")
    assert faults(miniature) == [
        "sources/people/eve-pier.yaml:1: this file is not text; save the file with the encoding UTF-8"
    ]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x92", "\u2028", "\ufeff"])
def test_an_invisible_character_is_named_and_the_rest_is_read_all_the_same(sign, miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("PIER", f"PI{sign}ER").replace("SN", "XX"))
    invisible = f"this line contains an invisible character (U+{ord(sign):04X}); delete it and type the word again"
    assert faults(miniature) == [
        f"sources/people/eve-pier.yaml:2: {invisible}",
        "sources/people/eve-pier.yaml:3: `country` cannot be `XX`; write the two capital letters of ISO 3166, like SN",
    ]


def test_joiners_and_marks_of_direction_are_text(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("PIER", "PI\u200d\u200e\u200fER"))
    assert load(miniature).people["eve-pier"].family == "PI\u200d\u200e\u200fER"


FORMS = {
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old line ends": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
def test_byte_order_marks_line_ends_and_utf_16_change_nothing(form, miniature):
    before = load(miniature)
    for path in (p for p in miniature.rglob("*") if p.suffix in (".yaml", ".bib", ".md")):
        path.write_bytes(FORMS[form](path.read_text(encoding="utf-8")))
    assert load(miniature) == before


def test_lists_in_lists_without_end_are_refused(miniature):
    for id, text in (("brackets", "[" * 40_000 + "]" * 40_000), ("dashes", "\n  " + "- " * 40_000 + "x")):
        put(miniature, f"sources/people/{id}.yaml", f"{EVE}questions: {text}\n")
    assert faults(miniature) == [
        "sources/people/brackets.yaml:5: lists are nested too deeply here",
        "sources/people/dashes.yaml:6: lists are nested too deeply here",
    ]


# --- places on the disk ----------------------------------------------------------------------------------------------


def test_a_folder_in_place_of_a_file_is_reported(miniature):
    (miniature / "sources/people/eve-pier.yaml").mkdir()
    assert faults(miniature) == ["sources/people/eve-pier.yaml:1: this is a folder; put a file in its place"]


def test_a_file_in_place_of_a_folder_is_reported_and_nobody_is_reported_missing(miniature):
    for path in (miniature / "sources/people").iterdir():
        path.unlink()
    (miniature / "sources/people").rmdir()
    put(miniature, "sources/people", "")
    assert faults(miniature) == ["sources/people:1: this must be a folder"]


def test_links_that_lead_out_of_the_project_are_refused(miniature, tmp_path):
    outside = put(tmp_path, "outside.yaml", EVE)
    (miniature / "sources/people/eve-pier.yaml").symlink_to(outside)
    (miniature / "sources/people/ada-north.png").rename(tmp_path / "ada.png")
    (miniature / "sources/people/ada-north.png").symlink_to(tmp_path / "ada.png")
    photo = "sources/people/ada-north.png is a symbolic link"
    assert faults(miniature) == [
        f"sources/people/ada-north.yaml:5: {photo}; put the file itself there",
        "sources/people/eve-pier.yaml:1: this is a symbolic link; put the file itself here",
    ]


@pytest.mark.parametrize("keep", [40, 100])
def test_a_picture_that_was_cut_short_is_reported(keep, miniature):
    photo = miniature / "sources/people/ada-north.png"
    photo.write_bytes(photo.read_bytes()[:-keep])
    fault = "sources/people/ada-north.png is not a complete picture; save it again as PNG"
    assert faults(miniature) == [f"sources/people/ada-north.yaml:5: {fault}"]
