"""Encodes a JPEG again at its own quality, and recognises one that was encoded here."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, JpegImagePlugin

PADDED = 1.05
"""How much longer than when encoded here a JPEG may be; a longer one may hide bytes among its pixels."""


def rewritten(
    content: bytes,
    image: JpegImagePlugin.JpegImageFile,
    density: dict[str, tuple[float, float]],
    upright: Callable[[Image.Image], Image.Image],
) -> bytes:
    """Return a JPEG at its own quality, without any segment that is not needed to show it.

    `image` is opened but not yet loaded; `upright` rotates it as its metadata demands.
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
    """Return whether a JPEG has exactly the header that is written here, and only pixels after it."""
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
    """Return everything before the pixels of the picture."""
    scan = content.rindex(b"\xff\xda")
    return content[: scan + 2 + int.from_bytes(content[scan + 2 : scan + 4], "big")]
