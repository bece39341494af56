"""Opens the zip of a deck; reads each part only when it is needed, and never more of it than the limits allow.

The central directory is compared with the local header of each part. The file is refused where they differ, where parts
overlap, or where bytes lie before, between or after them: two programs could read two different decks.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.collect import limits
from pipeline.collect.names import checked, shown, twin
from pipeline.collect.verdict import Refused

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")

STORED, DEFLATED = 0, 8
ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # by password, strongly, headers hidden
DESCRIPTOR = 0x0008  # sizes follow the part: allowed, and compared with the central directory
KNOWN_FLAGS = 0x0006 | DESCRIPTOR | 0x0800  # level of compression, sizes after the part, UTF-8 name
PADDING = 4  # empty bytes that a download may add
_SYMLINK, _KIND = 0o120000, 0o170000
_BIG = 0xFFFFFFFF


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One part as the central directory of the zip describes it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int = 0


class Package:
    """The parts of a deck by name, unpacked one at a time; pages of a mapped file are released after use."""

    def __init__(self, content: bytes | mmap.mmap, entries: Mapping[str, Entry]) -> None:
        self._file = content if isinstance(content, mmap.mmap) else None
        self._content = memoryview(content)
        self._entries = entries
        self._names = {twin(name): name for name in entries}
        self._left = limits.UNPACKED_BYTES

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def find(self, name: str) -> str | None:
        """Return the name of a part as it is spelt in the zip, or None."""
        return self._names.get(twin(name))

    def size(self, name: str) -> int:
        """Return the unpacked size of a part in bytes, as the zip declares it."""
        return self._entries[name].size

    def read(self, name: str, limit: int = 0) -> bytes:
        """Return a part; raise Refused if it exceeds its limit in bytes or differs from what the zip declares."""
        entry = self._entries[name]
        self._left -= entry.size
        if entry.size > (limit or limits.PART_BYTES) or self._left < 0:
            raise Refused("zip-bomb", detail=shown(name))
        packed = self._content[entry.start : entry.start + entry.packed]
        content = bytes(packed) if entry.method == STORED else _inflated(packed, entry)
        if self._file is not None and entry.size > limits.MEGABYTE and hasattr(self._file, "madvise"):
            self._file.madvise(mmap.MADV_DONTNEED)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Refused("zip-broken", detail=shown(name))
        return content

    def head(self, name: str, length: int = 8192) -> bytes:
        """Return the unchecked beginning of a part, to tell what it is."""
        entry = self._entries[name]
        packed = self._content[entry.start : entry.start + entry.packed]
        if entry.method == STORED:
            return bytes(packed[:length])
        try:
            return zlib.decompressobj(-15).decompress(packed[: 4 * length], length)
        except zlib.error:
            return b""


def _inflated(packed: memoryview, entry: Entry) -> bytes:
    """Return the unpacked bytes; raise Refused if there are more or fewer than declared."""
    engine = zlib.decompressobj(-15)
    try:
        content = engine.decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise Refused("zip-broken", detail=shown(entry.name)) from error
    if len(content) > entry.size:
        raise Refused("zip-bomb", detail=shown(entry.name))
    if not engine.eof and len(content) == entry.size:
        content += engine.decompress(engine.unconsumed_tail, 1)
    if not engine.eof or engine.unused_data or len(content) > entry.size:
        raise Refused("zip-broken", detail=shown(entry.name))
    return content


def opened(content: bytes | mmap.mmap) -> Package:
    """Return the parts of a zip, or raise Refused."""
    count, offset = _end(content)
    entries: dict[str, Entry] = {}
    twins: set[str] = set()
    for entry in _listed(content, count, offset):
        if twin(entry.name) in twins:
            raise Refused("zip-twice", detail=shown(entry.name))
        twins.add(twin(entry.name))
        entries[entry.name] = entry
    _sized(entries.values())
    placed = _placed(content, sorted(entries.values(), key=lambda entry: entry.offset), offset)
    return Package(content, {entry.name: entry for entry in placed if not entry.name.endswith("/")})


def _end(content: bytes | mmap.mmap) -> tuple[int, int]:
    """Return the number of parts and the offset of the central directory, which must end the file."""
    at = content.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(content):
        raise Refused("truncated")
    behind = content[at + _END.size :]
    if len(behind) > PADDING or behind.strip(b"\0\r\n "):
        raise Refused("zip-odd", detail="+EOF")
    _, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(content, at)
    if disk or first_disk or here != count or comment or count == 0xFFFF or _BIG in (size, offset):
        raise Refused("zip-odd", detail="EOCD")
    if offset + size != at:
        raise Refused("zip-odd", detail="EOCD")
    if not 0 < count <= limits.PARTS:
        raise Refused("zip-bomb", detail=f"× {count}")
    return count, offset


def _listed(content: bytes | mmap.mmap, count: int, offset: int) -> Iterator[Entry]:
    end = content.rfind(b"PK\5\6")
    for _ in range(count):
        if offset + _CENTRAL.size > end or content[offset : offset + 4] != b"PK\1\2":
            raise Refused("zip-odd", detail="CDFH")
        head = _CENTRAL.unpack_from(content, offset)
        flags, method, crc, packed, size, name, extra, note = (head[i] for i in (3, 4, 7, 8, 9, 10, 11, 12))
        start = offset + _CENTRAL.size
        path = _decoded(content[start : start + name], flags)
        if (head[15] >> 16) & _KIND == _SYMLINK or head[13]:
            raise Refused("zip-odd", detail=shown(path))
        _allowed(path, flags, method, (packed, size, head[16]))
        yield Entry(name=path, flags=flags, method=method, crc=crc, packed=packed, size=size, offset=head[16])
        offset = start + name + extra + note
    if offset != end:
        raise Refused("zip-odd", detail="CDFH")


def _decoded(name: bytes, flags: int) -> str:
    try:
        return checked(name.decode("utf-8" if flags & 0x0800 else "ascii"))
    except UnicodeDecodeError as error:
        raise Refused("zip-name", detail=shown(name.decode("cp437"))) from error


def _allowed(path: str, flags: int, method: int, numbers: tuple[int, ...]) -> None:
    if flags & ENCRYPTED:
        raise Refused("encrypted")
    if flags & ~KNOWN_FLAGS or method not in (STORED, DEFLATED) or _BIG in numbers:
        raise Refused("zip-odd", detail=shown(path))
    packed, size, _ = numbers
    if method == STORED and packed != size or path.endswith("/") and size:
        raise Refused("zip-odd", detail=shown(path))


def _sized(entries: Iterable[Entry]) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        if total > limits.UNPACKED_BYTES:
            raise Refused("zip-bomb", detail=shown(entry.name))


def _placed(content: bytes | mmap.mmap, entries: list[Entry], end: int) -> Iterator[Entry]:
    """Yield the parts with the offset of their bytes; they must lie without gaps up to the central directory."""
    at = 0
    for entry in entries:
        if entry.offset != at or at + _LOCAL.size > end:
            raise Refused("zip-odd", detail=shown(entry.name))
        head = _LOCAL.unpack_from(content, at)
        start = at + _LOCAL.size + head[9] + head[10]
        if not _agrees(content, head, entry):
            raise Refused("zip-odd", detail=shown(entry.name))
        at = start + entry.packed + (_descriptor(content, start + entry.packed, entry) if _behind(entry) else 0)
        yield replace(entry, start=start)
    if at != end:
        raise Refused("zip-odd", detail="CDFH")


def _behind(entry: Entry) -> bool:
    return bool(entry.flags & DESCRIPTOR)


def _agrees(content: bytes | mmap.mmap, head: tuple[Any, ...], entry: Entry) -> bool:
    """Return whether the local header of a part agrees with the central directory."""
    signature, _, flags, method, _, _, crc, packed, size, name, _ = head
    start = entry.offset + _LOCAL.size
    same_name = content[start : start + name].decode("utf-8", "replace") == entry.name
    same_kind = (signature, flags, method) == (b"PK\3\4", entry.flags, entry.method)
    told = (crc, packed, size)
    agreed = told == (entry.crc, entry.packed, entry.size) or _behind(entry) and told in _UNTOLD
    return same_name and same_kind and agreed


_UNTOLD = ((0, 0, 0), (0, _BIG, _BIG))  # sizes in a local header whose values follow the part


def _descriptor(content: bytes | mmap.mmap, at: int, entry: Entry) -> int:
    """Return the length of the data descriptor after a part, in one of its four forms."""
    for mark in (b"PK\7\x08", b""):
        for form in ("<III", "<IQQ"):
            text = mark + struct.pack(form, entry.crc, entry.packed, entry.size)
            if content[at : at + len(text)] == text:
                return len(text)
    raise Refused("zip-odd", detail=shown(entry.name))
