"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Root = Annotated[Path, typer.Option("--root", metavar="FOLDER", help="The project: its sources and templates.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FOLDER", help="Where the packages are, by default `output` in the project."),
]

Scheduler = Annotated[
    str, typer.Option("--scheduler", metavar="ADDRESS", help="Use the workers of Dask, like tcp://host:8786.")
]


def given(text: str) -> str:
    """Return an argument unless it is empty, as in `make verify` without CODE=…."""
    if not text.strip():
        raise typer.BadParameter("it is empty")
    return text


SeminarId = Annotated[str, typer.Argument(metavar="SEMINAR", callback=given, help="A file of sources/seminars.")]
SeminarIds = Annotated[
    list[str] | None, typer.Argument(metavar="SEMINAR", help="Files of sources/seminars; all if none is named.")
]
Code = Annotated[str, typer.Argument(metavar="CODE", callback=given)]


def output_of(root: Path, output: Path | None) -> Path:
    """Return the folder of the packages."""
    return output or root / "output"
