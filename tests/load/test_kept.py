"""Sources that are read several times, as while watching."""

from __future__ import annotations

import pytest

from pipeline.core.problems import SourceError
from pipeline.load import Kept, load
from tests.faults import put, replace

BEN, BIO, BIB = "sources/people/ben-south.yaml", "sources/people/ben-south.en.md", "bibliography/references.bib"


def test_only_a_file_that_has_changed_is_parsed_again(miniature):
    kept: Kept = {}
    load(miniature, kept)
    before = dict(kept)
    replace(miniature, BEN, ("given: Ben\n", "given: Benjamin\n"))
    series = load(miniature, kept)
    assert series.people["ben-south"].given == "Benjamin"
    assert series == load(miniature)
    assert [path for path in kept if kept[path] is not before[path]] == [BEN]


def test_a_person_is_parsed_again_if_only_the_biography_has_changed(miniature):
    kept: Kept = {}
    for bio in ("First text.", "Second text.", ""):
        put(miniature, BIO, bio)
        series = load(miniature, kept)
        assert series.people["ben-south"].bio == ({"en": bio} if bio else {})
        assert series == load(miniature)


def test_problems_of_files_that_have_not_changed_are_reported_until_they_are_corrected(miniature):
    kept: Kept = {}
    replace(miniature, BEN, ("given: Ben\n", "givn: Ben\n"))
    put(miniature, BIO, "# Ben\n")
    correct = (miniature / BIB).read_bytes()
    put(miniature, BIB, correct + b"@book{pier,\n")
    said = []
    for _ in range(2):
        with pytest.raises(SourceError) as error:
            load(miniature, kept)
        said.append(error.value.problems)
    assert said[0] == said[1]
    assert {problem.path for problem in said[0]} == {BEN, BIO, BIB}
    replace(miniature, BEN, ("givn: Ben\n", "given: Ben\n"))
    put(miniature, BIO, "Ben\n")
    put(miniature, BIB, correct)
    assert load(miniature, kept) == load(miniature)


def test_a_deleted_file_is_not_read_any_more(miniature):
    kept: Kept = {}
    load(miniature, kept)
    (miniature / BEN).unlink()
    with pytest.raises(SourceError, match="no speaker `ben-south`"):
        load(miniature, kept)
