"""Whether a photo or logo that a source names is there, is where it may be, and is a whole picture."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from pipeline.core.problems import closest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc

KINDS = {".png": "PNG", ".jpg": "JPEG", ".heic": "HEIF"}
LARGEST = 100_000_000  # pixels


def check_picture(sources: Sources, path: str, loc: Loc, folder: str, name: str, endings: tuple[str, ...]) -> None:
    """Note a picture of `folder` that cannot be placed; `path` and `loc` say where its `name` stands."""
    file = sources.root / folder / name
    if any(sign in name for sign in "/\\:") or name.startswith("."):
        fix = f"put the file into {folder} and write its name alone"
        sources.note(path, loc, f"{quoted(name)} is no plain file name", fix)
    elif not name.lower().endswith(endings):
        fix = f"use {', '.join(endings[:-1])} or {endings[-1]}"
        sources.note(path, loc, f"{quoted(name)} is no picture of a known kind", fix)
    elif file.is_symlink():
        sources.note(path, loc, f"{folder}/{name} is a link to another place", "put the file itself there")
    elif not file.is_file():
        near = closest(name, [each for each in _names(sources.root / folder) if each.lower().endswith(endings)])
        fix = f"did you mean `{near}`?" if near else "put it there or empty this line"
        sources.note(path, loc, f"there is no picture {folder}/{name}", fix)
    elif fault := _fault(file):
        sources.note(path, loc, f"{folder}/{name} {fault[0]}", fault[1])


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def _fault(file: Path) -> tuple[str, str] | None:
    """Return what is wrong with a picture and what mends it: one cut short in sending, or of another kind."""
    whole = "save it again as what its ending says"
    if file.suffix.lower() == ".svg":
        content = file.read_bytes()
        if b"<svg" not in content or b"</svg>" not in content[-100:]:
            return "is not a whole picture", whole
        if re.search(rb"<(\w+:)?text\b", content):
            message = "holds letters that need a font, and no PDF would show them"
            return message, "save it with its text turned into curves"
        return None
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    try:
        with Image.open(file) as image:
            if image.width * image.height > LARGEST:
                return "has more than 100 million pixels", "save it smaller"
            if image.format != KINDS[file.suffix.lower()]:
                return f"is in truth a picture of the kind {image.format}", whole
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "is not a whole picture", whole
    return None
