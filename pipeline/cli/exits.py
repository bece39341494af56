"""Exit codes, and how the process ends before its command does.

0: all is well. 1: the sources have mistakes, or the answer is no (refused, unknown, not sent). 2: the command was
misused, or the project or a tool is broken. 130: somebody pressed Ctrl-C. 141: nobody reads the output any more.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED, BROKEN_PIPE = 130, 141
"""What a shell reports for a program that Ctrl-C, or a closed pipe, has ended."""


def end_at_once(code: int) -> NoReturn:
    """End this process and those it has started, without waiting for threads or for what cannot be written any more.

    Nothing is lost: every file is written under a temporary name and renamed when it is complete.
    """
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    os._exit(code)
