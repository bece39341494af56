"""Exit codes, and how to end the process before its command is complete.

0: success. 1: the sources have mistakes, or the answer is no (refused, unknown, not sent). 2: the arguments of the
command are wrong, or the project or a tool is broken. 130: the user pressed Ctrl-C. 141: the output pipe was closed.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED, BROKEN_PIPE = 130, 141
"""The codes that a shell reports for a program that was ended by Ctrl-C or by a closed pipe."""


def end_at_once(code: int) -> NoReturn:
    """End this process and its child processes, without waiting for threads or for output that cannot be written.

    Nothing is lost: every file is written under a temporary name and renamed when it is complete.
    """
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    os._exit(code)
