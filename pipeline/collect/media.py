"""Checks video and sound from end to end, and removes the metadata: who made them, where and with what."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pipeline.collect import limits

TYPES = {"mp4": "video/mp4", "m4a": "audio/mp4", "mp3": "audio/mpeg", "wav": "audio/wav"}
"""The media types of video and sound that a clean copy may hold, by file name extension."""

DECLARED = ("audio/", "video/")


@dataclass(frozen=True, kw_only=True)
class Media:
    """A video or sound that is kept: its file name extension, its bytes, and whether metadata was removed."""

    ending: str
    content: bytes
    cut: bool = False


def rewritten(content: bytes) -> Media | None:
    """Return the video or sound without metadata, None if its format is unknown or it is incomplete."""
    for read in (_mp4, _wav, _mp3):
        try:
            found = read(content)
        except (struct.error, IndexError):
            found = None
        if found is not None:
            return found
    return None


# --- MP4 -------------------------------------------------------------------------------------------------------------

VIDEO_BRANDS = frozenset(
    (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV")
)
SOUND_BRANDS = frozenset((b"M4A ", b"M4B "))
_KNOWN = frozenset((b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"sidx", b"moof", b"mfra", b"styp"))
_METADATA = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip"))
_NESTED = frozenset((b"moov", b"trak", b"mdia", b"minf", b"edts"))


def _mp4(content: bytes) -> Media | None:
    """Return an MP4 in which every box of metadata has become an empty `free` box; no other byte moves."""
    brand = content[8:12]
    if content[4:8] != b"ftyp" or brand not in VIDEO_BRANDS | SOUND_BRANDS:
        return None
    boxes = _boxes(content, 0, len(content))
    if boxes is None or not {b"moov", b"mdat"} <= {kind for kind, _, _ in boxes}:
        return None
    if any(kind not in _KNOWN and kind not in _METADATA for kind, _, _ in boxes):
        return None
    ending = "m4a" if brand in SOUND_BRANDS else "mp4"
    metadata = _metadata(content, boxes, 0)
    if metadata is None:
        return None
    if all(content[at : at + 4] == b"free" and not any(content[at + 4 : end]) for at, end in metadata):
        return Media(ending=ending, content=content)
    out = bytearray(content)
    for at, end in metadata:
        out[at:end] = b"free".ljust(end - at, b"\0")
    return Media(ending=ending, content=bytes(out), cut=True)


Box = tuple[bytes, int, int]
"""A box of an MP4: its kind, where it begins and where it ends."""


def _boxes(content: bytes, at: int, end: int) -> list[Box] | None:
    """Return the boxes from `at` to `end`, None if they do not fill it exactly."""
    found: list[Box] = []
    while at < end:
        size, kind = struct.unpack_from(">I4s", content, at)
        if size == 1 and kind == b"mdat":
            (size,) = struct.unpack_from(">Q", content, at + 8)
        if size < 8 or at + size > end or len(found) > 10_000:
            return None
        found.append((kind, at, at + size))
        at += size
    return found


def _metadata(content: bytes, boxes: list[Box], depth: int) -> list[tuple[int, int]] | None:
    """Return the offsets of the boxes of metadata, from after their length to their end; None when boxes do not fit."""
    found = []
    for kind, at, end in boxes:
        if kind in _METADATA:
            found.append((at + 4, end))
        elif kind in _NESTED and depth < 8:
            inner = _boxes(content, at + 8, end)
            below = _metadata(content, inner, depth + 1) if inner is not None else None
            if below is None:
                return None
            found += below
    return found


# --- WAV -------------------------------------------------------------------------------------------------------------

_WAVE_FORMATS = frozenset((1, 2, 3, 6, 7, 0x11, 0x31, 0xFFFE))


def _wav(content: bytes) -> Media | None:
    """Return a WAV with its format and its sound only."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return None
    kept, at, kinds = [], 12, []
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        if at + 8 + size > len(content):
            return None
        if kind in (b"fmt ", b"data", b"fact"):
            kept.append(content[at : at + 8 + size] + b"\0" * (size % 2))
            kinds.append(kind)
        at += 8 + size + size % 2
    if sorted(set(kinds) - {b"fact"}) != [b"data", b"fmt "] or len(kinds) != len(set(kinds)):
        return None
    if struct.unpack_from("<H", kept[kinds.index(b"fmt ")], 8)[0] not in _WAVE_FORMATS:
        return None
    body = b"WAVE" + b"".join(kept)
    out = b"RIFF" + struct.pack("<I", len(body)) + body
    return Media(ending="wav", content=out, cut=out != content)


# --- MP3 -------------------------------------------------------------------------------------------------------------

_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LEAST_FRAMES = 4


def _mp3(content: bytes) -> Media | None:
    """Return the frames of an MP3 without the tags before and after them."""
    at, end = _behind_tag(content), len(content)
    if content[max(end - 128, 0) : end - 125] == b"TAG":
        end -= 128
    start, frames = at, 0
    while at + 4 <= end and frames < limits.MEDIA_FRAMES:
        size = _frame(content, at)
        if not size or at + size > end:
            break
        at, frames = at + size, frames + 1
    if frames < LEAST_FRAMES or end - at > 4096:  # the last frame may be cut, or a small tag of another kind follow
        return None
    return Media(ending="mp3", content=content[start:at], cut=(start, at) != (0, len(content)))


def _behind_tag(content: bytes) -> int:
    if content[:3] != b"ID3":
        return 0
    size = 0
    for seven in content[6:10]:
        size = size << 7 | seven & 0x7F
    return 10 + size + (10 if content[5] & 0x10 else 0)


def _frame(content: bytes, at: int) -> int:
    """Return the length of the frame at an offset, 0 if there is none."""
    head = int.from_bytes(content[at : at + 4], "big")
    version, layer, rate, sample = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or rate in (0, 15) or sample == 3:
        return 0
    factor = 144 if version == 3 else 72
    return factor * 1000 * _RATES[3 if version == 3 else 2][rate] // _SAMPLES[version][sample] + (head >> 9 & 1)
