"""A build after every save, each in a process forked from one that has its libraries and has read nothing."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from pipeline.build import state
from pipeline.build.packages import LIBRARIES
from pipeline.core.problems import UNHEARD

SECONDS = 0.2
"""Between two looks; each takes some thousandths of a second."""
FEW = 3
"""So many saved files are named."""


def watch(root: str, build: Callable[[], int], say: Callable[[str], None]) -> None:
    """Call `build` now and after every change of what it reads, until somebody interrupts or nobody is there any more.

    `say` is told what was saved. No state of one build gets into the next. Where the program itself has changed, it is
    started anew.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs in the background ignore it
    for name in (*LIBRARIES, "pipeline.load"):
        import_module(name)
    built, parent = [], os.getppid()
    try:
        while os.getppid() == parent:  # else the window was closed
            found = _settled(root)
            if built and _program(found) != _program(built):
                os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]])
            if found != built:
                if built:
                    say(f"\n{time.strftime('%H:%M:%S')} saved: {_saved(found, built)}")
                built = found
                code = _apart(build)
                if code == UNHEARD:
                    return
                if code:
                    say("Still watching: what was built before stands until this is mended and saved.")
            time.sleep(SECONDS)
    except (KeyboardInterrupt, BrokenPipeError):
        return


def _saved(found: list[str], built: list[str]) -> str:
    paths = sorted({line.partition("\t")[0] for line in set(found) ^ set(built)})
    return ", ".join(paths[:FEW]) + (f" and {len(paths) - FEW} more" if len(paths) > FEW else "")


def _settled(root: str) -> list[str]:
    """Return the stamps of all that a build reads, once two looks see the same: an editor may save in several steps."""
    before = None
    while True:
        try:
            found = state.stamp(root)
        except FileNotFoundError:  # something went while it was looked at
            found = None
        except OSError as error:  # what cannot be looked at is named by the build
            found = [str(error)]
        if found and found == before:
            return found
        before = found
        time.sleep(SECONDS / 4)


def _program(stamps: list[str]) -> list[str]:
    return [line for line in stamps if not line.startswith(tuple(f"{name}/" for name in state.INPUTS))]


def _apart(build: Callable[[], int]) -> int:
    """Return the exit code of a build in a process of its own."""
    child = os.fork()
    if not child:
        _built(build)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except KeyboardInterrupt:  # the build was interrupted as well, and says so
        os.waitpid(child, 0)
        raise


def _built(build: Callable[[], int]) -> NoReturn:
    code = 1
    try:
        code = build()
        sys.stdout.flush()
    except BrokenPipeError:
        code = UNHEARD
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # our own mistake: it is shown, and the next save is another chance
        traceback.print_exc()
    finally:
        os._exit(code)
