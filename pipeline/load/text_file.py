"""A source file becomes text: encodings are told apart, characters that nobody can see are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.problems import Problem
from pipeline.core.text import forbidden, without_forbidden

if TYPE_CHECKING:
    from pathlib import Path

_SAVE = "save the file with the encoding UTF-8"
_REPLACEMENT = "\ufffd"
"""What a program writes for a character that it could not read."""


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """Return the file's text (BOM, CRLF and UTF-16 accepted) or None, with every problem noted under `name`."""
    message, fix = "", ""
    try:
        if path.is_symlink():
            message, fix = "this is a link to another place", "put the file itself here"
        else:
            raw = path.read_bytes()
    except FileNotFoundError:
        message = "this file is missing"
    except IsADirectoryError:
        message, fix = "this is a folder", "put a file in its place"
    except OSError as error:
        message = f"this file cannot be read ({error.strerror})"
    if message:
        problems.append(Problem(path=name, line=1, message=message, fix=fix))
        return None
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"this line is not UTF-8 text (byte {raw[error.start]:#04x})"
        problems.append(Problem(path=name, line=line, message=message, fix=_SAVE))
        return None
    if "\0" in text:
        problems.append(Problem(path=name, line=1, message="this file is not text", fix=_SAVE))
        return None
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n"), name, problems)


def _visible(text: str, name: str, problems: list[Problem]) -> str:
    """Return the text without characters that cannot be there, so that what else is wrong is found too.

    The first of each line is noted.
    """
    if not forbidden(text, "\t\n") and _REPLACEMENT not in text:
        return text
    for number, line in enumerate(text.split("\n"), 1):
        found = _REPLACEMENT if _REPLACEMENT in line else forbidden(line, "\t")
        if found:
            what = "a lost letter" if found == _REPLACEMENT else "an invisible character"
            message = f"{what} is in this line (U+{ord(found):04X})"
            problems.append(Problem(path=name, line=number, message=message, fix="delete it and type the word again"))
    return without_forbidden(text, "\t\n").replace(_REPLACEMENT, "")
