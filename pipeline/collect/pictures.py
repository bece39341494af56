"""Decodes every picture of a deck and encodes it again, so that only its pixels remain.

Threat: a picture that is also another file, that holds place, person or a second picture, or that attacks its
decoder by its size. PNG, BMP, TIFF, WebP and still GIF become PNG; JPEG stays JPEG at its own quality; HEIC becomes
JPEG; an animated GIF is left to `animation`, a drawing (EMF, WMF) to `metafile`. The caller replaces a picture that
cannot be decoded by `grey`.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin
from pillow_heif import HeifImageFile

from pipeline.collect import animation, limits, metafile

FIRST_BYTES = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (8, b"WEBP", "WEBP"),
    *((4, b"ftyp" + brand, "HEIF") for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1")),
)
"""Where a picture has which bytes, and the name of its format in Pillow."""

KIND_BYTES = 16
"""How many bytes tell the kind of a picture."""
LAST_BYTES = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
MODES = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"))
"""The modes of Pillow that a PNG can have."""

METADATA = {"exif": "EXIF", "comment": "COM", "xmp": "XMP", "photoshop": "Photoshop", "mp": "MPF"}
USUAL_SEGMENTS = frozenset(("APP0", "APP1", "APP2", "APP13", "APP14", "COM"))
"""The segments of a JPEG that hold no metadata, or such as METADATA names."""

GREY = 0xD9
MOST_DPI = 2_400
ORIENTATION = 0x0112  # the EXIF tag of the rotation
QUALITY = 90  # of a JPEG that was none before
PADDED = 1.05
"""How much longer than when encoded here a JPEG may be; a longer one may hide bytes among its pixels."""

MARKER = re.compile(rb"\xff[^\0]")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture encoded again: file name extension, bytes, number of pixels, and what was hidden in it."""

    extension: str
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
    return next((kind for at, first, kind in FIRST_BYTES if content.startswith(first, at)), "")


def rewritten(content: bytes, pixels_left: int = limits.ALL_PIXELS) -> Picture:
    """Return the picture encoded again, or raise Unreadable."""
    for extension, read in (("emf", metafile.emf), ("wmf", metafile.wmf)):
        drawing = read(content)
        if drawing is not None:
            return Picture(extension=extension, content=drawing)
    kind = kind_of(content)
    if not kind:
        raise Unreadable
    file = BytesIO(content)
    del content  # so that the file alone holds it, and frees it when it is closed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(file, kind, min(limits.PIXELS, pixels_left))
    except (Unreadable, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("picture-large", "> 89 MP") from error
    except Exception as error:  # decoders raise any exception; the picture is not to be trusted then
        if isinstance(error, OSError) and error.errno is not None:  # of the machine, not of the decoder
            raise
        raise Unreadable from error


def opened(file: IO[bytes], kind: str) -> Image.Image:
    """Return a picture of a known kind of which only the header is read; decoders raise any exception."""
    return HeifImageFile(file) if kind == "HEIF" else Image.open(file, formats=(kind,))


def grey() -> bytes:
    """Return the picture that replaces one that was removed."""
    return _saved(Image.new("L", (8, 8), GREY), "PNG")


def _encoded(file: BytesIO, kind: str, most: int) -> Picture:
    with opened(file, kind) as image:
        before, pixels = image.size, _bounded(image, kind, most)
        if isinstance(image, GifImagePlugin.GifImageFile):
            return _gif(image, file, pixels)
        image.load()
        hidden = _hidden(file.getvalue(), image, kind)
        if image.size != before:
            sizes = " → ".join(f"{width} × {height}" for width, height in (before, image.size))
            hidden = f"{sizes}, {hidden}" if hidden else sizes
        if kind == "JPEG" or (kind == "HEIF" and image.mode == "RGB"):
            return Picture(extension="jpeg", content=_jpeg(file.getvalue(), image), pixels=pixels, hidden=hidden)
        file.close()  # frees the encoded picture before the other one is made
        return Picture(extension="png", content=_png(image), pixels=pixels, hidden=hidden)


def _bounded(image: Image.Image, kind: str, most: int) -> int:
    """Return the number of pixels of a picture that is not yet decoded; raise Unreadable if it has too many."""
    width, height = image.size
    progressive = "progressive" in image.info  # the decoder of JPEG holds such a one whole, besides its pixels
    if kind == "HEIF" or progressive or _rotated(image):
        most = min(most, limits.TURNED_PIXELS)
    if kind == "JPEG" and width * height > most and not (progressive and width * height > limits.PIXELS):
        image.draft(None, (width // 2, height // 2))  # a JPEG can be decoded at half of its size
    pixels = image.size[0] * image.size[1]
    if pixels > most:
        raise Unreadable("picture-large", f"{width} × {height}")
    return pixels


def _gif(image: GifImagePlugin.GifImageFile, file: BytesIO, pixels: int) -> Picture:
    frames, (width, height) = image.n_frames, image.size
    if frames > 1 and (pixels > limits.MOVING_PIXELS or pixels * frames > limits.FRAME_PIXELS):
        raise Unreadable("picture-large", f"{frames} × {width} × {height}")
    hidden = animation.hidden(image, file)
    if frames == 1:
        return Picture(extension="png", content=_png(image), pixels=pixels, hidden=hidden)
    return Picture(extension="gif", content=animation.rewritten(image), pixels=pixels * frames, hidden=hidden)


def _hidden(content: bytes, image: Image.Image, kind: str) -> str:
    """Return what a decoded picture holds besides its pixels: metadata, and bytes after its end."""
    found = {name for key, name in METADATA.items() if image.info.get(key)}
    found |= {name for name, _ in getattr(image, "applist", ()) if name not in USUAL_SEGMENTS}
    if getattr(image, "text", None):
        found.add("tEXt")
    if kind in LAST_BYTES and not content.rstrip(b"\0").endswith(LAST_BYTES[kind]):
        found.add("+EOF")
    return ", ".join(sorted(found))


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


def _density(image: Image.Image) -> dict[str, tuple[float, float]]:
    """Return the pixels per inch, which give a picture that is tiled its size."""
    try:
        across, down = (round(float(each), 2) for each in image.info["dpi"])
    except (KeyError, TypeError, ValueError):
        return {}
    return {"dpi": (across, down)} if 10 <= across <= MOST_DPI and 10 <= down <= MOST_DPI else {}


def _png(image: Image.Image) -> bytes:
    density, upright = _density(image), _upright(image)
    plain = upright if upright.mode in MODES else upright.convert("RGBA" if "A" in upright.mode else "RGB")
    return _saved(plain, "PNG", compress_level=6, **density)


def _jpeg(content: bytes, image: Image.Image) -> bytes:
    """Return the picture as a JPEG; one that has exactly the header of this and then only pixels is not changed."""
    settings = _quality(image) | _density(image)
    upright = _upright(image)
    written = _saved(upright if upright.mode in ("L", "RGB") else upright.convert("RGB"), "JPEG", **settings)
    scan = written.rindex(b"\xff\xda") + 2
    start = scan + int.from_bytes(written[scan : scan + 2], "big")
    if (
        content[:start] == written[:start]
        and content.endswith(LAST_BYTES["JPEG"])
        and not MARKER.search(content, start, len(content) - 2)
        and len(content) <= PADDED * len(written) + 256
    ):
        return content
    return written


def _quality(image: Image.Image) -> dict[str, Any]:
    """Return the settings that encode a JPEG at the quality it had."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return {"quality": QUALITY}
    tables = image.quantization
    sampling = max(JpegImagePlugin.get_sampling(image), 0)
    return {"qtables": [tables[key] for key in sorted(tables)][:4], "subsampling": sampling}


def _saved(image: Image.Image, kind: str, **settings: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()
