"""Tells by its first bytes what a file is that is no deck, so that the message can name the cure."""

from __future__ import annotations

from mmap import mmap

from pipeline.collect import limits
from pipeline.collect.verdict import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\3\4"
HEAD = 1024
"""The number of bytes that tell what a file is."""

_STARTS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program-file"),
    (b"\x7fELF", "program-file"),
    (b"#!", "program-file"),
    (b"\xca\xfe\xba\xbe", "program-file"),
    (b"\xcf\xfa\xed\xfe", "program-file"),
    (b"L\0\0\0\x01\x14\x02\0", "program-file"),  # a Windows shortcut
)
_PAGE = (b"<!doctype html", b"<html", b"<script", b"<body", b"<head")
_STREAMS = (("EncryptedPackage", "encrypted"), ("PowerPoint Document", "old-ppt"), ("WordDocument", "word"))
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"


def check(content: bytes | mmap) -> None:
    """Raise Refused for a file that is not a zip, is empty or is too large; the code says what it is."""
    if not content:
        raise Refused("empty")
    if len(content) > limits.FILE_BYTES:
        raise Refused("too-large", detail=f"{len(content) // limits.MEGABYTE} MB")
    head = content[:HEAD]
    if head.startswith(OLE):
        raise Refused(_old(content))
    if not head.startswith(ZIP):
        raise Refused(_other(head))
    if head[30:].startswith(_OPEN_DOCUMENT) or head[38:].startswith(_OPEN_DOCUMENT[8:]):
        raise Refused("odp")


def _old(content: bytes | mmap) -> str:
    """Return the code of a file in the format of Office before 2007, which decks with a password have as well."""
    for stream, code in _STREAMS:
        if content.find(stream.encode("utf-16-le")) >= 0:
            return code
    return "not-a-deck"


def _other(head: bytes) -> str:
    for start, code in _STARTS:
        if head.startswith(start):
            return code
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if text.startswith(_PAGE) else "not-a-deck"
