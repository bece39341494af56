"""`make watch`: what is saved is built, mistakes are told and do not end it, and Ctrl-C does."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.conftest import ROOT, run
from tests.faults import replace

PERSON = "sources/people/ben-south.yaml"
PATIENCE = 30
"""Seconds until a build that does not come is a failure."""


class Watched:
    """A watching process and all that it has said so far."""

    def __init__(self, root: Path, *ids: str) -> None:
        command = [sys.executable, "-u", "-m", "pipeline", "watch", *ids, "--root", str(root)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.said: list[str] = []
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        with self.process.stdout as out:
            for line in out:
                self.said.append(line)

    def waited(self, seen: Callable[[], bool]) -> bool:
        until = time.monotonic() + PATIENCE
        while not seen() and time.monotonic() < until and self.process.poll() is None:
            time.sleep(0.05)
        return seen()

    def lines(self, part: str) -> int:
        return sum(part in line for line in self.said)


@contextmanager
def watching(root: Path, *ids: str) -> Iterator[Watched]:
    watched = Watched(root, *ids)
    try:
        yield watched
    finally:
        watched.process.kill()
        watched.process.wait()
        watched.listener.join()


def test_what_is_saved_is_built_and_a_mistake_is_told(miniature):
    page = miniature / "output/harbour-en/package"
    with watching(miniature) as watched:
        assert watched.waited(lambda: watched.lines("✓ 2 packages in") == 1), watched.said
        replace(miniature, PERSON, ("given: Ben\n", "given: Benjamin\n"))
        assert watched.waited(lambda: watched.lines("✓ 2 packages in") == 2), watched.said
        assert "Benjamin SOUTH" in next(page.glob("*programme*.html")).read_text(encoding="utf-8")
        replace(miniature, PERSON, ("given: Benjamin\n", "given: Benjamin\ngivn: Ben\n"))
        assert watched.waited(lambda: watched.lines("unknown key `givn`") == 1), watched.said
        replace(miniature, PERSON, ("givn: Ben\n", ""))
        assert watched.waited(lambda: watched.lines("2 packages") == 3), watched.said
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(PATIENCE) == 0


def test_a_template_that_is_saved_counts_at_once(miniature):
    page = miniature / "output/harbour-en/package/index.html"
    with watching(miniature, "harbour-en") as watched:
        assert watched.waited(lambda: watched.lines("✓ 1 package in") == 1), watched.said
        replace(
            miniature, "templates/locales/en.yaml", ("  participants: Participants\n", "  participants: Who comes\n")
        )
        assert watched.waited(lambda: watched.lines("✓ 1 package in") == 2), watched.said
        assert "Who comes" in page.read_text(encoding="utf-8")


def test_what_nobody_changes_is_built_once(miniature):
    with watching(miniature) as watched:
        assert watched.waited(lambda: watched.lines("2 packages") == 1), watched.said
        (miniature / "output/harbour-en/note.txt").write_text("mine")
        time.sleep(1)
        assert watched.lines("packages") == 1


def test_what_cannot_be_looked_at_is_told(miniature):
    loop = miniature / "sources/loop"
    loop.symlink_to(loop)
    with watching(miniature) as watched:
        assert watched.waited(lambda: watched.lines("Too many levels of symbolic links") == 1), watched.said
        loop.unlink()
        assert watched.waited(lambda: watched.lines("✓ 2 packages in") == 1), watched.said


def test_what_no_build_reads_starts_none(miniature):
    with watching(miniature) as watched:
        assert watched.waited(lambda: watched.lines("2 packages") == 1), watched.said
        for folder in ("registrations", "returned"):
            (miniature / "sources" / folder).mkdir(exist_ok=True)
            (miniature / "sources" / folder / "new.txt").write_text("new")
        time.sleep(1)
        assert watched.lines("packages") == 1


def test_a_misspelt_name_ends_it_at_once(miniature):
    done = run("watch", "harbour-ne", "--root", str(miniature))
    assert done.returncode == 2
    assert "no seminar `harbour-ne`; did you mean `harbour-en`?" in done.stderr


def test_it_ends_when_nobody_listens_any_more(miniature):
    command = [sys.executable, "-u", "-m", "pipeline", "watch", "--root", str(miniature)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert b"Built now" in process.stdout.readline()
        assert b"2 packages" in process.stdout.readline()
        process.stdout.close()
        replace(miniature, PERSON, ("given: Ben\n", "given: Benjamin\n"))
        try:
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()


def test_it_ends_when_the_one_who_started_it_is_gone(miniature):
    program = (
        "import os, subprocess, sys\n"
        "process = subprocess.Popen([sys.executable, '-m', 'pipeline', 'watch', '--root', sys.argv[1]],"
        " stdout=subprocess.DEVNULL)\n"
        "print(process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(miniature)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with starter:
        watching_pid = int(starter.stdout.readline())
        until = time.monotonic() + PATIENCE
        while not (miniature / "output/.cache/build.json").exists() and time.monotonic() < until:
            time.sleep(0.05)
        starter.stdin.close()
        assert starter.wait(PATIENCE) == 0
    until = time.monotonic() + PATIENCE
    while _alive(watching_pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(watching_pid)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
