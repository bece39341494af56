"""Whether anything has changed since the last build, told by dates and sizes before anything heavy is imported.

The state of the last build is lines of text in sections, so that nothing has to be imported to read it either.
"""

from __future__ import annotations

import os
import sys

INPUTS = ("sources", "templates", "bibliography")
PROGRAM = ("pipeline", "pyproject.toml", "requirements.txt")
"""What runs: it stands where this file does, which need not be the project that is built."""
NOT_READ = ("sources/registrations/", "sources/returned/")
"""What the desks read, and no build does."""
STATE, SITE = ".cache/state", "site"
_SECTION = "\n\n"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def stamp(root: str) -> list[str]:
    """Return path, date and size of every file that a build reads or runs, a line each, and the Python that does so."""
    lines = [f"python\t{sys.hexversion}\t{os.stat(os.__file__).st_mtime_ns}"]
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for folder, names in ((root, INPUTS), (home, PROGRAM)):
        for name in names:
            lines += _stamps(os.path.join(folder, name), len(os.path.join(folder, "")))
    return [line for line in lines if not line.startswith(NOT_READ)]


def unchanged(root: str, output: str, ids: Iterable[str]) -> list[str] | None:
    """Return the seminars asked for if all of them stand as they were built from these very inputs, else None.

    Where none is named, all are asked for, and the site must stand, too.
    """
    state, named = _state(output), list(ids)
    asked = named or state.get("all", [])
    if not asked or not set(asked) <= set(state.get("current", ())):
        return None
    try:
        if state["inputs"] != stamp(root) or not named and (not state.get(SITE) or state[SITE] != _site(output)):
            return None
    except OSError:  # what cannot be looked at is named by those who read it
        return None
    return asked if all(_stands(output, id, state) for id in asked) else None


def standing(output: str, marks: Mapping[str, str]) -> set[str]:
    """Return the seminars whose files stand as they were made the last time, from what has the same mark now."""
    state = _state(output)
    same = [id for id, mark in marks.items() if state.get(f"mark {id}") == [mark]]
    return {id for id in same if _stands(output, id, state)}


def same_look(output: str, inputs: Iterable[str]) -> bool:
    """Return whether the last build that ended well ran the same program on the same templates."""

    def look(lines: Iterable[str]) -> list[str]:
        return [line for line in lines if not line.startswith(("sources/", "bibliography/"))]

    return look(_state(output).get("inputs", ())) == look(inputs)


def note(output: str, inputs: list[str], all_ids: Iterable[str], marks: Mapping[str, str], *, whole: bool) -> bytes:
    """Return the state to keep after a build of these seminars, or of the `whole` series with its site, that began when
    the inputs bore these stamps."""
    state = _state(output)
    same = state.get("inputs") == inputs
    current = set(state["current"]) if same else set()
    site = _site(output) if whole else state.get(SITE, []) if same else []
    state |= {"inputs": inputs, "all": sorted(all_ids), "current": sorted(current | set(marks)), SITE: site}
    for id, mark in marks.items():
        state |= {f"mark {id}": [mark], f"files {id}": _outputs(output, id)}
    text = _SECTION.join("\n".join([name, *lines]) for name, lines in state.items())
    return text.encode("utf-8", "surrogateescape")


def _state(output: str) -> dict[str, list[str]]:
    """Return the lines of each section; nothing where there was no build, or its state is no text."""
    try:
        with open(os.path.join(output, STATE), encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            sections = [section.split("\n") for section in file.read().split(_SECTION)]
    except OSError:
        return {}
    return {name: lines for name, *lines in sections}


def _stands(output: str, id: str, state: Mapping[str, list[str]]) -> bool:
    try:
        return state.get(f"files {id}") == _outputs(output, id)
    except OSError:
        return False


def _outputs(output: str, id: str) -> list[str]:
    above = len(os.path.join(output, ""))
    archive = os.path.join(output, f"{id}.zip")
    return [*_stamps(os.path.join(output, id), above), _line(archive[above:], os.stat(archive))]


def _site(output: str) -> list[str]:
    return list(_stamps(os.path.join(output, SITE), len(os.path.join(output, ""))))


def _stamps(path: str, above: int) -> Iterator[str]:
    """Yield the stamp of each file at or below a path that is not hidden or compiled; a missing one yields nothing."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield _line(path[above:], os.stat(path))
        return
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__pycache__")) or entry.name.endswith("~"):  # what an editor keeps
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(entry.path, above)
        else:
            yield _line(entry.path[above:], _stat(entry))


def _stat(entry: os.DirEntry) -> os.stat_result:
    """Return what a file is, or what a link is that leads nowhere: the checks name it."""
    try:
        return entry.stat()
    except FileNotFoundError:
        return entry.stat(follow_symlinks=False)


def _line(path: str, stat: os.stat_result) -> str:
    return f"{path}\t{stat.st_mtime_ns}\t{stat.st_size}"
