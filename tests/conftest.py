"""What every test stands on: the real project built once, and the miniature series in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MINIATURE = ROOT / "tests/series"


def pytest_addoption(parser):
    parser.addoption("--golden", action="store_true", help="rewrite the golden files instead of comparing with them")


@pytest.fixture(scope="session")
def golden(request) -> bool:
    return request.config.getoption("--golden")


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return a finished run of the command line, as a user would start it."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


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
def sent(miniature) -> Path:
    """The miniature series with its decks made."""
    done = run("build", "--root", str(miniature))
    assert done.returncode == 0, done.stdout + done.stderr
    return miniature


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The output folder of the five real seminars."""
    output = tmp_path_factory.mktemp("built") / "output"
    done = run("build", "--output", str(output))
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture(scope="session")
def built_miniature(tmp_path_factory) -> Path:
    """The output folder of the miniature series."""
    root = copy_miniature(tmp_path_factory.mktemp("miniature") / "series")
    done = run("build", "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output"


_unchecked: list[str] = []


def tool(name: str, what: str) -> str:
    """Return the path of an outside program; without it the test says what stays unchecked, and fails in CI."""
    found = shutil.which(name)
    if not found:
        _unchecked.append(f"{what}: `{name}` is not installed")
        if os.environ.get("CI") == "true":
            pytest.fail(f"`{name}` is missing: {what} cannot be checked")
        pytest.skip(f"`{name}` is not installed")
    return found


def pytest_terminal_summary(terminalreporter):
    for line in sorted(set(_unchecked)):
        terminalreporter.write_line(f"not checked here: {line}")
