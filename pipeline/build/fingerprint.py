"""Fingerprints of what a file is made from: if the fingerprint is the same, the file need not be made again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.core.formats import FORMATS
from pipeline.core.sources import Series

PROGRAM = Path(__file__).parents[1]
FONTS = "templates/fonts"
"""The folder of the fonts that the user may give to PDFs."""
TEXTS = (".yaml", ".md")
"""The endings of files that are read into the series."""


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """`content`: words and pictures; `template`: the format's template; `brand`: brand.yaml; `program`: all code."""

    content: str
    template: str = ""
    brand: str = ""
    program: str = ""

    def short(self) -> str:
        """Return the sources alone as sixteen hex digits: the same on every machine."""
        return digest("\n".join((self.content, self.template, self.brand)).encode())


@dataclass(frozen=True, kw_only=True)
class Look:
    """The digests that all files share: the templates by format, the brand, and the program."""

    templates: Mapping[str, str]
    brand: str
    program: str

    def of(self, content: str, format: str) -> Fingerprint:
        """Return the fingerprint of a file in a format, from the digest of its content."""
        template = self.templates.get(format, "")
        return Fingerprint(content=content, template=template, brand=self.brand, program=self.program)


def look(root: Path) -> Look:
    """Return the digests of templates, brand and program as they are now."""
    templates = {format: [root / "templates" / name for name in row.templates] for format, row in FORMATS.items()}
    templates["pdf"] += sorted(path for path in (root / FONTS).rglob("*") if path.is_file())
    return Look(
        templates={format: _of_files(paths) for format, paths in templates.items()},
        brand=_of_files([root / "templates/brand.yaml"]),
        program=program(),
    )


@lru_cache(maxsize=1)  # a process runs the code that it has loaded
def program() -> str:
    """Return the digest of the code that runs: its own files, the versions it pins, and Python's."""
    files = sorted(path for path in PROGRAM.rglob("*") if path.suffix in (".py", ".png"))
    pins = PROGRAM.parent / "requirements.txt"
    return digest(sys.version.encode() + _of_files([*files, *([pins] if pins.exists() else [])]).encode())


def of_seminar(part: Series, works: str, inputs: Iterable[str]) -> str:
    """Return the digest of everything that one seminar's files are made from.

    `part` is its part of the series, `works` the fingerprint of its reading list. Of the stamps in `inputs`, only those
    of files that `part` does not contain count: templates, program, pictures, and presentations of this seminar.
    """
    (id,) = part.seminars
    read = ("sources/people/", f"sources/presentations/{id}/")
    return of_composed((part, works, _read_by_all(inputs, *read)))


def of_series(series: Series, inputs: Iterable[str]) -> str:
    """Return the digest of what the pages about all seminars print: programme, hours, names; no roles, no works."""
    names = {id: (person.given, person.family, person.bio) for id, person in series.people.items()}
    shown = series.model_copy(update={"people": {}, "references": {}, "remarks": ()})
    return of_composed((shown, names, _read_by_all(inputs)))


def _read_by_all(inputs: Iterable[str], *more: str) -> list[str]:
    """Return the stamps of templates, program, logos and the folders `more`, except those of texts."""
    read = ("templates/", "pipeline/", "sources/logos/", *more)
    stamps = [line for line in inputs if line.startswith(read) or "/" not in line]
    return [line for line in stamps if not line.split("\t")[0].endswith(TEXTS)]


def of_composed(composed: Any) -> str:
    """Return the digest of a document, deck, event or message, whatever its format."""
    return digest(repr(composed).encode())


def digest(content: bytes) -> str:
    """Return the first sixteen hexadecimal digits of the SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def _of_files(paths: Iterable[Path]) -> str:
    return digest(b"\0".join(path.read_bytes() for path in paths))
