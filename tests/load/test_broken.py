"""Every mistake in the sources gives one message with path, line and fix.

Each folder of `tests/broken` is copied over the miniature series. The expected message is a comment on the faulty line
or on the line above: `# problem: message; fix`. Where no comment is possible, the file EXPECTED contains the message
with path and line. A file NAME.changes replaces the lines marked with `- ` in the file NAME by those with `+ `; the
file DELETE lists the files to delete.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, build_here, copy_miniature, run_here, tool
from tests.faults import faults, replace

CASES = sorted(path.name for path in (ROOT / "tests/broken").iterdir())
MARK = re.compile(r"(?:#|%|\{#) problem: (.*?)(?: #\})?$")
LINE = re.compile(r"([^:]+):(\d+): (.*)")

Line = tuple[str, int, str]
"""Path, line, and message with fix."""


def lay(case: str, root: Path) -> Path:
    """Return `root` as the miniature series with the files of a case copied over it."""
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
    """Replace lines of a file, as blocks of `- ` and `+ ` say."""
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


@pytest.mark.parametrize("case", CASES)
def test_the_problems_are_those_that_the_faulty_lines_promise_and_no_others(case, tmp_path):
    root = lay(case, tmp_path / "series")
    expected = promised(case, root)
    assert expected
    said = faults(root)
    assert _parted("\n".join(said)) == expected
    assert len(said) == len(expected)


def test_check_prints_each_problem_on_a_line_counts_them_and_writes_nothing(tmp_path):
    root = lay("faults-in-many-files", tmp_path / "series")
    before = set(root.rglob("*"))
    done = run_here("check", "--root", str(root))
    expected = promised("faults-in-many-files", root)
    assert _parted(done.stdout) == expected
    assert len(done.stdout.splitlines()) == len(expected)
    assert done.stderr == f"{len(expected)} mistakes in the sources; nothing was made.\n"
    assert done.returncode == 1
    assert set(root.rglob("*")) == before


def test_a_missing_locale_is_one_problem_and_hides_no_other(miniature):
    (miniature / "templates/locales/ar.yaml").unlink()
    replace(miniature, "sources/series.yaml", ("across borders, ar: الأدلة عبر الحدود}", "across borders}"))
    replace(miniature, "sources/texts/ar.yaml", ("original: en", "original: eng"))
    known = "known are `en`, `es`, `fr`; each has a file in templates/locales"
    assert faults(miniature) == [
        "sources/series.yaml:4: `title` has no text in `ar`; add `ar: …` below it",
        f"sources/texts/ar.yaml:1: no language `ar`; {known}",
        "sources/texts/ar.yaml:2: no original in `eng`; did you mean `en`?",
    ]


def test_build_says_the_same_as_check_and_makes_nothing(tmp_path):
    root = lay("faults-in-many-files", tmp_path / "series")
    done = build_here(root)
    assert done.returncode == 1
    assert _parted(done.stdout) == promised("faults-in-many-files", root)
    assert [path.name for path in (root / "output").iterdir() if not path.name.startswith(".")] == []


def test_build_reports_a_fault_in_a_template_as_check_does(tmp_path):
    root = lay("templates-that-ask-for-what-is-not-there", tmp_path / "series")
    done = build_here(root)
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
