"""The entry point: `main` runs the command of `sys.argv` and ends the process with its exit code.

This module imports no library, so that a build with nothing to do ends before anything heavy is loaded.
"""

from __future__ import annotations

import os
import sys

from pipeline.build import stamp
from pipeline.cli import console
from pipeline.cli.exits import BROKEN_PIPE, INTERRUPTED, end_at_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command and flush; a closed stdout is a normal end."""
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        end_at_once(INTERRUPTED)
    except BrokenPipeError:
        end_at_once(BROKEN_PIPE)
    except OSError as error:
        console.complain(f"the output could not be written: {error.strerror}")
        end_at_once(2)
    if code in (INTERRUPTED, BROKEN_PIPE):
        end_at_once(code)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    packages, output = _up_to_date(arguments)
    if packages:
        console.up_to_date(packages, output)
        return 0
    from pipeline.cli.commands import run  # Typer, rich and pydantic: a tenth of a second and more

    return run(arguments)


def _up_to_date(arguments: list[str]) -> tuple[int, str]:
    """Return the number of packages that `build` has to make, if all are up to date, else 0; and the output folder."""
    if arguments[:1] != ["build"]:
        return 0, ""
    folders, ids, rest = {"--root": ".", "--output": ""}, [], iter(arguments[1:])
    for word in rest:
        name, equals, value = word.partition("=")
        if name in folders:
            folders[name] = value if equals else next(rest, "")
        elif word.startswith("-"):
            return 0, ""
        else:
            ids.append(word)
    output = folders["--output"] or os.path.join(folders["--root"], "output")  # noqa: PTH118 - pathlib takes too long
    return len(stamp.up_to_date(folders["--root"], output, ids) or ()), output
