"""Whether anything has changed since the last build, told by dates and sizes before anything heavy is imported."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

INPUTS = ("sources", "templates", "bibliography", "pipeline", "pyproject.toml", "requirements.txt")
STATE = Path(".cache/state.json")


def stamp(root: Path) -> dict[str, list[int]]:
    """Return date and size of every file that a build reads, by path, and of the Python that runs it."""
    stamps = {"python": [sys.hexversion, os.stat(os.__file__).st_mtime_ns]}
    for name in INPUTS:
        for path, stat in _walk(os.path.join(root, name)):
            stamps[path] = [stat.st_mtime_ns, stat.st_size]
    return stamps


def unchanged(root: Path, output: Path, ids: Iterable[str]) -> list[str] | None:
    """Return the seminars asked for if all of them stand as they were built, else None."""
    try:
        state = json.loads((output / STATE).read_bytes())
        asked = list(ids) or state["all"]
        if state["inputs"] != stamp(root):
            return None
        return asked if all(state["outputs"][id] == _outputs(output, id) for id in asked) else None
    except (OSError, ValueError, KeyError):
        return None


def note(output: Path, inputs: dict[str, list[int]], all_ids: Iterable[str], built: Iterable[str]) -> bytes:
    """Return the state to keep after a build that began when the inputs bore these stamps."""
    try:
        state = json.loads((output / STATE).read_bytes())
        outputs = state["outputs"] if state["inputs"] == inputs else {}
    except (OSError, ValueError, KeyError):
        outputs = {}
    outputs |= {id: _outputs(output, id) for id in built}
    return json.dumps({"inputs": inputs, "all": sorted(all_ids), "outputs": outputs}).encode()


def _outputs(output: Path, id: str) -> dict[str, list[int]]:
    stamps = {path: [stat.st_mtime_ns, stat.st_size] for path, stat in _walk(os.path.join(output, id))}
    stat = os.stat(output / f"{id}.zip")
    return stamps | {"zip": [stat.st_mtime_ns, stat.st_size]}


def _walk(path: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files at or below a path that are not hidden or compiled; a missing one yields nothing."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield path, os.stat(path)
        return
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry.path, entry.stat()
