"""Certificates and mails for many people: in chunks, in other processes, and on the workers of a Dask scheduler."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline.build.parallel import in_order
from pipeline.core.problems import ToolError
from pipeline.workflows import certificates, mail
from tests.build.cluster import cluster
from tests.certificates.conftest import SEMINAR, Desk
from tests.conftest import run

COUNTS = (2 * certificates.TOGETHER + 3, mail.TOGETHER + 3)
"""People with a certificate, and people with a mail: more than one chunk of each."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def number(one: int, _files: object) -> tuple[int, int]:
    return one, os.getpid()


def die(_one: int, _files: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def many(sent) -> Desk:
    """A project whose packages are built, with the exports of many people who were there."""
    desk = Desk(root=sent, output=sent / "output")
    desk.fill(*(f"Given{i},Family{i},p{i}@example.org" for i in range(COUNTS[0])))
    rows = "".join(f"Given{i},p{i}@example.org\n" for i in range(COUNTS[1]))
    (desk.exports / f"{SEMINAR}-recipients.csv").write_text(f"name,address\n{rows}", encoding="utf-8")
    return desk


def made(desk: Desk, *options: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of the certificates and of the outbox."""
    for words in (("certificates", SEMINAR, "--issue", str(COUNTS[0])), ("outbox", SEMINAR)):
        done = run(*words, "--root", str(desk.root), *options)
        assert done.returncode == 0, done.stdout + done.stderr
    return contents(desk.folder()), contents(desk.output / SEMINAR / "outbox")


def test_chunks_in_other_processes_give_the_bytes_of_one_process(many, monkeypatch):
    found = made(many)
    assert (len(found[0]), len(found[1])) == (COUNTS[0] + 1, COUNTS[1] + 2)
    for module in (certificates, mail):
        monkeypatch.setattr(module, "TOGETHER", 1000)
    many.issue()
    mail.write_outbox(SEMINAR, many.root, many.output)
    assert (contents(many.folder()), contents(many.output / SEMINAR / "outbox")) == found


def test_two_workers_of_dask_give_the_bytes_of_this_machine(many, tmp_path):
    pytest.importorskip("distributed")
    here = made(many)
    for path in many.folder().iterdir():
        path.unlink()
    with cluster(tmp_path / "dask", 2) as dask:
        assert made(many, "--scheduler", dask.address) == here


def test_results_come_in_the_order_of_the_arguments_and_a_single_task_runs_in_this_process(tmp_path):
    found = list(in_order(number, range(100), tmp_path))
    assert [one for one, _ in found] == list(range(100))
    assert os.getpid() not in {process for _, process in found}
    assert list(in_order(number, [7], tmp_path)) == [(7, os.getpid())]
    assert list(in_order(number, [], tmp_path)) == []


def test_a_process_that_is_killed_is_named(tmp_path):
    with pytest.raises(ToolError, match="was killed"):
        list(in_order(die, range(3), tmp_path))
