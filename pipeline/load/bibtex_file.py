"""One BibTeX file read strictly, with line numbers: works `@kind{key, name = {text}, …}` and remarks that begin with %.

Every fault is named where it stands, and reading goes on with the next work. The BibTeX libraries pass over what they
cannot read, or take a field without its comma for part of the one before; and loading one costs more than this file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.core.problems import Problem, quoted

_BLOCK = re.compile(r"^(?=[ \t]*@|\w+\{)", re.MULTILINE)
_HEAD = re.compile(r"@\s*(\w+)\s*\{\s*([^\s,{}=\"]+)\s*(,|(?=\}))")
_SPACE = re.compile(r"(?:\s|%[^\n]*)*")
_COMMAS = re.compile(r"(?:[\s,]|%[^\n]*)*")
_NAME = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}#]+")
_SWALLOWED = re.compile(r"\n\s*[A-Za-z]\w*\s*=\s*[{\"]")
_NOT_USED = ("string", "preamble")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: its value is the text between its braces or quotation marks; `plain` if it had neither."""

    name: str
    value: str
    line: int
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    kind: str
    key: str
    line: int
    fields: tuple[Field, ...]


class _Fault(Exception):
    """What is wrong in a work, at a place in the text."""

    def __init__(self, at: int, message: str, fix: str) -> None:
        self.at, self.message, self.fix = at, message, fix


def read_entries(text: str, path: str, problems: list[Problem]) -> list[Entry]:
    """Return the works that can be read, in order, with every fault of form noted."""
    return _Reader(text, path, problems).entries()


class _Reader:
    def __init__(self, text: str, path: str, problems: list[Problem]) -> None:
        self.text, self.path, self.problems = text, path, problems
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def note(self, at: int, message: str, fix: str) -> None:
        self.problems.append(Problem(path=self.path, line=self.line(at), message=message, fix=fix))

    def entries(self) -> list[Entry]:
        """Return every work; after a fault, go on with the next line that begins one."""
        read: list[Entry] = []
        at = 0
        while True:
            at = _SPACE.match(self.text, at).end()
            if at == len(self.text):
                return read
            try:
                if self.text[at] != "@":
                    raise self.stray(at, read)
                entry, at = self.entry(at)
                read += [entry] if entry else []
            except _Fault as fault:
                self.note(fault.at, fault.message, fault.fix)
                at = self.next_block(at + 1)

    def words(self, at: int) -> str:
        """Return what stands at a place, to the end of its line."""
        return quoted(re.compile(r"[^\n%]*").match(self.text, at)[0])

    def next_block(self, at: int) -> int:
        found = _BLOCK.search(self.text, at)
        return found.end() if found else len(self.text)

    def stray(self, at: int, read: list[Entry]) -> _Fault:
        """Return the fault of text outside every work; where it goes on with the last one, that one is not whole."""
        if read and (self.text[at] == "," or _NAME.match(self.text, at)):
            end = len(self.text[:at].rstrip()) - 1
            return _Fault(end, f"`{read.pop().key}` ends here, by a `}}` too many", "delete one `}` in this line")
        fix = "begin the line with % if it is a remark, with @ if it is a work"
        return _Fault(at, f"{self.words(at)} stands outside every work", fix)

    def entry(self, at: int) -> tuple[Entry | None, int]:
        """Return the work that starts at `at`, and the place behind it."""
        word = re.compile(r"@\s*(\w*)").match(self.text, at)[1].lower()
        if word == "comment":
            return None, self.next_block(at + 1)
        if word in _NOT_USED:
            raise _Fault(at, f"`@{word}` is not used here", "write the text out in each work")
        head = _HEAD.match(self.text, at)
        if not head:
            raise _Fault(at, "this work does not begin as it should", "begin it with `@book{a-key-of-its-own,`")
        fields, end = self.fields(head.end(), head[2])
        return Entry(kind=word, key=head[2], line=self.line(at), fields=tuple(fields)), end

    def fields(self, at: int, key: str) -> tuple[list[Field], int]:
        """Return the fields of a work, and the place behind its closing brace."""
        start, found = at, []
        while True:
            at = _COMMAS.match(self.text, at).end()
            if self.text[at : at + 1] == "}":
                return found, at + 1
            name = _NAME.match(self.text, at)
            if not name:
                raise self.no_field(at, start, key, found)
            field, at = self.field(name)
            found.append(field)
            behind = _SPACE.match(self.text, at).end()
            if self.text[behind : behind + 1] not in (",", "}") and _NAME.match(self.text, behind):
                raise _Fault(at - 1, f"no comma stands after `{field.name}`", "end the line with `},`")

    def no_field(self, at: int, start: int, key: str, found: list[Field]) -> _Fault:
        """Return the fault where a field or the end of the work should be."""
        if at == len(self.text) or self.text[at] == "@":
            for field in found:
                if _SWALLOWED.search(field.value):
                    fix = "end the line with `},`"
                    return _Fault(self.starts[field.line - 1], f"the brace of `{field.name}` is not closed", fix)
            return _Fault(start - 1, f"`{key}` is not closed", "put `}` on a line of its own after its last field")
        return _Fault(at, f"{self.words(at)} is no field", "write each field as `name = {text},`")

    def field(self, name: re.Match[str]) -> tuple[Field, int]:
        """Return a field, and the place behind its value."""
        at, line = name.end(), self.line(name.start())
        sign = self.text[at : at + 1]
        if sign == "{":
            end = self.closing(at, name[1])
        elif sign == '"':
            end = self.text.find('"', at + 1) + 1 or self.unclosed(at, name[1])
        else:
            bare = _BARE.match(self.text, at)
            if not bare:
                raise _Fault(name.start(), f"`{name[1]}` has no text", "write it as `name = {text},`")
            return Field(name=name[1].lower(), value=bare[0], line=line, plain=True), bare.end()
        return Field(name=name[1].lower(), value=self.text[at + 1 : end - 1], line=line), end

    def closing(self, at: int, name: str) -> int:
        """Return the place behind the brace that closes the one at `at`."""
        depth = 0
        for found in re.compile(r"[{}]|\n[ \t]*@\w+\s*\{").finditer(self.text, at):
            if len(found[0]) > 1:
                break  # the next work begins before this text has ended
            depth += 1 if found[0] == "{" else -1
            if not depth:
                return found.end()
        return self.unclosed(at, name)

    def unclosed(self, at: int, name: str) -> int:
        raise _Fault(at, f"the text of `{name}` is not closed", "end the line with `},`")
