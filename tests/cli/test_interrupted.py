"""Ctrl-C ends a command quietly with exit code 130, at once if it is pressed twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

PATIENCE = 60
"""Seconds until a command that does not end is a failure."""
STOPPED = "stopped; the next run continues where this one ended.\n"


def begun(root: Path) -> subprocess.Popen[str]:
    """Return a build that holds the lock of the project."""
    command = [sys.executable, "-m", "pipeline", "build", "--root", str(root)]
    build = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + PATIENCE
    while not (root / "output/.lock").exists() and time.monotonic() < until:
        time.sleep(0.01)
    return build


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_build_quietly(miniature, times):
    with begun(miniature) as build:
        for _ in range(times):
            os.killpg(build.pid, signal.SIGINT)  # as a terminal does: to all its processes
        try:
            _, said = build.communicate(timeout=PATIENCE)
        finally:
            build.kill()
    assert (build.returncode, said) == (130, STOPPED) or (times == 2 and (build.returncode, said) == (130, ""))


THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from pipeline.cli import build
from pipeline.cli.app import main

started = Thread.start

def start_and_be_interrupted(thread):
    started(thread)
    raise KeyboardInterrupt

def interrupted_while_a_thread_starts(*arguments, **options):
    Thread.start = start_and_be_interrupted
    ThreadPoolExecutor(1).submit(print)

build.read = interrupted_while_a_thread_starts
sys.argv = ["seminars", "check"]
main()
"""
"""A command that Ctrl-C reaches between the start of a thread and the note that it has started."""


def test_a_thread_that_was_starting_keeps_nobody_waiting():
    done = subprocess.run([sys.executable, "-c", THREADS], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (130, STOPPED)
