"""A source file becomes text: encodings told apart, signs that nobody can see named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.core.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

# Controls, line separators, direction overrides and stray byte order marks; joiners and direction marks are needed.
_UNWANTED = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]")
_SAVE = "save the file with the encoding UTF-8"


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """Return the file's text (BOM, CRLF and UTF-16 accepted) or None, with every fault noted under `name`."""
    raw = _read_bytes(path, name, problems)
    if raw is None:
        return None
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"this line is not UTF-8 text (byte {raw[error.start]:#04x})"
        problems.append(Problem(path=name, line=line, message=message, fix=_SAVE))
        return None
    if "\0" in text:
        problems.append(Problem(path=name, line=1, message="this file is not text", fix=_SAVE))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _visible(text, name, problems) if _UNWANTED.search(text) else text


def _read_bytes(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    message, fix = "", ""
    try:
        if not path.is_symlink():
            return path.read_bytes()
        message, fix = "this is a link to another place", "put the file itself here"
    except FileNotFoundError:
        message = "this file is missing"
    except IsADirectoryError:
        message, fix = "this is a folder", "put a file in its place"
    except OSError as error:
        message = f"this file cannot be read ({error.strerror})"
    problems.append(Problem(path=name, line=1, message=message, fix=fix))
    return None


def _visible(text: str, name: str, problems: list[Problem]) -> str:
    """Return the text without unwanted signs, the first of each line noted, so that what else is wrong is found too."""
    for number, line in enumerate(text.split("\n"), 1):
        found = _UNWANTED.search(line)
        if found:
            what = "a lost letter" if found[0] == "\ufffd" else "an invisible sign"
            message = f"{what} stands here (U+{ord(found[0]):04X})"
            problems.append(Problem(path=name, line=number, message=message, fix="delete it and type the word again"))
    return _UNWANTED.sub("", text)
