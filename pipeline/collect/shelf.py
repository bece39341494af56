"""Holds the pictures, videos and sounds of a deck; each is judged once, and kept only as it was encoded again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.collect import limits, media, pictures
from pipeline.collect.names import shown
from pipeline.collect.verdict import Refused
from pipeline.collect.writing import Packed, packed

if TYPE_CHECKING:
    from pipeline.collect.container import Package
    from pipeline.collect.relations import ContentTypes
    from pipeline.collect.sheet import Sheet

GREY = "(grey)"
"""The name of the picture that replaces a removed one; no part can have this name."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A picture, video or sound as it is written to the copy, or the reason why it is removed."""

    ending: str = ""
    content: Packed | None = None
    fault: tuple[str, str] = ("picture", "")


class Shelf:
    """The pictures, videos and sounds that were judged so far, by the name of their part."""

    def __init__(self, package: Package, types: ContentTypes) -> None:
        self._package, self._types = package, types
        self._pieces: dict[str, Piece] = {}
        self._pixels, self._bytes = limits.ALL_PIXELS, limits.KEPT_BYTES

    def piece(self, part: str) -> Piece:
        """Return a piece that was judged before; an empty one if it was not."""
        return self._pieces.get(part, Piece())

    def unreadable(self, part: str) -> bool:
        """Return whether a part was judged and could not be kept."""
        return part in self._pieces and self._pieces[part].content is None

    def picture(self, part: str, sheet: Sheet) -> Piece:
        """Return a picture encoded again, or the reason why it cannot be kept."""
        if part not in self._pieces:
            try:
                self._pieces[part] = self._picture(part, sheet)
            except pictures.Unreadable as fault:
                self._pieces[part] = Piece(fault=(fault.code, fault.detail))
        return self._pieces[part]

    def _picture(self, part: str, sheet: Sheet) -> Piece:
        if part == GREY:
            return self._held("png", pictures.grey())
        if self._types.of(part) not in pictures.DECLARED:
            raise pictures.Unreadable
        found = pictures.rewritten(self._package.read(part), self._pixels)
        self._pixels -= found.pixels
        if found.hidden:
            sheet.note("picture-metadata", shown(part), found.hidden)
        return self._held(found.ending, found.content)

    def media(self, part: str, sheet: Sheet) -> Piece:
        """Return a video or sound without metadata, or the reason why it cannot be kept."""
        if part not in self._pieces:
            known = self._types.of(part).startswith(media.DECLARED)
            small = self._package.size(part) <= limits.MEDIA_BYTES
            found = media.rewritten(self._package.read(part)) if known and small else None
            self._pieces[part] = self._held(found.ending, found.content) if found else Piece()
            if not found:
                sheet.note("media", shown(part), f"{self._package.size(part) / limits.MEGABYTE:.1f} MB")
            elif found.cut:
                sheet.note("media-metadata", shown(part))
        return self._pieces[part]

    def spend(self, size: int) -> None:
        """Count bytes towards the limit of the copy; raise Refused beyond it."""
        self._bytes -= size
        if self._bytes < 0:
            raise Refused("too-large", detail=f"> {limits.KEPT_BYTES // limits.MEGABYTE} MB")

    def _held(self, ending: str, content: bytes) -> Piece:
        self.spend(len(content))
        return Piece(ending=ending, content=packed(f"x.{ending}", content))
