"""Decodes every picture of a deck and encodes it again, so that only its pixels remain.

PNG, BMP, TIFF, WebP and still GIF become PNG; JPEG stays JPEG at its own quality; an animated GIF and a drawing (EMF,
WMF) are copied block by known block. A picture that was encoded here is kept byte for byte, so that a second cleaning
changes nothing. A picture that cannot be decoded is replaced by a grey area.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin

from pipeline.collect import gif, jpeg, limits, metafile

TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf", "wmf": "image/x-wmf"}
"""The media types of pictures that a clean copy may hold, by file name extension."""

DECLARED = frozenset(
    f"image/{name}"
    for name in (
        "png", "x-png", "jpeg", "jpg", "pjpeg", "gif", "bmp", "x-bmp", "x-ms-bmp", "tiff", "tif", "webp",
        "x-emf", "emf", "x-wmf", "wmf",
    )
)  # fmt: skip
"""The content types of parts that are read as pictures; the first bytes tell the real format."""

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "WEBP"),
)
_MODES = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"))
_HIDDEN = {"exif": "EXIF", "comment": "COM", "xmp": "XMP", "photoshop": "Photoshop", "mp": "MPF"}
GREY = 0xD9
MOST_DPI = 2_400
MANY = 10**12
ORIENTATION = 0x0112  # the EXIF tag of the rotation


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture encoded again: file name extension, bytes, number of pixels, and what was hidden in it."""

    ending: str
    content: bytes
    pixels: int = 0
    hidden: str = ""


class Unreadable(Exception):
    """A picture that cannot be kept; `code` says why."""

    def __init__(self, code: str = "picture", detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


def kind_of(content: bytes) -> str:
    """Return the format of a picture by its first bytes, empty for a drawing and for anything else."""
    return next((kind for start, kind in _STARTS if content.startswith(start)), "")


def rewritten(content: bytes, pixels_left: int = MANY) -> Picture:
    """Return the picture encoded again, or raise Unreadable."""
    for ending, read in (("emf", metafile.emf), ("wmf", metafile.wmf)):
        drawing = read(content)
        if drawing is not None:
            return Picture(ending=ending, content=drawing)
    kind = kind_of(content)
    if not kind:
        raise Unreadable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            held = [content]
            del content  # `held` has the only reference, so that the bytes are freed when the pixels are decoded
            return _decoded(held, kind, min(limits.PIXELS, pixels_left))
    except (Unreadable, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("picture-large", "> 89 MP") from error
    except Exception as error:  # decoders raise any exception; the picture is not to be trusted then
        raise Unreadable from error


def grey() -> bytes:
    """Return the picture that replaces one that was removed."""
    return _png(Image.new("L", (8, 8), GREY))


def _decoded(held: list[bytes], kind: str, most: int) -> Picture:
    content = held.pop()
    with BytesIO(content) as file, Image.open(file, formats=(kind,)) as image:
        most = min(most, limits.TURNED_PIXELS) if _rotated(image) else most
        width, height = image.size
        if kind == "JPEG" and width * height > most:  # a JPEG can be decoded at half of its size
            image.draft(None, (width // 2, height // 2))
        pixels = image.size[0] * image.size[1]
        if pixels > most:
            raise Unreadable("picture-large", f"{width} × {height}")
        if isinstance(image, GifImagePlugin.GifImageFile) and image.is_animated:
            return _animated(content, image, pixels)
        hidden = _hidden(content, image)
        if image.size != (width, height):
            hidden = f"{width} × {height} → {image.size[0]} × {image.size[1]}" + (f", {hidden}" if hidden else "")
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            written = jpeg.rewritten(content, image, _density(image), _upright)
            return Picture(ending="jpeg", content=written, pixels=pixels, hidden=hidden)
        image.load()
        file.close()
        del content
        return Picture(ending="png", content=_repainted(image), pixels=pixels, hidden=hidden)


def _hidden(content: bytes, image: Image.Image) -> str:
    """Return what a picture holds besides its pixels: metadata of camera and program, and bytes after its end."""
    found = {name for key, name in _HIDDEN.items() if key in image.info}
    if getattr(image, "text", None):
        found.add("tEXt")
    if image.format == "GIF":
        found |= set(_foreign_blocks(content))
    end = content.rstrip(b"\0")
    if image.format in ("JPEG", "MPO") and not end.endswith(b"\xff\xd9"):
        found.add("+EOF")
    if image.format == "PNG" and not content.endswith(b"IEND\xaeB`\x82"):
        found.add("+EOF")
    return ", ".join(sorted(found))


def _foreign_blocks(content: bytes) -> list[str]:
    """Return what a still GIF holds besides its picture, as far as it can be read."""
    try:
        return [each for each in gif.copied(content)[1].split(", ") if each]
    except (IndexError, ValueError):
        return []


def _rotated(image: Image.Image) -> bool:
    """Return whether the EXIF of a picture demands a rotation; False when it cannot be read."""
    try:
        return image.getexif().get(ORIENTATION, 1) in range(2, 9)
    except Exception:  # the metadata is removed in any case; the picture itself may be valid
        return False


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture rotated as its EXIF demands, without metadata."""
    if _rotated(image):
        ImageOps.exif_transpose(image, in_place=True)
    clear = image.info.get("transparency")
    image.info = {} if clear is None else {"transparency": clear}
    return image


def _repainted(image: Image.Image) -> bytes:
    density, turned = _density(image), _upright(image)
    plain = turned if turned.mode in _MODES else turned.convert("RGBA" if "A" in turned.mode else "RGB")
    return _png(plain, **density)


def _png(image: Image.Image, **settings: Any) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6, optimize=False, **settings)
    return out.getvalue()


def _density(image: Image.Image) -> dict[str, tuple[float, float]]:
    """Return the pixels per inch, which give a picture that is tiled its size."""
    try:
        across, down = (round(float(each), 2) for each in image.info["dpi"])
    except (KeyError, TypeError, ValueError):
        return {}
    return {"dpi": (across, down)} if 10 <= across <= MOST_DPI and 10 <= down <= MOST_DPI else {}


def _animated(content: bytes, image: GifImagePlugin.GifImageFile, pixels: int) -> Picture:
    """Return an animated GIF copied block by block, after every frame of it has been decoded."""
    if pixels * image.n_frames > limits.FRAME_PIXELS:
        raise Unreadable("picture-large", f"{image.n_frames} × {image.size[0]} × {image.size[1]}")
    for frame in range(image.n_frames):
        image.seek(frame)
        image.load()
    copied, hidden = gif.copied(content)
    return Picture(ending="gif", content=copied, pixels=pixels * image.n_frames, hidden=hidden)
