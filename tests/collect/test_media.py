"""Video and sound keep what is needed to play them, and nothing before, between or after it."""

from __future__ import annotations

import errno
import io
import random
import struct
import tracemalloc
import wave

import pytest
from mutagen import apev2, id3

from pipeline.collect import limits, media
from tests.collect import decks
from tests.collect.decks import box

SECRET = b"TopSecretNeedle"
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
"""A frame of MPEG 1, layer 3, 128 kbit/s, 44.1 kHz."""


def _clean(content: bytes) -> media.Media:
    """Return a cleaned file, after a check that a second cleaning does not change it."""
    found = media.rewritten(content)
    assert found is not None
    assert SECRET not in found.content
    again = media.rewritten(found.content)
    assert again == media.Media(extension=found.extension, content=found.content)
    return found


# --- MP3 -------------------------------------------------------------------------------------------------------------


def _tagged(version: int, *, apart: bool = False) -> bytes:
    """Return an MP3 with the tags that mutagen writes: title, picture, and on request an APE tag."""
    file = io.BytesIO(decks.mp3())
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text=SECRET.decode()))
    tags.add(id3.APIC(encoding=0, mime="image/png", type=3, desc="x", data=decks.png() + SECRET))
    tags.save(file, v1=2, v2_version=version)
    if apart:
        other = apev2.APEv2()
        other["Artist"] = SECRET.decode()
        file.seek(0)
        other.save(file)
    return file.getvalue()


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("apart", [False, True])
def test_tags_that_a_program_writes_are_removed(version, apart):
    found = _clean(_tagged(version, apart=apart))
    assert (found.extension, found.content, found.cut) == ("mp3", decks.mp3(), True)


FRAMES = {  # header, length
    "MPEG 1": (b"\xff\xfb\x90\x00", 417),
    "MPEG 1 with padding": (b"\xff\xfb\x92\x00", 418),
    "MPEG 1 with a checksum": (b"\xff\xfa\x90\x00", 417),
    "MPEG 1 at 320 kbit/s and 48 kHz": (b"\xff\xfb\xe4\x00", 960),
    "MPEG 2": (b"\xff\xf3\x80\x00", 208),
    "MPEG 2.5": (b"\xff\xe3\x80\x00", 417),
    "joint stereo": (b"\xff\xfb\x90\x64", 417),
}  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_sound_frames_of_every_kind_are_kept(name):
    head, length = FRAMES[name]
    frame = head.ljust(length, b"\0")
    assert _clean(frame * 5) == media.Media(extension="mp3", content=frame * 5)
    assert _clean(frame * 5 + frame[:-1]).content == frame * 5


NO_FRAMES = {
    "layer 2": b"\xff\xfd\x90\x00",
    "layer 1": b"\xff\xff\x90\x00",
    "reserved layer": b"\xff\xf9\x90\x00",
    "reserved version": b"\xff\xeb\x90\x00",
    "no bit rate": b"\xff\xfb\x00\x00",
    "bad bit rate": b"\xff\xfb\xf0\x00",
    "reserved rate of samples": b"\xff\xfb\x9c\x00",
    "no sync": b"\xfe\xfb\x90\x00",
}  # fmt: skip


@pytest.mark.parametrize("name", NO_FRAMES)
def test_no_other_frame_is_kept(name):
    other = NO_FRAMES[name].ljust({"layer 2": 522, "layer 1": 312}.get(name, 417), b"\0")
    assert media.rewritten(other * 5) is None
    assert _clean(FRAME * 4 + other).content == FRAME * 4


@pytest.mark.parametrize(
    "content",
    [
        FRAME * 3,
        FRAME * 4 + SECRET * 400,
        FRAME * 4 + SECRET * 400 + FRAME * 4,
        SECRET + FRAME * 9,
        b"ID3\4\0\0\x7f\x7f\x7f\x7f" + FRAME * 9,
        b"MZ" + FRAME * 9,
    ],
)
def test_sound_with_anything_before_between_or_behind_it_is_removed(content):
    assert media.rewritten(content) is None


def test_a_small_rest_behind_the_sound_is_removed():
    assert _clean(FRAME * 4 + SECRET * 9) == media.Media(extension="mp3", content=FRAME * 4, cut=True)
    assert _clean(FRAME * 4 + bytes(media.REST)).content == FRAME * 4
    assert media.rewritten(FRAME * 4 + bytes(media.REST + 1)) is None


# --- WAV -------------------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(content)) + content + bytes(len(content) % 2)


def _riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


FORMAT = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8))
SOUND = _chunk(b"data", bytes(101))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_wav_of_the_standard_library_is_not_changed(channels, width):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((channels, width, 44_100, 0, "NONE", ""))
        file.writeframes(bytes(channels * width * 100))
    assert _clean(out.getvalue()) == media.Media(extension="wav", content=out.getvalue())


@pytest.mark.parametrize("number", sorted(media.WAVE_FORMATS))
def test_sound_of_a_known_encoding_is_kept(number):
    content = _riff(_chunk(b"fmt ", struct.pack("<H", number) + bytes(38)), _chunk(b"fact", bytes(4)), SOUND)
    assert _clean(content).content == content


@pytest.mark.parametrize("place", range(3))
def test_a_chunk_that_is_not_needed_is_removed(place):
    chunks = [FORMAT, SOUND]
    for kind in (b"LIST", b"id3 ", b"bext", b"iXML", b"junk", b"PAD "):
        content = _riff(*chunks[:place], _chunk(kind, SECRET), *chunks[place:])
        assert _clean(content) == media.Media(extension="wav", content=_riff(*chunks), cut=True)


BROKEN_WAVES = {
    "no format": _riff(SOUND),
    "no sound": _riff(FORMAT),
    "format twice": _riff(FORMAT, FORMAT, SOUND),
    "sound twice": _riff(FORMAT, SOUND, SOUND),
    "unknown encoding": _riff(_chunk(b"fmt ", b"\x55\0" + bytes(14)), SOUND),
    "sound that breaks off": _riff(FORMAT, SOUND)[:-2],
    "a long format": _riff(_chunk(b"fmt ", b"\1\0" + SECRET * 5), SOUND),
    "a long number of samples": _riff(FORMAT, _chunk(b"fact", SECRET * 2), SOUND),
    "an empty format": _riff(_chunk(b"fmt ", b""), SOUND),
    "another kind": _riff(FORMAT, SOUND).replace(b"WAVE", b"AVI ", 1),
}


@pytest.mark.parametrize("name", BROKEN_WAVES)
def test_a_broken_wav_is_removed(name):
    assert media.rewritten(BROKEN_WAVES[name]) is None


# --- MP4 -------------------------------------------------------------------------------------------------------------

BRAND = box(b"ftyp", b"mp42\0\0\0\0mp42isom")
HANDLER = box(b"hdlr", b"vide".rjust(12, b"\0") + bytes(13))
SAME_FILE = box(b"dref", bytes(4) + struct.pack(">I", 1) + box(b"url ", b"\0\0\0\1"))


def _boxes(parent: bytes = b"", *, data: bytes = SAME_FILE, extra: bytes = b"") -> bytes:
    """Return every box that is kept inside another, with `extra` at the end of each one that holds boxes."""
    out = b""
    for kind in media.BOXES[parent].split():
        if kind in media.BOXES:
            out += box(kind, _boxes(kind, data=data, extra=extra))
        elif kind == b"hdlr":
            out += HANDLER
        elif kind not in (b"ftyp", b"dref"):
            out += box(kind, bytes(16))
        elif kind == b"dref":
            out += data
    return out + extra


def test_a_video_of_all_boxes_is_not_changed():
    content = BRAND + _boxes()
    assert _clean(content) == media.Media(extension="mp4", content=content)


@pytest.mark.parametrize("kind", [b"udta", b"meta", b"uuid", b"free", b"skip", b"keys", b"iods", b"\xa9xyz", b"mdat"])
def test_every_other_box_becomes_an_empty_one_of_the_same_length(kind):
    extra = box(kind, SECRET)
    found = _clean(BRAND + _boxes(extra=extra if kind != b"mdat" else box(b"moov", extra)))
    assert len(found.content) == len(BRAND + _boxes(extra=extra if kind != b"mdat" else box(b"moov", extra)))
    assert box(b"free", bytes(len(SECRET))) in found.content


def _held(parent: bytes, content: bytes) -> bytes:
    """Return a box with this content and what a track needs to be kept."""
    if parent == b"mdia" or (parent == b"trak" and HANDLER not in content):
        content += HANDLER if parent == b"mdia" else box(b"mdia", HANDLER)
    return box(parent, content)


@pytest.mark.parametrize(
    "parent", [b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl", b"mvex", b"moof", b"traf", b"mfra"]
)
def test_a_box_is_kept_only_where_it_belongs(parent):
    for kind in {each for kinds in media.BOXES.values() for each in kinds.split()} - {b"moov"}:
        if kind not in media.BOXES[parent].split():
            held = next(each for each, kinds in media.BOXES.items() if parent in kinds.split())
            content = _held(parent, box(kind, SECRET))
            while held:
                content = _held(held, content)
                held = next(e for e, kinds in media.BOXES.items() if held in kinds.split())
            found = _clean(BRAND + box(b"moov") + box(b"mdat") + content)
            assert box(b"free", bytes(len(SECRET))) in found.content


@pytest.mark.parametrize(
    "data",
    [
        box(b"dref", bytes(7) + b"\1" + box(b"url ", b"\0\0\0\0https://evil.example/x.mp4\0")),
        box(b"dref", bytes(7) + b"\1" + box(b"url ", b"\0\0\0\1\\\\evil.example\\x\0")),
        box(b"dref", bytes(7) + b"\1" + box(b"url ", b"\0\0\0\0")),
        box(b"dref", bytes(7) + b"\1" + box(b"urn ", b"\0\0\0\1")),
        box(b"dref", bytes(7) + b"\1" + box(b"alis", b"\0\0\0\0" + SECRET)),
        box(b"dref", bytes(7) + b"\2" + box(b"url ", b"\0\0\0\1") + box(b"url ", b"\0\0\0\0//evil.example/x\0")),
    ],
)
def test_a_video_whose_samples_are_in_another_file_is_removed(data):
    assert media.rewritten(BRAND + _boxes(data=data)) is None


def _handler(kind: bytes, *, before: bytes = bytes(4), made: bytes = bytes(12), name: bytes = b"\0") -> bytes:
    """Return the box that tells what a track holds."""
    return box(b"hdlr", bytes(4) + before + kind + made + name)


def _video(*tracks: bytes, header: bytes = bytes(100)) -> bytes:
    """Return an MP4 of these tracks."""
    return BRAND + box(b"moov", box(b"mvhd", header) + b"".join(tracks)) + box(b"mdat", bytes(50))


def _track(*handlers: bytes, header: bytes = bytes(84), times: bytes = bytes(24)) -> bytes:
    return box(b"trak", box(b"tkhd", header) + box(b"mdia", box(b"mdhd", times) + b"".join(handlers)))


PLAYED = _track(HANDLER)


@pytest.mark.parametrize("kind", [b"vide", b"soun"])
def test_a_track_that_is_seen_or_heard_is_kept(kind):
    content = _video(_track(_handler(kind)))
    assert _clean(content) == media.Media(extension="mp4", content=content)


OTHER_TRACKS = {
    **{kind.decode(): [_handler(kind)] for kind in (b"text", b"sbtl", b"subt", b"meta", b"hint", b"tmcd", b"pict",
                                                    b"auxv", b"url ", b"clcp", b"vidE", b"\0\0\0\0")},
    "none": [],
    "two": [_handler(b"vide"), _handler(b"text")],
    "two of the same": [_handler(b"vide"), _handler(b"vide")],
    "a handler that breaks off": [box(b"hdlr", bytes(8)), box(b"vide")],
    "a handler of eleven bytes": [box(b"hdlr", bytes(8) + b"vid")],
    "the kind in another field": [_handler(b"text", before=b"vide")],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_TRACKS)
def test_any_other_track_becomes_an_empty_box_of_the_same_length(name):
    track = _track(*OTHER_TRACKS[name], box(b"minf", SECRET))
    found = _clean(_video(PLAYED, track, PLAYED))
    assert found == media.Media(
        extension="mp4", content=_video(PLAYED, box(b"free", bytes(len(track) - 8)), PLAYED), cut=True
    )


def test_a_handler_outside_the_media_of_a_track_does_not_count():
    track = box(b"trak", HANDLER + box(b"mdia", box(b"minf", HANDLER)))
    assert _clean(_video(track)).content == _video(box(b"free", bytes(len(track) - 8)))


def test_the_name_of_a_track_and_of_its_program_become_zeros():
    told = _track(_handler(b"soun", made=b"appl" + bytes(8), name=SECRET + b"\0"))
    found = _clean(_video(told))
    assert found.content == _video(_track(_handler(b"soun", name=bytes(len(SECRET) + 1))))
    assert found.cut


@pytest.mark.parametrize(("version", "size"), [(0, 8), (1, 16)])
def test_the_times_of_creation_and_change_become_zeros(version, size):
    first, last = bytes((version, 0, 0, 7)), b"\0\0\3\xe8" + bytes(range(60))
    told, empty = first + b"\x11" * size + last, first + bytes(size) + last
    for name in ("mvhd", "tkhd", "mdhd"):
        before, after = (
            _video(
                _track(
                    HANDLER, header=each if name == "tkhd" else bytes(84), times=each if name == "mdhd" else bytes(24)
                ),
                header=each if name == "mvhd" else bytes(100),
            )
            for each in (told, empty)
        )
        assert _clean(before) == media.Media(extension="mp4", content=after, cut=True)


def test_a_box_of_the_shortest_length_that_holds_its_times_is_kept():
    for header in (bytes(12), b"\1" + bytes(19)):
        content = _video(PLAYED, header=header)
        assert _clean(content).content == content


def test_samples_of_a_long_length_where_none_belong_become_an_empty_box():
    long = struct.pack(">I4sQ", 1, b"mdat", 16 + len(SECRET)) + SECRET
    content = BRAND + box(b"moov", PLAYED + long) + box(b"mdat")
    found = _clean(content)
    assert found.content == BRAND + box(b"moov", PLAYED + box(b"free", bytes(8 + len(SECRET)))) + box(b"mdat")


@pytest.mark.parametrize("brand", sorted(media.VIDEO_BRANDS | media.SOUND_BRANDS))
def test_a_video_or_sound_is_told_by_its_brand(brand):
    found = _clean(BRAND.replace(b"mp42", brand, 1) + _boxes())
    assert found.extension == ("m4a" if brand in media.SOUND_BRANDS else "mp4")


BROKEN_VIDEOS = {
    "unknown brand": BRAND.replace(b"mp42", b"heic", 1) + _boxes(),
    "no index": BRAND + box(b"mdat", bytes(9)),
    "no samples": BRAND + box(b"moov"),
    "bytes behind": BRAND + _boxes() + SECRET,
    "a few bytes behind": BRAND + _boxes() + b"abc",
    "a length of zero": BRAND + _boxes() + struct.pack(">I4s", 0, b"free"),
    "a length below eight": BRAND + _boxes() + struct.pack(">I4s", 7, b"free"),
    "a length of seven": BRAND + _boxes() + b"\0\0\0\7fre" + box(b"free"),
    "a length beyond the end": BRAND + _boxes() + struct.pack(">I4s", 9, b"free"),
    "a long length of an index": BRAND + _boxes() + struct.pack(">I4sQ", 1, b"moov", 16),
    "a long length beyond the end": BRAND + _boxes() + struct.pack(">I4sQ", 1, b"mdat", 17),
    "a box that leaves the one around it": BRAND + _boxes() + box(b"moov", struct.pack(">I4s", 16, b"trak")) + box(b"mdat"),
    "too many boxes": BRAND + _boxes() + box(b"free") * media.MOST_BOXES,
    "nothing": BRAND,
    "no version of the times": _video(PLAYED, header=b""),
    "an unknown version of the times": _video(PLAYED, header=b"\2" + bytes(99)),
    "times that break off": _video(PLAYED, header=bytes(11)),
    "long times that break off": _video(PLAYED, header=b"\1" + bytes(18)),
    "times of a track that break off": _video(_track(HANDLER, header=bytes(11))),
    "times of its media that break off": _video(_track(HANDLER, times=bytes(11))),
    "a track of a broken box": _video(box(b"trak", box(b"mdia", HANDLER + b"\0\0\0\7hdlr"))),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_VIDEOS)
def test_a_broken_video_is_removed(name):
    assert media.rewritten(BROKEN_VIDEOS[name]) is None


def test_a_box_that_claims_more_than_there_is_takes_no_memory():
    content = BRAND + box(b"moov", struct.pack(">I4s", 100_000_000, b"udta")) + box(b"mdat")
    tracemalloc.start()
    try:
        assert media.rewritten(content) is None
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_samples_of_a_long_length_are_kept():
    content = BRAND + box(b"moov") + struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"video"
    assert _clean(content).content == content


# --- all formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [decks.mp4, decks.sound, decks.mp3, lambda: _tagged(4, apart=True)])
def test_a_damaged_file_is_removed_or_cleaned(make):
    content, chance = make(), random.Random(7)
    for _ in range(300):
        at, size = chance.randrange(min(len(content), 600)), chance.choice((1, 4, 9))
        damaged = content[:at] + chance.randbytes(size) + content[at + size :]
        found = media.rewritten(damaged[: chance.choice((at, len(damaged)))])
        if found:
            assert media.rewritten(found.content) == media.Media(extension=found.extension, content=found.content)


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "the disk"), MemoryError()])
def test_faults_of_the_machine_pass(fault, monkeypatch):
    def fail(*_):
        raise fault

    monkeypatch.setattr(id3, "delete", fail)
    with pytest.raises(type(fault)):
        media.rewritten(decks.mp3())


def test_no_more_than_a_number_of_frames_is_kept(monkeypatch):
    monkeypatch.setattr(limits, "MEDIA_FRAMES", 5)
    assert _clean(FRAME * 6).content == FRAME * 5
