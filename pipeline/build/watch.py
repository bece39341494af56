"""A build after every save, with processes that stay and have everything loaded."""

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
"""So many saved files are named."""

Build = Callable[[Workers], int]
Say = Callable[[str], None]


def watch(root: Path, build: Build, say: Say) -> None:
    """Call `build` now and after every change of what it reads, until Ctrl-C, or until its window or reader is gone.

    `say` gets what was saved. When a template or the program itself has changed, the program starts anew, since
    templates stay open in the processes that fill them.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs in the background ignore it
    try:
        while _watched(root, build, say):
            pass
    except (KeyboardInterrupt, BrokenPipeError):
        return
    os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]])


def _watched(root: Path, build: Build, say: Say) -> bool:
    """Build after every save; return whether new processes are to go on, and not the program anew."""
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
    """Return the stamps of everything that a build reads, or what prevents a look, which the build will name."""
    try:
        return stamp.stamp(str(root))
    except OSError as error:  # among them what was deleted just now
        return [str(error)]


def _build(build: Build, workers: Workers, say: Say) -> int:
    try:
        code = build(workers)
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads the output any more
        raise
    except Exception:  # our own mistake: it is shown, and the next save is another chance
        traceback.print_exc()
        code = 2
    if code:
        say("Still watching: what was built before stays until this is corrected and saved.")
    return code
