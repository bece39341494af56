"""Show which speakers have returned their presentation."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli import console
from pipeline.cli.options import Output, Root, output_of
from pipeline.core.text import number_of
from pipeline.core.verdicts import Board, SpeakerState
from pipeline.workflows import board as workflow

STATES = {"accepted": "accepted", "cleaned": "accepted, cleaned", "refused": "refused"}
"""The words for each verdict."""


def status(root: Root = Path(), output: Output = None) -> int:
    """Show which speakers have returned their presentation."""
    found = workflow.status(root, output_of(root, output))
    for number, board in enumerate(found.boards):
        if number:
            console.say()
        _say_board(board)
    if any(row.says for board in found.boards for row in board.rows):
        say_cure()
    for problem in found.unclaimed:
        console.say(str(problem))
    console.say(f"also as a page: {found.page}")
    return 0


def _say_board(board: Board) -> None:
    held = "" if board.status == "confirmed" else f" ({board.status})"
    days = number_of(abs(board.days), "day")
    left = f"{days} left" if board.days >= 0 else f"passed {days} ago"
    accepted = sum(row.accepted for row in board.rows)
    console.say(f"{board.seminar}{held}: {accepted} of {len(board.rows)} accepted, return by {board.deadline} ({left})")
    rows = []
    for row in board.rows:
        state = accepted_in_words(row) if row.accepted else STATES["refused"] if row.returned else "missing"
        name = row.name if row.confirmed else f"{row.name} (to be confirmed)"
        rows.append((name, "deck made" if row.made else "no deck yet", state))
    console.table(("Speaker", "Deck", "Presentation"), rows)


def accepted_in_words(row: SpeakerState) -> str:
    """Return the words for an accepted presentation, with its differences from the programme of today."""
    says = "; ".join(f"“{said}” instead of “{programme}”" for said, programme in row.says)
    return f"accepted, but says {says}" if says else "accepted"


def say_cure() -> None:
    """Print what to do with an accepted presentation that differs from the programme."""
    console.say("If a presentation differs from the programme: ask the speaker, or change its title slide, footers")
    console.say("and last slide yourself in PowerPoint; put the file into sources/returned and type `make collect`.")
