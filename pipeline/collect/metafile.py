"""Copies drawings (EMF, WMF) record by record: only records that draw, each checked to lie within the file.

The threat: besides drawing, these formats can hold comments, pictures in other formats, instructions to a printer
driver, colour profiles named by a path (also one of the network) and, in WMF, a call that runs code; and a bitmap that
does not lie inside its record breaks the program that draws it. Nearly every preview of an embedded object is such a
drawing, so they are not refused: the header, the records listed here and an end are kept. No library of Python writes
these formats. What a record draws is not checked, nor how compressed pixels unpack: its reader does that.
"""

from __future__ import annotations

import struct

from pipeline.collect import limits

EMF_END, EMF_COMMENT = 14, 70
EMF_DRAWS = frozenset(
    (*range(2, 9), 15, *range(41, 48), *range(53, 57), *range(62, 65), *range(71, 75), *range(76, 82), *range(83, 93),
     96, 97, 108, 114, 116, 118)
)  # fmt: skip
"""The records of EMF that draw: lines and shapes, paths, regions, bitmaps, text and gradients."""

EMF_KNOWN = EMF_DRAWS.union(
    range(9, 14), range(16, 41), range(48, 53), range(57, 62), range(65, 69), (75, 82, 93, 94, 95, 115, 120)
)
"""The records of EMF that are kept: those that draw, and those that set where and how the next ones draw.

Removed: comments (with EMF+ and other formats inside), OpenGL, calls of a printer driver, colour profiles and colour
spaces (98 to 101, 111 to 113, 121, 122), and what chooses fonts by their number (109, 119).
"""

_EMF_BITMAPS = {
    76: ((84, 80),), 77: ((84, 80),), 78: ((84, 80), (112, 108)), 79: ((96, 92), (124, 120)), 80: ((48, 64),),
    81: ((48, 64),), 93: ((16, 12),), 94: ((16, 12),), 95: ((12, 40),), 114: ((84, 80),), 116: ((84, 80),),
}  # fmt: skip
"""The records that hold bitmaps (78 and 79 also a mask); by bitmap, the offsets of its place and its palette's use."""

_EMF_LINES = {80: 72}
"""The record that may hold fewer lines than its bitmap has, and the offset of their number."""

WMF_KNOWN = frozenset((
    0x001E, 0x0102, 0x0103, 0x0104, 0x0105, 0x0106, 0x0107, 0x0108, 0x0127, 0x012C, 0x012D, 0x012E, 0x0139, 0x0142,
    0x0149, 0x01F0, 0x01F9, 0x0201, 0x0209, 0x020A, 0x020B, 0x020C, 0x020D, 0x020E, 0x020F, 0x0211, 0x0213, 0x0214,
    0x0220, 0x0228, 0x0231, 0x0234, 0x02FA, 0x02FB, 0x02FC, 0x0324, 0x0325, 0x0410, 0x0412, 0x0415, 0x0416, 0x0418,
    0x0419, 0x041B, 0x041F, 0x0429, 0x0436, 0x0521, 0x0538, 0x0548, 0x061C, 0x06FF, 0x0817, 0x081A, 0x0830, 0x0922,
    0x0940, 0x0A32, 0x0B23, 0x0B41, 0x0D33, 0x0F43, 0x00F7, 0x0035, 0x0037,
))  # fmt: skip
"""The records of WMF that draw or set how to draw; not META_ESCAPE (0x0626), which can run code."""

_WMF_BITMAPS = {0x0142: (10, 8), 0x0940: (22, None), 0x0B41: (26, None), 0x0D33: (24, 6), 0x0F43: (28, 10)}
"""The records that hold a bitmap, and the offsets of it and of its palette's use, if that is told."""

_WMF_LINES = {0x0D33: 8}
"""The record that may hold fewer lines than its bitmap has, and the offset of their number."""

_WMF_DEVICE_BITMAPS = frozenset((0x01F9, 0x0922, 0x0B23))
"""The records that hold a bitmap for one device, which no program of today writes: removed if they have it."""

_WMF_WITHOUT = {kind: 2 * (kind >> 8) + 6 for kind in (0x0922, 0x0940, 0x0B23, 0x0B41)}
"""The records that may have no bitmap, and how many bytes they have then."""

_WMF_BRUSHES = frozenset((0x0142, 0x01F9))
_EMPTY_BRUSH = struct.pack("<IHHIH", 7, 0x02FC, 1, 0, 0)
"""Stands for a brush that is removed: later records choose a brush by counting those that were made."""

BITMAP_HEADERS = frozenset((40, 108, 124))
COLOUR_SPACES = frozenset((0x73524742, 0x57696E20))
"""The colour spaces of the two longer headers: sRGB and that of the system. Others can name a profile by its path."""

PACKINGS = {1: (0,), 4: (0, 2), 8: (0, 1), 16: (0, 3), 24: (0,), 32: (0, 3)}
"""By bits of a pixel: 0 as they are, 1 and 2 run lengths, 3 with masks. Not JPEG and PNG (4, 5)."""

PALETTE_ENTRY = {0: 4, 1: 2, 2: 0}
"""By use of a palette: the bytes of an entry. Colours, numbers of the current palette, or there is no palette."""

_PLACEABLE = b"\xd7\xcd\xc6\x9a"


def emf(content: bytes) -> bytes | None:
    """Return an EMF with its drawing records only; None if it is no EMF, draws nothing then or is damaged."""
    if content[:4] != b"\1\0\0\0" or content[40:44] != b" EMF":
        return None
    records = _emf_records(content)
    if records is None or not _draws(records):
        return None
    body = [record for kind, record in records[1:] if kind in EMF_KNOWN]
    end = struct.pack("<IIIII", EMF_END, 20, 0, 16, 20)
    head = bytearray(records[0][1][: 100 if len(records[0][1]) >= 100 else 88])
    size = len(head) + sum(map(len, body)) + len(end)
    head[4:8] = struct.pack("<I", len(head))
    head[48:56] = struct.pack("<II", size, len(body) + 2)
    head[60:68] = bytes(8)  # the description by the program that drew it
    head[68:72] = bytes(4)  # palette entries
    if len(head) == 100:
        head[88:100] = bytes(12)  # pixel format and OpenGL
    return b"".join((head, *body, end))


def _draws(records: list[tuple[int, memoryview]]) -> bool:
    """Return whether the known records draw: not if the whole drawing is in comments (EMF+ only)."""
    if any(kind in EMF_DRAWS for kind, _ in records):
        return True
    return not any(kind == EMF_COMMENT and bytes(record[12:16]) == b"EMF+" for kind, record in records)


def _emf_records(content: bytes) -> list[tuple[int, memoryview]] | None:
    """Return the records up to the end record; None when one does not lie within the file."""
    view, at = memoryview(content), 0
    found: list[tuple[int, memoryview]] = []
    while at + 8 <= len(content) and len(found) < limits.METAFILE_RECORDS:
        kind, size = struct.unpack_from("<II", content, at)
        if size < 8 or size % 4 or at + size > len(content) or (not found and size < 88):
            return None
        if kind == EMF_END:
            return found
        record = view[at : at + size]
        if _emf_is_sound(kind, record):
            found.append((kind, record))
        at += size
    return None


def _emf_is_sound(kind: int, record: memoryview) -> bool:
    """Return whether each bitmap of a record lies inside it and is one that `_bitmap_bytes` knows."""
    try:
        lines = struct.unpack_from("<I", record, _EMF_LINES[kind])[0] if kind in _EMF_LINES else None
        return all(_is_inside(record, at, use, lines) for at, use in _EMF_BITMAPS.get(kind, ()))
    except struct.error:  # a field or a header does not lie inside the record
        return False


def _is_inside(record: memoryview, at: int, use: int, lines: int | None) -> bool:
    """Return whether there is no bitmap, or its header, palette and pixels lie where the record says."""
    head, head_size, pixels, size = struct.unpack_from("<IIII", record, at)
    if not head_size:
        return not size
    if head + head_size > len(record) or pixels + size > len(record):
        return False
    found = _bitmap_bytes(record[head:], struct.unpack_from("<I", record, use)[0], lines)
    return found is not None and found[0] <= head_size and found[1] <= size


def wmf(content: bytes) -> bytes | None:
    """Return a WMF with its drawing records only; None if it is no WMF or is damaged."""
    at = 22 if content.startswith(_PLACEABLE) else 0
    if content[at : at + 4] not in (b"\1\0\x09\0", b"\2\0\x09\0"):
        return None
    records = _wmf_records(content, at + 18)
    if not records:
        return None
    body = b"".join((*records, struct.pack("<IH", 3, 0)))
    longest = max(len(record) // 2 for record in records)
    objects = struct.unpack_from("<H", content, at + 10)[0]
    head = struct.pack("<HHHIHIH", 1, 9, 0x0300, (18 + len(body)) // 2, objects, longest, 0)
    return _placeable(content[:at]) + head + body


def _placeable(head: bytes) -> bytes:
    """Return the header that gives a drawing its size, with a new checksum."""
    if not head:
        return b""
    fields = _PLACEABLE + bytes(2) + head[6:16] + bytes(4)
    check = 0
    for (word,) in struct.iter_unpack("<H", fields):
        check ^= word
    return fields + struct.pack("<H", check)


def _wmf_records(content: bytes, at: int) -> list[bytes] | None:
    """Return the known records up to the end record; None when one does not lie within the file."""
    found: list[bytes] = []
    for _ in range(limits.METAFILE_RECORDS):
        if at + 6 > len(content):
            return None
        words, kind = struct.unpack_from("<IH", content, at)
        if kind == 0:
            return found
        if words < 3:
            return None
        if kind in WMF_KNOWN:
            record = content[at : at + 2 * words]
            if _wmf_is_sound(kind, record):
                found.append(record)
            elif kind in _WMF_BRUSHES:
                found.append(_EMPTY_BRUSH)
        at += 2 * words
    return None


def _wmf_is_sound(kind: int, record: bytes) -> bool:
    """Return whether a record has no bitmap, or one that lies inside it and is one that `_bitmap_bytes` knows."""
    if kind in _WMF_WITHOUT and len(record) == _WMF_WITHOUT[kind]:
        return True
    if kind not in _WMF_BITMAPS:
        return kind not in _WMF_DEVICE_BITMAPS
    at, use_at = _WMF_BITMAPS[kind]
    try:
        use = struct.unpack_from("<H", record, use_at)[0] if use_at else 0
        lines = struct.unpack_from("<H", record, _WMF_LINES[kind])[0] if kind in _WMF_LINES else None
        found = _bitmap_bytes(memoryview(record)[at:], use, lines)
    except struct.error:  # a field or a header does not lie inside the record
        return False
    return found is not None and at + sum(found) <= len(record)


def _bitmap_bytes(bitmap: memoryview, use: int, lines: int | None) -> tuple[int, int] | None:
    """Return how many bytes the header with its palette and the pixels take; None for a bitmap of another kind.

    All lines of pixels are there unless `lines` tells their number. Those that are packed by run lengths may take none.
    """
    header, width, height, _, depth, packing = struct.unpack_from("<IiiHHI", bitmap)
    (colours,) = struct.unpack_from("<I", bitmap, 32)
    if header not in BITMAP_HEADERS or packing not in PACKINGS.get(depth, ()) or use not in PALETTE_ENTRY:
        return None
    if header > 40 and struct.unpack_from("<I", bitmap, 56)[0] not in COLOUR_SPACES:
        return None
    if width <= 0 or not height or width * abs(height) > limits.PIXELS or (depth <= 8 and colours > 1 << depth):
        return None
    masks = 12 if packing == 3 and header == 40 else 0
    palette = (colours or (1 << depth if depth <= 8 else 0)) * PALETTE_ENTRY[use]
    line = (width * depth + 31) // 32 * 4
    return header + masks + palette, 0 if packing in (1, 2) else line * (abs(height) if lines is None else lines)
