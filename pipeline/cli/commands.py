"""The Typer app: every command by its name, and `run`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from types import FrameType

import typer

from pipeline.cli.errors import exit_code
from pipeline.cli.exits import INTERRUPTED, end_at_once

MODULES = {
    "pipeline.cli.build": ("build", "watch", "check", "schema", "why"),
    "pipeline.cli.presentations": ("collect", "inspect"),
    "pipeline.cli.board": ("status",),
    "pipeline.cli.mail": ("outbox", "send", "resolve"),
    "pipeline.cli.attendance": ("registrations",),
    "pipeline.cli.certificates": ("certificates", "verify", "revoke"),
    "pipeline.cli.purge": ("purge",),
}
"""The commands by module, in the order of the help. A command is a function: the name, docstring and types of the
function are the name, help and options of the command."""


def app_of(modules: Iterable[str] = MODULES) -> typer.Typer:
    """Return an app with the commands of these modules."""
    app = typer.Typer(
        help="Build the documents of a seminar series, and do the tasks before and after a seminar.",
        add_completion=False,
        rich_markup_mode="rich" if sys.stdout.isatty() else None,
        pretty_exceptions_enable=False,  # mistakes of this program show Python's traceback
    )
    app.callback()(lambda: None)  # otherwise an app with only one command would read the command's name as an argument
    for module in modules:
        for name in MODULES[module]:
            app.command()(_exiting(getattr(import_module(module), name)))
    return app


def _exiting(command: Callable[..., int]) -> Callable[..., None]:
    """Return a command that ends the process with its exit code."""

    @wraps(command)
    def exiting(*arguments: object, **options: object) -> None:
        raise typer.Exit(exit_code(lambda: command(*arguments, **options)))

    return exiting


def run(arguments: list[str]) -> int:
    """Return the exit code of a command; without a command, or for `help`, print the list of commands."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # otherwise the shell has set it to be ignored
        signal.signal(signal.SIGINT, _interrupted)
    if not arguments or arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    # A command loads its own module alone: all of them together take more time than a small build.
    own = [module for module, names in MODULES.items() if arguments[0] in names]
    try:
        app_of(own or MODULES)(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """Stop the command at the first Ctrl-C, and end the process at a second one."""
    signal.signal(signal.SIGINT, lambda *_: end_at_once(INTERRUPTED))
    raise KeyboardInterrupt
