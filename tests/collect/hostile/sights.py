"""Decks whose pictures, drawings, videos and sounds are something else as well."""

from __future__ import annotations

import struct
import zlib

from pipeline.collect import limits
from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.hostile.case import PPT, SECRET, case
from tests.collect.legitimate import gif
from tests.collect.surgery import MS, added, packed, swapped, unpacked


@case("program-as-jpeg", removed=("picture", "embedded-file"), gone=(b"This program cannot",))
def _():
    return decks.pictured(b"MZ\x90\0This program cannot be run in DOS mode", "jpg", "image/jpeg")


@case("zip-as-picture", removed=("picture", "embedded-file"), gone=(SECRET,))
def _():
    return decks.pictured(b"PK\3\4" + SECRET)


@case("page-as-picture", removed="picture", gone=(b"<script",))
def _():
    return decks.pictured(b"<html><script>alert(1)</script></html>")


@case("svg-as-picture", removed="picture", gone=(b"<script",))
def _():
    return decks.pictured(
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg", "image/svg+xml"
    )


@case("svg-behind-picture", removed="svg", gone=(b"<script", b"svgBlip"))
def _():
    deck = decks.parts()
    added(deck, "ppt/media/x.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml", source="ppt/slides/slide3.xml",
          key="rIdS", kind="image")  # fmt: skip
    start = deck["ppt/slides/slide3.xml"].index(b"<a:blip ")
    end = deck["ppt/slides/slide3.xml"].index(b"/>", start)
    ext = (
        '><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
        f'xmlns:asvg="{MS}/drawing/2016/SVG/main" r:embed="rIdS"/></a:ext></a:extLst></a:blip>'
    ).encode()
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"][:end] + ext + deck["ppt/slides/slide3.xml"][end + 2 :]
    return packed(deck)


@case("unedited-original-behind-picture", removed="picture-layers", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/media/hdphoto1.wdp", SECRET, "image/vnd.ms-photo", source="ppt/slides/slide3.xml", key="rIdS",
          kind=f"{MS}/2007/relationships/hdphoto")  # fmt: skip
    start = deck["ppt/slides/slide3.xml"].index(b"<a:blip ")
    end = deck["ppt/slides/slide3.xml"].index(b"/>", start)
    ext = (
        '><a:extLst><a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}"><a14:imgProps '
        f'xmlns:a14="{MS}/drawing/2010/main"><a14:imgLayer r:embed="rIdS"/></a14:imgProps></a:ext></a:extLst></a:blip>'
    ).encode()
    deck["ppt/slides/slide3.xml"] = deck["ppt/slides/slide3.xml"][:end] + ext + deck["ppt/slides/slide3.xml"][end + 2 :]
    return packed(deck)


@case("data-behind-the-end-of-png", removed="picture-metadata", gone=(SECRET,))
def _():
    return decks.pictured(decks.png() + SECRET)


@case("words-inside-png", removed="picture-metadata", gone=(SECRET,))
def _():
    return decks.pictured(decks.png(Author=SECRET.decode()))


@case("place-inside-jpeg", removed="picture-metadata", gone=(b"Secret Camera", b"Exif"))
def _():
    return decks.pictured(decks.jpeg(place=True), "jpg", "image/jpeg")


@case("zip-behind-jpeg", removed="picture-metadata", gone=(SECRET,))
def _():
    return decks.pictured(decks.jpeg() + b"PK\3\4" + SECRET, "jpg", "image/jpeg")


@case("picture-of-50000-by-50000", removed="picture-large")
def _():

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return decks.pictured(b"\x89PNG\r\n\x1a\n" + chunk + decks.png()[33:])


@case("broken-picture", removed="picture")
def _():
    return decks.pictured(decks.png()[:80])


@case("drawing-that-calls-code", removed=(), gone=(SECRET,))
def _():
    return decks.pictured(wmf_with_escape(), "wmf", "image/x-wmf")


@case("drawing-with-a-comment", removed=(), gone=(SECRET,))
def _():
    return decks.pictured(emf_with_comment(), "emf", "image/x-emf")


@case("drawing-out-of-bounds", removed="picture")
def _():
    return decks.pictured(emf_with_comment(size=40_000), "emf", "image/x-emf")


@case("embedded-font", removed="embedded-font", gone=(SECRET,))
def _():
    deck = decks.parts()
    added(deck, "ppt/fonts/font1.fntdata", SECRET, "application/x-fontdata", source=PPT, key="rIdF", kind="font")
    swapped(deck, PPT, "<p:defaultTextStyle>", (
        '<p:embeddedFontLst><p:embeddedFont><p:font typeface="Evil"/><p:regular r:id="rIdF"/></p:embeddedFont>'
        "</p:embeddedFontLst><p:defaultTextStyle>"
    ))  # fmt: skip
    return packed(deck)


@case("program-as-video", removed="media", gone=(b"This program",))
def _():
    return decks.with_media(b"MZ This program")


@case("place-inside-video", removed="media-metadata", gone=(b"+52.52",))
def _():
    return decks.with_media(decks.mp4(place=True))


@case("zip-behind-sound", removed="media-metadata", gone=(SECRET,))
def _():
    return decks.with_media(
        decks.sound() + b"LIST\x10\0\0\0" + SECRET + b" ", "wav", "audio/wav", tag="audioFile", kind="audio"
    )


def wmf_with_escape() -> bytes:
    """Return a drawing of a rectangle that first calls its printer driver (META_ESCAPE)."""

    escape = struct.pack("<IHHH", 5 + 8, 0x0626, 9, 16) + SECRET + b"\0"
    body = struct.pack("<IHHHHH", 7, 0x041B, 50, 50, 1, 1) + escape + struct.pack("<IH", 3, 0)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2, 0, 13, 0) + body


def emf_with_comment(size: int = 0) -> bytes:
    """Return a drawing of a rectangle with a comment before it; `size` is a lie about its length."""

    comment = struct.pack("<III", 70, size or 12 + 16, 15) + SECRET + b"\0"
    return emf(comment + struct.pack("<IIiiii", 43, 24, 1, 1, 50, 50) + struct.pack("<IIIII", 14, 20, 0, 16, 20), 4)


def emf(body: bytes, records: int) -> bytes:
    """Return a drawing of so many records, its header among them."""
    head = struct.pack("<IIiiiiiiii4sIIIHHIIIiiii", 1, 88, 0, 0, 60, 60, 0, 0, 1000, 1000, b" EMF", 0x10000, 88 + len(body), records,
                       1, 0, 0, 0, 0, 1000, 1000, 300, 300)  # fmt: skip
    return head + body


@case("data-among-the-pixels-of-jpeg", removed=(), gone=(SECRET,))
def _():
    clean = unpacked(judge(decks.pictured(decks.jpeg(), "jpg", "image/jpeg")).content)["ppt/media/image1.jpeg"]
    return decks.pictured(clean[:-2] + SECRET * 60 + b"\xff\xd9", "jpg", "image/jpeg")


@case("comment-inside-moving-gif", removed="picture-metadata", gone=(SECRET,))
def _():
    moving = gif(1)
    return decks.pictured(moving[:-1] + b"\x21\xfe\x0f" + SECRET + b"\0" + moving[-1:], "gif", "image/gif")


@case("program-inside-moving-gif", removed="picture-metadata", gone=(SECRET,))
def _():
    moving = gif(1)
    return decks.pictured(
        moving[:-1] + b"\x21\xff\x0bEVILCODE1.0\x0f" + SECRET + b"\0" + moving[-1:] + SECRET, "gif", "image/gif"
    )


@case("tags-around-mp3", removed="media-metadata", gone=(SECRET,))
def _():
    tag = b"ID3\x03\0\0\0\0\0\x10" + SECRET + b"\0"
    return decks.with_media(
        tag + decks.mp3() + b"TAG" + SECRET.ljust(125, b"\0"), "mp3", "audio/mpeg", tag="audioFile", kind="audio"
    )


@case("video-that-breaks-off", removed="media")
def _():
    return decks.with_media(decks.mp4()[:-100])


@case("video-with-data-behind", removed="media", gone=(SECRET,))
def _():
    return decks.with_media(decks.mp4() + SECRET)


@case("video-over-the-limit", removed="media")
def _():
    return decks.with_media(decks.mp4() + decks.box(b"free", bytes(limits.MEDIA_BYTES)))
