"""The Typer app: every command by its name, and `run`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import wraps
from types import FrameType

import typer

from pipeline.cli.attendance import registrations
from pipeline.cli.build import build, check, schema, watch, why
from pipeline.cli.certificates import certificates, revoke, verify
from pipeline.cli.errors import exit_code
from pipeline.cli.exits import INTERRUPTED, end_at_once
from pipeline.cli.mail import outbox, resolve, send
from pipeline.cli.presentations import collect, inspect, status
from pipeline.cli.purge import purge

COMMANDS = (
    *(build, watch, check, schema, why, collect, status, inspect, outbox, send, resolve),
    *(registrations, certificates, verify, revoke, purge),
)
"""In the order of the help. A command is a function: its name, docstring and types are its name, help and options."""

app = typer.Typer(
    help="Build the documents of a seminar series, and do what comes before and after a seminar.",
    add_completion=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    pretty_exceptions_enable=False,  # our own mistakes show Python's traceback
)


def _registered(command: Callable[..., int]) -> None:
    @wraps(command)
    def run_command(*arguments: object, **options: object) -> None:
        raise typer.Exit(exit_code(lambda: command(*arguments, **options)))

    app.command()(run_command)


for command in COMMANDS:
    _registered(command)


def run(arguments: list[str]) -> int:
    """Return the exit code of a command; without one, or for `help`, print what there is."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else a shell wants it ignored
        signal.signal(signal.SIGINT, _interrupted)
    if not arguments or arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    try:
        app(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """Stop the command at the first Ctrl-C, and end the process at a second one."""
    signal.signal(signal.SIGINT, lambda *_: end_at_once(INTERRUPTED))
    raise KeyboardInterrupt
