"""`check` lists what is new first, and what concerns one seminar; a misspelt word is a seminar or a command."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT, run_here
from tests.faults import replace


def listed(root, *ids: str) -> list[str]:
    done = run_here("check", *ids, "--root", str(root))
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def test_remarks_that_are_new_since_the_last_build_come_first_and_are_marked(made):
    assert not [line for line in listed(made) if "new remark" in line]
    replace(made, "sources/seminars/tal-ar.yaml", ("\ndate: 2021", "\nquestions: [Who opens?]\ndate: 2021"))
    first, *others, last = listed(made)
    assert first.endswith(": new remark: open question: Who opens?")
    assert others
    assert not [line for line in others if "new remark" in line]
    assert last.endswith(" remarks, 1 of them new")
    assert first.replace("new remark", "remark") not in others


def test_without_a_build_no_remark_is_new(miniature):
    assert not [line for line in listed(miniature) if "new remark" in line or "them new" in line]


def test_the_remarks_on_one_seminar_are_on_its_files_its_people_and_its_language(miniature):
    all_of_them, shown = listed(miniature), listed(miniature, "tal-ar")
    assert shown[-1].startswith("✓ tal-ar: no mistakes, ")
    assert 1 < len(shown) < len(all_of_them)
    assert not [line for line in shown if "seminars/harbour-en.yaml" in line]
    assert [line for line in shown if "seminars/tal-ar.yaml" in line]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("statsu", "make status"), ("chek", "make check"), ("colect", "make collect"), ("harbor-en", "harbour-en")],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_misspelt_word_is_answered_with_the_nearest_seminar_or_command(miniature, command, word, meant):
    done = run_here(command, word, "--root", str(miniature))
    assert done.returncode == 1
    assert done.stdout == f"SEMINAR: no seminar `{word}`; did you mean `{meant}`? (`make help` lists the commands)\n"


def test_make_check_takes_a_seminar():
    command = ["make", "--dry-run", "check", "SEMINAR=africa-fr"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert 'pipeline check "africa-fr"' in done.stdout
