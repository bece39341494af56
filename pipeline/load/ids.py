"""The ids of seminars, people, segments and regions, and the folders in which the name of a file is an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.core.problems import quoted
from pipeline.load.files import Sources

LONGEST_ID = 60
ID_FIX = f"use only a to z, 0 to 9 and single hyphens, {LONGEST_ID} at most"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SIMILAR = {".yaml": re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE), ".md": re.compile(r"\.md(\.txt)?$", re.IGNORECASE)}
"""By extension: what people write instead. Some desktops hide the end of a name, or write it in capitals."""


def fault_of_id(id: str) -> str:
    """Return what is wrong with the id of a seminar, person, segment or region, or an empty string.

    An id is part of file names on every system.
    """
    if id in _RESERVED:
        return "is a name that Windows reserves"
    if _ID.fullmatch(id) and len(id) <= LONGEST_ID:
        return ""
    # A Cyrillic letter looks like a Latin one: the message has to say which character it is.
    foreign = next((character for character in id if not character.isascii()), "")
    return "cannot be used as a name" + (f" (`{foreign}` is U+{ord(foreign):04X})" if foreign else "")


def named_files(sources: Sources, folder: str, extension: str) -> Iterator[tuple[str, Path | None]]:
    """Yield id and path of each file of a folder in order; if the name is wrong, the id that was meant and None."""
    try:
        names = sorted(path.name for path in (sources.root / folder).iterdir())
    except NotADirectoryError:
        sources.note(folder, (), "this must be a folder")
        return
    except OSError:
        sources.note(folder, (), "this folder is missing", f"create `{folder}`")
        return
    for name in names:
        path, stem = Path(folder, name), _SIMILAR[extension].sub("", name)
        if stem == name or name.startswith((".", "README")):
            continue
        message = fix = ""
        if not name.endswith(extension):
            message, fix = "a file with this extension is not read", f"rename it to `{stem}{extension}`"
        elif fault := fault_of_id(stem.split(".")[0] if extension == ".md" else stem):
            message, fix = f"{quoted(stem)} {fault}", ID_FIX
        if message:
            sources.note(path, (), message, fix)
        yield (re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-"), None) if message else (stem, path)
