"""What can go wrong, as values: problems in the sources, and a tool that failed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, order=True, kw_only=True)
class Problem:
    """One mistake in the sources: where it stands, what it is, and what mends it."""

    path: str
    line: int
    message: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" + (f"; {self.fix}" if self.fix else "")


class SourceError(Exception):
    """Everything that is wrong with the sources, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class ToolError(Exception):
    """A program that this one calls has failed: which, on what, and what it said."""


def nearest(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Return "did you mean `x`?" for the closest of `known`, else what `otherwise` says, else all that is known."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return otherwise or ("known are " + ", ".join(f"`{name}`" for name in names) if names else "")
