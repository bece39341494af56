"""Tells by its bytes what a file is that is no deck, so that the message can name the cure.

Nothing depends on it for safety: `package` reads only what is a zip of parts.
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from pipeline.collect import limits
from pipeline.collect.findings import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\3\4"
HEAD = 1024
"""The number of bytes that tell what a file is."""
LISTING = 1024 * 1024
"""The number of bytes at the end of a zip that are searched for its list of names."""

_STARTS = (
    (b"{\\rtf", "rtf"),
    (b"MZ", "program-file"),
    (b"\x7fELF", "program-file"),
    (b"#!", "program-file"),
    (b"\xca\xfe\xba\xbe", "program-file"),
    (b"\xcf\xfa\xed\xfe", "program-file"),
    (b"L\0\0\0\x01\x14\x02\0", "program-file"),  # a Windows shortcut
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),  # gzip
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),  # JPEG
    (b"GIF8", "image"),
    (b"II*\0", "image"),  # TIFF
    (b"MM\0*", "image"),
)
_TEXTS = (
    (r"<!doctype html|<html|<script|<body|<head", "html"),
    (r"\[internetshortcut\]|\{[^{}]*\"(?:url|doc_id)\"\s*:", "web-shortcut"),  # Windows; Google Drive
    (r"<\?xml.{0,400}<key>url</key>|bplist00.{0,40}url", "web-shortcut"),  # macOS
    (r"<\?xml.{0,200}<office:document", "odp"),
    (
        r"(?:[a-z-]{2,40}:[^\n]{1,500}\n(?:[ \t][^\n]{0,500}\n){0,9}){0,9}(?:received|from|mime-version|return-path):",
        "mail",
    ),
)
"""By the beginning of a text in lower case: what it is."""
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("PowerPoint Document", "old-ppt"),
    ("WordDocument", "word"),
    ("Workbook", "excel"),
    ("__properties_version1.0", "mail"),  # Outlook
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_NAMES = (
    (b"Index/Document.iwa", "keynote"),
    (b"Index.zip", "keynote"),  # Keynote of 2013
    (b"index.apxl", "keynote"),  # Keynote before that
    (b"META-INF/manifest.xml", "odp"),
    (b".pptx", "archive"),
    (b".ppt", "archive"),
)
"""By a name in a zip without content types: what the file is."""


def check(file: BinaryIO) -> None:
    """Raise Refused for a file that is not a zip, is empty, is too large or is another program's zip; the code says
    what it is."""
    size = file.seek(0, io.SEEK_END)
    if not size:
        raise Refused("empty")
    if size > limits.FILE_BYTES:
        raise Refused("too-large", detail=f"{size // limits.MEGABYTE} MB")
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(OLE):
        raise Refused(_old(head + file.read()))
    if not head.startswith(ZIP):
        raise Refused(_other(head))
    if head[30:].startswith(_OPEN_DOCUMENT) or head[38:].startswith(_OPEN_DOCUMENT[8:]):
        raise Refused("odp")
    if code := _foreign(file, size):
        raise Refused(code)


def _old(content: bytes) -> str:
    """Return the code of a file in the format of Office before 2007, which decks with a password have as well."""
    names = ((stream.encode("utf-16-le"), code) for stream, code in _STREAMS)
    return next((code for name, code in names if name in content), "not-a-deck")


def _other(head: bytes) -> str:
    if b"%PDF-" in head:  # readers accept other bytes before it
        return "pdf"
    for start, code in _STARTS:
        if head.startswith(start):
            return code
    if head[4:8] == b"ftyp":  # HEIC and MP4
        return "image"
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace").lstrip().replace("\r\n", "\n").lower()
    for pattern, code in _TEXTS:
        if re.match(pattern, text, re.DOTALL):
            return code
    return "not-a-deck"


def _foreign(file: BinaryIO, size: int) -> str:
    """Return the code of a zip of another program by the names in its list of parts, empty if it may be a deck.

    Keynote packs its files in ways that `archive` would call damaged, so this is decided before.
    """
    file.seek(max(size - LISTING, 0))
    tail = file.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0:
        return ""
    start = int.from_bytes(tail[end + 16 : end + 20], "little") - (size - len(tail))
    listing = tail[max(start, 0) : end]
    if b"[Content_Types].xml" in listing and b"Index/Document.iwa" not in listing:
        return ""
    return next((code for name, code in _NAMES if name in listing), "")
