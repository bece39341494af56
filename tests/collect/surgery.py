"""Opens a deck by force: parts added, texts swapped, zips bent, without any library that would object."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
TYPES = "[Content_Types].xml"


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a deck by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {info.filename: file.read(info) for info in file.infolist() if not info.is_dir()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a plain zip, content types first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def swapped(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    """Replace a text in a part; that it was there is part of the test."""
    assert old.encode() in parts[part], (part, old)
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)


def related(parts, source: str, key: str, kind: str, target: str, *, external: bool = False) -> None:
    """Add a relationship to a part; `kind` is a whole type or the last word of an Office one."""
    name = relations_of(source)
    kind = kind if ":" in kind else f"{RELS}/{kind}"
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    parts.setdefault(
        name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    parts[name] = (
        parts[name].replace(b"/>", b"></Relationships>") if b"</Relationships>" not in parts[name] else parts[name]
    )
    swapped(parts, name, "</Relationships>", line)


def typed(parts, part: str, content_type: str) -> None:
    """Give a part a content type of its own."""
    swapped(parts, TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>')


def added(parts, part: str, content: bytes, content_type: str, *, source=None, key="", kind="", target="") -> None:
    """Add a part with its type and, if a source is given, a relationship from there."""
    parts[part] = content
    typed(parts, part, content_type)
    if source is not None:
        related(parts, source, key, kind, target or f"/{part}")


def drawn(parts, number: int, xml: str) -> None:
    """Add shapes to a slide."""
    swapped(parts, f"ppt/slides/slide{number}.xml", "</p:spTree>", f"{xml}</p:spTree>")


# --- zips that no program writes -------------------------------------------------------------------------------------


def entry(name: bytes, content: bytes, *, local: bytes | None = None, flags=0, method=8, size=None, crc=None, mode=0):
    """Return what `bent` makes a zip of: one entry, with a lie where one is wanted."""
    data = zlib.compress(content)[2:-4] if method == 8 else content
    crc = zlib.crc32(content) if crc is None else crc
    return (
        name,
        name if local is None else local,
        flags,
        method,
        crc,
        data,
        len(content) if size is None else size,
        mode,
    )


def bent(entries, *, comment: bytes = b"", prefix: bytes = b"", suffix: bytes = b"", twice: bool = False) -> bytes:
    """Return a zip of entries exactly as they are told; `twice` lists the first one's bytes under the second's name."""
    body, index, offsets = prefix, b"", []
    for number, (name, local, flags, method, crc, data, size, mode) in enumerate(entries):
        at = offsets[0] if twice and number == 1 else len(body)
        offsets.append(at)
        head = (20, flags, method, 0, 33, crc, len(data), size, len(local), 0)
        if not (twice and number == 1):
            body += struct.pack("<4s5H3I2H", b"PK\3\4", *head) + local + data
        tail = (20, 20, flags, method, 0, 33, crc, len(data), size, len(name), 0, 0, 0, 0, mode << 16, at)
        index += struct.pack("<4s6H3I5H2I", b"PK\1\2", *tail) + name
    count = len(entries)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(index), len(body), len(comment))
    return body + index + end + comment + suffix


def entries(parts: dict[str, bytes]):
    """Return the parts as entries that tell the truth."""
    return [entry(name.encode(), content) for name, content in parts.items()]
