"""What a file was made from, in a few hex digits: equal fingerprints mean that nothing has to be made again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
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
"""Endings of what is read into the series."""


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """`content`: words and pictures; `template`: the format's template; `brand`: brand.yaml; `program`: all code."""

    content: str
    template: str = ""
    brand: str = ""
    program: str = ""

    def short(self) -> str:
        """Return the sources alone as sixteen hex digits: the same on every machine."""
        return _digest("\n".join((self.content, self.template, self.brand)).encode())


def of_text(content: bytes) -> Fingerprint:
    """Return the fingerprint of a file that is its own content."""
    return Fingerprint(content=_digest(content))


def of_composed(composed: Any, format: str, root: Path) -> Fingerprint:
    """Return the fingerprint of a document, deck, event or message in one format."""
    return in_format(content_of(composed), format, root)


def of_seminar(own: Series, works: str, inputs: Iterable[str]) -> str:
    """Return what stands for all that one seminar's files are made from.

    `own` is its part of the series and `works` stands for its reading list; of the stamps in `inputs` count those of
    files that are no texts of the series: templates, program, pictures, and the presentations of this seminar.
    """
    (id,) = own.seminars
    given = ("sources/people/", f"sources/presentations/{id}/")
    return _digest(repr((own, works, _read_by_all(inputs, *given))).encode())


def of_series(series: Series, inputs: Iterable[str]) -> str:
    """Return what stands for all that tells of every seminar together: programme, hours, names; no roles, no works."""
    names = {id: (person.given, person.family, person.bio) for id, person in series.people.items()}
    told = series.model_copy(update={"people": names, "references": {}, "remarks": ()})
    return _digest(repr((told, _read_by_all(inputs))).encode())


def _read_by_all(inputs: Iterable[str], *more: str) -> list[str]:
    """Return the stamps of templates, program, logos and what lies in `more`, of files that are no texts."""
    given = ("templates/", "pipeline/", "sources/logos/", *more)
    stamps = [line for line in inputs if line.startswith(given) or "/" not in line]
    return [line for line in stamps if not line.split("\t")[0].endswith(TEXTS)]


def content_of(composed: Any) -> str:
    """Return what stands for a document, deck, event or message in every format."""
    return _digest(repr(composed).encode())


def in_format(content: str, format: str, root: Path) -> Fingerprint:
    """Return the fingerprint of what `content` stands for in one format."""
    return Fingerprint(content=content, template=_look(root, format), brand=_brand(root), program=_program())


@lru_cache(maxsize=16)
def _look(root: Path, format: str) -> str:
    """Return what stands for the templates, and for a PDF the fonts, that give a format its look."""
    look = [root / "templates" / name for name in FORMATS[format].templates]
    if format == "pdf":
        look += sorted(path for path in (root / FONTS).rglob("*") if path.is_file())
    return _digest(b"\0".join(path.read_bytes() for path in look))


@lru_cache(maxsize=4)
def _brand(root: Path) -> str:
    return _digest((root / "templates/brand.yaml").read_bytes())


@lru_cache(maxsize=1)
def _program() -> str:
    """Return what stands for the code that runs: its own files, the versions it pins, and Python's."""
    files = sorted(path for path in PROGRAM.rglob("*") if path.suffix in (".py", ".png"))
    pins = PROGRAM.parent / "requirements.txt"
    contents = [path.read_bytes() for path in (*files, *([pins] if pins.exists() else []))]
    return _digest(b"\0".join([sys.version.encode(), *contents]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
