"""A disk that is full while returned decks are judged: an error of this machine, of which no speaker hears."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.collect.child import Job
from pipeline.collect.workers import judged
from tests.collect import decks
from tests.conftest import ROOT, build_here, copy_miniature, run_here
from tests.desk import deck_of, filled, give_back

SPEAKERS = ("ben-south", "cleo-east")


@pytest.fixture(scope="module")
def returned(tmp_path_factory) -> Path:
    """The miniature series with two returned decks, in a folder in which the writing of files can be stopped."""
    root = copy_miniature(tmp_path_factory.mktemp("disk") / "output/series")
    assert build_here(root).returncode == 0
    for speaker in SPEAKERS:
        give_back(root, f"{speaker}.pptx", filled(deck_of(root, "harbour-en", speaker)))
    return root


def copies(root: Path) -> dict[str, str]:
    """Return what each accepted copy contains."""
    folder = root / "sources/presentations/harbour-en"
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.pptx")}


def reports(root: Path) -> list[Path]:
    return sorted(root.glob("output/*/speakers/*/report.html"))


def without_result(root: Path) -> None:
    """Delete what earlier runs made of the returned decks."""
    subprocess.run(["rm", "-rf", root / "sources/presentations", *reports(root)], check=True)


def collected(root: Path, number: int) -> subprocess.CompletedProcess[str]:
    """Return a run of `collect` on a disk that is full from this write on."""
    command = [
        sys.executable,
        "-m",
        "tests.build.fault",
        "full",
        "changes",
        str(number),
        "collect",
        "--root",
        str(root),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)


def test_a_disk_that_is_full_from_any_write_on_tells_the_speaker_nothing_and_the_next_run_mends_it(returned):
    done = collected(returned, 0)
    assert done.returncode == 0, done.stderr
    whole, count = copies(returned), int(re.findall(r"(\d+) steps", done.stderr)[-1])
    assert whole.keys() == set(SPEAKERS)
    assert count > 6
    for number in (1, count // 2, count - 3, count - 1):  # the first writes are caches, the last ones reports
        without_result(returned)
        done = collected(returned, number)
        assert done.returncode == 2, (number, done.stdout, done.stderr)
        assert "No space left on device (free some space, then run the command again)" in done.stderr
        assert "Traceback" not in done.stderr
        assert copies(returned).items() <= whole.items()
        assert not [path for path in reports(returned) if "could not be accepted" in path.read_text(encoding="utf-8")]
        assert run_here("collect", "--root", str(returned)).returncode == 0
        assert copies(returned) == whole
        assert len(reports(returned)) == len(SPEAKERS)


def test_a_clean_copy_that_cannot_be_written_refuses_no_deck(returned):
    without_result(returned)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "collect", "--root", str(returned)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2, done.stdout
    assert done.stderr.startswith(f"{returned / 'output/.cache'}: File too large (")
    assert "refused" not in done.stdout
    assert reports(returned) == []
    assert copies(returned) == {}


@pytest.mark.parametrize("fault", ["folder", "gone", "link to nothing"])
def test_a_file_that_cannot_be_read_is_an_error_of_this_machine(tmp_path, fault):
    path = tmp_path / "deck.pptx"
    if fault == "folder":
        path.mkdir()
    elif fault == "link to nothing":
        path.symlink_to(tmp_path / "nothing")
    with pytest.raises(OSError, match="deck.pptx"):
        list(judged([Job(path=path, copy=tmp_path / "clean.pptx", options={})]))


def test_a_copy_that_cannot_be_written_stops_the_judging_of_the_other_files(tmp_path):
    (tmp_path / "deck.pptx").write_bytes(decks.plain())
    jobs = [Job(path=tmp_path / "deck.pptx", copy=tmp_path / f"none/{n}.pptx", options={}) for n in range(9)]
    with pytest.raises(FileNotFoundError, match="none"):
        list(judged(jobs))
