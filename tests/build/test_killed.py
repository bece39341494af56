"""A build that is killed at any of its changes of the disk leaves complete files, and the next run recovers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.build.test_trust import contents, leftovers
from tests.conftest import ROOT, run
from tests.faults import replace

POINTS = 9
"""So many of the changes of a whole build are tried, from the first to the last."""

FOLDERS = """
import os, sys
from pathlib import Path
from pipeline.core.atomic import put_all, put_folder, recover
from tests.build.fault import stop_at
output, number = Path(sys.argv[1]), int(sys.argv[2])
stop_at("kill", "changes", number)
recover(output)
finished = output / "finished.pdf"
put_all({finished: b"finished", output / "one/deck.pptx": b"deck", output / "one/mail.eml": b"mail"})
files = {"index.html": b"new page", "same.css": b"same", "inner/finished.pdf": finished}
put_folder(output / "site", files.items())
"""


def test_files_and_folders_are_complete_wherever_a_run_is_killed(tmp_path):
    """Every single change of the disk is tried."""
    before, after = tmp_path / "before/output", tmp_path / "after/output"
    (before / "site").mkdir(parents=True)
    (before / "one").mkdir()
    for name, content in {"site/index.html": b"page", "site/same.css": b"same", "one/deck.pptx": b"old"}.items():
        (before / name).write_bytes(content)
    shutil.copytree(before, after)
    steps = _steps(_folders(after, 0))
    assert steps > 20
    old, new = contents(before), contents(after)
    for number in range(1, steps + 1):
        output = tmp_path / str(number) / "output"
        shutil.copytree(before, output)
        assert _folders(output, number).returncode == -signal.SIGKILL, number
        assert _complete(contents(output), old, new), number
        assert _folders(output, 0).returncode == 0
        assert contents(output) == new, number
        assert leftovers(output) == [], number


def _folders(output: Path, number: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", FOLDERS, str(output), str(number)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_build_killed_at_a_change_leaves_complete_packages_and_the_next_run_recovers(miniature):
    output = miniature / "output"
    assert run("build", "--root", str(miniature)).returncode == 0
    old = contents(output)
    kept = miniature / "kept"
    shutil.copytree(output, kept, copy_function=os.link)
    replace(miniature, "sources/people/ben-south.yaml", ("for networks", "for ports"))
    steps = _steps(_build(miniature, 0))
    new = contents(output)
    assert new != old
    for point in range(POINTS):
        number = 1 + point * (steps - 1) // (POINTS - 1)
        shutil.rmtree(output)
        shutil.copytree(kept, output, copy_function=os.link)
        assert _build(miniature, number).returncode in (-signal.SIGKILL, 0), number
        assert _complete(contents(output), old, new), number
        done = run("build", "--root", str(miniature))
        assert done.returncode == 0, (number, done.stdout, done.stderr)
        assert contents(output) == new, number
        assert leftovers(output) == [], number


def _build(root: Path, number: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.build.fault", "kill", "changes", str(number), "build", "--root", str(root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def _steps(done: subprocess.CompletedProcess[str]) -> int:
    found = re.search(r"(\d+) steps", done.stderr)
    assert done.returncode == 0 and found, done.stdout + done.stderr
    return int(found[1])


def _complete(found: dict[str, str], old: dict[str, str], new: dict[str, str]) -> bool:
    """Return whether every file is one of the old or new ones, and each folder that is replaced is all old or all new.

    Between two renamings a folder has another name, under which the next run finds it.
    """
    files = {path: sum for path, sum in found.items() if "/." not in f"/{path}"}
    if any(sum not in (old.get(path), new.get(path)) for path, sum in files.items()):
        return False
    for folder in {re.match(r"(.+/package|site)/", path)[1] for path in files if re.match(r"(.+/package|site)/", path)}:
        own = {path: sum for path, sum in files.items() if path.startswith(f"{folder}/")}
        if own not in [{p: s for p, s in whole.items() if p.startswith(f"{folder}/")} for whole in (old, new)]:
            return False
    return True


def test_the_test_sees_a_mixed_folder():
    old, new = {"site/a": "1", "site/b": "1"}, {"site/a": "2", "site/b": "2"}
    assert _complete(old, old, new) and _complete(new, old, new)
    assert not _complete({"site/a": "1", "site/b": "2"}, old, new)
    assert not _complete({"site/a": "1"}, old, new)
    assert not _complete({"one/a": "3"}, {"one/a": "1"}, {"one/a": "2"})
