"""The console: the only module that prints. Colours, tables and progress on a terminal; plain lines in a pipe."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

GREEN, YELLOW, RED, QUIET = "green", "yellow", "red", "dim"
DONE = "✓"


def say(text: str = "", style: str = "") -> None:
    """Print a line of the result at once."""
    if style and sys.stdout.isatty():
        _terminal().print(text, style=style)
    else:
        print(text, flush=True)


def complain(text: str) -> None:
    """Print a line to stderr: the reason why there is no result."""
    if sys.stderr.isatty():
        _terminal(stderr=True).print(text, style=RED)
    else:
        print(text, file=sys.stderr, flush=True)


def wait(holder: str) -> None:
    """Print that another run works in the same output folder, and that this one waits."""
    print(f"Another build is at work here ({holder}); waiting for it to end.", file=sys.stderr, flush=True)


def up_to_date(packages: int, output: str) -> None:
    """Print that these packages are up to date."""
    say(f"{DONE} {packages} package{'' if packages == 1 else 's'} up to date in {output}")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, indent: str = "  ", least: int = 0) -> None:
    """Print rows in columns: a table with its header on a terminal, padded cells without one in a pipe, where a column
    has at `least` this width."""
    if sys.stdout.isatty():
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        shown = Table(*header, box=SIMPLE_HEAD)
        for row in rows:
            shown.add_row(*map(Text, row))
        _terminal().print(shown)
        return
    widths = [max(least, *map(width, column)) for column in zip(*rows)][:-1]
    for row in rows:
        say(indent + "  ".join([*(pad(cell, wide) for cell, wide in zip(row, widths)), row[-1]]))


def pad(text: str, columns: int) -> str:
    """Return a text filled with spaces up to so many columns of a terminal."""
    return text + " " * max(0, columns - width(text))


def width(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


class Progress:
    """Counts the files that a build makes, and shows the count on a terminal; `each` lists every file with its time."""

    def __init__(self, *, each: bool) -> None:
        self.each, self.made = each, 0

    def __enter__(self) -> Progress:
        self.bar = None
        if sys.stdout.isatty():
            from rich import progress

            columns = (progress.SpinnerColumn(), progress.TextColumn("{task.completed} files"))
            self.bar = progress.Progress(*columns, progress.TimeElapsedColumn(), transient=True)
            self.bar.add_task("")
            self.bar.start()
        return self

    def __call__(self, path: Path, seconds: float) -> None:
        """Count a file that was made."""
        self.made += 1
        if self.bar:
            self.bar.advance(self.bar.task_ids[0])
            if self.each:
                self.bar.console.print(
                    f"{DONE} {seconds * 1000:5.0f} ms  {path}",
                    style=QUIET,
                    soft_wrap=True,
                    markup=False,
                    highlight=False,
                    emoji=False,
                )

    def __exit__(self, *raised: object) -> None:
        if self.bar:
            self.bar.stop()


def _terminal(*, stderr: bool = False) -> Console:
    """Return a console that prints text unchanged: a message may contain brackets and colons."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)
