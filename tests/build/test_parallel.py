"""The processes of a build: they end with it, a killed one is told, and Ctrl-C is quiet whenever it comes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from pipeline.build import parallel
from pipeline.build.packages import build
from pipeline.build.tasks import make_speakers
from pipeline.core.lock import locked
from pipeline.core.problems import ToolError
from tests.build.test_trust import contents, leftovers
from tests.conftest import ROOT, build_here

PATIENCE = 60
"""Seconds until what does not happen is a failure."""


class Replacing(Executor):
    """An executor that runs another task in place of one of a build's own."""

    def __init__(self, pool: Executor, task, other) -> None:
        self.pool, self.task, self.other = pool, task, other

    def submit(self, task, /, *arguments, **named) -> Future:
        return self.pool.submit(self.other if task is self.task else task, *arguments, **named)


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_told_and_the_next_build_recovers(miniature, built_miniature):
    output = miniature / "output"
    with parallel.executor(miniature) as (pool, files), pytest.raises(ToolError, match="was killed"):
        build(miniature, output, (), lambda path, seconds: None, (Replacing(pool, make_speakers, die), files))
    assert contents(output).items() <= contents(built_miniature).items()
    assert build_here(miniature).returncode == 0
    assert contents(output) == contents(built_miniature)
    assert leftovers(output) == []


def test_processes_end_with_the_one_that_started_them_and_hold_no_lock(tmp_path):
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pipeline.build.parallel import executor\n"
        "from pipeline.core.lock import locked\n"
        "from tests.build.test_parallel import pid\n"
        "with locked(Path(sys.argv[1]), print), executor(Path(), libraries=()) as (pool, files):\n"
        "    print(*{pool.submit(pid).result() for _ in range(8)}, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        workers = list(map(int, process.stdout.readline().split()))
        process.kill()
    assert workers and os.getpid() not in workers
    with locked(tmp_path, pytest.fail):
        pass
    until = time.monotonic() + PATIENCE
    while any(map(_alive, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(_alive, workers))


def pid() -> int:
    time.sleep(0.05)  # so that each of the processes gets a task
    return os.getpid()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_ctrl_c_is_quiet_at_every_start_of_a_process_or_thread_however_often_it_is_pressed(miniature):
    counted = _interrupted(miniature, 0)
    steps = int(re.search(r"(\d+) steps", counted.stderr)[1])
    assert steps >= 3
    for number in range(1, steps + 1):
        shutil.rmtree(miniature / "output", ignore_errors=True)
        done = _interrupted(miniature, number)
        assert done.returncode == 130, (number, done.stdout, done.stderr)
        assert done.stderr == "stopped; the next run continues where this one ended.\n", number
    assert leftovers(miniature / "output") == []


def _interrupted(root: Path, number: int) -> subprocess.CompletedProcess[str]:
    """Return a build that got Ctrl-C, as everything in its terminal does, at one of its starts."""
    command = [sys.executable, "-m", "tests.build.fault", "interrupt", "starts", str(number)]
    return subprocess.run(
        [*command, "build", "--root", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        start_new_session=True,
        check=False,
    )
