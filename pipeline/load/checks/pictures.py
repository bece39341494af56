"""Whether a photo or logo that a source names is there, is where it may be, and can be opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.core.problems import closest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".heic": "HEIF"}
LARGEST = 100_000_000  # pixels


def check_picture(sources: Sources, path: str, loc: Loc, folder: str, name: str, endings: tuple[str, ...]) -> None:
    """Note a picture of `folder` that cannot be placed; `path` and `loc` say where its `name` stands."""
    file = sources.root / folder / name
    if any(character in name for character in "/\\:") or name.startswith("."):
        fix = f"put the file into {folder} and write its name alone"
        sources.note(path, loc, f"{quoted(name)} is no plain file name", fix)
    elif not name.lower().endswith(endings):
        fix = f"use {', '.join(endings[:-1])} or {endings[-1]}"
        sources.note(path, loc, f"{quoted(name)} is no picture of a known kind", fix)
    elif file.is_symlink():
        sources.note(path, loc, f"{folder}/{name} is a link to another place", "put the file itself there")
    elif not file.is_file():
        there = [each.name for each in file.parent.glob("*") if each.name.lower().endswith(endings)]
        near = closest(name, there)
        fix = f"did you mean `{near}`?" if near else "put it there or empty this line"
        sources.note(path, loc, f"there is no picture {folder}/{name}", fix)
    elif fault := _fault_of_svg(file) if file.suffix.lower() == ".svg" else _fault_of_photo(file):
        sources.note(path, loc, f"{folder}/{name} {fault[0]}", fault[1])


def _fault_of_svg(file: Path) -> tuple[str, str] | None:
    content = file.read_bytes()
    if b"<svg" not in content or b"</svg>" not in content[-100:]:
        return "is not a complete picture", "save it again as SVG"
    if re.search(rb"<(\w+:)?text\b", content):
        return (
            "contains letters that need a font, and no PDF would show them",
            "save it with its text turned into curves",
        )
    return None


def _fault_of_photo(file: Path) -> tuple[str, str] | None:
    from PIL import Image  # here, since few sources name a picture and the libraries take 50 ms to import
    from pillow_heif import register_heif_opener

    register_heif_opener()
    ending = file.suffix.lower()
    try:
        with Image.open(file) as image:
            if image.width * image.height > LARGEST:
                return "has more than 100 million pixels", "save it smaller"
            if image.format != FORMATS[ending]:
                return f"is a {image.format} file with the ending {ending}", f"save it again as {FORMATS[ending]}"
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "is not a complete picture", f"save it again as {FORMATS[ending]}"
    return None
