"""A build after every save, each in a process forked from one that has its libraries and has read nothing."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from pipeline import fresh
from pipeline.build import LIBRARIES

SECONDS = 0.2
"""Between two looks; each takes some thousandths of a second."""


def watch(root: str, build: Callable[[], int]) -> None:
    """Call `build` now and after every change of what it reads, until somebody interrupts.

    No state of one build gets into the next. Where the program itself has changed, it is started anew.
    """
    for name in (*LIBRARIES, "pipeline.load"):
        import_module(name)
    built = None
    try:
        while True:
            found = _settled(root)
            if built and _program(found) != _program(built):
                os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]])
            if found != built:
                built = found
                _apart(build)
            time.sleep(SECONDS)
    except KeyboardInterrupt:
        return


def _settled(root: str) -> list[str]:
    """Return the stamps of all that a build reads, once two looks see the same: an editor may save in several steps."""
    before = None
    while True:
        try:
            found = fresh.stamp(root)
        except FileNotFoundError:  # something went while it was looked at
            found = None
        except OSError as error:  # what cannot be looked at is named by the build
            found = [str(error)]
        if found and found == before:
            return found
        before = found
        time.sleep(SECONDS / 4)


def _program(stamps: list[str]) -> list[str]:
    return [line for line in stamps if not line.startswith(tuple(f"{name}/" for name in fresh.INPUTS))]


def _apart(build: Callable[[], int]) -> None:
    child = os.fork()
    if not child:
        _built(build)
    try:
        os.waitpid(child, 0)
    except KeyboardInterrupt:  # the build was interrupted as well, and says so
        os.waitpid(child, 0)
        raise


def _built(build: Callable[[], int]) -> NoReturn:
    code = 1
    try:
        code = build()
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # our own mistake: it is shown, and the next save is another chance
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
