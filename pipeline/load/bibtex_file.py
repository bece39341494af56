"""One BibTeX file read by bibtexparser; every syntax error is a problem with its line.

The parser continues after an error and keeps what it cannot read. It takes text between entries for a comment, a field
after a missing comma for a part of the one before, and a comment within an entry for a part of a name: the functions
below find these cases.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from pipeline.core.problems import quoted
from pipeline.load.files import File

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it would print the same in its own words

_NAME = re.compile(r"\s*[A-Za-z][\w-]*\s*=")
_OPEN_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*[{\"]")
_SWALLOWED = re.compile(r"[A-Za-z][\w-]*\s*=")
_HEAD = re.compile(r"\s*@\s*\w+\s*\{\s*([^\s,{}=\"]+)\s*,\s*(.*)")
_HEADER = re.compile("This file was created with|Encoding:|Scopus$|EXPORT DATE:")  # of reference managers
_CLOSE = "end the line with `},`"

Fault = tuple[int, str, str]
"""Line, message and fix."""
Macros = Mapping[str, str]
"""The words that stand for a text: the names of months and those of `@string`, in lower case."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field as it is typed, without the braces or quotation marks around its text.

    It is `bare` if it contains, outside braces, a word that no `@string` defines.
    """

    name: str
    value: str
    line: int
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    kind: str
    key: str
    line: int
    fields: tuple[Field, ...]


def read_entries(text: str, file: File, given: Macros) -> tuple[list[Entry], Macros]:
    """Return the entries that can be read, in order, and the macros, with every syntax error noted."""
    text = _without_comments(text)
    lines, broken = text.split("\n"), False
    read: list[Entry] = []
    macros = dict(given)
    for block in parse_string(text, parse_stack=[]).blocks:
        entry = getattr(block, "ignore_error_block", None) or block  # a key or a field that is there twice
        faults: list[Fault] = []
        if isinstance(entry, model.String):
            macros[entry.key.lower()] = _value(entry.value, macros)[0]
        elif isinstance(entry, model.Entry):
            faults = list(_lint(entry, lines))
            if not faults:
                fields = []
                for field in entry.fields:
                    value, bare = _value(field.value, macros)
                    fields.append(Field(name=field.key.lower(), value=value, line=field.start_line + 1, bare=bare))
                line = (entry.start_line or 0) + 1
                read.append(Entry(kind=entry.entry_type.lower(), key=entry.key, line=line, fields=tuple(fields)))
        elif isinstance(entry, model.ImplicitComment):
            faults = list(_stray(entry, read, follows_failure=broken))
        elif isinstance(entry, model.ParsingFailedBlock):
            faults = [_failed(entry, lines)]
        broken = isinstance(entry, model.ParsingFailedBlock)
        for fault in faults:
            file.note(*fault)
    return read, macros


def _without_comments(text: str) -> str:
    """Return the text with spaces for every comment; in the text of a field, % begins no comment."""
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        token = found[0]
        if token[0] == "%":
            return " " * len(token) if depth < 2 else token
        if token[-1] == "@":
            depth = 0
        elif token[0] != "\\":
            depth += token.count("{") - token.count("}")
        return token

    return re.sub(r'\\.|\n[ \t]*@|[{}]|"[^"\n]*"|%[^\n]*', kept, text)


def _outside(text: str) -> str:
    """Return a text with spaces for everything in braces or quotation marks; line ends stay."""
    depth, quote, kept = 0, False, []
    for token in re.findall(r"\\.|.", text, re.DOTALL):
        inside = depth > 0 or quote
        depth += (token == "{") - (token == "}")
        if token == '"' and not depth:
            quote = not quote
        kept.append(" " * len(token) if (inside or depth or quote or token == '"') and token != "\n" else token)
    return "".join(kept)


def _value(typed: str, macros: Mapping[str, str]) -> tuple[str, bool]:
    """Return the text of a field, joined at each `#`, and whether a word in it is neither a number nor a macro."""
    joins = re.finditer("#", _outside(typed)) if "#" in typed else ()
    ends = [-1, *(found.start() for found in joins), len(typed)]
    texts, bare = [], False
    for start, end in pairwise(ends):
        part = typed[start + 1 : end].strip()
        if part[:1] in ("{", '"'):
            texts.append(part[1:-1])
        else:
            texts.append(macros.get(part.lower(), part))
            bare |= not part.isdecimal() and part.lower() not in macros
    return "".join(texts), bare


def _lint(entry: model.Entry, lines: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with an entry that the parser accepted; a program may leave the key empty."""
    if re.search(r"\s", entry.key) or (not entry.key and not re.search(r"\{\s*,", lines[entry.start_line or 0])):
        yield _beginning(entry)
    for field in entry.fields:
        line = (field.start_line or 0) + 1
        swallowed = _SWALLOWED.search(_outside(field.value)) if "=" in field.value else None
        if swallowed:
            above = field.value[: swallowed.start()].rstrip().count("\n")
            yield line + above, f"a comma is missing after `{field.key}`", _CLOSE
        elif not field.value:
            yield line, f"`{field.key}` has no text", "write it as `name = {text},`"


def _stray(comment: model.ImplicitComment, read: list[Entry], *, follows_failure: bool) -> Iterator[Fault]:
    """Yield what is wrong with text between entries; an entry that it continues is incomplete and is removed."""
    fix = "begin the line with % if it is a comment, with @ if it is an entry"
    first = (comment.start_line or 0) + 1
    for number, words in enumerate(comment.comment.split("\n")):
        if number and not re.match(r"\w+\s*\{", words):  # another entry without its @
            continue
        if not number and _HEADER.match(words):
            return
        if not number and read and (words.startswith(",") or _NAME.match(words)):
            end = read[-1].fields[-1].line if read[-1].fields else read[-1].line
            yield end, f"`{read.pop().key}` ends here because of an extra `}}`", "delete one `}` in this line"
        elif number or not follows_failure:  # the rest of a failed entry is reported there
            yield first + number, f"{quoted(words.strip())} is outside every entry", fix


def _failed(block: model.ParsingFailedBlock, lines: list[str]) -> Fault:
    """Return what is wrong with an entry that the parser could not read: its first faulty line."""
    first = block.start_line or 0
    head = _HEAD.fullmatch(lines[first])
    if not head:
        return _beginning(block)
    depth, field, opened = 1, "", first
    for number, line in enumerate(
        [head[2], *lines[first + 1 : first + (block.raw or "").removesuffix("\n").count("\n") + 1]], first
    ):
        name = _OPEN_FIELD.match(line)
        if name and depth > 1:
            break
        if name:
            field, opened = name[1], number
        elif depth == 1 and line.strip(" \t},") and not _NAME.match(line):
            return number + 1, f"{quoted(line.strip())} is not a field", "write each field as `name = {text},`"
        depth += line.count("{") - line.count("}")
    if depth > 1:
        return opened + 1, f"the brace of `{field}` is not closed", _CLOSE
    return first + 1, f"`{head[1]}` is not closed", "put `}` on a line of its own after its last field"


def _beginning(block: model.Block) -> Fault:
    line = (block.start_line or 0) + 1
    return line, "this entry does not begin correctly", "begin it with `@book{a-key-of-its-own,`"
