"""Builds after every save, with processes that keep running and have all libraries loaded."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as events

from pipeline.build import stamp
from pipeline.build.parallel import Workers, executor

QUIET = 20
"""Milliseconds without another event until a save is complete: some editors save in several steps."""
AGAIN = 1000
"""Milliseconds until the next look without an event: network drives and the targets of links send none."""
FEW = 3
"""The largest number of saved files that a message names."""

Build = Callable[[Workers], int]
Say = Callable[[str], None]


def watch(root: Path, build: Build, say: Say) -> None:
    """Call `build` now and after every change of its inputs, until Ctrl-C or until the terminal or pipe is closed.

    `say` gets a line with the saved files. After a change of a template or of the program, the program starts again,
    since the processes keep templates open.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes background processes ignore it
    try:
        while _watched(root, build, say):
            pass
    except (KeyboardInterrupt, BrokenPipeError):
        return
    os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]])


def _watched(root: Path, build: Build, say: Say) -> bool:
    """Build after every save; return True to continue with new processes, False to start the program again."""
    folders = [root / name for name in stamp.INPUTS if (root / name).is_dir()]
    parent, built = os.getppid(), _look(root)
    with executor(root) as workers:
        code = _build(build, workers, say)
        for _ in events(*folders, debounce=QUIET, step=QUIET, rust_timeout=AGAIN, yield_on_timeout=True):
            if os.getppid() != parent:  # the window was closed
                raise BrokenPipeError
            found = _look(root)
            if found == built:
                continue
            paths = sorted({line.partition("\t")[0] for line in set(found) ^ set(built)})
            more = f" and {len(paths) - FEW} more" if len(paths) > FEW else ""
            say(f"\n{time.strftime('%H:%M:%S')} saved: {', '.join(paths[:FEW])}{more}")
            if any(not path.startswith(("sources/", "bibliography/")) for path in paths):
                return False
            built, code = found, _build(build, workers, say)
            if code == 2:  # perhaps one of the processes was killed
                return True
    return False


def _look(root: Path) -> list[str]:
    """Return the stamps of everything that a build reads, or the error, which the build will report."""
    try:
        return stamp.stamp(str(root))
    except OSError as error:  # for example, a file was deleted just now
        return [str(error)]


def _build(build: Build, workers: Workers, say: Say) -> int:
    try:
        code = build(workers)
        sys.stdout.flush()
    except BrokenPipeError:  # the output pipe was closed
        raise
    except Exception:  # a mistake of this program: show it, and try again after the next save
        traceback.print_exc()
        code = 2
    if code:
        say("Still watching: the files of the last build stay until this is corrected and saved.")
    return code
