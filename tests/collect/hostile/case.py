"""What a hostile deck is in these tests, and the set of all of them by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.collect import decks
from tests.collect.surgery import packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PPT = "ppt/presentation.xml"
SLIDE = "ppt/slides/slide2.xml"
SECRET = b"TopSecretNeedle"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A hostile deck, and what must become of it."""

    make: Callable[[], bytes]
    refused: str = ""
    removed: tuple[str, ...] = ()
    gone: tuple[bytes, ...] = ()


HOSTILE: dict[str, Case] = {}


def case(name: str, *, refused: str = "", removed: tuple[str, ...] | str = (), gone: tuple[bytes, ...] = ()):
    removed = (removed,) if isinstance(removed, str) else removed

    def keep(make: Callable[[], bytes]):
        assert name not in HOSTILE
        HOSTILE[name] = Case(make=make, refused=refused, removed=removed, gone=gone)
        return make

    return keep


def replaced(content: str | bytes, part: str = SLIDE) -> bytes:
    """Return the plain deck with other content for one of its parts."""
    return packed(decks.parts() | {part: content if isinstance(content, bytes) else content.encode()})
