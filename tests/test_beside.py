"""What is done in a process beside, and what becomes of it when that comes to no good end.

Each test runs a program of its own: where threads are alive, as in these tests, nothing is begun beside.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

APART = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
HEAD = "import os, signal, sys\nfrom pathlib import Path\nfrom pipeline.build.beside import begun\nhere = os.getpid()\n"


def said(program: str) -> list[str]:
    """Return the lines that a program has printed; it must end well and say nothing else."""
    ran = subprocess.run([sys.executable, "-c", HEAD + program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def test_the_sources_are_read_the_same_beside_and_here():
    program = """
from pipeline.build.check import read
root = Path()
(pid, beside), here_read = begun(lambda: (os.getpid(), read(root, templates=False)))(), read(root, templates=False)
print(pid != here)
print(beside == here_read, repr(beside) == repr(here_read))  # from the texts fingerprints are made
"""
    assert said(program) == [str(APART), "True True"]


def test_what_goes_wrong_beside_goes_wrong_here():
    program = """
def failing():
    os.write(1, b"tried\\\\n")
    raise ValueError("as always")
try:
    begun(failing)()
except ValueError as error:
    print(error)
"""
    assert said(program.replace("\\\\", "\\")) == ["tried"] * (1 + APART) + ["as always"]


def test_what_is_killed_beside_is_done_here():
    program = """
def killed():
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"
print(begun(killed)())
"""
    assert said(program) == ["done"]


def test_what_cannot_be_handed_over_is_done_here():
    assert said("print(begun(lambda: lambda: 'done')()())") == ["done"]


def test_where_threads_are_alive_nothing_is_begun_beside():
    program = """
import threading
end = threading.Event()
thread = threading.Thread(target=end.wait)
thread.start()
print(begun(os.getpid)() == here)
end.set()
"""
    assert said(program) == ["True"]


def test_nothing_that_was_printed_before_is_printed_twice():
    assert said("print('once')\nassert begun(lambda: 1)() == 1") == ["once"]
