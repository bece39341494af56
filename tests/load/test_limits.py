"""Texts that do not fit their place, and files that no one can have written, are named before anything is composed."""

from __future__ import annotations

import pytest

from tests.conftest import run
from tests.faults import EVE, faults, put, replace

SEMINAR = "sources/seminars/harbour-en.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (SEMINAR, "Seminar at the harbour", "x" * 301, "1: `title` has 301 characters; write 300 at most"),
        (
            SEMINAR,
            "city: Vienna",
            "city: Vienna " + "x" * 61,
            "11: `city` has a word of over 60 characters; put a space or a hyphen into it",
        ),
        (SEMINAR, "city: Vienna", "city: " + "x" * 151, "11: `city` has 151 characters; write 150 at most"),
        (SEMINAR, "{city: Vienna,", '{city: "Vi\\nenna",', "11: `city` has several lines; write it on one line"),
        (SEMINAR, "Seminar at the harbour", '"Seminar\\n\\nat"', "1: `title` has several lines; write it on one line"),
        (
            "sources/series.yaml",
            "en: Evidence across borders",
            f"en: {'x' * 601}",
            "4: `en` has 601 characters; write 600 at most",
        ),
        (
            "sources/texts/en.yaml",
            "how data is searched",
            "x" * 2_001,
            "8: item 1 of `objectives` has 2,001 characters; write 2,000 at most",
        ),
        (
            "sources/texts/en.yaml",
            "Evidence crosses",
            f"{'x ' * 10_001}",
            "2: `rationale` has 20,071 characters; write 20,000 at most",
        ),
        (
            "templates/locales/ar.yaml",
            "جميع ندوات السلسلة",
            "ن" * 601,
            "29: `all_seminars` has 601 characters; write 600 at most",
        ),
        (
            SEMINAR,
            "https://example.org/register?a=1&b=2",
            "https://example.org/" + "x" * 2_000,
            "8: `registration` has 2,020 characters; write 2,000 at most",
        ),
        (
            "bibliography/references.bib",
            "Two Harbours & One <Sea>",
            "x" * 10_001,
            "5: `title` has 10,003 characters; write 10,000 at most",
        ),
    ],
)
def test_a_text_that_is_longer_than_its_place_is_named_with_the_limit(miniature, path, old, new, said):
    replace(miniature, path, (old, new))
    assert faults(miniature) == [f"{path}:{said}"]


def test_a_biography_and_a_role_have_a_longest_length(miniature):
    put(miniature, "sources/people/ada-north.en.md", "a " * 5_001)
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("Judge", "x" * 601))
    assert faults(miniature) == [
        "sources/people/ada-north.en.md:1: this biography has 10,001 characters; write 10,000 at most",
        "sources/people/eve-pier.yaml:4: `en` has 601 characters; write 600 at most",
    ]


def test_a_list_has_a_largest_number_of_items(miniature):
    replace(miniature, "sources/texts/en.yaml", ("  - how data is searched\n", "  - how\n" * 100))
    said = "sources/texts/en.yaml:7: `objectives` has 101 items; write 100 at most"
    assert faults(miniature) == [said]


@pytest.mark.parametrize("path", ["sources/people/eve-pier.yaml", "sources/people/ada-north.en.md", SEMINAR])
def test_a_file_that_nobody_can_have_typed_is_not_read(miniature, path):
    put(miniature, path, EVE + "# " + "x" * 1_500_000)
    said = "this file has 1.5 MB, and at most 1 MB are read; look for what does not belong into it"
    assert f"{path}:1: {said}" in faults(miniature)


def test_a_title_of_almost_a_megabyte_is_refused_before_anything_is_composed(miniature):
    replace(miniature, SEMINAR, ("Seminar at the harbour", "x" * 900_000))
    done = run("build", "--root", str(miniature))
    assert (done.returncode, done.stdout) == (1, f"{SEMINAR}:1: `title` has 900,000 characters; write 300 at most\n")
    assert "1 mistake in the sources; nothing was made." in done.stderr
