"""The sender as a process of its own, for tests that end it: ROOT COUNT."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.cli.mail import send
from pipeline.core.problems import ToolError

if __name__ == "__main__":
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    try:
        code = send("talk", count, root=root)
    except ToolError as error:
        print(error)
        code = 2
    sys.exit(code)
