"""While somebody watches: from the save of a role line to the finished files."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench.cases import Bench, Result
from tests.bench.measure import Usage
from tests.bench.role import Role

TARGET, GOAL = 0.2, 0.1
"""Seconds."""
PATIENCE = 120


def watched(bench: Bench) -> Result:
    """A role line saved while somebody watches, until the page that prints it is in place."""
    copy = bench.fresh("watched")
    for name in ("sources", "templates", "bibliography"):
        shutil.copytree(bench.root / name, copy / name)
    role, numbers = Role.of_one_seminar(copy), itertools.count(1)
    command = bench.pipeline("watch", "--root", copy)
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=bench.root, env=usual, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _until((copy / "output/.cache/build.json").exists, process)
        taken = [_saved(role, f"watched {next(numbers)}", copy, process) for _ in range(bench.short + 2)]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    usage = Usage(wall=median(taken[2:]), cpu=0)  # the first ones load what the rest finds loaded
    case, reached = "one role line saved while watching", usage.wall <= TARGET
    return Result(case=case, pipeline=usage, target="≤ 200 ms", goal="≤ 100 ms", reached=reached)


def _saved(role: Role, addition: str, copy: Path, process: subprocess.Popen[bytes]) -> float:
    """Return the seconds from a save to the programme and the deck with it, and wait until the build has ended."""
    noted = copy / "output/.cache/build.json"
    before, started = noted.stat().st_mtime_ns, time.perf_counter()
    role.edit(f"({addition})")
    pages = copy / f"output/{role.seminar}/package"
    _until(lambda: any(addition in path.read_text(encoding="utf-8") for path in pages.glob("*programme.html")), process)
    seconds = time.perf_counter() - started
    _until(lambda: noted.stat().st_mtime_ns != before, process)
    return seconds


def _until(seen: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.perf_counter() + PATIENCE
    while True:
        try:
            if seen():
                return
        except FileNotFoundError:  # a folder is being replaced
            pass
        if process.poll() is not None or time.perf_counter() > end:
            raise SystemExit("watching ended, or made nothing")
        time.sleep(0.002)
