"""Every mistake that a person may make in the sources is told in one line, where it stands, with what mends it.

Each folder of `tests/broken` is laid over a copy of the miniature series. The message that is expected stands as a
remark on the faulty line, or on the line above: `# problem: message; fix`. Where no remark can stand, the file EXPECTED
holds the whole line. A file NAME.changes takes the lines marked with `- ` out of the file NAME and puts those with
`+ ` in their place; the file DELETE lists what is taken away.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_miniature, run, tool

CASES = sorted(path.name for path in (ROOT / "tests/broken").iterdir())
MARK = re.compile(r"(?:#|%|\{#) problem: (.*?)(?: #\})?$")
LINE = re.compile(r"([^:]+):(\d+): (.*)")

Line = tuple[str, int, str]
"""Path, line, and message with fix."""


def lay(case: str, root: Path) -> Path:
    """Return `root` as the miniature series with the files of a case laid over it."""
    copy_miniature(root)
    folder = ROOT / "tests/broken" / case
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = root / path.relative_to(folder)
        if path.name == "DELETE":
            for name in path.read_text(encoding="utf-8").split():
                shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
        elif path.suffix == ".changes":
            change(place.with_suffix(""), path.read_text(encoding="utf-8"))
        elif path.name != "EXPECTED":
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
    return root


def change(path: Path, changes: str) -> None:
    """Put lines of a file in the place of others, as blocks of `- ` and `+ ` say."""
    text = "\n" + path.read_text(encoding="utf-8")
    for block in changes.strip("\n").split("\n\n"):
        lines = block.split("\n")
        old, new = ("".join(f"{line[2:]}\n" for line in lines if line.startswith(sign)) for sign in "-+")
        assert text.count(f"\n{old}") == 1, f"{path}: {old}"
        text = text.replace(f"\n{old}", f"\n{new}")
    path.write_text(text[1:], encoding="utf-8")


def promised(case: str, root: Path) -> list[Line]:
    """Return every line that a case expects, in the order of files and lines."""
    expected = ROOT / "tests/broken" / case / "EXPECTED"
    lines = _parted(expected.read_text(encoding="utf-8")) if expected.exists() else []
    for path in (path for path in root.rglob("*") if path.suffix in (".yaml", ".bib", ".html")):
        name, waiting = path.relative_to(root).as_posix(), []
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            mark = MARK.search(text)
            waiting += [mark[1]] if mark else []
            if not MARK.match(text.strip()):
                lines += [(name, number, message) for message in waiting]
                waiting = []
    return sorted(lines)


def _parted(text: str) -> list[Line]:
    return [(found[1], int(found[2]), found[3]) for found in map(LINE.fullmatch, text.splitlines()) if found]


def files(root: Path) -> set[Path]:
    return set(root.rglob("*"))


@pytest.fixture(scope="session")
def checked(request, tmp_path_factory) -> dict[str, tuple[Path, subprocess.CompletedProcess[str], set[Path]]]:
    """Each case that is asked for, laid out and checked, with what it wrote; two at once, since each starts Python."""
    asked = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    cases = sorted({case for case in asked if case in CASES})
    roots = [lay(case, tmp_path_factory.mktemp("broken") / "series") for case in cases]
    before = [files(root) for root in roots]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda root: run("check", "--root", str(root)), roots))
    new = [files(root) - old for root, old in zip(roots, before, strict=True)]
    return {case: (root, run, left) for case, root, run, left in zip(cases, roots, done, new, strict=True)}


@pytest.mark.parametrize("case", CASES)
def test_check_says_what_the_faulty_lines_promise_and_nothing_else(case, checked):
    root, done, written = checked[case]
    expected = promised(case, root)
    assert expected
    assert _parted(done.stdout) == expected
    assert len(done.stdout.splitlines()) == len(expected)
    count = len(expected)
    assert done.stderr == f"{count} mistake{'s' if count > 1 else ''} in the sources; nothing was made.\n"
    assert done.returncode == 1
    assert written == set()


def test_build_says_the_same_as_check_and_makes_nothing(tmp_path):
    root = lay("faults-in-many-files", tmp_path / "series")
    done = run("build", "--root", str(root))
    assert done.returncode == 1
    assert _parted(done.stdout) == promised("faults-in-many-files", root)
    assert [path.name for path in (root / "output").iterdir() if not path.name.startswith(".")] == []


def test_build_tells_a_fault_in_the_template_of_a_kind_as_check_does(tmp_path):
    root = lay("templates-that-ask-for-what-is-not-there", tmp_path / "series")
    done = run("build", "--root", str(root))
    assert done.returncode == 1
    assert _parted(done.stdout) == promised("templates-that-ask-for-what-is-not-there", root)
    assert "Traceback" not in done.stderr


def test_make_check_says_the_same(tmp_path):
    root = lay("faults-in-many-files", tmp_path / "series")
    shutil.copy(ROOT / "Makefile", root)
    shutil.copytree(ROOT / "pipeline", root / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    make = tool("make", "that `make check` says what the program says")
    # The libraries are those that run this test: nothing is set up anew.
    command = [make, "check", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/ready"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert _parted(done.stdout) == promised("faults-in-many-files", root)
    assert done.returncode == 2  # make's own way to say that a command has failed
    assert "nothing was made" in done.stderr
