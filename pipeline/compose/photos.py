"""Pictures from the sources as they may leave the house: upright, no larger than they are shown, and nothing besides.

A telephone writes into a photo where and with what it was taken, and lays it on its side with a note to turn it, which
Word does not read. So pixels are always written anew.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pipeline.core.documents import Picture

MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
LONGEST = 800
"""Pixels of the longer side: more than a slide of our layouts shows of a portrait."""
LONGEST_LOGO = 1600


def photo(name: str, path: Path) -> Picture:
    """Return a portrait."""
    return _picture(name, path, LONGEST)


def logo(name: str, path: Path) -> Picture:
    """Return a logo; a drawing stays as its owner made it."""
    return _picture(name, path, LONGEST_LOGO)


def _picture(name: str, path: Path, longest: int) -> Picture:
    kind = MEDIA[path.suffix.lower()]
    content = path.read_bytes() if kind == MEDIA[".svg"] else _pixels(path, path.stat().st_mtime_ns, longest)
    return Picture(name=name, media_type=kind, content=content)


@lru_cache(maxsize=64)
def _pixels(path: Path, _changed: int, longest: int) -> bytes:
    from PIL import Image, ImageOps

    out = BytesIO()
    with Image.open(path) as image:
        kind = image.format
        shown = ImageOps.exif_transpose(image)
        shown.thumbnail((longest, longest))
        plain = Image.new(shown.mode, shown.size)
        plain.paste(shown)
        if shown.palette:
            plain.putpalette(shown.palette)
    if kind == "JPEG":
        plain.convert("RGB").save(out, kind, quality=90)
    else:
        if "transparency" in shown.info:
            plain.info["transparency"] = shown.info["transparency"]
        plain.save(out, kind)
    return out.getvalue()
