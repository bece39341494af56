"""Problems in the sources, the errors that contain them, and the wording that all messages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.core.text import printable

FEW = 12
"""A message lists the known names only up to this number."""


@dataclass(frozen=True, order=True, kw_only=True)
class Problem:
    """One mistake in a file: path, line (from 1), message and fix.

    A path in capitals is an argument of a command, like `BEFORE`; it has no lines.
    """

    path: str
    line: int
    message: str
    fix: str = ""

    def __str__(self) -> str:
        place = self.path if self.path.isupper() else f"{self.path}:{self.line}"
        return printable(f"{place}: {self.message}" + (f"; {self.fix}" if self.fix else ""))


class SourceError(Exception):
    """The sources have problems; they are in the order of files and lines, with remarks that may explain them."""

    def __init__(self, problems: Iterable[Problem], remarks: Iterable[Problem] = ()) -> None:
        self.problems: Sequence[Problem] = sorted(set(problems))
        self.remarks: Sequence[Problem] = tuple(remarks)
        super().__init__(self.problems)  # pickle calls the class with these arguments

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ToolError(Exception):
    """A program that this one calls has failed; the message names the program, its input and the reason."""


def quoted(text: str, longest: int = 40) -> str:
    """Return a text for a message: on one line, in backquotes, shortened to `longest` characters."""
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= longest else f"`{line[: longest - 1]}…`"


def listed(names: Iterable[str]) -> str:
    """Return names in backquotes with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def nearest(word: str, known: Iterable[str], *, otherwise: str = "", likeness: float = 0.6) -> str:
    """Return "did you mean `x`?" for the closest of `known`; if none is close, `otherwise` or the list of `known`."""
    names = sorted(known)
    name = closest(word, names, likeness=likeness)
    if name:
        return f"did you mean `{name}`?"
    return otherwise or (f"known are {listed(names)}" if 0 < len(names) <= FEW else "")


def closest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """Return the one of `known` that was probably meant, or an empty string."""
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else ""
