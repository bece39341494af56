"""Copies an animated GIF block by block: pictures, colours and times, without comments, texts and other blocks."""

from __future__ import annotations

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOP = b"\x0bNETSCAPE2.0\x03\x01"


def copied(content: bytes) -> tuple[bytes, str]:
    """Return the GIF with known blocks only, and what was removed; a broken file raises IndexError or ValueError."""
    at = 13 + _colours(content[10])
    kept, left = [content[:at]], set()
    while content[at] != _END:
        end = _block_end(content, at)
        if _known(content, at, end):
            kept.append(content[at:end])
        else:
            left.add("COM")
        at = end
    if len(content) > at + 1:
        left.add("+EOF")
    return b"".join((*kept, bytes([_END]))), ", ".join(sorted(left))


def _colours(flags: int) -> int:
    """Return the length of a colour table in bytes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _block_end(content: bytes, at: int) -> int:
    if content[at] == _IMAGE:
        return _behind(content, at + 10 + _colours(content[at + 9]) + 1)
    if content[at] == _EXTENSION:
        return _behind(content, at + 2)
    raise ValueError("no GIF block")


def _behind(content: bytes, at: int) -> int:
    """Return the offset after a chain of sub-blocks."""
    while content[at]:
        at += 1 + content[at]
    if at >= len(content):
        raise ValueError("the chain breaks off")
    return at + 1


def _known(content: bytes, at: int, end: int) -> bool:
    if content[at] == _IMAGE:
        return True
    if content[at + 1] == _CONTROL:
        return end - at == 8 and content[at + 2] == 4
    return content[at + 1] == _APPLICATION and content[at + 2 : end - 3] == _LOOP and end - at == 19
