"""No input that the fuzzer has found breaks a promise of the judge, and a short search finds no other."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.collect import fuzzed
from tests.collect.surgery import unpacked
from tests.conftest import ROOT, module

CORPUS = ROOT / "tests/collect/corpus"
SECONDS = 20


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_an_input_of_the_corpus_breaks_no_promise(name):
    fuzzed.check((CORPUS / name).read_bytes())


def test_the_corpus_is_small_and_has_every_kind_of_input():
    contents = [path.read_bytes() for path in CORPUS.iterdir()]
    assert sum(map(len, contents)) < 100_000
    assert {content[:1] for content in contents} == {b"d", b"f", b"m", b"p"}


@pytest.mark.parametrize("number", range(len(fuzzed.BASES)))
def test_an_empty_program_leaves_its_deck_as_it_is(number):
    content = fuzzed.edited(fuzzed.Program(bytes([number])))
    assert unpacked(content) == fuzzed.base(number)


def test_a_short_search_finds_no_input_that_breaks_a_promise(tmp_path):
    module("atheris", "inputs of the judge that nobody thought of")
    command = [sys.executable, "-m", "tests.collect.fuzz", "--seconds", str(SECONDS), "--seed", "1"]
    done = subprocess.run([*command, "--found", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert "stat::number_of_executed_units" in done.stderr
