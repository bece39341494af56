"""Opens the zip of a deck; reads each part only when it is needed, and never more of it than the limits allow.

Threat: a file in which two programs read two different decks (parts that overlap, hide between others, or have two
names), a zip that grows without bound, and names that are paths on a disk. `zipfile` reads the list of parts; this
module compares it with what lies in the file. What a part holds is left to `package`, `xml` and `cleaning`.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote

from pipeline.collect import limits
from pipeline.collect.findings import Refused, shown

_LOCAL = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # by password, strongly, headers hidden
_DESCRIPTOR = 0x0008  # sizes and checksum follow the part
_FLAGS = 0x0006 | _DESCRIPTOR | 0x0800  # level of compression, sizes after the part, UTF-8 name
_LATER = ((0, 0, 0), (0, 0xFFFFFFFF, 0xFFFFFFFF))  # what a local header holds when sizes follow the part
_BEGINNING = 8192  # bytes that tell what a part is
_PADDING = 4  # empty bytes that a download may add
_LOCATOR = 20  # bytes of what leads to the list of a Zip64 file, before the end
_LONGEST_END = _END.size + 0xFFFF
_SYMLINK, _KIND = 0o120000, 0o170000

_STEP = re.compile(r"(?! )[\w \-.()\[\]{}$+,;=@!~'&%]+(?<![. ])")
"""A file or folder: besides letters and digits no separator, drive or pattern of any system."""


class Archive:
    """The parts of a zip by name, unpacked one at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        infos, start = _listed(file)
        self._starts = dict(_placed(file, infos, start))
        self._parts = {info.filename: info for info in infos if not info.is_dir()}
        self._names = {twin(name): name for name in self._parts}
        self._left = limits.UNPACKED_BYTES

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def find(self, name: str) -> str:
        """Return the name of a part as it is spelt in the zip, empty if there is none."""
        return self._names.get(twin(name), "")

    def size(self, name: str) -> int:
        """Return the unpacked size of a part in bytes, as the zip declares it."""
        return self._entry(name).file_size

    def read(self, name: str, limit: int = 0) -> bytes:
        """Return a part; raise Refused if it exceeds its limit in bytes or differs from what the zip declares."""
        info = self._entry(name)
        self._left -= info.file_size
        if info.file_size > (limit or limits.PART_BYTES) or self._left < 0:
            raise Refused("zip-bomb", detail=shown(name))
        packed = self._packed(info, info.compress_size)
        content = packed if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, info)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise Refused("zip-broken", detail=shown(name))
        return content

    def first_bytes(self, name: str) -> bytes:
        """Return the unchecked beginning of a part, to tell what it is."""
        info = self._entry(name)
        packed = self._packed(info, min(info.compress_size, 4 * _BEGINNING))
        if info.compress_type == zipfile.ZIP_STORED:
            return packed[:_BEGINNING]
        try:
            return zlib.decompressobj(-15).decompress(packed, _BEGINNING)
        except zlib.error:
            return b""

    def _entry(self, name: str) -> zipfile.ZipInfo:
        if name not in self._parts:
            raise Refused("broken-deck", where=shown(name))
        return self._parts[name]

    def _packed(self, info: zipfile.ZipInfo, length: int) -> bytes:
        self._file.seek(self._starts[info.filename])
        return self._file.read(length)


def _listed(file: BinaryIO) -> tuple[list[zipfile.ZipInfo], int]:
    """Return the entries of a zip and the offset of their list, or raise Refused."""
    count, start = _end(file)
    try:
        infos = zipfile.ZipFile(file).infolist()
    except UnicodeDecodeError as error:
        raise Refused("zip-name", detail="UTF-8") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Refused("zip-odd", detail="CDFH") from error
    if len(infos) != count:
        raise Refused("zip-odd", detail="CDFH")
    seen: set[str] = set()
    for info in infos:
        _check_entry(info)
        if twin(info.filename) in seen:
            raise Refused("zip-twice", detail=shown(info.filename))
        seen.add(twin(info.filename))
    if sum(info.file_size for info in infos) > limits.UNPACKED_BYTES:
        raise Refused("zip-bomb", detail=shown(max(infos, key=lambda info: info.file_size).filename))
    return infos, start


def _end(file: BinaryIO) -> tuple[int, int]:
    """Return the number of parts and the offset of their list, which must end the file.

    Read before `zipfile` does: it would take a hundred bytes of memory for each byte of a long list.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - _LONGEST_END - _PADDING, 0))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise Refused("truncated")
    behind = tail[at + _END.size :]
    if len(behind) > _PADDING or behind.strip(b"\0\r\n "):
        raise Refused("zip-odd", detail="+EOF")
    _, disk, first_disk, here, count, length, start, comment = _END.unpack_from(tail, at)
    ends_file = start + length == size - len(tail) + at
    if tail[max(at - _LOCATOR, 0) : at].startswith(b"PK\6\7"):  # `zipfile` would read another list of parts
        raise Refused("zip-odd", detail="Zip64")
    if disk or first_disk or here != count or comment or count == 0xFFFF or not ends_file:
        raise Refused("zip-odd", detail="EOCD")
    if not 0 < count <= limits.PARTS or length > count * limits.ENTRY_BYTES:
        raise Refused("zip-bomb", detail=f"× {count}")
    return count, start


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename  # as it was written; others end it at a NUL, or take another name from an extra field
    if info.filename != name or not (name.isascii() or info.flag_bits & 0x0800) or not _is_plain(name):
        raise Refused("zip-name", detail=shown(name))
    if info.flag_bits & _ENCRYPTED:
        raise Refused("encrypted")
    stored = info.compress_type == zipfile.ZIP_STORED
    odd = info.flag_bits & ~_FLAGS or not (stored or info.compress_type == zipfile.ZIP_DEFLATED)
    odd = odd or (info.external_attr >> 16) & _KIND == _SYMLINK or info.volume
    if odd or (stored and info.compress_size != info.file_size) or (info.is_dir() and info.file_size):
        raise Refused("zip-odd", detail=shown(name))


def _is_plain(name: str) -> bool:
    """Return whether a name is harmless as a path on any system, both as written and percent-decoded."""
    steps = name.removesuffix("/").split("/")
    try:
        steps += [unquote(step, errors="strict") for step in steps]
    except UnicodeDecodeError:
        return False
    return len(name) <= limits.NAME_LENGTH and all(map(_STEP.fullmatch, steps))


def twin(name: str) -> str:
    """Return the form of a name that is equal for all names that some system takes for the same."""
    return unicodedata.normalize("NFKC", unquote(name)).casefold()


def _placed(file: BinaryIO, infos: list[zipfile.ZipInfo], end: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each part and the offset of its bytes.

    Raise Refused unless the parts follow each other without gaps, each behind a header that repeats its entry.
    """
    at = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset != at:
            raise Refused("zip-odd", detail=shown(info.filename))
        start = _data_start(file, info)
        yield info.filename, start
        at = start + info.compress_size
        if info.flag_bits & _DESCRIPTOR:
            at += _descriptor_length(file, info, at)
    if at != end:
        raise Refused("zip-odd", detail="CDFH")


def _data_start(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Return the offset of the bytes of a part; raise Refused if its local header contradicts its entry."""
    file.seek(info.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        raise Refused("zip-odd", detail=shown(info.filename))
    signature, _, flags, method, _, _, *sizes, name_length, extra_length = _LOCAL.unpack(head)
    name = file.read(name_length).decode("utf-8", "replace")
    same = (signature, flags, method, name) == (b"PK\3\4", info.flag_bits, info.compress_type, info.orig_filename)
    told = tuple(sizes) == (info.CRC, info.compress_size, info.file_size)
    if not same or not (told or info.flag_bits & _DESCRIPTOR and tuple(sizes) in _LATER):
        raise Refused("zip-odd", detail=shown(info.filename))
    return info.header_offset + _LOCAL.size + int(name_length) + int(extra_length)


def _descriptor_length(file: BinaryIO, info: zipfile.ZipInfo, at: int) -> int:
    """Return the length of the data descriptor after a part, in one of its four forms."""
    file.seek(at)
    found = file.read(24)
    for mark in (b"PK\7\x08", b""):
        for form in ("<III", "<IQQ"):
            text = mark + struct.pack(form, info.CRC, info.compress_size, info.file_size)
            if found.startswith(text):
                return len(text)
    raise Refused("zip-odd", detail=shown(info.filename))


def _inflated(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    """Return the unpacked bytes; raise Refused if there are more or fewer than declared, which `zipfile` ignores."""
    engine = zlib.decompressobj(-15)
    try:
        content = engine.decompress(packed, info.file_size + 1)
    except zlib.error as error:
        raise Refused("zip-broken", detail=shown(info.filename)) from error
    if len(content) > info.file_size:
        raise Refused("zip-bomb", detail=shown(info.filename))
    if not engine.eof or engine.unused_data:
        raise Refused("zip-broken", detail=shown(info.filename))
    return content
