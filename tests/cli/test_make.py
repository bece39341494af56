"""What is typed without what it needs is answered with a line to type, not with the usage of a program."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.conftest import ROOT, tool

NEEDS = ("why", "outbox", "send", "resolve", "certificates", "verify", "revoke", "purge")


@pytest.mark.parametrize("target", NEEDS)
def test_a_target_that_needs_a_name_says_how_it_is_typed(target):
    done = _typed(target)
    assert done.returncode == 2
    assert f"type: make {target} " in done.stderr and done.stdout == ""


def test_help_lists_every_target_that_is_typed():
    shown = _typed("help").stdout
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    phony = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    assert [name for name in phony if name not in ("all", "$(SEMINARS)") and f"make {name} " not in shown] == []


def test_a_folder_with_a_space_in_its_name_is_one_folder():
    shown = _typed("--dry-run", "OUTPUT=my packages", "clean").stdout
    assert shown == 'rm -rf "my packages"\n'


def test_one_seminar_can_be_watched_by_its_name():
    shown = _typed("--dry-run", "watch", "africa-fr").stdout
    assert "pipeline watch africa-fr --output" in shown


def _typed(*words: str) -> subprocess.CompletedProcess[str]:
    """Return a finished `make`, as if no other one had started it: that would tell of folders."""
    make = tool("make", "the commands of the Makefile")
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run([make, *words], cwd=ROOT, env=alone, capture_output=True, text=True, timeout=60, check=False)
