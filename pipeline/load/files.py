"""The files of the project as text and as values with line numbers, with every problem noted at its path and line.

YAML's own types are never used, since they turn 14:30 into 870 and NO into false: every value is the text that was
typed, and the model of the file converts it. Tags and aliases are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from pipeline.core.problems import Problem, quoted
from pipeline.core.sources import Remark
from pipeline.core.text import invisible, unusual, without_forbidden
from pipeline.load import lookalikes
from pipeline.load.yaml_errors import explained

Loc = tuple[str | int, ...]
"""The keys and numbers that lead to a value, as in pydantic's errors: `("segments", 1, "speakers", 0)`."""
Tree = str | None | list["Tree"] | dict[str, "Tree"]
"""The values of a file: every text as it was typed, None for an item of a list that is empty."""
T = TypeVar("T")

_ENCODING = "save the file with the encoding UTF-8"
_REPLACEMENT = "\ufffd"
"""What a program writes for a character that it could not read."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 50
_LARGEST = {".bib": 50_000_000}
_LARGEST_TEXT = 1_000_000
"""Bytes: a larger file takes minutes to read, and no document has room for its text."""
_CUT = re.compile(r"[ \t]#[^\s#]")  # a comment has a space after its #
_MARK = re.compile(r"(?:^|[\s\[{,])[&*!]", re.MULTILINE)
_KEY_FAULT = "text that begins with { or [ is read as a list"


@dataclass(kw_only=True)
class File:
    """What was read from one file: its value, the line of every key and item, problems and remarks.

    `made_from` is its content, with what else its reading was given. `unusual` are characters that not every font has,
    by the place of their text and their line; `first_line` are the lines of block texts (`|`) by their place.
    """

    path: str
    made_from: object
    value: Any = None
    places: dict[Loc, int] = field(default_factory=dict)
    first_line: dict[Loc, int] = field(default_factory=dict)
    unusual: list[tuple[Loc, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    misread: bool = False  # a key is not what it seems, so nothing can be said of the values

    def note(self, line: int, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path=self.path, line=line, message=message, fix=fix))

    def note_unusual(self, text: str) -> None:
        """Keep the characters of a text file that not every font has, with their lines."""
        if unusual(text):
            for number, line in enumerate(text.split("\n"), 1):
                self.unusual += [((), number, character) for character in dict.fromkeys(unusual(line))]

    def line(self, loc: Loc, inner: int = 0) -> int:
        """Return the line of a value, or of the nearest one around it that has a line.

        `inner` is a line of the value, from 1, if it is a text on several lines.
        """
        if inner and loc in self.first_line:
            return self.first_line[loc] + inner - 1
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places.get(loc, 1)


@dataclass(kw_only=True)
class Sources:
    """The project while it is read. `files` are those of this reading, and of earlier ones if it is given them; `read`
    are those of this reading alone.
    """

    root: Path
    files: dict[str, File] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    read: list[File] = field(default_factory=list)

    def line(self, path: Path | str, loc: Loc, inner: int = 0) -> int:
        """Return the line of a value, or of the nearest one around it; an empty `loc` is the first line."""
        file = self.files.get(Path(path).as_posix())
        return file.line(loc, inner) if file and loc else 1

    def note(self, path: Path | str, loc: Loc, message: str, fix: str = "", inner: int = 0) -> None:
        """Add a problem at the line of a value, or at its line `inner` if it has several."""
        self.note_line(path, self.line(path, loc, inner), message, fix)

    def note_line(self, path: Path | str, line: int, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path=Path(path).as_posix(), line=line, message=message, fix=fix))

    def remark(self, path: Path | str, loc: Loc, message: str) -> None:
        """Add a remark at the line of a value."""
        self.remarks.append(Remark(path=Path(path).as_posix(), line=self.line(path, loc), message=message))

    def remark_questions(self, path: str, questions: Sequence[str]) -> None:
        for i, question in enumerate(questions):
            self.remark(path, ("questions", i), f"open question: {question}")

    def parsed(
        self, path: Path, parse: Callable[[str, File], T], given: object = None, *, keep_invisible: bool = False
    ) -> T | None:
        """Return what `parse` makes of a file's text, or None if the file cannot be read.

        If an earlier reading found the same content and was given the same, its result is returned. With
        `keep_invisible`, the characters that no text may contain are left to `parse`.
        """
        name, content = path.as_posix(), _content(self.root / path)
        file = self.files.get(name)
        if file is None or file.made_from != (content, given):
            file = self.files[name] = File(path=name, made_from=(content, given))
            text = _text(content, file, keep_invisible)
            file.value = parse(text, file) if text is not None else None
        self.read.append(file)
        self.problems += file.problems
        self.remarks += file.remarks
        value: T | None = file.value
        return value


def _content(path: Path) -> bytes | tuple[str, str]:
    """Return the bytes of a file, or message and fix if it cannot be read."""
    try:
        if path.is_symlink():
            return "this is a symbolic link", "put the file itself here"
        size, largest = path.stat().st_size, _LARGEST.get(path.suffix, _LARGEST_TEXT)
        if size > largest:
            message = f"this file has {size / 1_000_000:,.1f} MB, and at most {largest // 1_000_000} MB are read"
            return message, "look for what does not belong into it"
        return path.read_bytes()
    except FileNotFoundError:
        return "this file is missing", ""
    except IsADirectoryError:
        return "this is a folder", "put a file in its place"
    except OSError as error:
        return f"this file cannot be read ({error.strerror})", ""


def _text(content: bytes | tuple[str, str], file: File, keep_invisible: bool = False) -> str | None:
    """Return the text of a file (BOM, CRLF and UTF-16 are accepted), or None if it has none.

    Characters that no text may contain are left out; the first of each line is noted.
    """
    if isinstance(content, tuple):
        file.note(1, *content)
        return None
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        file.note(line, f"this line is not UTF-8 text (byte {content[error.start]:#04x})", _ENCODING)
        return None
    if "\0" in text:
        file.note(1, "this file is not text", _ENCODING)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if keep_invisible:
        return text
    if not invisible(text, "\t\n"):
        return text
    for number, line_text in enumerate(text.split("\n"), 1):
        if found := invisible(line_text, "\t"):
            file.note(number, f"this line contains {found}", "delete it and type the word again")
    return without_forbidden(text, "\t\n").replace(_REPLACEMENT, "")


def yaml_values(text: str, file: File) -> dict[str, Tree] | None:
    """Return the values of a YAML file, without keys that are left empty, or None if it cannot be read."""
    before = len(file.problems)
    may_be_deep = text.count("[") + text.count("{") > 500 or text.count("- - ") > 50 or " " * 200 in text
    try:
        if may_be_deep or _MARK.search(text):
            _note_marks(text, file)
        if len(file.problems) > before:
            return None  # an alias may stand for any amount of text, so none is ever followed
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        file.note(*explained(error, text))
        return None
    if not isinstance(root, yaml.MappingNode):
        message = "this file is empty" if root is None else "this file must begin with a `key: text` line"
        line = root.start_mark.line if root else 0
        file.note(line + 1, *(lookalikes.in_syntax(text.split("\n")[line]) or (message,)))
        return None
    read: dict[str, Tree] = _values(root, file, text.split("\n"), ())
    return None if file.misread or any(problem.message == _KEY_FAULT for problem in file.problems) else read


def _note_marks(text: str, file: File) -> None:
    """Note each anchor, alias and tag, and lists that are nested too deeply.

    The marks &, * and ! remove the first word from a text that begins with them, without an error.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        mark = ""
        if anchor:
            mark = f"*{anchor}" if isinstance(event, yaml.AliasEvent) else f"&{anchor}"
        elif tag:
            mark = "!" + tag.removeprefix("!").replace("tag:yaml.org,2002:", "!")
        if mark:
            message = f"{quoted(mark)} at the beginning of a text means something else in YAML"
            file.note(line, message, "put the text in quotes, or write out what it stands for")
        if depth > _DEEPEST:
            file.note(line, "lists are nested too deeply here")
            return


def _values(node: yaml.Node, file: File, lines: list[str], loc: Loc) -> Any:
    """Return the values below a node, and put their lines into `file.places`; of two equal keys, the first counts."""
    file.places.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_values(item, file, lines, (*loc, i)) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        return _text_of(node, file, lines, loc)
    read: dict[str, Tree] = {}
    for key, item in node.value:
        line, inner = key.start_mark.line + 1, (*loc, key.value)
        if isinstance(key, yaml.ScalarNode) and not key.style and (fault := _of_key(key.value)):
            file.note(line, *fault)
            file.misread = True
            continue
        if not isinstance(key, yaml.ScalarNode):
            file.note(line, _KEY_FAULT, "put the text in quotes")
        elif inner in file.places:
            message = f"{quoted(key.value)} is given twice (first on line {file.places[inner]})"
            file.note(line, message, "keep one")
        else:
            file.places[inner] = line
            value = _values(item, file, lines, inner)
            if value is not None:
                read[key.value] = value
    return read


def _of_key(key: str) -> tuple[str, str] | None:
    return None if key.isascii() else lookalikes.in_syntax(f"{key}: ") or lookalikes.around(key)


def _note_lookalikes(node: yaml.ScalarNode, file: File, lines: list[str]) -> None:
    """Note characters that look like YAML's syntax in a text without quotes: YAML has read them as letters."""
    start, end = node.start_mark, node.end_mark
    if node.value.isascii():
        return
    first = start.line + bool(lines[start.line][: start.column].strip())
    for number in range(first, min(end.line + 1, len(lines))):
        if fault := lookalikes.in_syntax(lines[number]):
            file.note(number + 1, *fault)
            return
    if fault := lookalikes.in_syntax(node.value) if node.value[:1] == "-" else lookalikes.around(node.value):
        file.note(start.line + 1, *fault)


def _text_of(node: yaml.ScalarNode, file: File, lines: list[str], loc: Loc) -> str | None:
    """Return the text of a node without forbidden characters, which are noted, or None if it is empty."""
    start, end, text = node.start_mark.line, node.end_mark, node.value
    if node.style == "|":
        file.first_line[loc] = start + 2
    if not node.style and end.line < len(lines) and _CUT.match(lines[end.line], end.column):
        # YAML drops what follows a # that begins a comment by mistake.
        kept = quoted(_CUT.split(lines[end.line], maxsplit=1)[0].strip())
        fix = "put the text in quotes, or a space after the # if it is a comment"
        file.note(end.line + 1, f"{kept} is all that YAML keeps of this line, since # begins a comment", fix)
    if not node.style:
        _note_lookalikes(node, file, lines)
    # Here only escapes like "\u202e" are left: characters themselves are found before YAML reads the file.
    if found := invisible(text, "\t\n"):
        message = f"an escape in this text stands for {found}"
        file.note(start + 1, message, "delete the backslash and the letters and figures that belong to it")
        text = without_forbidden(text.replace("\r\n", " "), "\t\n").replace(_REPLACEMENT, "")
    for character in dict.fromkeys(unusual(text)):
        typed = (number for number in range(start, end.line + 1) if character in "".join(lines[number : number + 1]))
        file.unusual.append((loc, next(typed, start) + 1, character))
    # A no-break space is kept, since it may be what the text is about. NULL is somebody's family name.
    text = text.strip(" \t\n")
    return None if not text or (text in ("null", "~") and not node.style) else text
