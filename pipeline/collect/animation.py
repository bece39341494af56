"""Writes an animated GIF again from its composed frames, so that nothing but their pixels and durations remains.

A frame is written as the pixels that differ from the frame before it, with a palette of their own. If the animation
clears pixels, which such differences cannot do, each frame is written whole and is cleared before the next. This is
exact unless a frame needs more colours than a palette holds, and always at a second writing, so that cleaning twice
gives the same bytes. Threat: blocks of a GIF that no program shows, and bytes behind its end. The limits of size
are checked by `pictures`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import reduce
from io import BytesIO

from PIL import GifImagePlugin, Image, ImageChops

KEEP, CLEAR = 1, 2
"""The disposal of a frame: leave it for the next frame to draw on, or make its area transparent."""

COLOURS = 256
TRANSPARENT = COLOURS - 1
LOOP, END = b"NETSCAPE2.0", b";"


def rewritten(image: GifImagePlugin.GifImageFile) -> bytes:
    """Return the animation written again; raise ValueError if that is not possible without a loss at every writing."""
    written, exact = _written(image)
    if not exact:  # a frame had more colours than a palette holds; now it has no more, and the next writing is exact
        with Image.open(BytesIO(written), formats=("GIF",)) as reduced:
            assert isinstance(reduced, GifImagePlugin.GifImageFile)
            written, exact = _written(reduced)
    if not exact:
        raise ValueError("the frames cannot be written without a loss")
    return written


def _written(image: GifImagePlugin.GifImageFile) -> tuple[bytes, bool]:
    """Return the animation written once, and whether its composed frames have stayed the same."""
    about = {"loop": image.info.get("loop"), "duration": 1}  # either makes it a GIF89a
    blocks, _ = GifImagePlugin.getheader(Image.new("P", image.size), info=about)
    clears, exact, canvas = _clears(image), True, None
    for frame, duration in _frames(image):
        area, piece = _piece(canvas, frame)
        drawn = _indexed(piece, opaque=not clears and _opaque(piece))
        exact = exact and not ImageChops.difference(drawn.convert("RGBA"), piece).getbbox(alpha_only=False)
        del piece  # before the next frame is decoded
        settings = {"disposal": CLEAR if clears else KEEP, "transparency": drawn.info.get("transparency")}
        blocks += GifImagePlugin.getdata(drawn, area[:2], duration=duration, include_color_table=True, **settings)
        canvas = None if clears else frame
    return b"".join((*blocks, END)), exact


def _clears(image: GifImagePlugin.GifImageFile) -> bool:
    """Return whether a pixel of a frame is transparent that was not in the frame before."""
    alphas = (frame.getchannel("A") for frame, _ in _frames(image))
    return any(ImageChops.subtract(before, after).getbbox() for before, after in itertools.pairwise(alphas))


def _opaque(image: Image.Image) -> bool:
    return image.getchannel("A").getextrema()[0] == 255


def hidden(image: GifImagePlugin.GifImageFile, file: BytesIO) -> str:
    """Return what the GIF in a file holds besides its frames: comments, application data, bytes after its end."""
    application, _ = image.info.get("extension", (LOOP, 0))
    found = set() if application.startswith(LOOP) else {"APP"}
    *_, last = _offsets(image)
    found |= {"COM"} if "comment" in image.info else set()
    file.seek(last)
    while image.data():  # the blocks of the last frame
        pass
    found |= {"+EOF"} if file.read() != END else set()
    return ", ".join(sorted(found))


def _offsets(image: GifImagePlugin.GifImageFile) -> Iterator[int]:
    """Go to every frame, and yield where its pixels begin in the file."""
    width, height = image.size
    for number in range(image.n_frames):
        image.seek(number)
        if image.size != (width, height):  # Pillow enlarges the picture for a frame outside it
            raise ValueError("a frame lies outside the picture")
        yield image.tile[0].offset


def _frames(image: GifImagePlugin.GifImageFile) -> Iterator[tuple[Image.Image, int]]:
    """Yield every composed frame and its duration in milliseconds; transparent pixels have no colour."""
    for _ in _offsets(image):
        yield _masked(image.convert("RGBA")), int(image.info.get("duration", 0))


def _masked(image: Image.Image, mask: Image.Image | None = None) -> Image.Image:
    """Return the image without the pixels outside a mask, or else without those that are transparent."""
    bare = Image.new("RGBA", image.size)
    bare.paste(image, mask=mask or image.getchannel("A"))
    return bare


def _piece(canvas: Image.Image | None, frame: Image.Image) -> tuple[tuple[int, int, int, int], Image.Image]:
    """Return the area of a frame that must be drawn, the whole if there is no canvas, and what is drawn there."""
    if canvas is None:
        return (0, 0, *frame.size), frame
    changed = reduce(ImageChops.lighter, ImageChops.difference(canvas, frame).split()).point([0] + [255] * 255)
    area = changed.getbbox() or (0, 0, 1, 1)
    piece = frame.crop(area)
    if _opaque(piece) and piece.getcolors(COLOURS):
        return area, piece
    return area, _masked(piece, changed.crop(area))


def _indexed(piece: Image.Image, *, opaque: bool) -> Image.Image:
    """Return an image with a palette; unless it is opaque, the last colour of its palette is transparent."""
    if opaque:
        return piece.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT)
    colours = [colour for _, colour in piece.getcolors(COLOURS) or () if isinstance(colour, tuple) and colour[3]]
    alpha = piece.getchannel("A")
    filled = Image.new("RGB", piece.size, min(colours, default=(0, 0, 0))[:3])  # adds no colour to the palette
    filled.paste(piece, mask=alpha)
    drawn = filled.quantize(TRANSPARENT, Image.Quantize.MEDIANCUT)
    drawn.putpalette(((drawn.getpalette() or []) + [0] * 3 * COLOURS)[: 3 * COLOURS])
    drawn.paste(TRANSPARENT, mask=ImageChops.invert(alpha))
    drawn.info["transparency"] = TRANSPARENT
    return drawn
