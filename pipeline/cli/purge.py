"""Delete the personal data of past seminars."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import Output, Root, output_of
from pipeline.core.lock import locked
from pipeline.core.text import number_of
from pipeline.workflows import purge as workflow
from pipeline.workflows.search import SHORTEST

Before = Annotated[datetime, typer.Option("--before", formats=["%Y-%m-%d"], help="A day, like 2021-01-01.")]


def purge(before: Before, root: Root = Path(), output: Output = None) -> int:
    """Delete personal data of seminars before a day.

    Afterwards all files are searched for names that are left.
    """
    output = output_of(root, output)
    with locked(output, console.wait):
        done = workflow.purge(before.date(), root, output)
    console.say(f"before {before.date().isoformat()}: {', '.join(done.seminars) or 'no seminar'}")
    console.say(f"  deleted: {_in_words(done.deleted)}")
    console.say(f"  left: {_in_words(done.left)}")
    texts = number_of(done.texts, "name or address", "names and addresses")
    files = number_of(done.files, "file")
    found = len(done.found) or "none"
    console.say(f"  looked for {texts} (of {SHORTEST} letters or more) in {files}: found in {found}")
    for path, count in done.found.items():
        console.say(f"    {path}: found {count}×; look at it and delete it by hand", console.RED)
    packed = "packed files (zip, docx, xlsx, pdf and the like) were not looked into"
    console.say(f"  {packed}: look for copies among them yourself")
    for problem in done.unused:
        console.say(f"  not touched, since it belongs to no seminar: {problem.path}")
    console.say("  outside this folder nothing was deleted: backups, mailboxes and Zoom itself are yours to clear")
    return 1 if done.found or any(done.left.values()) else 0


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items())
