"""The sender as a process of its own, for tests that end it: ROOT COUNT."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.cli.mail import send
from pipeline.core.problems import ToolError

if __name__ == "__main__":
    root, count = Path(sys.argv[1]), sys.argv[2]
    try:
        lines, code = send("talk", root, root / "output", count, lambda line: print(line, flush=True))
    except ToolError as error:
        lines, code = [str(error)], 2
    print(*lines, sep="\n")
    sys.exit(code)
