"""Checks video and sound from end to end, and removes everything that is not needed to play them.

Threat: a program or an archive that calls itself a video, bytes before, between or after the sound, a video that
loads another file, and metadata: who made it, when, where and with what. Kept are the boxes of an MP4, the chunks of
a WAV and the frames of an MP3 that are listed here. The limit: samples (of an MP4, what is in `mdat`) are not decoded,
so that bytes among them that no player needs stay, and what would break a decoder is left to the player.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from mutagen import apev2, id3
from mutagen.mp3 import HeaderNotFoundError, MPEGFrame

from pipeline.collect import limits


@dataclass(frozen=True, kw_only=True)
class Media:
    """A video or sound that is kept: its file name extension, its bytes, and whether metadata was removed."""

    extension: str
    content: bytes
    cut: bool = False


def rewritten(content: bytes) -> Media | None:
    """Return the video or sound without metadata, None if its format is unknown or it is incomplete."""
    for read in (_mp4, _wav, _mp3):
        try:
            extension, written = read(content)
        except MemoryError:
            raise
        except Exception as error:  # readers raise any exception; the file is not to be trusted then
            if isinstance(error, OSError) and error.errno is not None:  # of the machine, not of the reader
                raise
            continue
        return Media(extension=extension, content=written, cut=written != content)
    return None


# --- MP4 -------------------------------------------------------------------------------------------------------------

VIDEO_BRANDS = frozenset(
    (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV")
)
SOUND_BRANDS = frozenset((b"M4A ", b"M4B "))
BOXES = {
    b"": b"ftyp styp moov moof mfra sidx mdat",
    b"moov": b"mvhd trak mvex",
    b"trak": b"tkhd tref edts mdia",
    b"edts": b"elst",
    b"mdia": b"mdhd hdlr elng minf",
    b"minf": b"vmhd smhd dinf stbl",
    b"dinf": b"dref",
    b"stbl": b"stsd stts ctts cslg stsc stsz stz2 stco co64 stss sdtp sbgp sgpd subs",
    b"mvex": b"mehd trex",
    b"moof": b"mfhd traf",
    b"traf": b"tfhd tfdt trun sdtp sbgp sgpd subs",
    b"mfra": b"tfra mfro",
}
"""By a box, and at first for the file: the boxes in it that are needed to play an MP4."""

TRACKS = frozenset((b"vide", b"soun"))
"""The handlers whose tracks are kept; not those of text, of metadata with times, of hints for a server."""

TIMES = {0: 8, 1: 16}
"""By version of a header: how many bytes the times of creation and of the last change take."""

MOST_BOXES = 10_000  # in one box
SAME_FILE = b"\0\0\0\x0curl \0\0\0\1"
"""The entry of a data reference that says that the samples are in this file."""

Box = tuple[bytes, int, int]
"""A box of an MP4: its type, where its content begins and where it ends."""


def _mp4(content: bytes) -> tuple[str, bytes]:
    """Return an MP4 in which every box that is not needed is an empty `free` box; no other byte moves."""
    brand = content[8:12]
    if content[4:8] != b"ftyp" or brand not in VIDEO_BRANDS | SOUND_BRANDS:
        raise ValueError("no MP4")
    if not {b"moov", b"mdat"} <= {kind for kind, _, _ in _boxes(content, 0, len(content))}:
        raise ValueError("nothing to play")
    out = bytearray(content)
    for start, written in _changes(content, b"", 0, len(content)):
        out[start : start + len(written)] = written
    return "m4a" if brand in SOUND_BRANDS else "mp4", bytes(out)


def _changes(content: bytes, parent: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield what is written where: empty boxes in place of those that are not needed, zeros in place of metadata."""
    for kind, at, behind in _boxes(content, start, end):
        if kind not in BOXES[parent].split(b" ") or (kind == b"trak" and not _is_played(content, at, behind)):
            yield at - 8, struct.pack(">I4s", behind - at + 8, b"free").ljust(behind - at + 8, b"\0")
        elif kind in BOXES:
            yield from _changes(content, kind, at, behind)
        elif kind == b"dref" and content[at + 8 : behind].replace(SAME_FILE, b""):
            raise ValueError("samples in another file")
        elif kind in (b"mvhd", b"tkhd", b"mdhd"):
            yield _zeros(at + 4, at + 4 + TIMES[content[at]], behind)
        elif kind == b"hdlr":
            yield _zeros(at + 12, behind, behind)  # who made the file and what the track is called


def _zeros(start: int, end: int, behind: int) -> tuple[int, bytes]:
    """Return zeros from `start` to `end`; raise an error if they do not lie in their box."""
    if end > behind:
        raise ValueError("a box that breaks off")
    return start, bytes(end - start)


def _is_played(content: bytes, start: int, end: int) -> bool:
    """Return whether a track has one handler, and is seen or heard."""
    handlers = [
        content[at + 8 : at + 12]
        for media, first, last in _boxes(content, start, end)
        if media == b"mdia"
        for kind, at, _ in _boxes(content, first, last)
        if kind == b"hdlr"
    ]
    return len(handlers) == 1 and handlers[0] in TRACKS


def _boxes(content: bytes, at: int, end: int) -> Iterator[Box]:
    """Yield the boxes from `at` to `end`; raise an error for one that does not lie there, which may claim 4 GB."""
    for _ in range(MOST_BOXES):
        if at == end:
            return
        size, kind = struct.unpack_from(">I4s", content, at)
        if size == 1 and kind == b"mdat":
            (size,) = struct.unpack_from(">Q", content, at + 8)
        if size < 8 or at + size > end:
            raise ValueError("a box without a length, or one that breaks off")
        yield kind, at + 8, at + size
        at += size
    raise ValueError("too many boxes")


# --- WAV -------------------------------------------------------------------------------------------------------------

WAVE_FORMATS = frozenset((1, 2, 3, 6, 7, 0x11, 0x31, 0xFFFE))
CHUNKS = {b"fmt ": 64, b"fact": 16, b"data": 2**32}
"""The chunks of a WAV that are kept, and how many bytes they may have."""


def _wav(content: bytes) -> tuple[str, bytes]:
    """Return a WAV with its format and its sound only."""
    if content[:4] + content[8:12] != b"RIFFWAVE":
        raise ValueError("no WAV")
    at, chunks = 12, dict[bytes, bytes]()
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        at += 8 + size + size % 2
        if at - size % 2 > len(content) or kind in chunks or size > CHUNKS.get(kind, size):
            raise ValueError("a chunk breaks off, stands twice or is too large")
        if kind in CHUNKS:
            chunks[kind] = content[at - size - size % 2 : at - size % 2]
    if struct.unpack_from("<H", chunks[b"fmt "])[0] not in WAVE_FORMATS or b"data" not in chunks:
        raise ValueError("no sound")
    body = [
        each
        for kind, chunk in chunks.items()
        for each in (struct.pack("<4sI", kind, len(chunk)), chunk, bytes(len(chunk) % 2))
    ]
    return "wav", b"".join((b"RIFF", struct.pack("<I", 4 + sum(map(len, body))), b"WAVE", *body))


# --- MP3 -------------------------------------------------------------------------------------------------------------

LEAST_FRAMES = 4
LAYER = 3
REST = 4096
"""How many bytes after the last whole frame are removed: a frame that breaks off, or a small tag of another kind."""


def _mp3(content: bytes) -> tuple[str, bytes]:
    """Return the frames of an MP3 without the tags before and after them."""
    file = BytesIO(content)
    id3.delete(file)
    apev2.delete(file)
    plain, lengths = file.getvalue(), dict[bytes, int]()
    at = frames = 0
    while frames < limits.MEDIA_FRAMES and at + 4 <= len(plain):
        head = plain[at : at + 3]  # what tells the length
        if head not in lengths:
            lengths[head] = _frame(head)
        if not lengths[head] or at + lengths[head] > len(plain):
            break
        at, frames = at + lengths[head], frames + 1
    if frames < LEAST_FRAMES or len(plain) - at > REST:
        raise ValueError("no MP3")
    return "mp3", plain[:at]


def _frame(head: bytes) -> int:
    """Return the length of a frame with this header, 0 if it is none of an MP3."""
    file = BytesIO(head + b"\0")
    try:
        frame = MPEGFrame(file)  # goes to its end
        return file.tell() if frame.layer == LAYER else 0
    except HeaderNotFoundError:
        return 0
