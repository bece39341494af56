"""Writes a JPEG anew at the quality it has, and knows one that was written so."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, JpegImagePlugin

PADDED = 1.05
"""How much longer than written here a JPEG may be before something is hidden among its points."""


def rewritten(
    content: bytes,
    image: JpegImagePlugin.JpegImageFile,
    density: dict[str, tuple[float, float]],
    upright: Callable[[Image.Image], Image.Image],
) -> bytes:
    """Return a JPEG without any segment that is not needed to see it, at the quality it has.

    `image` is the picture opened but not yet loaded; `upright` turns it the way it is meant to be seen.
    """
    tables, sampling = image.quantization, JpegImagePlugin.get_sampling(image)
    settings: dict[str, Any] = {"qtables": [tables[key] for key in sorted(tables)][:4], "subsampling": max(sampling, 0)}
    settings |= density
    image.load()
    if _canonical(content, image, settings):
        return content
    turned = upright(image)
    return _saved(turned if turned.mode in ("L", "RGB") else turned.convert("RGB"), settings)


def _saved(image: Image.Image, settings: dict[str, Any]) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", optimize=False, progressive=False, **settings)
    return out.getvalue()


_FRAME = re.compile(rb"\xff\xc0\0[\x0b\x11]\x08(....)", re.DOTALL)
_MARKER = re.compile(rb"\xff[^\0]")


def _canonical(content: bytes, image: Image.Image, settings: dict[str, Any]) -> bool:
    """Return whether a JPEG is already exactly as it would be written here: same head, only points behind it."""
    if image.mode not in ("L", "RGB") or not content.endswith(b"\xff\xd9"):
        return False
    pattern = _saved(Image.new(image.mode, (8, 8)), settings)
    head = _head(pattern)
    size = image.size[1].to_bytes(2, "big") + image.size[0].to_bytes(2, "big")
    frame = _FRAME.search(head)
    if frame is None:
        return False
    at = frame.start(1)
    expected = head[:at] + size + head[at + 4 :]
    if not content.startswith(expected) or _MARKER.search(content, len(expected), len(content) - 2):
        return False
    return len(content) <= PADDED * len(_saved(image, settings)) + 256


def _head(content: bytes) -> bytes:
    """Return everything before the points of the picture."""
    scan = content.rindex(b"\xff\xda")
    return content[: scan + 2 + int.from_bytes(content[scan + 2 : scan + 4], "big")]
