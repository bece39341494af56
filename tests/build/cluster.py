"""A Dask scheduler and workers on this machine, each a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

PATIENCE = 300
"""Seconds until a scheduler without its workers is a failure."""
HERE = "127.0.0.1"


@dataclass
class Cluster:
    """The scheduler's address, and the workers' processes."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[Cluster]:
    """Start a scheduler and `count` workers, each with one thread, and end them."""
    folder.mkdir(parents=True, exist_ok=True)
    announced = folder / "scheduler.json"
    started = [_start("scheduler", "--host", HERE, "--port", "0", "--scheduler-file", announced, "--no-show")]
    try:
        wait(announced.exists)
        from distributed import Client

        for number in range(count):
            own = ("--host", HERE, "--nthreads", "1", "--no-nanny", "--local-directory", folder / f"worker-{number}")
            started.append(_start("worker", "--scheduler-file", announced, "--no-dashboard", *own))
        with Client(scheduler_file=str(announced), timeout=PATIENCE) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
            address = client.scheduler.address
        yield Cluster(address=address, workers=started[1:])
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(kind: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a part of Dask outside the project, with nothing of it but the installed program."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait(seen: Callable[[], bool]) -> None:
    """Wait until something can be seen."""
    until = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < until
        time.sleep(0.05)
