"""Finds out by dates and sizes whether anything has changed since the last build, before large modules are imported."""

from __future__ import annotations

import json
import os
import sys

INPUTS = ("sources", "templates", "bibliography")
PROGRAM = ("pipeline", "pyproject.toml", "requirements.txt")
"""The files of the program. They are beside this package, which may be outside the project that is built."""
NOT_READ = ("sources/registrations/", "sources/returned/")
"""The folders that only other commands read."""
CACHE, BUILD, SITE = ".cache", "build", "site"
"""The folder of the cache in the output, and the names of the entries about the last build and about the site."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


def stamp(root: str) -> list[str]:
    """Return a line with path, date and size for every file that a build reads or runs, and a line for Python."""
    lines = [f"python\t{sys.hexversion}\t{os.stat(os.__file__).st_mtime_ns}"]
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for folder, names in ((root, INPUTS), (home, PROGRAM)):
        for name in names:
            lines += _stamps(os.path.join(folder, name), len(os.path.join(folder, "")))
    return [line for line in lines if not line.startswith(NOT_READ)]


def up_to_date(root: str, output: str, ids: Iterable[str]) -> list[str] | None:
    """Return the wanted seminars if all their files are up to date with the inputs, else None.

    Without `ids`, all seminars and the site are wanted.
    """
    last, named = load(output, BUILD), list(ids)
    asked = named or last.get("seminars", [])
    needed = asked if named else [*asked, SITE]
    if not asked or not set(needed) <= set(last.get("current", ())):
        return None
    try:
        if last["inputs"] != stamp(root):
            return None
    except OSError:  # the build itself reports what cannot be read
        return None
    return asked if all(as_built(output, name) for name in needed) else None


def as_built(output: str, name: str) -> bool:
    """Return whether the files of a seminar, or of the site, are still those that were built."""
    try:
        return load(output, name).get("outputs") == outputs(output, name)
    except OSError:
        return False


def outputs(output: str, name: str) -> list[str]:
    """Return the stamps of the files of a seminar, or of the site."""
    above = len(os.path.join(output, ""))
    lines = list(_stamps(os.path.join(output, name), above))
    if name != SITE:
        archive = os.path.join(output, f"{name}.zip")
        lines.append(_line(archive[above:], os.stat(archive)))
    return lines


def load(output: str, name: str) -> dict[str, Any]:
    """Return an entry of the cache; an empty one if there is none that can be read."""
    try:
        with open(entry_path(output, name), "rb") as file:
            entry = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return entry if isinstance(entry, dict) else {}


def entry_path(output: str, name: str) -> str:
    """Return the path of an entry of the cache; seminars have their own folder, since one may be called `build`."""
    own = name in (BUILD, SITE)
    return os.path.join(output, CACHE, *(() if own else ("seminars",)), f"{name}.json")


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
        if entry.name.startswith((".", "__pycache__")) or entry.name.endswith("~"):  # temporary files of editors
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(entry.path, above)
        else:
            yield _line(entry.path[above:], _stat(entry))


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """Return the status of a file, or of the link itself if its target does not exist: the checks report it."""
    try:
        return entry.stat()
    except FileNotFoundError:
        return entry.stat(follow_symlinks=False)


def _line(path: str, stat: os.stat_result) -> str:
    return f"{path}\t{stat.st_mtime_ns}\t{stat.st_size}"
