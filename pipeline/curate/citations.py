"""Pandoc's citeproc as a process: all lists go through one start, and each answer comes as soon as it is ready."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.problems import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from queue import Queue
    from subprocess import Popen
    from typing import IO

SCRIPT = Path(__file__).with_name("citations.lua")
SECONDS = 60
AHEAD = 32  # answers that wait to be taken; pandoc is faster than what is made of them
MEMORY = ("+RTS", "-H4m", "-A4m", "-O128m", "-RTS")
"""How pandoc takes memory: the wheel's own setting touches much more of it, which is a quarter of the time."""


def tools() -> bytes:
    """Return what stands for the pandoc and the script that are installed here."""
    stat = _pandoc().stat()
    return f"{stat.st_size} {stat.st_mtime_ns}\n".encode() + SCRIPT.read_bytes()


def formatted(requests: list[Mapping[str, Any]], style: Path) -> Iterator[dict[str, Any]]:
    """Start pandoc on all requests, and return what yields its answers: entries as inline HTML, and CSL JSON.

    A pandoc that fails, or takes too long, is a `ToolError` with its own words.
    """
    import subprocess
    from queue import Queue
    from tempfile import TemporaryFile
    from threading import Thread

    command = [str(_pandoc()), *MEMORY, "lua", str(SCRIPT)]
    utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}  # pandoc reads paths in the locale's encoding
    said = TemporaryFile()  # noqa: SIM115 -- closed when pandoc has ended
    with TemporaryFile() as asked:  # a file, so that nobody has to stay and feed a pipe
        asked.write(json.dumps({"style": str(style), "jobs": requests}).encode())
        asked.seek(0)
        process = subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, stderr=said, env=utf8)
    lines: Queue[bytes] = Queue(AHEAD)
    Thread(target=_drain, args=(process, lines), daemon=True).start()  # else pandoc would wait at a full pipe
    return _answers(process, lines, said, len(requests))


def _drain(process: Popen, lines: Queue[bytes]) -> None:
    """Take pandoc's lines as they come; an empty one is the end."""
    with process.stdout as out:
        for line in out:
            lines.put(line)
    lines.put(b"")


def _answers(process: Popen, lines: Queue[bytes], said: IO[bytes], count: int) -> Iterator[dict[str, Any]]:
    """Yield `count` answers; pandoc has ended before the last of them is handed over."""
    from queue import Empty

    try:
        for left in reversed(range(count)):
            line = lines.get(timeout=SECONDS)
            if not line:
                break
            if not left:
                _end(process, said)
            yield json.loads(line)
        else:
            return
    except Empty:
        process.kill()
        _end(process, said)
        raise ToolError(f"pandoc gave no answer about the bibliography in {SECONDS} seconds") from None
    raise ToolError(f"pandoc failed on the bibliography ({' '.join(process.args)}): {_end(process, said)}")


def _end(process: Popen, said: IO[bytes]) -> str:
    """Wait for pandoc and return what it has said, or how it ended."""
    code = process.wait()
    with said:
        said.seek(0)
        return said.read().decode(errors="replace").strip() or f"exit code {code}"


def _pandoc() -> Path:
    """Return the pandoc of the wheel, which is found, not imported: it would look for others and take the newest."""
    spec = find_spec("pypandoc")
    if not spec or not spec.origin:
        raise ToolError("pandoc is not installed: the wheel pypandoc_binary brings it")
    return Path(spec.origin).with_name("files") / ("pandoc.exe" if os.name == "nt" else "pandoc")
