"""Holds the pictures, videos and sounds of a deck; each is read once, and kept only as `pictures` or `media` wrote it.

Threat: a medium that is kept without being read, or read again and again, and media that together fill the memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.collect import limits, media, pictures
from pipeline.collect.allowed import IMAGE, LISTS
from pipeline.collect.findings import Refused, shown
from pipeline.collect.package import Package
from pipeline.collect.part import GREY
from pipeline.core.verdicts import Finding


@dataclass(frozen=True, kw_only=True)
class Medium:
    """A picture, video or sound as the copy has it; without an `extension` it is removed, and `fault` says why."""

    extension: str = ""
    content: bytes = b""
    fault: tuple[str, str] = ("picture", "")


class Embedded:
    """The pictures, videos and sounds that were read so far, by the name of their part and what they are read as."""

    def __init__(self, package: Package, findings: list[Finding]) -> None:
        self._package, self._findings = package, findings
        self._media: dict[tuple[str, str], Medium] = {}
        self._pixels, self._bytes = limits.ALL_PIXELS, limits.KEPT_BYTES

    def known(self, name: str, kind: str) -> Medium:
        """Return what was read before as a picture or as media; an empty medium if it was not."""
        return self._media.get((name, kind), Medium())

    def is_unreadable(self, name: str) -> bool:
        """Return whether a part was read and could not be kept."""
        return any(read == name and not medium.extension for (read, _), medium in self._media.items())

    def keeps(self, name: str, kind: str, slide: int | None) -> bool:
        """Return whether a picture, video or sound is kept; it is read when it is first asked for."""
        if (name, kind) not in self._media:
            found = self._picture(name, slide) if kind == IMAGE else self._video_or_sound(name, slide)
            self._media[name, kind] = found
            self.spend(len(found.content))
        return bool(self._media[name, kind].extension)

    def spend(self, size: int) -> None:
        """Count bytes towards the limit of the copy; raise Refused beyond it."""
        self._bytes -= size
        if self._bytes < 0:
            raise Refused("too-large", detail=f"> {limits.KEPT_BYTES // limits.MEGABYTE} MB")

    def _picture(self, name: str, slide: int | None) -> Medium:
        if name == GREY:
            return Medium(extension="png", content=pictures.grey())
        if self._package.type_of(name) not in LISTS.pictures["read"]:
            return Medium()
        try:
            found = pictures.rewritten(self._package.read(name), self._pixels)
        except pictures.Unreadable as fault:
            return Medium(fault=(fault.code, fault.detail))
        self._pixels -= found.pixels
        if found.hidden:
            self._note("picture-metadata", name, found.hidden, slide)
        return Medium(extension=found.extension, content=found.content)

    def _video_or_sound(self, name: str, slide: int | None) -> Medium:
        size = self._package.size(name)
        is_known = self._package.type_of(name).startswith(tuple(LISTS.media["read"])) and size <= limits.MEDIA_BYTES
        found = media.rewritten(self._package.read(name)) if is_known else None
        if found is None:
            self._note("media", name, f"{size / limits.MEGABYTE:.1f} MB", slide)
            return Medium()
        if found.cut:
            self._note("media-metadata", name, "", slide)
        return Medium(extension=found.extension, content=found.content)

    def _note(self, code: str, name: str, detail: str, slide: int | None) -> None:
        self._findings.append(Finding(code=code, slide=slide, where=shown(name), detail=detail))
