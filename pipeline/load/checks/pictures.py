"""Whether a photo or logo that a source names is there, is where it may be, and is a whole picture."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline.problems import closest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.load.files import Sources
    from pipeline.load.shape import Way


def check_picture(
    sources: Sources, path: str, way: Way, folder: str, name: str, endings: tuple[str, ...]
) -> None:
    """Note a picture of `folder` that cannot be placed; `path` and `way` say where its `name` stands."""
    file = sources.root / folder / name
    if any(sign in name for sign in "/\\:") or name.startswith("."):
        fix = f"put the file into {folder} and write its name alone"
        sources.note(path, way, f"{quoted(name)} is no plain file name", fix)
    elif not name.lower().endswith(endings):
        sources.note(path, way, f"{quoted(name)} is no picture of a known kind", f"use {' or '.join(endings)}")
    elif file.is_symlink():
        sources.note(path, way, f"{folder}/{name} is a link to another place", "put the file itself there")
    elif not file.is_file():
        near = closest(name, _names(sources.root / folder))
        fix = f"did you mean `{near}`?" if near else "put it there or empty this line"
        sources.note(path, way, f"there is no picture {folder}/{name}", fix)
    elif not _is_whole(file):
        sources.note(path, way, f"{folder}/{name} is not a whole picture", "save it again as what its ending says")


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def _is_whole(file: Path) -> bool:
    """Return whether a file begins and ends as its kind of picture does: a file cut short in sending does not."""
    content = file.read_bytes()
    if file.suffix.lower() == ".svg":
        return b"<svg" in content and b"</svg>" in content[-100:].rstrip()
    if file.suffix.lower() == ".png":
        return content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-64:]
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-4096:]
