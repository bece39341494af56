"""The files of the project as text and as models: `Sources` notes every problem with its path and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.problems import Problem, quoted
from pipeline.core.sources import Remark
from pipeline.core.text import forbidden, without_forbidden
from pipeline.load.validate import M, validated
from pipeline.load.yaml_file import Loc, Places, compose

LONGEST_ID = 60
ID_FIX = f"use only a to z, 0 to 9 and single hyphens, {LONGEST_ID} at most"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SIMILAR = {".yaml": re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE), ".md": re.compile(r"\.md(\.txt)?$", re.IGNORECASE)}
"""By extension: what people write instead. Some desktops hide the end of a name, or write it in capitals."""
_ENCODING = "save the file with the encoding UTF-8"
_REPLACEMENT = "\ufffd"
"""What a program writes for a character that it could not read."""


@dataclass(kw_only=True)
class Sources:
    """The project while it is read. `places` gives, by path, the line of every key and value."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def line(self, path: Path | str, loc: Loc) -> int:
        """Return the line of a value, or of the nearest one around it that has a line."""
        places = self.places.get(Path(path).as_posix(), {})
        while loc and loc not in places:
            loc = loc[:-1]
        return places.get(loc, 1)

    def note(self, path: Path | str, loc: Loc, message: str, fix: str = "") -> None:
        """Add a problem at the line of a value; an empty `loc` is the first line."""
        self.note_line(path, self.line(path, loc), message, fix)

    def note_line(self, path: Path | str, line: int, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path=Path(path).as_posix(), line=line, message=message, fix=fix))

    def read(self, model: type[M], path: Path, given: Mapping[str, Any] | None = None) -> M | None:
        """Return a YAML file as a model, or None if nothing can be read; `given` are values that it does not contain.

        A value with a problem is None in the model.
        """
        text = self.text(path)
        name = path.as_posix()
        root = compose(text, name, self.problems) if text is not None else None
        if root is None:
            return None
        read, faults = validated(model, root, self.places.setdefault(name, {}), given or {})
        for fault in faults:
            self.note_line(path, *fault)
        return read

    def text(self, path: Path) -> str | None:
        """Return a file's text (BOM, CRLF and UTF-16 are accepted), or None with its problem noted."""
        file, raw, text = self.root / path, b"", ""
        line, message, fix = 1, "", ""
        try:
            if file.is_symlink():
                message, fix = "this is a symbolic link", "put the file itself here"
            else:
                raw = file.read_bytes()
                text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        except FileNotFoundError:
            message = "this file is missing"
        except IsADirectoryError:
            message, fix = "this is a folder", "put a file in its place"
        except OSError as error:
            message = f"this file cannot be read ({error.strerror})"
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            message, fix = f"this line is not UTF-8 text (byte {raw[error.start]:#04x})", _ENCODING
        if "\0" in text:
            message, fix = "this file is not text", _ENCODING
        if message:
            self.note_line(path, line, message, fix)
            return None
        return self._visible(text.replace("\r\n", "\n").replace("\r", "\n"), path)

    def _visible(self, text: str, path: Path) -> str:
        """Return the text without characters that no text may contain; the first of each line is noted."""
        if not forbidden(text, "\t\n") and _REPLACEMENT not in text:
            return text
        for number, line in enumerate(text.split("\n"), 1):
            found = _REPLACEMENT if _REPLACEMENT in line else forbidden(line, "\t")
            if found:
                what = "a replacement character" if found == _REPLACEMENT else "an invisible character"
                message = f"this line contains {what} (U+{ord(found):04X})"
                self.note_line(path, number, message, "delete it and type the word again")
        return without_forbidden(text, "\t\n").replace(_REPLACEMENT, "")

    def named_files(self, folder: str, extension: str) -> Iterator[tuple[str, Path | None]]:
        """Yield id and path of each file of a folder in order; if the name is wrong, the id that was meant and None."""
        try:
            names = sorted(path.name for path in (self.root / folder).iterdir())
        except NotADirectoryError:
            self.note(folder, (), "this must be a folder")
            return
        except OSError:
            self.note(folder, (), "this folder is missing", f"create `{folder}`")
            return
        for name in names:
            path = Path(folder, name)
            if name.startswith((".", "README")):
                continue
            if name.endswith(extension):
                stem = name.removesuffix(extension)
                fault = fault_of_id(stem.split(".")[0] if extension == ".md" else stem)
                if fault:
                    self.note(path, (), f"{quoted(stem)} {fault}", ID_FIX)
                yield (_similar_id(stem), None) if fault else (stem, path)
            elif _SIMILAR[extension].search(name):
                stem = _SIMILAR[extension].sub("", name)
                message = "a file with this extension is not read"
                self.note(path, (), message, f"rename it to `{stem}{extension}`")
                yield _similar_id(stem), None


def fault_of_id(id: str) -> str:
    """Return what is wrong with the id of a seminar, person, segment or region, or an empty string.

    An id is part of file names on every system.
    """
    if id in _RESERVED:
        return "is a name that Windows reserves"
    if _ID.fullmatch(id) and len(id) <= LONGEST_ID:
        return ""
    # A Cyrillic letter looks like a Latin one: the message has to say which character it is.
    foreign = next((character for character in id if not character.isascii()), "")
    return "cannot be used as a name" + (f" (`{foreign}` is U+{ord(foreign):04X})" if foreign else "")


def _similar_id(text: str) -> str:
    """Return the id that a wrong one probably means, so that one mistake is not reported twice."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
