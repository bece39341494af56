"""Pictures of every format are encoded again, look the same, hide nothing, and are not changed a second time."""

from __future__ import annotations

import errno
import io
import random
import struct

import pytest
from PIL import GifImagePlugin, Image, ImageChops, ImageOps, PngImagePlugin
from pillow_heif import HeifFile, from_pillow

from pipeline.collect import limits, metafile, pictures
from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.legitimate import gif
from tests.collect.surgery import unpacked


def _photo(mode: str = "RGB", size=(64, 48)) -> Image.Image:
    return Image.merge("RGB", [Image.radial_gradient("L").resize(size).rotate(90 * n) for n in range(3)]).convert(mode)


def _saved(image: Image.Image, kind: str, **settings) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def _heic(image: Image.Image, **settings) -> bytes:
    out = io.BytesIO()
    from_pillow(image).save(out, quality=90, **settings)
    return out.getvalue()


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def _differs(one: Image.Image, other: Image.Image) -> int:
    """Return the largest difference of a colour of a pixel."""
    assert one.size == other.size
    return max(high for _, high in ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getextrema())


STILL = {
    "png": lambda: _saved(_photo(), "PNG"),
    "png of a palette": lambda: _saved(_photo("P"), "PNG"),
    "png with a transparent colour": lambda: _saved(_photo("P"), "PNG", transparency=3),
    "png with alpha": lambda: _saved(_photo("RGBA"), "PNG", dpi=(96, 96)),
    "png in black and white": lambda: _saved(_photo("1"), "PNG"),
    "png of sixteen bits": lambda: _saved(_photo("L").convert("I;16"), "PNG"),
    "bmp": lambda: _saved(_photo(), "BMP", dpi=(72, 72)),
    "tiff": lambda: _saved(_photo(), "TIFF", compression="tiff_lzw"),
    "webp": lambda: _saved(_photo("RGBA"), "WEBP", lossless=True),
    "gif": lambda: _saved(_photo("P"), "GIF"),
    "gif with a transparent colour": lambda: _saved(_photo("P"), "GIF", transparency=7),
}


@pytest.mark.parametrize("name", STILL)
def test_a_picture_without_loss_becomes_a_png_of_the_same_pixels(name):
    before = STILL[name]()
    found = pictures.rewritten(before)
    assert (found.extension, found.hidden, found.pixels) == ("png", "", 64 * 48)
    assert _differs(_opened(before), _opened(found.content)) == 0
    again = pictures.rewritten(found.content)
    assert (again.content, again.hidden) == (found.content, "")


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("sampling", [0, 1, 2])
@pytest.mark.parametrize(
    "settings",
    [{"quality": 30}, {"quality": 95, "progressive": True}, {"quality": 75, "optimize": True, "dpi": (300, 300)}],
)
def test_a_jpeg_keeps_its_quality_and_is_not_changed_a_second_time(mode, sampling, settings):
    before = _saved(_photo(mode), "JPEG", subsampling=sampling, **settings)
    found = pictures.rewritten(before)
    assert (found.extension, found.hidden) == ("jpeg", "")
    assert _opened(found.content).info.get("dpi") == _opened(before).info.get("dpi")
    assert _differs(_opened(before).convert("RGB"), _opened(found.content)) < 80
    again = pictures.rewritten(found.content)
    assert (again.content, again.hidden) == (found.content, "")


def test_a_jpeg_with_restart_marks_or_a_segment_among_its_pixels_is_encoded_again():
    clean = pictures.rewritten(decks.jpeg()).content
    assert pictures.rewritten(clean).content is clean
    marked = _saved(_opened(clean), "JPEG", qtables=_opened(clean).quantization, subsampling=2, restart_marker_rows=1)
    assert pictures.rewritten(marked).content != marked
    comment = b"\xff\xfe\0\x08secret"
    assert comment not in pictures.rewritten(clean[:-2] + comment + clean[-2:]).content
    assert len(pictures.rewritten(clean[:-2] + b"\x12" * 2_000 + clean[-2:]).content) < 1.1 * len(clean)


HIDDEN = {
    "COM": lambda: _saved(_photo(), "JPEG", comment=b"secret"),
    "EXIF": lambda: decks.jpeg(place=True),
    "XMP": lambda: _saved(_photo(), "JPEG", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"),
    "APP5": lambda: decks.jpeg()[:2] + b"\xff\xe5\0\x08secret" + decks.jpeg()[2:],
    "Photoshop": lambda: decks.jpeg()[:2] + b"\xff\xed\0\x1cPhotoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\0" + decks.jpeg()[2:],
    "MPF": lambda: _saved(_photo(), "MPO", save_all=True, append_images=[_photo()]),
    "tEXt": lambda: decks.png(Author="secret"),
    "+EOF": lambda: decks.png() + b"secret",
    "+EOF of a photo": lambda: decks.jpeg() + b"secret",
    "+EOF of a gif": lambda: gif(0) + b"secret",
    "+EOF of a moving gif": lambda: gif(1) + b"secret",
    "COM of a gif": lambda: _saved(_photo("P"), "GIF", comment=b"secret"),
    "COM of a moving gif": lambda: _saved(_photo("P"), "GIF", comment=b"secret", save_all=True, append_images=[_photo("P").rotate(90)]),
    "APP of a gif": lambda: gif(0)[:-1].replace(b"\0,", b"\0!\xff\x0bXMP DataXMP\6secret\0,", 1) + b";",
    "EXIF of a webp": lambda: _saved(_photo(), "WEBP", exif=_exif()),
    "EXIF of a heic": lambda: _heic(_photo(), exif=_exif()),
}  # fmt: skip


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "secret"
    return exif.tobytes()


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_picture_holds_besides_its_pixels_is_named_and_removed(name):
    content = HIDDEN[name]()
    found = pictures.rewritten(content)
    assert name.partition(" of ")[0] in found.hidden.split(", ")
    assert b"secret" not in found.content
    again = pictures.rewritten(found.content)
    assert (again.content, again.hidden) == (found.content, "")


def test_a_text_behind_the_pixels_of_a_png_is_named():
    info = PngImagePlugin.PngInfo()
    info.add(b"tEXt", b"Comment\0secret", after_idat=True)
    found = pictures.rewritten(_saved(_photo(), "PNG", pnginfo=info))
    assert (found.hidden, b"secret" in found.content) == ("tEXt", False)


# --- HEIC ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_becomes_an_upright_jpeg(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = _photo(size=(96, 64))
    found = pictures.rewritten(_heic(photo, exif=exif.tobytes()))
    wanted = photo.copy()
    wanted.getexif()[0x0112] = orientation
    assert found.extension == "jpeg"
    assert _differs(ImageOps.exif_transpose(wanted), _opened(found.content)) < 60
    assert pictures.rewritten(found.content).content == found.content


def test_a_heic_with_transparent_pixels_becomes_a_png():
    photo = _photo("RGBA")
    photo.putalpha(Image.linear_gradient("L").resize(photo.size))
    found = pictures.rewritten(_heic(photo))
    assert (found.extension, _opened(found.content).mode) == ("png", "RGBA")


@pytest.mark.parametrize("declared", ["image/heic", "image/heif"])
def test_a_heic_on_a_slide_is_shown_as_a_jpeg(declared):
    verdict = judge(decks.pictured(_heic(_photo()), "heic", declared))
    assert "ppt/media/image1.jpeg" in unpacked(verdict.content)


def test_the_size_of_a_heic_is_told_before_it_is_decoded(monkeypatch):
    content = _heic(_photo())
    monkeypatch.setattr(limits, "TURNED_PIXELS", 64 * 48 - 1)
    monkeypatch.setattr(HeifFile, "to_pillow", None)
    with pytest.raises(pictures.Unreadable, match="picture-large"):
        pictures.rewritten(content)


def test_no_other_format_of_a_heif_file_is_read():
    content = _heic(_photo())
    for brand in (b"avif", b"jpeg", b"hevc", b"qt  "):
        with pytest.raises(pictures.Unreadable):
            pictures.rewritten(content.replace(b"heic", brand, 1))


# --- what is no picture, is damaged, or is too large -----------------------------------------------------------------


@pytest.mark.parametrize("name", [*STILL, "jpeg", "heic", "moving gif"])
def test_a_damaged_picture_is_unreadable_or_encoded_again(name):
    made = STILL | {"jpeg": decks.jpeg, "heic": lambda: _heic(_photo()), "moving gif": lambda: gif(1)}
    content, chance = made[name](), random.Random(name)
    for _ in range(40):
        at, size = chance.randrange(len(content)), chance.choice((1, 4, len(content)))
        damaged = content[:at] + chance.randbytes(size)[: len(content) - at] + content[at + size :]
        try:
            found = pictures.rewritten(damaged[: chance.choice((at + 1, len(damaged)))])
        except pictures.Unreadable:
            continue
        assert pictures.rewritten(found.content).content == found.content


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (OSError(errno.EIO, "the disk"), OSError),
        (MemoryError(), MemoryError),
        (OSError("image file is truncated"), pictures.Unreadable),
        (RuntimeError("a decoder"), pictures.Unreadable),
    ],
)
def test_faults_of_the_machine_pass_and_faults_of_a_decoder_do_not(fault, expected, monkeypatch):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(Image, "open", fail)
    with pytest.raises(expected):
        pictures.rewritten(decks.png())


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_picture_of_too_many_pixels_is_not_decoded(kind, monkeypatch):
    content = _saved(_photo("L"), kind)
    monkeypatch.setattr(limits, "PIXELS", 64 * 48 - 1)
    monkeypatch.setattr(Image.Image, "load", None)
    with pytest.raises(pictures.Unreadable, match="picture-large"):
        pictures.rewritten(content)


def test_a_progressive_jpeg_is_held_whole_and_so_has_its_own_limit(monkeypatch):
    content = _saved(_photo(), "JPEG", progressive=True)
    monkeypatch.setattr(limits, "TURNED_PIXELS", 64 * 48 - 1)
    assert pictures.rewritten(content).hidden == "64 × 48 → 32 × 24"
    monkeypatch.setattr(limits, "PIXELS", 64 * 48 - 1)
    with pytest.raises(pictures.Unreadable, match="picture-large"):
        pictures.rewritten(content)


# --- animated GIF ----------------------------------------------------------------------------------------------------


def _animation(chance: random.Random) -> bytes:
    """Return an animated GIF of frames of any size, place, palette, disposal, duration and transparency."""
    width, height = chance.randint(1, 40), chance.randint(1, 40)
    blank = Image.new("P", (width, height))
    blank.putpalette(chance.randbytes(768))
    loop = chance.choice((None, 0, 1, 5, 65_535))
    blocks = list(GifImagePlugin.getheader(blank, info={"loop": loop, "duration": 1})[0])
    for number in range(chance.randint(2, 6)):
        whole = chance.random() < (0.8 if number == 0 else 0.3)
        left, top = (0, 0) if whole else (chance.randrange(width), chance.randrange(height))
        size = (width, height) if whole else (chance.randint(1, width - left), chance.randint(1, height - top))
        colours = chance.choice((1, 2, 16, 100, 255, 256))
        frame = Image.new("P", size)
        frame.putpalette(chance.randbytes(768))
        frame.putdata([chance.randrange(colours) for _ in range(size[0] * size[1])])
        settings = {"disposal": chance.choice((0, 1, 1, 2, 3)), "duration": chance.choice((0, 10, 90, 655_350))}
        if chance.random() < 0.6:
            settings["transparency"] = chance.choice((0, colours - 1, 255))
        if chance.random() < 0.7:
            settings["include_color_table"] = True
        blocks += GifImagePlugin.getdata(frame, (left, top), **settings) * chance.choice((1, 1, 1, 2))
    return b"".join(blocks) + b";"


def _frames(content: bytes) -> list[tuple[Image.Image, int]]:
    """Return the composed frames and durations of a GIF; transparent pixels have no colour."""
    image, found = _opened(content), []
    for number in range(image.n_frames):
        image.seek(number)
        frame, composed = Image.new("RGBA", image.size), image.convert("RGBA")
        frame.paste(composed, mask=composed.getchannel("A"))
        found.append((frame, image.info.get("duration", 0)))
    return found


@pytest.mark.parametrize("seed", range(150))
def test_an_animation_looks_the_same_and_is_not_changed_a_second_time(seed):
    before = _animation(random.Random(seed))
    found = pictures.rewritten(before)
    again = pictures.rewritten(found.content)
    assert (found.extension, again.content, again.hidden) == ("gif", found.content, "")
    assert _opened(found.content).info.get("loop") == _opened(before).info.get("loop")
    wanted, got = _frames(before), _frames(found.content)
    assert [time for _, time in got] == [time for _, time in wanted]
    clears = any(frame.getchannel("A").getextrema()[0] == 0 for frame, _ in wanted)
    if all(frame.getcolors(255 if clears else 256) for frame, _ in wanted):
        assert [frame.tobytes() for frame, _ in got] == [frame.tobytes() for frame, _ in wanted]


def test_an_animation_of_many_colours_in_all_keeps_every_colour():
    """Each frame draws a part of the picture with colours of its own, as programs for good GIFs write them."""
    blank, blocks = Image.new("P", (64, 64)), []
    blocks += GifImagePlugin.getheader(blank, info={"loop": 0, "duration": 1})[0]
    for number in range(8):
        frame = Image.new("P", (64, 8))
        frame.putpalette(random.Random(number).randbytes(768))
        frame.putdata([n % 256 for n in range(64 * 8)])
        place = (0, 0) if number == 0 else (0, 8 * number)
        blocks += GifImagePlugin.getdata(
            frame if number else blank, place, duration=50, disposal=1, include_color_table=True
        )
    before = b"".join(blocks) + b";"
    wanted, got = _frames(before), _frames(pictures.rewritten(before).content)
    assert len(wanted[-1][0].getcolors(9_999)) > 1_000
    assert [frame.tobytes() for frame, _ in got] == [frame.tobytes() for frame, _ in wanted]


def test_frames_that_stay_the_same_keep_their_durations():
    frame = _photo("P")
    out = b"".join(GifImagePlugin.getheader(frame, info={"loop": 0, "duration": 1})[0])
    for duration in (0, 655_350, 655_350):
        out += b"".join(GifImagePlugin.getdata(frame, (0, 0), duration=duration, disposal=1))
    found = pictures.rewritten(out + b";")
    assert [time for _, time in _frames(found.content)] == [0, 655_350, 655_350]
    assert pictures.rewritten(found.content).content == found.content


def test_a_frame_outside_its_animation_is_not_decoded():
    content = gif(1)
    at = content.rindex(b"\0,") + 2  # place and size of the last frame
    with pytest.raises(pictures.Unreadable):
        pictures.rewritten(content[:at] + struct.pack("<HHHH", 0, 0, 9_000, 9_000) + content[at + 8 :])


def test_a_drawing_is_no_raster_picture():
    assert metafile.emf(decks.png()) is None
    assert metafile.wmf(decks.png()) is None
