"""The largest decks that are still taken: one each for the limits of trees, texts, pictures and videos."""

from __future__ import annotations

import io
import random

from PIL import Image
from pillow_heif import from_pillow

from pipeline.collect import limits
from tests.collect import decks
from tests.collect.surgery import drawn, packed, related, typed


def tree() -> bytes:
    """Return a deck with a slide of as many elements and attributes as one may have."""
    deck = decks.parts()
    points = '<a:pt x="1" y="2"/>' * ((limits.ATTRIBUTES - 2_000) // 2)
    drawn(deck, 2, decks.shape(90, "x").replace("<a:p>", f"{points}<a:p>"))
    return packed(deck)


def texts() -> bytes:
    """Return a deck with slides of words that cannot be packed, nearly as large as a file may be."""
    deck, chance = decks.parts(), random.Random(3)
    alphabet = bytes(
        chance.choice(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ") for _ in range(256)
    )
    for number in (1, 2, 3):
        half = (limits.XML_BYTES - 200_000) // 2  # one stretch of text has a limit of its own
        runs = "".join(f"<a:r><a:t>{chance.randbytes(half).translate(alphabet).decode()}</a:t></a:r>" for _ in range(2))
        drawn(deck, number, decks.shape(90, "x", runs))
    return packed(deck)


def picture() -> bytes:
    """Return a deck with a photo of as many pixels as one may have, saved without loss."""
    out, side = io.BytesIO(), 4_000
    Image.frombytes("RGB", (side, side), random.Random(2).randbytes(3 * side * side)).save(out, "PNG", compress_level=1)
    return decks.pictured(out.getvalue())


def flat_picture() -> bytes:
    """Return a deck with a picture of see-through colour of as many pixels as one may have: the file is small."""
    out, side = io.BytesIO(), int(limits.PIXELS**0.5)
    Image.new("RGBA", (side, side), (1, 2, 3, 4)).save(out, "PNG")
    return decks.pictured(out.getvalue())


def turned_picture() -> bytes:
    """Return a deck with a photo that lies on its side, of as many pixels as such a one may have."""
    side = int(limits.TURNED_PIXELS**0.5)
    return decks.pictured(decks.jpeg((side, side), orientation=6), "jpg", "image/jpeg")


def progressive_picture() -> bytes:
    """Return a deck with a progressive photo of as many pixels as one may have, which its decoder holds whole."""
    out, side = io.BytesIO(), int(limits.PIXELS**0.5)
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG", progressive=True, subsampling=0)
    return decks.pictured(out.getvalue(), "jpg", "image/jpeg")


def heic_picture() -> bytes:
    """Return a deck with a photo of a telephone of as many pixels as such a one may have."""
    out, side = io.BytesIO(), int(limits.TURNED_PIXELS**0.5)
    from_pillow(Image.radial_gradient("L").resize((side, side)).convert("RGB")).save(out, quality=80)
    return decks.pictured(out.getvalue(), "heic", "image/heic")


def moving_picture() -> bytes:
    """Return a deck with an animation of frames of as many pixels as one may have, nearly as large as a file may be."""
    side, chance = int(limits.MOVING_PIXELS**0.5), random.Random(4)
    frames = [Image.frombytes("L", (side, side), chance.randbytes(side * side)).convert("P") for _ in range(14)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    return decks.pictured(out.getvalue() + b"behind", "gif", "image/gif")


def many_pictures() -> bytes:
    """Return a deck of pictures that fill what all together may hold."""
    deck, side = decks.parts(), 4_000
    out = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG", quality=95)
    for number in range(limits.ALL_PIXELS // side**2 - 1):
        name = f"ppt/media/photo{number}.jpg"
        deck[name] = out.getvalue()
        typed(deck, name, "image/jpeg")
        related(deck, "ppt/slides/slide3.xml", f"rIdP{number}", "image", f"../media/photo{number}.jpg")
        drawn(deck, 3, (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{500 + number}" name="Photo"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="rIdP{number}"/></p:blipFill><p:spPr/></p:pic>'
        ))  # fmt: skip
    return packed(deck)


def video() -> bytes:
    """Return a deck with the largest video."""
    return decks.with_media(decks.mp4(place=True) + decks.box(b"mdat", bytes(limits.MEDIA_BYTES - 10_000)))


LARGEST = {
    "tree": tree,
    "texts": texts,
    "picture": picture,
    "flat picture": flat_picture,
    "turned picture": turned_picture,
    "progressive picture": progressive_picture,
    "HEIC picture": heic_picture,
    "moving picture": moving_picture,
    "many pictures": many_pictures,
    "video": video,
}
