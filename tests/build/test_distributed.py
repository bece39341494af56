"""The same tasks on the workers of a Dask scheduler: the same bytes, and nothing lost when one of them is killed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench import synthetic
from tests.build.cluster import PATIENCE, cluster, wait
from tests.build.test_trust import contents, leftovers
from tests.conftest import ROOT, build_here, run

pytest.importorskip("distributed")
SEMINARS = 4


def test_two_workers_give_the_same_bytes_and_one_that_is_killed_in_the_middle_loses_nothing(tmp_path):
    root = synthetic.series(ROOT, tmp_path / "series", SEMINARS)
    assert build_here(root).returncode == 0
    with cluster(tmp_path / "dask", 2) as dask:
        for name in ("undisturbed", "disturbed"):
            output = tmp_path / name
            arguments = ("--root", str(root), "--output", str(output), "--scheduler", dask.address)
            command = [sys.executable, "-m", "pipeline", "build", *arguments]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as build:
                if name == "disturbed":
                    wait(lambda output=output, build=build: any(output.glob("*/package")) or build.poll() is not None)
                    dask.workers[0].kill()
                said, _ = build.communicate(timeout=PATIENCE)
            assert build.returncode == 0, said.decode()
            assert contents(output) == contents(root / "output")
            assert leftovers(output) == []


def test_a_scheduler_that_does_not_answer_is_named_with_a_cure(miniature):
    done = run("build", "--root", str(miniature), "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.stderr and "dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_dask_the_cure_is_named(miniature):
    hidden = miniature / "hidden"
    hidden.mkdir()
    (hidden / "distributed.py").write_text("raise ImportError('not here')\n")
    done = run("build", "--root", str(miniature), "--scheduler", "tcp://127.0.0.1:9", PYTHONPATH=f"{hidden}:{ROOT}")
    assert done.returncode == 2
    assert "pip install" in done.stderr and "Traceback" not in done.stderr
