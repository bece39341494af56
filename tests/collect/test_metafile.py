"""Drawings keep the records that draw, each with bitmaps that lie inside it; every bound has a record that breaks it."""

from __future__ import annotations

import struct

import pytest

from pipeline.collect import limits, metafile

SECRET = b"TopSecretNeedle!"


def _record(kind: int, content: bytes = b"", *, size: int | None = None) -> bytes:
    """Return a record of an EMF; `size` is a lie about its length."""
    return struct.pack("<II", kind, 8 + len(content) if size is None else size) + content


RECTANGLE = _record(43, struct.pack("<iiii", 1, 1, 50, 50))
END = struct.pack("<IIIII", 14, 20, 0, 16, 20)


def _emf(*records: bytes, head_size: int = 88, end: bytes = END) -> bytes:
    """Return an EMF of these records between its header and its end."""
    body = b"".join(records) + end
    head = struct.pack("<IIiiiiiiii4sIIIHHIIIiiii", 1, head_size, 0, 0, 60, 60, 0, 0, 1000, 1000, b" EMF", 0x10000,
                       head_size + len(body), len(records) + 2, 1, 0, 8, head_size, 5, 1000, 1000, 300, 300)  # fmt: skip
    return head[:head_size].ljust(head_size, b"\7") + body


HEAD = 112
"""Where the header of a bitmap begins in the record that `_bitmap` makes if nothing else is said."""


def _header(*, stated=40, width=4, height=4, depth=32, packing=0, colours=0, space=0, length=40) -> bytes:
    """Return the header of a bitmap, with zeros as its palette up to `length`."""
    about = struct.pack("<IiiHHI12xI4x16xI", stated, width, height, 1, depth, packing, colours, space)
    return about[:length].ljust(length, b"\0")


def _bitmap(
    *, kind=81, at=48, use_at=64, use=0, lines=0, head=None, head_size=40, pixels=None, size=64, missing=0, **about
) -> bytes:
    """Return a record with a bitmap of four by four pixels at its end, of which some bytes may be missing."""
    start = at + 64
    head = start if head is None else head
    pixels = head + head_size if pixels is None else pixels
    record = bytearray(start)
    struct.pack_into("<I", record, 72, lines)
    struct.pack_into("<IIII", record, at, head, head_size, pixels, size)
    struct.pack_into("<I", record, use_at, use)
    header = _header(**about, length=max(40, -(-head_size // 4) * 4))
    return _record(kind, (bytes(record[8:]) + header + bytes(64))[: -missing or None])


def test_a_drawing_keeps_its_records_in_their_order():
    line = _record(54, struct.pack("<ii", 5, 5))
    found = metafile.emf(_emf(RECTANGLE, _bitmap(), line))
    assert found is not None
    assert found[88:] == RECTANGLE + _bitmap() + line + END
    assert struct.unpack_from("<II", found, 48) == (len(found), 5)
    assert metafile.emf(found) == found


NOT_DRAWING = {
    0: "no record",
    1: "a second header",
    69: "no record",
    70: "a comment",
    98: "SETICMMODE",
    99: "CREATECOLORSPACE, which can name a colour profile by a path",
    100: "SETCOLORSPACE",
    101: "DELETECOLORSPACE",
    102: "OpenGL",
    103: "OpenGL",
    104: "PIXELFORMAT",
    105: "DRAWESCAPE",
    106: "EXTESCAPE",
    107: "no record",
    109: "FORCEUFIMAPPING",
    110: "NAMEDESCAPE",
    111: "COLORCORRECTPALETTE",
    112: "SETICMPROFILEA",
    113: "SETICMPROFILEW",
    117: "no record",
    119: "SETLINKEDUFIS",
    121: "COLORMATCHTOTARGETW",
    122: "CREATECOLORSPACEW",
    123: "no record",
    9_999: "no record",
    2**32 - 1: "no record",
}
DRAWING = frozenset(range(2, 123)) - set(NOT_DRAWING) - {14}


def test_every_record_is_either_kept_or_removed():
    assert metafile.EMF_KNOWN == DRAWING
    assert metafile.EMF_DRAWS < DRAWING


@pytest.mark.parametrize("kind", NOT_DRAWING)
def test_a_record_that_does_not_draw_is_removed(kind):
    found = metafile.emf(_emf(_record(kind, SECRET), RECTANGLE))
    assert found == metafile.emf(_emf(RECTANGLE))


@pytest.mark.parametrize(("size", "kept"), [(88, 88), (92, 88), (96, 88), (100, 100), (108, 100), (300, 100)])
def test_the_header_of_a_drawing_tells_nothing_of_the_program(size, kept):
    found = metafile.emf(_emf(RECTANGLE, head_size=size))
    assert found is not None
    assert struct.unpack_from("<I", found, 4) == (kept,)
    assert found[60:72] == bytes(12)
    assert found[88:kept] == bytes(kept - 88)
    assert found[kept:] == RECTANGLE + END
    assert metafile.emf(found) == found


NO_EMF = {
    "another first record": _emf(RECTANGLE).replace(b"\1\0\0\0", b"\2\0\0\0", 1),
    "another signature": _emf(RECTANGLE).replace(b" EMF", b" EMX", 1),
    "a header below 88 bytes": _emf(RECTANGLE, head_size=84),
    "a record of four bytes, and one that begins in it": _emf(RECTANGLE, struct.pack("<IIII", 54, 4, 12, 0)),
    "a length of ten": _emf(RECTANGLE, _record(54, bytes(2))),
    "an end beyond the end": _emf(RECTANGLE, end=END[:4] + struct.pack("<I", 24) + END[8:]),
    "a record of no bytes": _emf(RECTANGLE, _record(54, size=0)),
    "a length that is no multiple of four": _emf(RECTANGLE, _record(54, bytes(3))),
    "a record beyond the end": _emf(RECTANGLE, end=_record(54, size=12)),
    "a record far beyond the end": _emf(RECTANGLE, _record(54, size=2**32 - 4)),
    "no end": _emf(RECTANGLE, end=b""),
    "an end that breaks off": _emf(RECTANGLE, end=END[:7]),
    "an end of no length": _emf(RECTANGLE, end=struct.pack("<II", 14, 0)),
    "only comments of EMF+": _emf(_record(70, struct.pack("<I", 8) + b"EMF+" + bytes(4))),
    "nothing": b"",
}


@pytest.mark.parametrize("name", NO_EMF)
def test_a_damaged_drawing_is_refused(name):
    assert metafile.emf(NO_EMF[name]) is None


def test_the_smallest_record_and_the_last_that_fits_are_kept():
    smallest = _record(59)  # BEGINPATH
    end = struct.pack("<II", 14, 8)
    assert metafile.emf(_emf(RECTANGLE, smallest, end=end)) == metafile.emf(_emf(RECTANGLE, smallest))


def test_a_drawing_without_shapes_is_kept_unless_its_shapes_are_in_comments():
    setting = _record(17, bytes(4))  # SETMAPMODE
    assert metafile.emf(_emf(setting)) == metafile.emf(
        _emf(setting, _record(70, struct.pack("<I", 8) + b"GDIC" + bytes(4)))
    )
    comment = _record(70, struct.pack("<I", 8) + b"EMF+" + bytes(4))
    assert metafile.emf(_emf(setting, comment)) is None
    font = _record(82, bytes(324))
    assert metafile.emf(_emf(font, comment)) is None
    assert metafile.emf(_emf(RECTANGLE, comment)) == metafile.emf(_emf(RECTANGLE))


@pytest.mark.parametrize("kind", sorted(metafile.EMF_DRAWS))
def test_every_record_that_draws_is_kept_and_counts_as_drawing(kind):
    comment = _record(70, struct.pack("<I", 8) + b"EMF+" + bytes(4))
    record = _record(kind, bytes(200))
    found = metafile.emf(_emf(comment, record))
    assert found is not None
    assert record in found


def test_the_number_of_records_has_a_limit(monkeypatch):
    monkeypatch.setattr(limits, "METAFILE_RECORDS", 4)
    assert metafile.emf(_emf(*[RECTANGLE] * 3)) is None
    assert metafile.emf(_emf(*[RECTANGLE] * 2)) is not None


# --- bitmaps in an EMF -----------------------------------------------------------------------------------------------

PLACES = [  # kind, place of the bitmap, use of its palette
    (76, 84, 80), (77, 84, 80), (78, 84, 80), (79, 96, 92), (80, 48, 64), (81, 48, 64), (93, 16, 12), (94, 16, 12),
    (95, 12, 40), (114, 84, 80), (116, 84, 80), (78, 112, 108), (79, 124, 120),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "at", "use_at"), PLACES)
def test_each_bitmap_and_mask_of_a_record_is_checked(kind, at, use_at):
    right, beyond = (_bitmap(kind=kind, at=at, use_at=use_at, size=size) for size in (64, 68))
    assert right in metafile.emf(_emf(RECTANGLE, right))
    assert metafile.emf(_emf(RECTANGLE, beyond)) == metafile.emf(_emf(RECTANGLE))
    unknown = _bitmap(kind=kind, at=at, use_at=use_at, use=3)
    assert metafile.emf(_emf(RECTANGLE, unknown)) == metafile.emf(_emf(RECTANGLE))


def test_a_record_too_short_for_its_mask_is_removed():
    for kind, size in ((78, 128), (79, 140)):
        whole, short = (_record(kind, bytes(each - 8)) for each in (size, size - 4))
        assert whole in metafile.emf(_emf(RECTANGLE, whole))
        assert metafile.emf(_emf(RECTANGLE, short)) == metafile.emf(_emf(RECTANGLE))


RUNS = {"depth": 8, "packing": 1, "colours": 1, "head_size": 44}
"""A bitmap that is packed by run lengths, with one colour."""

SRGB, SYSTEM = 0x73524742, 0x57696E20
SOUND_BITMAPS = {
    "as it is": {},
    "from bottom to top": {"height": -4},
    "none": {"head_size": 0, "size": 0},
    "with a long header": {"head_size": 44},
    "a header of version 4 in sRGB": {"stated": 108, "head_size": 108, "space": SRGB},
    "a header of version 4 in the colours of the system": {"stated": 108, "head_size": 108, "space": SYSTEM},
    "a header of version 5 in sRGB": {"stated": 124, "head_size": 124, "space": SRGB},
    "a header of version 5 in the colours of the system": {"stated": 124, "head_size": 124, "space": SYSTEM},
    "pixels up to the end": {"pixels": HEAD + 40 + 60, "size": 4, "width": 1, "height": 1},
    "as many pixels as are allowed": {**RUNS, "width": limits.PIXELS, "height": 1},
    "as many pixels as are allowed, from bottom to top": {**RUNS, "width": 1, "height": -limits.PIXELS},
    "pixels of run lengths that take none": {**RUNS, "size": 0},
    "lines of three bytes in four": {"depth": 24, "width": 1, "size": 16},
    "lines of 33 bits in eight bytes": {"depth": 1, "head_size": 48, "width": 33, "size": 32},
    "two colours": {"depth": 1, "head_size": 48, "size": 16},
    "16 colours": {"depth": 4, "head_size": 40 + 64, "size": 16},
    "256 colours": {"depth": 8, "head_size": 40 + 1024, "size": 16},
    "256 colours that are counted": {"depth": 8, "head_size": 40 + 1024, "size": 16, "colours": 256},
    "three colours": {"depth": 8, "head_size": 40 + 12, "size": 16, "colours": 3},
    "colours beside 24 bits": {"depth": 24, "head_size": 40 + 12, "colours": 3},
    "numbers of the current palette": {"use": 1, "depth": 4, "head_size": 40 + 32},
    "no palette": {"use": 2, "depth": 8},
    "16 bits": {"depth": 16},
    "16 bits with masks": {"depth": 16, "packing": 3, "head_size": 52},
    "24 bits": {"depth": 24},
    "32 bits with masks": {"packing": 3, "head_size": 52},
    "masks in a header of version 4": {"packing": 3, "stated": 108, "head_size": 108, "space": SRGB},
    "run lengths of 8 bits": RUNS,
    "run lengths of 4 bits": {**RUNS, "depth": 4, "packing": 2, "size": 0},
    "fewer lines": {"kind": 80, "lines": 2, "size": 32},
}
PACKED = {(1, 0), (4, 0), (4, 2), (8, 0), (8, 1), (16, 0), (16, 3), (24, 0), (32, 0), (32, 3)}
BAD_BITMAPS = {
    "pixels without a header": {"head_size": 0},
    "a header of 39 bytes": {"head_size": 39},
    "a header of 12 bytes": {"head_size": 12},
    "a header beyond the record": {**RUNS, "head_size": 108, "pixels": 0, "size": 0, "missing": 68},
    "a header that begins at the end": {"head": HEAD + 104, "pixels": 0},
    "a header that begins far away": {"head": 2**32 - 1, "pixels": 0},
    "pixels beyond the record": {"pixels": HEAD + 41},
    "pixels that begin far away": {"pixels": 2**32 - 64},
    "more pixels than the record": {"size": 65},
    **{f"a stated header of {size} bytes": {"stated": size, "head_size": 124, "space": SRGB} for size in (12, 39, 41, 44, 52, 56, 64, 107, 109, 123, 125, 2**32 - 1)},
    "a header of version 4 longer than the header": {"stated": 108, "head_size": 104, "space": SRGB},
    "a header of version 5 longer than the header": {"stated": 124, "head_size": 120, "space": SRGB},
    **{f"a header of {size} bytes with the colour space {space:x}": {"stated": size, "head_size": size, "space": space}
       for size in (108, 124) for space in (0, 1, 0x4C494E4B, 0x4D424544, SRGB + 1, SYSTEM - 1)},  # LINK, MBED
    "no width": {"width": 0},
    "a width below zero": {"width": -4},
    "no height": {"height": 0},
    "one pixel too many": {**RUNS, "width": limits.PIXELS + 1, "height": 1},
    "one pixel too many, from bottom to top": {**RUNS, "width": 1, "height": -limits.PIXELS - 1},
    "too many lines": {**RUNS, "width": limits.PIXELS, "height": 2},
    "the lowest height": {**RUNS, "width": 1, "height": -(2**31)},
    "pixels of 63 bytes": {"size": 63},
    "pixels of 63 bytes, from bottom to top": {"size": 63, "height": -4},
    "pixels with masks of 63 bytes": {"size": 63, "packing": 3, "head_size": 52},
    "no pixels": {"size": 0},
    "lines of three bytes": {"depth": 24, "width": 1, "size": 15},
    "lines of 33 bits in less than eight bytes": {"depth": 1, "head_size": 48, "width": 33, "size": 31},
    "a palette of one colour of two": {"depth": 1, "head_size": 47},
    "a palette of 15 colours of 16": {"depth": 4, "head_size": 40 + 63},
    "a palette of 255 colours of 256": {"depth": 8, "head_size": 40 + 1023},
    "a palette of three colours that breaks off": {"depth": 8, "head_size": 40 + 11, "colours": 3},
    "more colours than the bits can tell": {"depth": 8, "head_size": 40 + 1028, "colours": 257},
    "more colours than one bit can tell": {"depth": 1, "head_size": 40 + 12, "colours": 3},
    "colours beside 24 bits that break off": {"depth": 24, "head_size": 40 + 11, "colours": 3},
    "very many colours": {"colours": 2**32 - 1},
    "numbers of the current palette that break off": {"use": 1, "depth": 4, "head_size": 40 + 31},
    "an unknown use of the palette": {"use": 3, "head_size": 48, "depth": 1},
    "masks that break off": {"packing": 3, "head_size": 51},
    "a palette behind masks that breaks off": {"packing": 3, "head_size": 55, "colours": 1},
    "fewer lines in another record": {"lines": 2, "size": 32},
    "fewer bytes than lines": {"kind": 80, "lines": 2, "size": 31},
    "more lines than bytes": {"kind": 80, "lines": 5},
    "very many lines": {"kind": 80, "lines": 2**32 - 1},
    **{f"{depth} bits in packing {packing}": {"depth": depth, "packing": packing, "head_size": 40 + 1036}
       for depth in (0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 64)
       for packing in (0, 1, 2, 3, 4, 5, 6, 11, 12, 13, 2**32 - 1)  # JPEG, PNG, CMYK
       if (depth, packing) not in PACKED},
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND_BITMAPS)
def test_a_sound_bitmap_is_kept(name):
    record = _bitmap(**SOUND_BITMAPS[name])
    assert metafile.emf(_emf(RECTANGLE, record))[88:] == RECTANGLE + record + END


def test_the_header_of_a_bitmap_may_end_with_its_record():
    fields = struct.pack("<IIII", 144, 40, 80, 64)
    record = _record(81, bytes(40) + fields + bytes(16) + bytes(64) + _header())
    assert metafile.emf(_emf(RECTANGLE, record))[88:] == RECTANGLE + record + END


@pytest.mark.parametrize("name", BAD_BITMAPS)
def test_a_bitmap_that_may_break_a_reader_is_removed(name):
    assert metafile.emf(_emf(RECTANGLE, _bitmap(**BAD_BITMAPS[name]))) == metafile.emf(_emf(RECTANGLE))


@pytest.mark.parametrize("length", [8, 48, 60, 63])
def test_a_record_too_short_for_the_place_of_its_bitmap_is_removed(length):
    length -= length % 4
    assert metafile.emf(_emf(RECTANGLE, _record(81, bytes(length - 8)))) == metafile.emf(_emf(RECTANGLE))


def test_the_use_of_a_palette_must_lie_inside_the_record():
    short = _header(width=1, height=1) + struct.pack("<IIII", 8, 40, 8, 4)
    assert metafile.emf(_emf(RECTANGLE, _record(81, short))) == metafile.emf(_emf(RECTANGLE))
    whole = _record(81, short + bytes(4))
    assert metafile.emf(_emf(RECTANGLE, whole))[88:] == RECTANGLE + whole + END


def test_a_record_that_ends_with_the_place_of_its_bitmap_is_kept():
    record = _record(81, bytes(56))
    assert metafile.emf(_emf(RECTANGLE, record))[88:] == RECTANGLE + record + END


# --- WMF -------------------------------------------------------------------------------------------------------------

BOX = struct.pack("<IHhhhh", 7, 0x041B, 50, 50, 1, 1)
STOP = struct.pack("<IH", 3, 0)


def _wmf(*records: bytes, end: bytes = STOP, first: int = 1, version: int = 0x300, placed: bytes = b"") -> bytes:
    body = b"".join(records) + end
    return placed + struct.pack("<HHHIHIH", first, 9, version, 9 + len(body) // 2, 3, 7, 0) + body


def _placed(*, hidden: bytes = bytes(4)) -> bytes:
    """Return the header that gives a WMF its size: handle, box, units to an inch, reserved bytes, checksum."""
    return b"\xd7\xcd\xc6\x9a\5\0" + struct.pack("<hhhhH", 0, 0, 600, 400, 96) + hidden + b"\xab\xcd"


CALL = struct.pack("<IHHH", 5 + 8, 0x0626, 9, 16) + SECRET
"""META_ESCAPE, which calls a printer driver and once could run code."""


@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize("version", [0x100, 0x300])
def test_a_wmf_keeps_its_records_in_their_order(first, version):
    line = struct.pack("<IHhh", 5, 0x0213, 4, 4)
    found = metafile.wmf(_wmf(CALL, BOX, line, first=first, version=version))
    assert found == _wmf(BOX, line)
    assert metafile.wmf(found) == found


def test_a_wmf_keeps_its_size_and_gets_a_right_checksum():
    found = metafile.wmf(_wmf(BOX, placed=_placed(hidden=b"hide")))
    assert found is not None
    assert found[:6] + found[6:16] + found[16:20] == b"\xd7\xcd\xc6\x9a\0\0" + _placed()[6:16] + bytes(4)
    words = struct.unpack("<11H", found[:22])
    check = 0
    for word in words:
        check ^= word
    assert check == 0
    assert found[22:] == _wmf(BOX)
    assert metafile.wmf(found) == found


def test_the_header_of_a_wmf_tells_its_length_and_its_longest_record():
    short = struct.pack("<IH", 3, 0x0035)
    found = metafile.wmf(_wmf(short))
    assert struct.unpack_from("<HHHIHIH", found) == (1, 9, 0x300, len(found) // 2, 3, 3, 0)
    assert struct.unpack_from("<I", metafile.wmf(_wmf(short, BOX)), 12) == (7,)


NO_WMF = {
    "another kind": _wmf(BOX, first=3),
    "a header of another length": _wmf(BOX).replace(b"\1\0\x09\0", b"\1\0\x0a\0", 1),
    "a header that breaks off": _wmf(BOX)[:17],
    "only a header": _wmf(end=b""),
    "only an end": _wmf(),
    "only records that do not draw": _wmf(CALL),
    "no end": _wmf(BOX, end=b""),
    "an end that breaks off": _wmf(BOX, end=STOP[:5]),
    "a record of two words": _wmf(BOX, struct.pack("<IH", 2, 0x0213)),
    "a record of no words": _wmf(BOX, struct.pack("<IH", 0, 0x0213)),
    "a record beyond the end": _wmf(BOX, end=struct.pack("<IH", 4, 0x0213)),
    "a record far beyond the end": _wmf(BOX, struct.pack("<IH", 2**32 - 1, 0x0213)),
    "a size and nothing else": _placed(),
    "nothing": b"",
}


@pytest.mark.parametrize("name", NO_WMF)
def test_a_damaged_wmf_is_refused(name):
    assert metafile.wmf(NO_WMF[name]) is None


@pytest.mark.parametrize("kind", [0x0626, 0x0001, 0x0B00, 0xFFFF, 0x0109])
def test_a_record_of_a_wmf_that_does_not_draw_is_removed(kind):
    assert metafile.wmf(_wmf(BOX, struct.pack("<IH", 11, kind) + SECRET)) == _wmf(BOX)


def _call(kind: int, content: bytes) -> bytes:
    """Return a record of a WMF."""
    return struct.pack("<IH", 3 + len(content) // 2, kind) + content


def _dib(kind: int, *, use=0, lines=4, size=64, **about) -> bytes:
    """Return a record of a WMF with a bitmap of four by four pixels, of `size` bytes."""
    fields = {
        0x0142: struct.pack("<HH", 5, use), 0x0940: bytes(16), 0x0B41: bytes(20),
        0x0D33: struct.pack("<HH14x", use, lines), 0x0F43: struct.pack("<4xH16x", use),
    }[kind]  # fmt: skip
    return _call(kind, fields + _header(**about) + bytes(size))


DIB_KINDS = (0x0142, 0x0940, 0x0B41, 0x0D33, 0x0F43)
EMPTY_BRUSH = _call(0x02FC, b"\1\0" + bytes(6))
GOOD_DIBS = {
    "as it is": {},
    "from bottom to top": {"height": -4},
    "a palette": {"depth": 1, "length": 48, "size": 16},
    "run lengths": {"depth": 8, "packing": 1, "colours": 1, "length": 44, "size": 0},
    "masks": {"packing": 3, "length": 52},
    "a header of version 5 in sRGB": {"stated": 124, "length": 124, "space": SRGB},
}
BAD_DIBS = {
    "a header that breaks off": {"length": 38, "size": 0},
    "a header of 12 bytes": {"stated": 12},
    "a linked colour profile": {"stated": 124, "length": 124, "space": 0x4C494E4B},
    "JPEG": {"packing": 4},
    "too few pixels": {"size": 62},
    "a palette in place of pixels": {"depth": 1, "length": 46, "size": 16},
    "a palette that breaks off": {"depth": 8, "packing": 1, "colours": 2, "length": 46, "size": 0},
    "one pixel too many": {"depth": 8, "packing": 1, "colours": 1, "width": limits.PIXELS + 1, "height": 1},
}


@pytest.mark.parametrize("kind", DIB_KINDS)
@pytest.mark.parametrize("name", GOOD_DIBS)
def test_a_sound_bitmap_of_a_wmf_is_kept(kind, name):
    record = _dib(kind, **GOOD_DIBS[name])
    assert metafile.wmf(_wmf(BOX, record, BOX))[18:] == BOX + record + BOX + STOP


@pytest.mark.parametrize("kind", DIB_KINDS)
@pytest.mark.parametrize("name", BAD_DIBS)
def test_a_bitmap_of_a_wmf_that_may_break_a_reader_is_removed(kind, name):
    left = EMPTY_BRUSH if kind == 0x0142 else b""
    record = _dib(kind, **BAD_DIBS[name])
    assert metafile.wmf(_wmf(BOX, record, BOX))[18:] == BOX + left + BOX + STOP


@pytest.mark.parametrize("kind", [0x0142, 0x0D33, 0x0F43])
def test_the_use_of_a_palette_tells_its_length(kind):
    about = {"depth": 4, "size": 16}
    for use, length in ((0, 40 + 64), (1, 40 + 32), (2, 40)):
        whole, short = (_dib(kind, use=use, length=each, **about) for each in (length, length - 2))
        assert whole in metafile.wmf(_wmf(BOX, whole))
        assert short not in metafile.wmf(_wmf(BOX, short))
    unknown = _dib(kind, use=3)
    assert unknown not in metafile.wmf(_wmf(BOX, unknown))


def test_fewer_lines_than_the_bitmap_has_are_told_by_their_number():
    for lines, size, kept in ((2, 32, True), (2, 30, False), (5, 64, False), (0, 0, True)):
        record = _dib(0x0D33, lines=lines, size=size)
        assert (record in metafile.wmf(_wmf(BOX, record))) == kept


@pytest.mark.parametrize("kind", DIB_KINDS)
def test_a_record_too_short_for_its_bitmap_is_removed(kind):
    left = EMPTY_BRUSH if kind == 0x0142 else b""
    for size in (0, 2, 4):
        assert metafile.wmf(_wmf(BOX, _call(kind, bytes(size))))[18:] == BOX + left + STOP


@pytest.mark.parametrize(("kind", "size"), [(0x0922, 24), (0x0940, 24), (0x0B23, 28), (0x0B41, 28)])
def test_a_record_without_its_bitmap_is_kept(kind, size):
    for each in (size - 2, size, size + 2, size + 60):
        record = _call(kind, bytes(each - 6))
        assert (record in metafile.wmf(_wmf(BOX, record))) == (each == size)


@pytest.mark.parametrize(("kind", "left"), [(0x0922, b""), (0x0B23, b""), (0x01F9, EMPTY_BRUSH)])
def test_a_bitmap_for_one_device_is_removed(kind, left):
    record = _call(kind, bytes(60))
    found = metafile.wmf(_wmf(BOX, record))
    assert found[18:] == BOX + left + STOP
    assert metafile.wmf(found) == found


def test_the_number_of_records_of_a_wmf_has_a_limit(monkeypatch):
    monkeypatch.setattr(limits, "METAFILE_RECORDS", 3)
    assert metafile.wmf(_wmf(BOX, BOX)) == _wmf(BOX, BOX)
    assert metafile.wmf(_wmf(BOX, BOX, BOX)) is None
