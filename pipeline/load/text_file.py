"""A source file becomes text: encodings told apart, signs that nobody can see named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.problems import Problem
from pipeline.core.text import forbidden, without_forbidden

if TYPE_CHECKING:
    from pathlib import Path

_LOST = "\ufffd"
"""What a program writes in place of a character that it could not read."""
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
    return _visible(text, name, problems) if _LOST in text or forbidden(text, "\t\n") else text


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
    """Return the text without forbidden characters, the first of each line noted, so that the rest is checked too."""
    for number, line in enumerate(text.split("\n"), 1):
        found = forbidden(line, "\t") or (_LOST if _LOST in line else "")
        if found:
            what = "a lost letter" if found == _LOST else "an invisible sign"
            message = f"{what} stands here (U+{ord(found):04X})"
            problems.append(Problem(path=name, line=number, message=message, fix="delete it and type the word again"))
    return without_forbidden(text.replace(_LOST, ""), "\t\n")
