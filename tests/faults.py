"""A project that a test changes, and its problems and remarks."""

from __future__ import annotations

from pathlib import Path

from pipeline.build.check import read
from pipeline.core.problems import SourceError

EVE = "given: Eve\nfamily: PIER\ncountry: SN\naffiliation: {en: Judge}\n"


def faults(root: Path) -> list[str]:
    """Return the problems of a project as they are printed."""
    try:
        read(root)
    except SourceError as error:
        return [str(problem) for problem in error.problems]
    return []


def remarks(root: Path, path: str) -> list[str]:
    """Return the remarks on one file as `line: message`."""
    return [f"{remark.line}: {remark.message}" for remark in read(root).remarks if remark.path == path]


def put(root: Path, path: str, content: str | bytes) -> Path:
    (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root / path


def replace(root: Path, path: str, *pairs: tuple[str, str]) -> None:
    """Replace passages of a file, each of which occurs once."""
    text = (root / path).read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8")
