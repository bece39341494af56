"""The files of a folder by the names they bear, which are ids; whatever misses being read by its name is a problem."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.problems import Problem, quoted
from pipeline.load.names import FIX, fault_of, near_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.load.files import Sources

_MEANT = {".yaml": re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE), ".md": re.compile(r"\.md(\.txt)?$", re.IGNORECASE)}
"""By ending: names that were meant to have it. Some desktops hide the end of a name, or write it in capitals."""


def named_files(sources: Sources, folder: str, ending: str) -> Iterator[tuple[str, Path | None]]:
    """Yield name and path of the files of a folder in order; where the name is wrong, the one meant and no path."""
    for name in _names(sources, folder):
        path = Path(folder, name)
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            fault = fault_of(stem.split(".")[0] if ending == ".md" else stem)
            if fault:
                _note(sources, path, f"{quoted(stem)} {fault}", FIX)
            yield (near_id(stem), None) if fault else (stem, path)
        elif _MEANT[ending].search(name):
            stem = _MEANT[ending].sub("", name)
            _note(sources, path, "a file with this ending is not read", f"call it `{stem}{ending}`")
            yield near_id(stem), None


def _names(sources: Sources, folder: str) -> list[str]:
    try:
        found = sorted(path.name for path in (sources.root / folder).iterdir())
    except NotADirectoryError:
        _note(sources, Path(folder), "this must be a folder", "")
        return []
    except OSError:
        _note(sources, Path(folder), "this folder is missing", f"make `{folder}`")
        return []
    return [name for name in found if not name.startswith((".", "README"))]


def _note(sources: Sources, path: Path, message: str, fix: str) -> None:
    sources.problems.append(Problem(path=path.as_posix(), line=1, message=message, fix=fix))
