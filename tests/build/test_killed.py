"""A build that is killed at any of its changes of the disk leaves complete files, and the next run recovers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.build.test_trust import contents, leftovers
from tests.conftest import ROOT, build_here
from tests.faults import replace

POINTS = 9
"""So many of the changes of a whole build are tried, from the first to the last."""

FOLDERS = """
import os, sys
from pathlib import Path
from pipeline.core.atomic import put_all, put_folder, recover
from tests.build.fault import stop_at
for line in sys.stdin:
    child = os.fork()
    if not child:
        output, number = Path(sys.argv[1]) / line.split()[0] / "output", int(line.split()[1])
        stop_at("kill", "changes", number)
        recover(output)
        finished = output / "finished.pdf"
        put_all({finished: b"finished", output / "one/deck.pptx": b"deck", output / "one/mail.eml": b"mail"})
        files = {"index.html": b"new page", "same.css": b"same", "inner/finished.pdf": finished}
        put_folder(output / "site", files.items())
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Writes files and folders once for each line that it reads: the folder, and the change at which to be killed. Each
time it does so in a copy of itself, which has loaded the program already."""


def test_files_and_folders_are_complete_wherever_a_run_is_killed(tmp_path):
    """Every single change of the disk is tried."""
    before, after = tmp_path / "before/output", tmp_path / "after/output"
    (before / "site").mkdir(parents=True)
    (before / "one").mkdir()
    for name, content in {"site/index.html": b"page", "site/same.css": b"same", "one/deck.pptx": b"old"}.items():
        (before / name).write_bytes(content)
    shutil.copytree(before, after)
    with _folders(tmp_path) as written:
        steps = written("after", 0)
        assert steps > 20
        old, new = contents(before), contents(after)
        for number in range(1, steps + 1):
            output = tmp_path / str(number) / "output"
            shutil.copytree(before, output)
            assert written(str(number), number) == -signal.SIGKILL, number
            assert _complete(contents(output), old, new), number
            assert written(str(number), 0) > 0
            assert contents(output) == new, number
            assert leftovers(output) == [], number


@contextmanager
def _folders(root: Path) -> Iterator[Callable[[str, int], int]]:
    """Yield a function that writes files and folders below `root` and is killed at one of its changes of the disk.

    It returns the exit code, or the number of changes if it is to be killed at none.
    """
    command = [sys.executable, "-c", FOLDERS, str(root)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as program:

        def written(folder: str, number: int) -> int:
            print(folder, number, file=program.stdin, flush=True)
            said = program.stdout.readline()
            if number:
                return int(said)
            assert program.stdout.readline() == "0\n"
            return int(said.removesuffix(" steps\n"))

        yield written
        program.stdin.close()


def test_a_build_killed_at_a_change_leaves_complete_packages_and_the_next_run_recovers(made):
    output = made / "output"
    old = contents(output)
    kept = made / "kept"
    shutil.copytree(output, kept, copy_function=os.link)
    replace(made, "sources/people/ben-south.yaml", ("for networks", "for ports"))
    steps = _steps(_build(made, 0))
    new = contents(output)
    assert new != old
    for point in range(POINTS):
        number = 1 + point * (steps - 1) // (POINTS - 1)
        shutil.rmtree(output)
        shutil.copytree(kept, output, copy_function=os.link)
        assert _build(made, number).returncode in (-signal.SIGKILL, 0), number
        assert _complete(contents(output), old, new), number
        done = build_here(made)
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
