"""Whether anything has changed since the last build, told by dates and sizes before anything heavy is imported."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

INPUTS = ("sources", "templates", "bibliography", "pipeline", "pyproject.toml", "requirements.txt")
STATE = Path(".cache/state.json")


def stamp(root: Path) -> dict[str, list[int]]:
    """Return date and size of every file that a build reads, by its path below `root`, and of the Python that runs."""
    stamps = {"python": [sys.hexversion, os.stat(os.__file__).st_mtime_ns]}
    above = len(os.path.join(root, ""))
    for name in INPUTS:
        for path, stat in _walk(os.path.join(root, name)):
            stamps[path[above:]] = [stat.st_mtime_ns, stat.st_size]
    return stamps


def unchanged(root: Path, output: Path, ids: Iterable[str]) -> list[str] | None:
    """Return the seminars asked for if all of them stand as they were built from these very inputs, else None."""
    try:
        state = json.loads((output / STATE).read_bytes())
        asked = list(ids) or state["all"]
        if state["inputs"] != stamp(root) or not set(asked) <= set(state["current"]):
            return None
        return asked if all(state["seminars"][id]["outputs"] == _outputs(output, id) for id in asked) else None
    except (OSError, ValueError, KeyError):
        return None


def standing(output: Path, marks: dict[str, str]) -> set[str]:
    """Return the seminars whose files stand as they were made the last time, from what has the same mark now."""
    noted = _state(output).get("seminars", {})
    same = [id for id, mark in marks.items() if noted.get(id, {}).get("mark") == mark]
    return {id for id in same if _stands(output, id, noted[id]["outputs"])}


def note(output: Path, inputs: dict[str, list[int]], all_ids: Iterable[str], marks: dict[str, str]) -> bytes:
    """Return the state to keep after a build of these seminars that began when the inputs bore these stamps."""
    state = _state(output)
    current = set(state["current"]) if state.get("inputs") == inputs else set()
    seminars = state.get("seminars", {}) | {
        id: {"mark": mark, "outputs": _outputs(output, id)} for id, mark in marks.items()
    }
    state = {"inputs": inputs, "all": sorted(all_ids), "current": sorted(current | set(marks)), "seminars": seminars}
    return json.dumps(state).encode()


def _state(output: Path) -> dict[str, Any]:
    try:
        return json.loads((output / STATE).read_bytes())
    except (OSError, ValueError):
        return {}


def _stands(output: Path, id: str, outputs: dict[str, list[int]]) -> bool:
    try:
        return outputs == _outputs(output, id)
    except OSError:
        return False


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
