"""What can go wrong, as values: problems in the sources, and a tool that failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEW = 12
"""So many names are listed in a message; more are no help."""
UNHEARD = 141
"""The exit code when nobody reads what is said any more: what a shell gives a program that a closed pipe has ended."""


@dataclass(frozen=True, order=True, kw_only=True)
class Problem:
    """One mistake: where it stands, what it is, and what mends it.

    A path in capitals is what was typed at a command, like `BEFORE`; it has no lines.
    """

    path: str
    line: int
    message: str
    fix: str = ""

    def __str__(self) -> str:
        place = self.path if self.path.isupper() else f"{self.path}:{self.line}"
        return printable(f"{place}: {self.message}" + (f"; {self.fix}" if self.fix else ""))


class SourceError(Exception):
    """Everything that is wrong with the sources, in the order of files and lines; remarks may tell why it is."""

    def __init__(self, problems: Iterable[Problem], remarks: Iterable[Problem] = ()) -> None:
        self.problems: Sequence[Problem] = sorted(set(problems))
        self.remarks: Sequence[Problem] = tuple(remarks)
        super().__init__(self.problems)  # as it came in, so that it can travel from one process to another

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ToolError(Exception):
    """A program that this one calls has failed: which, on what, and what it said."""


def quoted(text: str, longest: int = 40) -> str:
    """Return a text from a source as a message shows it: on one line, not too long, marked off."""
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= longest else f"`{line[: longest - 1]}…`"


def listed(names: Iterable[str]) -> str:
    """Return names as a message lists them."""
    return ", ".join(f"`{name}`" for name in names)


def nearest(word: str, known: Iterable[str], *, otherwise: str = "", likeness: float = 0.6) -> str:
    """Return "did you mean `x`?" for the closest of `known`, else what `otherwise` says, else all that is known."""
    names = sorted(known)
    name = closest(word, names, likeness=likeness)
    if name:
        return f"did you mean `{name}`?"
    return otherwise or (f"known are {listed(names)}" if 0 < len(names) <= FEW else "")


def closest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """Return the one of `known` that was probably meant, or nothing."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else ""
