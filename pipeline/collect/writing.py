"""Writes the clean parts as a new zip that depends only on them: content types first, fixed dates, sorted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pipeline.collect.relations import TYPES

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = 33  # 1 January 1980, the first day a zip can name
LEVEL = 6
_PACKED = (".png", ".jpeg", ".gif", ".mp4", ".m4a", ".mp3")


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A part as it is stored in the zip."""

    method: int
    crc: int
    size: int
    content: bytes

    def unpacked(self) -> bytes:
        """Return the part itself."""
        return zlib.decompress(self.content, -15) if self.method else self.content


def packed(name: str, content: bytes) -> Packed:
    """Return a part ready for the zip; formats that are compressed already are stored."""
    crc = zlib.crc32(content)
    if name.endswith(_PACKED):
        return Packed(method=0, crc=crc, size=len(content), content=content)
    engine = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    small = engine.compress(content) + engine.flush()
    return Packed(method=8, crc=crc, size=len(content), content=small)


def zipped(parts: Mapping[str, Packed]) -> bytes:
    """Return the zip of the parts."""
    out, index = BytesIO(), []
    for name in sorted(parts, key=lambda name: (name != TYPES, name != "_rels/.rels", name)):
        part, path = parts[name], name.encode("ascii")
        sizes = (0, _DAY, part.crc, len(part.content), part.size, len(path))
        index.append(_CENTRAL.pack(b"PK\1\2", 20, 20, 0, part.method, *sizes, 0, 0, 0, 0, 0, out.tell()) + path)
        out.write(_LOCAL.pack(b"PK\3\4", 20, 0, part.method, *sizes, 0) + path)
        out.write(part.content)
    offset, listed = out.tell(), b"".join(index)
    out.write(listed + _END.pack(b"PK\5\6", 0, 0, len(index), len(index), len(listed), offset, 0))
    return out.getvalue()
