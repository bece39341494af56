"""What is done in a process beside, and what becomes of it when that comes to no good end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from pipeline.beside import begun
from pipeline.reading import read
from tests.conftest import ROOT

APART = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def test_the_sources_are_read_the_same_beside_and_here():
    beside, here = begun(lambda: (os.getpid(), read(ROOT, templates=False)))(), read(ROOT, templates=False)
    assert (beside[0] != os.getpid()) == APART
    assert beside[1] == here
    assert repr(beside[1]) == repr(here)  # from which fingerprints are made


def test_what_goes_wrong_beside_goes_wrong_here(tmp_path):
    done = tmp_path / "done"

    def failing():
        with done.open("a") as file:
            file.write(f"{os.getpid()}\n")
        raise ValueError("as always")

    try:
        begun(failing)()
    except ValueError as error:
        said = str(error)
    assert said == "as always"
    assert done.read_text().split()[-1] == str(os.getpid())
    assert len(done.read_text().split()) == 1 + APART


def test_what_is_killed_beside_is_done_here():
    here = os.getpid()

    def killed():
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert begun(killed)() == "done"


def test_what_cannot_be_handed_over_is_done_here():
    assert begun(lambda: lambda: "done")()() == "done"


def test_nothing_that_was_printed_before_is_printed_twice(tmp_path):
    program = "from pipeline.beside import begun\nprint('once')\nassert begun(lambda: 1)() == 1\n"
    path = tmp_path / "program.py"
    path.write_text(program)
    environment = {**os.environ, "PYTHONPATH": str(Path(ROOT))}
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, env=environment)
    assert (ran.stdout, ran.stderr) == ("once\n", "")
