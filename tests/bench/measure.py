"""One run of a program measured: wall clock, processor time and memory, of it and of all that it starts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

PROC = Path("/proc")
MEMORY = (
    "all its processes together, shared pages counted once"
    if (PROC / "self/smaps_rollup").exists()
    else "the largest of its processes, since this system does not tell the sum"
)
"""What the figures of memory stand for."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Seconds on the clock and of the processors; those of every process that was started and waited for count."""

    wall: float
    cpu: float


def run(command: Sequence[str], folder: Path) -> Usage:
    """Return what one run in `folder` took; one that fails ends the bench with its own words."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = _started(command, folder, said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        _checked(process, status, said)
    return Usage(wall=wall, cpu=used.ru_utime + used.ru_stime)


def peak(command: Sequence[str], folder: Path, pause: float = 0.01) -> tuple[Usage, int]:
    """Return what `run` returns, disturbed by looking every `pause` seconds, and the most memory at once in bytes."""
    most = 0
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = _started(command, folder, said)
        while True:
            found, status, used = os.wait4(process.pid, os.WNOHANG)
            if found:
                break
            most = max(most, _memory(process.pid))
            time.sleep(pause)
        wall = time.perf_counter() - started
        _checked(process, status, said)
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Usage(wall=wall, cpu=used.ru_utime + used.ru_stime), most or largest


def alternated(runs: Sequence[Callable[[], Usage]], rounds: int) -> list[list[Usage]]:
    """Return the usages of each of `runs`, which take turns so that a busy spell of the machine hits all alike."""
    for each in runs:
        each()  # what is only on the disk now comes into memory: not counted
    taken = [[each() for each in runs] for _ in range(rounds)]
    return [list(column) for column in zip(*taken, strict=True)]


def ratio(upper: Iterable[Usage], lower: Iterable[Usage], name: str) -> float:
    """Return the median of the ratios of neighbouring runs, by `wall` or `cpu`."""
    return median(getattr(a, name) / max(getattr(b, name), 1e-6) for a, b in zip(upper, lower, strict=True))


def _started(command: Sequence[str], folder: Path, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, by which its processes are known again."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": said}
    return subprocess.Popen(command, cwd=folder, env=usual, start_new_session=True, **quiet)


def _checked(process: subprocess.Popen[bytes], status: int, said: IO[bytes]) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said.seek(0)
        sys.exit(f"{' '.join(map(str, process.args))}\nfailed: {said.read().decode(errors='replace')}")


def _memory(session: int) -> int:
    """Return the bytes that the processes of a session hold, pages that they share being divided among them."""
    total = 0
    for place in PROC.glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += int(re.search(r"^Pss:\s+(\d+) kB", (place / "smaps_rollup").read_text(), re.M)[1]) * 1024
        except (OSError, TypeError, IndexError):  # it has ended meanwhile
            continue
    return total
