"""What a file was made from, in a few hex digits: equal fingerprints mean that nothing has to be made again."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parent
TEMPLATES = {
    "docx": ("document.docx",),
    "pdf": ("document.typ",),
    "html": ("page.html", "page.css"),
    "pptx": ("deck.pptx",),
}
"""By format: the templates that give it its look."""


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
    return Fingerprint(
        content=_digest(repr(composed).encode()),
        template=_files(tuple(root / "templates" / name for name in TEMPLATES.get(format, ()))),
        brand=_files((root / "templates/brand.yaml",)),
        program=_program(),
    )


@lru_cache(maxsize=16)
def _files(paths: tuple[Path, ...]) -> str:
    return _digest(b"\0".join(path.read_bytes() for path in paths))


@lru_cache(maxsize=1)
def _program() -> str:
    """Return what stands for the code that runs: its own files, the versions it pins, and Python's."""
    files = sorted(path for path in PROGRAM.rglob("*") if path.suffix in (".py", ".lua"))
    pins = PROGRAM.parent / "requirements.txt"
    contents = [path.read_bytes() for path in (*files, *([pins] if pins.exists() else []))]
    return _digest(b"\0".join([sys.version.encode(), *contents]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
