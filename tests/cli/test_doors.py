"""The Makefile, the README and the app name the same commands."""

from __future__ import annotations

import re

import pytest

from pipeline.cli.commands import MODULES, app_of
from tests.conftest import ROOT, run

PROGRAM_ONLY = {"inspect"}
"""Commands that are typed without make: a speaker's office has only the program."""
OF_MAKE = {"all", "clean", "help", "test", "golden", "pages", "bench"}
"""Targets that are no commands of the program."""
COMMANDS = [info.callback for info in app_of().registered_commands]
NAMES = sorted(name for names in MODULES.values() for name in names)


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    return set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()) - {"$(SEMINARS)"}


def test_every_command_has_a_target_or_is_named_as_one_of_the_program_alone():
    assert targets() - OF_MAKE == set(NAMES) - PROGRAM_ONLY - {"build"}  # which is `make` itself


def test_every_target_has_a_line_in_make_help():
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    told = {line.partition(":")[0] for line in lines if re.match(r"[a-z]+:.* ## \S", line)}
    assert targets() - told == set()


@pytest.mark.parametrize("name", sorted(set(NAMES) - PROGRAM_ONLY - {"build"}))
def test_the_readme_names_every_target_of_a_command(name):
    assert re.search(rf"`make {name}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PROGRAM_ONLY))
def test_the_readme_names_every_command_of_the_program_alone(name):
    assert f"`python -m pipeline {name} " in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_app_and_says_what_it_does():
    assert sorted(command.__name__ for command in COMMANDS) == NAMES
    assert [command.__name__ for command in COMMANDS if not command.__doc__] == []


def test_every_command_has_the_common_options():
    for command in COMMANDS:
        parameters = command.__annotations__
        assert {"root", "output"} <= parameters.keys(), command.__name__


def test_help_lists_every_command_and_the_recipes_call_only_these():
    shown = run("help").stdout
    assert [name for name in NAMES if f"\n  {name} " not in shown] == []
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\(RUN\) ([a-z]+)", recipes)) <= set(NAMES)
