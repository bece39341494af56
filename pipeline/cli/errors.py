"""The handling of errors for all commands: each kind of error has its message and its exit code."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.cli import console
from pipeline.cli.exits import BROKEN_PIPE, INTERRUPTED
from pipeline.compose.template_check import place_of
from pipeline.core.problems import SourceError, ToolError
from pipeline.core.text import number_of

CURES = {
    errno.EACCES: "you need the right to read and write there",
    errno.EPERM: "you need the right to read and write there",
    errno.ENOSPC: "free some space, then run the command again",
    errno.EDQUOT: "free some space, then run the command again",
    errno.EFBIG: "this account may not write a file of this size",
    errno.EROFS: "nothing can be written there",
    errno.EIO: "the disk or the network failed; run the command again",
}
"""What helps against an error of this machine, by its number."""
SOURCES = ("sources/", "templates/", "bibliography/")


def exit_code(command: Callable[[], int]) -> int:
    """Return the exit code of a command and print its errors; only mistakes of this program show a traceback."""
    try:
        return command()
    except SourceError as error:
        for problem in error.problems:
            console.say(str(problem))
        for remark in error.remarks:
            console.say(f"  remark: {remark}")
        where = " in the sources" if all(problem.path.startswith(SOURCES) for problem in error.problems) else ""
        console.complain(f"{number_of(len(error.problems), 'mistake')}{where}; nothing was made.")
        return 1
    except ToolError as error:
        console.complain(str(error))
        return 2
    except BrokenPipeError:  # as in `make check | head`: the reader has ended
        return BROKEN_PIPE
    except OSError as error:
        cure = f" ({CURES[error.errno]})" if error.errno in CURES else ""
        console.complain(f"{_place(error)}{error.strerror or error}{cure}; what was finished before is untouched.")
        return 2
    except KeyboardInterrupt:
        console.complain("stopped; the next run continues where this one ended.")
        return INTERRUPTED
    except Exception as error:
        problems = place_of(error)
        if not problems:
            raise
        for problem in problems:
            console.say(str(problem))
        console.complain("1 mistake in the templates; what was finished before is untouched.")
        return 1


def _place(error: OSError) -> str:
    """Return the path that an error names; a temporary file is named by its folder."""
    if not isinstance(error.filename, str | bytes):
        return ""
    path = Path(os.fsdecode(error.filename))
    own = next((part for part in path.parts if part.startswith((".new-", ".old-", ".lock", "returned-"))), "")
    return f"{Path(*path.parts[: path.parts.index(own)]) if own else path}: "
