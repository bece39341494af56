"""What is typed without what it needs is answered with a line to type, not with the usage of a program."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT, tool

NEEDS = ("why", "outbox", "send", "resolve", "certificates", "verify", "revoke", "purge")


@pytest.mark.parametrize("target", NEEDS)
def test_a_target_that_needs_a_name_says_how_it_is_typed(target):
    make = tool("make", "the commands of the Makefile")
    done = subprocess.run([make, target], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"type: make {target} " in done.stderr and done.stdout == ""


def test_help_lists_every_target_that_is_typed():
    make = tool("make", "the commands of the Makefile")
    shown = subprocess.run([make, "help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    phony = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    assert [name for name in phony if name not in ("all", "$(SEMINARS)") and f"make {name} " not in shown] == []
