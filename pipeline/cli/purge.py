"""Show and delete the personal data of past seminars."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import Output, Root, output_of
from pipeline.core.lock import locked
from pipeline.core.problems import Problem
from pipeline.core.text import number_of
from pipeline.workflows import purge as workflow
from pipeline.workflows.search import SHORTEST

Before = Annotated[datetime, typer.Option("--before", formats=["%Y-%m-%d"], help="A day, like 2021-01-01.")]
Count = Annotated[int | None, typer.Option("--purge", metavar="COUNT", help="Delete them, if COUNT items are held.")]


def purge(before: Before, count: Count = None, root: Root = Path(), output: Output = None) -> int:
    """Show personal data of seminars before a day, or delete it.

    Afterwards all files are searched for names that are left.
    """
    output = output_of(root, output)
    day = before.date()
    with locked(output, console.wait):
        done = workflow.purge(day, count, root, output) if count is not None else None
        held = workflow.held(day, root, output) if not done else None
    if held:
        return _say_held(held, day, count)
    if done:
        _say_purged(done, day)
    return 1 if done and (done.found or any(done.left.values())) else 0


def _say_held(held: workflow.Held, day: date, count: int | None) -> int:
    """Print what would be deleted, unless another number was typed; return the exit code."""
    items = number_of(held.total, "item is", "items are")
    if count is not None:
        console.say(f"{items} to be deleted, not {count}; nothing was deleted.", console.RED)
        return 1
    console.say(f"before {day.isoformat()}: {', '.join(held.seminars) or 'no seminar'}")
    console.say(f"  would be deleted: {_in_words(held.counts)}")
    for path in held.paths:
        console.say(f"    {path}{os.sep if path.is_dir() else ''}")
    _say_unused(held.unused)
    console.say(f"{items} to be deleted. Nothing was deleted.")
    if held.total:
        console.say(
            "Afterwards no certificate of these seminars can be issued, changed or shown with its name any more."
        )
        console.say(f"To delete {held.total}: make purge BEFORE={day.isoformat()} PURGE={held.total}")
    return 0


def _say_purged(done: workflow.Purged, day: date) -> None:
    console.say(f"before {day.isoformat()}: {', '.join(done.seminars) or 'no seminar'}")
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
    _say_unused(done.unused)
    console.say("  outside this folder nothing was deleted: backups, mailboxes and Zoom itself are yours to clear")


def _say_unused(unused: Iterable[Problem]) -> None:
    for problem in unused:
        console.say(f"  not touched, since it belongs to no seminar: {problem.path}")


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items())
