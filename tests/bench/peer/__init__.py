"""The peer: the same packages by a Makefile of bare pandoc and Typst, one process a file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A folder of ready Markdown, the house's style and Word template, and the programs that the Makefile calls."""

    markdown: Path
    root: Path
    pandoc: str

    def command(self, output: Path, seminars: Iterable[str] = ()) -> list[str]:
        """Return the `make` that builds these seminars (all if there are none) below `output`."""
        chosen = " ".join(seminars)
        return [
            "make", "-s", "-j2", "-f", str(HERE / "Makefile"), f"IN={self.markdown}", f"OUT={output}",
            f"PANDOC={self.pandoc}", f"TYPST={typst()}", f"PACK={packer()}",
            f"STYLE={self.root / 'bibliography/seminar.csl'}", f"DOCX={self.root / 'templates/document.docx'}",
            *([f"SEMINARS={chosen}"] if chosen else []),
        ]  # fmt: skip


def typst() -> str:
    """Return the command that stands for `typst compile`: the wheel in a bare Python, with the house's fonts alone.

    That costs the peer a start of Python instead of a start of Typst for each PDF, some 10 ms of its 150.
    """
    packages = Path(find_spec("typst").origin).parents[1]
    return f"{sys.executable} -I -S {HERE / 'compile_pdf.py'} {packages}"


def packer() -> str:
    """Return the command that zips: `zip` where it is installed."""
    return f"{shutil.which('zip')} -q -j" if shutil.which("zip") else f"{sys.executable} -I -m zipfile -c"
