"""Runs a command of the pipeline and stops it at a chosen step: `python -m tests.build.fault STOP STEPS NUMBER …`.

STOP is `kill` or `interrupt`, or `full` for a disk that has no space from this step on. STEPS are those that are
counted: `changes` of the disk below a folder that is called `output`, or `starts` of processes and threads. The steps
are counted, and written to standard error at the end, when NUMBER is 0. What follows is the command.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
from pathlib import Path

CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "open"}
GROWING = {"os.mkdir", "open"}
"""The changes that a full disk does not allow."""
STARTS = {"os.fork", "_thread.start_new_thread", "subprocess.Popen"}


def stop_at(stop: str, steps: str, number: int) -> None:
    """Stop this process at one of its steps, before it is done."""
    counted, own = 0, os.getpid()

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        if event not in (CHANGES if steps == "changes" else STARTS) or os.getpid() != own:
            return
        if steps == "changes" and not _changes_output(event, arguments):
            return
        if stop == "full" and event not in GROWING:
            return
        counted += 1
        if stop == "full" and 0 < number <= counted:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])
        if counted == number:
            os.kill(own, signal.SIGKILL) if stop == "kill" else _interrupt()

    sys.addaudithook(look)
    if not number:
        atexit.register(lambda: print(f"{counted} steps", file=sys.stderr) if os.getpid() == own else None)


def _interrupt() -> None:
    """Send Ctrl-C to all processes of the terminal, now and again every hundredth of a second."""
    signal.signal(signal.SIGALRM, lambda number, frame: os.killpg(0, signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
    os.killpg(0, signal.SIGINT)


def _changes_output(event: str, arguments: tuple[object, ...]) -> bool:
    path = os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes, os.PathLike)) else ""
    writes = event != "open" or int(arguments[2]) & (os.O_WRONLY | os.O_RDWR)
    return bool(writes) and "output" in Path(path).parts


if __name__ == "__main__":
    stop, steps, number, *command = sys.argv[1:]
    if stop == "interrupt":
        signal.signal(signal.SIGINT, signal.default_int_handler)
    stop_at(stop, steps, int(number))
    from pipeline.cli import app

    sys.argv = ["pipeline", *command]
    app.main()
