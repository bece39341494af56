"""A run that finds another one in its output folder says so, waits, and does its work afterwards."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipeline.core.lock import locked
from tests.conftest import ROOT


def test_a_second_run_says_that_it_waits_and_then_does_its_work(miniature):
    command = [sys.executable, "-m", "pipeline", "collect", "--root", str(miniature)]
    with locked(miniature / "output", pytest.fail):
        waiting = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said = waiting.stderr.readline()
    found, more = waiting.communicate(timeout=300)
    assert said == f"Another build is at work here (process {os.getpid()}); waiting for it to end.\n"
    assert (waiting.returncode, more) == (0, "")
    assert found.startswith("Nothing in sources/returned.")
