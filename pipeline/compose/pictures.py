"""Prepares pictures of the sources for documents: upright, no larger than needed, and without metadata.

A telephone stores place and device in a photo, and may store the photo rotated with a tag for its orientation, which
Word ignores. So the pixels of every bitmap are written again.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import segno

from pipeline.core.documents import Picture

SVG = "image/svg+xml"
PORTRAIT, LOGO = 800, 1600
"""The largest number of pixels of the longer side: more than any layout shows."""


def portrait(name: str, path: Path) -> Picture:
    """Return a portrait as a JPEG or PNG file of at most 800 pixels; HEIC, the format of iPhones, becomes JPEG."""
    return _bitmap(name, path, PORTRAIT)


def logo(name: str, path: Path) -> Picture:
    """Return a logo; an SVG file is not changed."""
    if path.suffix.lower() == ".svg":
        return Picture(name=name, media_type=SVG, content=path.read_bytes())
    return _bitmap(name, path, LOGO)


def qr_code(name: str, text: str, *, scale: int = 12) -> Picture:
    """Return a link or a text as a QR code in PNG, black on a white background, with `scale` pixels to a square."""
    out = BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", border=4, scale=scale)
    return Picture(name=name, media_type="image/png", content=out.getvalue())


def _bitmap(name: str, path: Path, longest: int) -> Picture:
    # Pillow takes 40 ms to load, and a series may have neither portraits nor bitmaps as logos.
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    out = BytesIO()
    with Image.open(path) as image:
        png = image.format == "PNG"
        shown = ImageOps.exif_transpose(image)
        shown.thumbnail((longest, longest))
        plain = Image.new(shown.mode, shown.size)  # a new image has none of the metadata of the old one
        plain.paste(shown)
        if shown.palette:
            plain.putpalette(shown.palette)
    if png:
        if "transparency" in shown.info:
            plain.info["transparency"] = shown.info["transparency"]
        plain.save(out, "PNG")
    else:
        plain.convert("RGB").save(out, "JPEG", quality=90)
    return Picture(name=name, media_type="image/png" if png else "image/jpeg", content=out.getvalue())
