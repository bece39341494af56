"""Decks at the limits: for each limit a function that makes a deck of a given measure, from the same plain deck.

Most fill a part with what is counted but costs little: comments, empty blocks, declared sizes of parts that nobody reads.
"""

from __future__ import annotations

import io
import struct
import zipfile

from PIL import Image

from tests.collect import decks
from tests.collect.hostile.case import PPT, SLIDE
from tests.collect.hostile.sights import emf
from tests.collect.surgery import TYPES, bent, drawn, entries, entry, packed, related, swapped, typed, unpacked

MEGABYTE = 1024 * 1024
COPIED = ("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/theme/", "ppt/p", "ppt/viewProps", "ppt/table")


def file_bytes(number: int) -> bytes:
    whole = entries(decks.parts())
    empty = len(bent([*whole, entry(b"ppt/x.bin", b"", method=0)]))
    return bent([*whole, entry(b"ppt/x.bin", bytes(number - empty), method=0)])


def part_bytes(number: int) -> bytes:
    return decks.pictured(decks.png().ljust(number, b"\0"))


def unpacked_bytes(number: int) -> bytes:
    deck = decks.parts()
    return bent([*entries(deck), entry(b"ppt/x.bin", b"", size=number - sum(map(len, deck.values())))])


def kept_bytes(number: int) -> bytes:
    """Return a deck of videos; what else its copy holds is measured in the copy of a smaller one."""
    from pipeline.collect.judge import judge  # only this function needs it, and only to measure

    small = unpacked(judge(_videos(40_000)).content)
    texts = sum(
        len(content)
        for name, content in small.items()
        if name.startswith("ppt/") and not name.endswith((".rels", ".mp4"))
    )
    return _videos(number - texts)


def _videos(size: int) -> bytes:
    deck = unpacked(decks.with_media(video(size // 2)))
    name = "ppt/media/media2.mp4"
    deck[name] = video(size - size // 2)
    typed(deck, name, "video/mp4")
    related(deck, "ppt/slides/slide3.xml", "rIdFilm2", "video", "../media/media2.mp4")
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="99" name="2"/><p:cNvPicPr/><p:nvPr><a:videoFile r:link="rIdFilm2"/></p:nvPr></p:nvPicPr>'
    drawn(deck, 3, f"{picture}<p:blipFill/><p:spPr/></p:pic>")
    return packed(deck)


def video(size: int) -> bytes:
    """Return a video of so many bytes."""
    start = decks.mp4()
    return start + decks.box(b"mdat", bytes(size - len(start) - 8))


def parts(number: int) -> bytes:
    deck = decks.parts()
    return packed(deck | {f"ppt/x{each}.bin": b"" for each in range(number - len(deck))})


def entry_bytes(number: int) -> bytes:
    """Return a deck whose list of parts has so many bytes for each part, by the comment of one."""
    deck, out = decks.parts(), io.BytesIO()
    comment = number * len(deck) - sum(46 + len(name) for name in deck)
    with zipfile.ZipFile(out, "w") as file:
        for name, content in deck.items():
            info = zipfile.ZipInfo(name)
            info.comment = bytes(comment if name == TYPES else 0)
            file.writestr(info, content)
    return out.getvalue()


def name_length(number: int) -> bytes:
    return packed(decks.parts() | {"n" * number: b""})


def slides(number: int) -> bytes:
    deck = decks.parts()
    for each in range(4, number + 1):
        name = f"ppt/slides/slide{each}.xml"
        deck[name], deck[f"ppt/slides/_rels/slide{each}.xml.rels"] = (
            deck[SLIDE],
            deck["ppt/slides/_rels/slide2.xml.rels"],
        )
    new = range(4, number + 1)
    type_ = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    for part, end, line in (
        (TYPES, "</Types>", f'<Override PartName="/ppt/slides/slide{{n}}.xml" ContentType="{type_}"/>'),
        (
            "ppt/_rels/presentation.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rIdS{{n}}" Type="{kind}" Target="slides/slide{{n}}.xml"/>',
        ),
        (PPT, "</p:sldIdLst>", '<p:sldId id="1{n}" r:id="rIdS{n}"/>'),
    ):
        swapped(deck, part, end, "".join(line.replace("{n}", str(each)) for each in new) + end)
    return packed(deck)


def _filled(text: str, part: str = SLIDE, deck: dict[str, bytes] | None = None) -> bytes:
    """Return the plain deck with comments in a part, in pieces that the parser takes."""
    deck = decks.parts() if deck is None else deck
    root = deck[part].rindex(b"</")
    deck[part] = deck[part][:root] + text.encode() + deck[part][root:]
    return packed(deck)


def xml_bytes(number: int) -> bytes:
    missing = number - len(decks.parts()[SLIDE]) - 14
    return _filled(f"<!--{' ' * (missing // 2)}--><!--{' ' * (missing - missing // 2)}-->")


def tags(number: int) -> bytes:
    return _filled("<!---->" * (number - decks.parts()[SLIDE].partition(b"?>")[2].count(b"<")))


def attributes(number: int) -> bytes:
    return _filled(f"<!--{'=' * (number - decks.parts()[SLIDE].partition(b'?>')[2].count(b'='))}-->")


def all_tags(number: int) -> bytes:
    deck = decks.parts()
    copied = [name for name in deck if name.startswith(COPIED) and name.endswith(".xml")]
    missing = number - sum(deck[name].count(b"<") for name in copied)
    filled = [name for name in copied if b"</" in deck[name]]
    for place, name in enumerate(filled):
        _filled("<!---->" * (missing // len(filled) + (missing % len(filled) if not place else 0)), name, deck)
    return packed(deck)


def depth(number: int) -> bytes:
    deck, groups = decks.parts(), number - 3
    swapped(deck, SLIDE, "</p:spTree>", "<p:grpSp>" * groups + "</p:grpSp>" * groups + "</p:spTree>")
    return packed(deck)


def attribute_length(number: int) -> bytes:
    deck = decks.parts()
    drawn(deck, 2, decks.shape(90, "n" * number))
    return packed(deck)


def relationships(number: int) -> bytes:
    deck, name = decks.parts(), "ppt/slides/_rels/slide2.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    line = f'<Relationship Id="rIdL{{n}}" Type="{kind}" Target="http://x.example/" TargetMode="External"/>'
    lines = "".join(line.replace("{n}", str(n)) for n in range(number - deck[name].count(b"<Relationship ")))
    swapped(deck, name, "</Relationships>", f"{lines}</Relationships>")
    return packed(deck)


def strip(number: int, **settings) -> bytes:
    """Return a picture of so many pixels in one row."""
    out = io.BytesIO()
    Image.new("1", (number, 1)).save(out, "PNG", **settings)
    return out.getvalue()


def pixels(number: int) -> bytes:
    return decks.pictured(strip(number))


def turned_pixels(number: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return decks.pictured(strip(number, exif=exif))


def moving_pixels(number: int) -> bytes:
    """Return a deck with an animated GIF of two frames of so many pixels, in columns of 2500."""
    return _moving(2_500, number // 2_500, 2)


def frame_pixels(number: int) -> bytes:
    """Return a deck with an animated GIF of frames of 2500 by 1000 pixels."""
    return _moving(2_500, 1_000, number // 2_500_000)


def _moving(width: int, height: int, frames: int) -> bytes:
    """Return a deck with an animated GIF each of whose frames changes one pixel."""
    frame = b"\x21\xf9\x04\0\1\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(3) + b"\xff\xff\xff"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    return decks.pictured(head + loop + frame * frames + b"\x3b", "gif", "image/gif")


def all_pixels(number: int) -> bytes:
    """Return a deck with pictures of 24 megapixels and one of what is missing; the first one is in the plain deck."""
    deck, most = decks.parts(), 24_000_000
    left = number - 60 * 40
    sizes = [most] * (left // most) + ([left % most] if left % most else [])
    large = strip(most)
    for place, size in enumerate(sizes):
        name = f"ppt/media/strip{place}.png"
        deck[name] = large if size == most else strip(size)
        related(deck, "ppt/slides/slide3.xml", f"rIdP{place}", "image", f"../media/strip{place}.png")
        drawn(deck, 3, (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{500 + place}" name="Strip"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="rIdP{place}"/></p:blipFill><p:spPr/></p:pic>'
        ))  # fmt: skip
    return packed(deck)


def metafile_records(number: int) -> bytes:
    body = struct.pack("<IIiiii", 43, 24, 1, 1, 50, 50) * (number - 2) + struct.pack("<IIIII", 14, 20, 0, 16, 20)
    return decks.pictured(emf(body, number), "emf", "image/x-emf")


def media_bytes(number: int) -> bytes:
    return decks.with_media(video(number))


def media_frames(number: int) -> bytes:
    """Return a deck with a sound of frames of 104 bytes."""
    frame = b"\xff\xfb\x10\x00" + bytes(100)
    return decks.with_media(frame * number, "mp3", "audio/mpeg", tag="audioFile", kind="audio")


EDGES = {
    "FILE_BYTES": (50 * MEGABYTE, 1, file_bytes, "too-large"),
    "PART_BYTES": (50 * MEGABYTE, 1, part_bytes, "zip-bomb"),
    "UNPACKED_BYTES": (300 * MEGABYTE, 1, unpacked_bytes, "zip-bomb"),
    "KEPT_BYTES": (64 * MEGABYTE, 1, kept_bytes, "too-large"),
    "PARTS": (5_000, 1, parts, "zip-bomb"),
    "ENTRY_BYTES": (1_000, 1, entry_bytes, "zip-bomb"),
    "NAME_LENGTH": (255, 1, name_length, "zip-name"),
    "SLIDES": (1_000, 1, slides, "broken-deck"),
    "XML_BYTES": (16 * MEGABYTE, 1, xml_bytes, "zip-bomb"),
    "TAGS": (250_000, 1, tags, "xml-size"),
    "ATTRIBUTES": (250_000, 1, attributes, "xml-size"),
    "ALL_TAGS": (1_500_000, 1, all_tags, "xml-size"),
    "DEPTH": (250, 1, depth, "xml-depth"),
    "ATTRIBUTE_LENGTH": (64 * 1024, 1, attribute_length, "xml-size"),
    "RELATIONSHIPS": (5_000, 1, relationships, "broken-deck"),
    "PIXELS": (24_000_000, 1, pixels, "picture-large"),
    "TURNED_PIXELS": (13_000_000, 1, turned_pixels, "picture-large"),
    "MOVING_PIXELS": (2_500_000, 2_500, moving_pixels, "picture-large"),
    "FRAME_PIXELS": (120_000_000, 2_500_000, frame_pixels, "picture-large"),
    "ALL_PIXELS": (300_000_000, 1, all_pixels, "picture-large"),
    "METAFILE_RECORDS": (200_000, 1, metafile_records, "picture"),
    "MEDIA_BYTES": (40 * MEGABYTE, 1, media_bytes, "media"),
    "MEDIA_FRAMES": (200_000, 50, media_frames, "media"),
}
"""By limit: the largest measure that passes, a step that is too much, the deck of a measure, and the code of a larger."""
