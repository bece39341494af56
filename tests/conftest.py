"""What every test stands on: the real project built once, and the miniature series in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from pipeline.cli import commands
from pipeline.cli.build import build_with
from pipeline.cli.errors import exit_code

ROOT = Path(__file__).parents[1]
MINIATURE = ROOT / "tests/series"


def pytest_addoption(parser):
    parser.addoption("--golden", action="store_true", help="rewrite the golden files instead of comparing with them")


@pytest.fixture(scope="session")
def golden(request) -> bool:
    return request.config.getoption("--golden")


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return a finished run of the command line in a process of its own, as a user would start it.

    It takes a second to start: `run_here` and `build_here` are for tests that are not about the process.
    """
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def run_here(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Return a finished run of the command line in this process, from the same arguments to the same exit code."""
    before = signal.getsignal(signal.SIGINT)
    try:
        return _finished(arguments, lambda: commands.run([*arguments]))
    finally:
        signal.signal(signal.SIGINT, before)


def build_here(root: Path, *ids: str, output: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Return a finished build in this process, which makes one file after the other: pytest-xdist uses all cores.

    This process keeps templates open, so a test that changes a template between two builds needs `run`.
    """
    workers = (InThisProcess(), root)
    return _finished(
        ("build", *ids), lambda: exit_code(lambda: build_with(workers, ids, root, output or root / "output"))
    )


class InThisProcess(Executor):
    """Runs each task when it is submitted."""

    def submit(self, task, /, *arguments, **options) -> Future:
        future: Future = Future()
        try:
            future.set_result(task(*arguments, **options))
        except Exception as error:
            future.set_exception(error)
        return future


def _finished(arguments: tuple[str, ...], ended: Callable[[], int]) -> subprocess.CompletedProcess[str]:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = ended()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def said(command: Callable[..., int], *arguments: object, **options: object) -> tuple[list[str], int]:
    """Return the lines that a command prints, run in this process, and its exit code; what it raises comes out."""
    with redirect_stdout(StringIO()) as out:
        code = command(*arguments, **options)
    return out.getvalue().splitlines(), code


def copy_miniature(folder: Path) -> Path:
    """Return `folder` as a project of its own: the real templates, the miniature sources."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copytree(MINIATURE, folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "bibliography/seminar.csl", folder / "bibliography/seminar.csl")
    return folder


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the miniature series that a test may change."""
    return copy_miniature(tmp_path / "series")


@pytest.fixture
def made(built_miniature: Path, tmp_path: Path) -> Path:
    """A copy of the miniature series with its packages built, which a test may change."""
    return copy_project(built_miniature.parent, tmp_path / "series")


@pytest.fixture
def sent(made: Path) -> Path:
    """The same project: its decks are those that were sent to the speakers."""
    return made


def copy_project(project: Path, folder: Path) -> Path:
    """Return `folder` as a copy of a project that was built, with its dates and with the same hard links."""
    copies: dict[int, str] = {}

    def copy(source: str, target: str) -> None:
        number = Path(source).stat().st_ino
        if number in copies:
            os.link(copies[number], target)
        else:
            copies[number] = shutil.copy2(source, target)

    shutil.copytree(project, folder, copy_function=copy)
    return folder


@pytest.fixture(scope="session")
def built(once) -> Path:
    """The output folder of the five real seminars."""

    def make(folder: Path) -> None:
        done = run("build", "--output", str(folder / "output"))
        assert done.returncode == 0, done.stdout + done.stderr

    return once("built", make) / "output"


@pytest.fixture(scope="session")
def built_miniature(once) -> Path:
    """The output folder of the miniature series."""

    def make(folder: Path) -> None:
        done = run("build", "--root", str(copy_miniature(folder / "series")))
        assert done.returncode == 0, done.stdout + done.stderr

    return once("miniature", make) / "series/output"


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id) -> Callable[[str, Callable[[Path], None]], Path]:
    """Returns a folder that is filled once for all processes of pytest-xdist."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def filled(name: str, fill: Callable[[Path], None]) -> Path:
        folder, finished = shared / name, shared / f"{name}.finished"
        with FileLock(shared / f"{name}.lock"):
            if not finished.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                finished.touch()
        return folder

    return filled


NOT_INSTALLED = "is not installed"


def tool(name: str, what: str) -> str:
    """Return the path of an outside program; without it the test says what stays unchecked, and fails in CI."""
    found = shutil.which(name)
    return found if found else _without(name, what)


def module(name: str, what: str) -> None:
    """Ask for a package that not every system has; without it the test says what stays unchecked, and fails in CI."""
    if find_spec(name) is None:
        _without(name, what)


def _without(name: str, what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"`{name}` is missing: {what} cannot be checked")
    pytest.skip(f"{what}: `{name}` {NOT_INSTALLED}")


def pytest_terminal_summary(terminalreporter):
    # Reports come from all processes of pytest-xdist; lists of a module stay in theirs.
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", ())}
    for reason in sorted(reason for reason in reasons if reason.endswith(NOT_INSTALLED)):
        terminalreporter.write_line(f"not checked here: {reason}")
