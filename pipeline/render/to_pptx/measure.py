"""How many lines a text takes on a slide, from the advance widths of Arimo, which are those of Arial.

The font comes from the fontpkg-arimo wheel and is read here directly: 2 ms, where fontTools takes 170.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.core.documents import Paragraph

LINE = 1.2  # height of a line in PowerPoint, as a share of the size of the type
_UNKNOWN = 0.56  # share of an em for a letter that Arimo lacks: wider than Arabic in Arial
_WIDE = 1.0  # and for Chinese, Japanese and Korean
_WORD = re.compile(r"[^ \t\-\u2010\u2013\u2014]*[\-\u2010\u2013\u2014]*[ \t]*")  # a line may break after each

Piece = tuple[str, bool]
"""Text and whether it is bold."""


def pieces(paragraph: Paragraph, *, bold: bool = False) -> tuple[Piece, ...]:
    """Return the paragraph's text cut where its weight changes; `bold` is the weight of the whole."""
    return tuple((run.text, bold or run.strong) for run in paragraph.runs)


@lru_cache(maxsize=4096)  # the same names and roles stand in several decks, and each is asked for more than once
def wrapped(parts: tuple[Piece, ...], size_pt: float, width_pt: float) -> int:
    """Return how many lines the pieces take, set one after the other; no-break spaces do not break, `\\n` does."""
    text, widths = "", []
    for part, bold in parts:
        text += part
        widths += map(advances(bold).__getitem__, part)
    limit = width_pt / size_pt
    count, start = 0, 0
    for line in text.split("\n"):
        count += _broken(line, widths[start : start + len(line)], limit)
        start += len(line) + 1
    return count


def _broken(line: str, widths: list[float], limit: float) -> int:
    """Return how many lines one paragraph without forced breaks takes."""
    if sum(widths) <= limit:
        return 1
    count, used = 1, 0.0
    for word in _WORD.finditer(line):
        whole = sum(widths[word.start() : word.end()])
        inked = sum(widths[word.start() : word.start() + len(word[0].rstrip(" \t"))])
        if used and used + inked > limit:
            count, used = count + 1, 0.0
        if inked > limit:  # a word longer than the line is broken anywhere
            count, whole = count + int(inked // limit), whole % limit
        used += whole
    return count


# --- the font --------------------------------------------------------------------------------------------------------


class _Advances(dict):
    """Widths in ems by character, looked up when one is first met; what the font lacks is guessed."""

    def __init__(self, glyph: Callable[[int], int], widths: Sequence[float]) -> None:
        super().__init__(_WEIGHTLESS)
        self.glyph, self.widths = glyph, widths

    def __missing__(self, letter: str) -> float:
        code = ord(letter)
        glyph = self.glyph(code)
        guess = _WIDE if 0x1100 <= code <= 0x115F or code >= 0x2E80 else _UNKNOWN
        self[letter] = self.widths[glyph] if glyph else guess
        return self[letter]


# Marks that stand over a letter, joiners and direction marks take no room.
_MARKS = (*range(0x300, 0x370), *range(0x64B, 0x660), *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF, 0xAD)
_WEIGHTLESS = dict.fromkeys(map(chr, _MARKS), 0.0)


@lru_cache(maxsize=2)
def advances(bold: bool) -> Mapping[str, float]:
    """Return the width of each character as a share of the size of the type."""
    package = Path(find_spec("fontpkg_arimo").origin).parent  # found, not imported: that takes longer than to read it
    content = (package / "files" / "Arimo[wght].ttf").read_bytes()
    tables = _tables(content)
    em = struct.unpack_from(">H", content, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", content, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{2 * count}H", content, tables["hmtx"])[::2]
    extra = _deltas(content, tables["HVAR"]) if bold else (0,) * count
    widths = [(metrics[glyph] + extra[glyph]) / em for glyph in range(count)]
    return _Advances(_glyphs(content, tables["cmap"]), widths)


def _tables(content: bytes) -> dict[str, int]:
    records = struct.iter_unpack(">4s3I", content[12 : 12 + 16 * struct.unpack_from(">H", content, 4)[0]])
    return {name.decode("ascii"): offset for name, _, offset, _ in records}


def _glyphs(content: bytes, cmap: int) -> Callable[[int], int]:
    """Return what gives the glyph of a code point, or 0, by the Windows Unicode map (format 4)."""
    count = struct.unpack_from(">H", content, cmap + 2)[0]
    records = struct.iter_unpack(">HHI", content[cmap + 4 : cmap + 4 + 8 * count])
    at = cmap + next(offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    n = struct.unpack_from(">H", content, at + 6)[0] // 2
    ends = struct.unpack_from(f">{n}H", content, at + 14)
    starts, deltas, offsets = (struct.unpack_from(f">{n}H", content, at + 16 + 2 * n * k) for k in (1, 2, 3))
    base = at + 16 + 6 * n

    def glyph(code: int) -> int:
        i = bisect_left(ends, code)
        if i == n or code < starts[i] or code == 0xFFFF:
            return 0
        if not offsets[i]:
            return (code + deltas[i]) & 0xFFFF
        found = struct.unpack_from(">H", content, base + 2 * i + offsets[i] + 2 * (code - starts[i]))[0]
        return (found + deltas[i]) & 0xFFFF if found else 0

    return glyph


def _deltas(content: bytes, hvar: int) -> tuple[int, ...]:
    """Return by how much bold is wider, glyph by glyph: the weight axis has one region, whose peak is bold."""
    store = hvar + struct.unpack_from(">I", content, hvar + 4)[0]
    subtables = struct.unpack_from(">H", content, store + 6)[0]
    data = store + struct.unpack_from(">I", content, store + 8)[0]
    count, words, regions = struct.unpack_from(">3H", content, data)
    if (subtables, words, regions) != (1, 1, 1):
        raise ValueError("fontpkg-arimo: this version of the font keeps its bold widths in a way that is not read here")
    return struct.unpack_from(f">{count}h", content, data + 8)
