"""Errors of the YAML reader in plain words: the line, what is wrong there, and the fix.

Each function gets the lines, line and column of the error, and the line on which the faulty text or list opens (all
from 0), and returns the line of the fault (from 0), message and fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from pipeline.core.problems import quoted
from pipeline.load import lookalikes

Fault = tuple[int, str, str]
"""Line, message and fix."""

QUOTES = "put the text in quotes"
ALIGN = "align it with the line that it belongs to"
LOOK = "look at its indentation, quotes and colons"
_BEFORE_VALUE = re.compile(r"\s*(?:- +)*(?:[^\s:#'\"\[{]+:\s+)?(?:- +)*")


def explained(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault behind an error of the YAML reader, its line counted from 1."""
    lines = [*text.split("\n"), ""]
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = error.context_mark.line if error.context_mark else line
    said = f"{error.context or ''}: {error.problem or ''}"
    # A line that YAML has taken for the end of the text above it is noticed only later.
    above = next((i for i in range(line - 1, -1, -1) if _content(lines[i])), line)
    for at in dict.fromkeys((line, above, opened)):
        if fault := lookalikes.in_syntax(lines[at]) or _quotation(lines[at]):
            return at + 1, *fault
    for words, explain in _FAULTS.items():
        if words in said:
            at, message, fix = explain(lines, line, column, opened)
            return at + 1, message, fix
    return line + 1, f"this line cannot be read ({error.problem})", LOOK


def _quotation(line: str) -> tuple[str, str] | None:
    """Return the fault of a line whose value has typographic quotation marks, at one or both of its ends."""
    value = _content(line)[_start_of_value(_content(line)) :]
    if value[:1] in lookalikes.OPENING and value:
        return f"`{value[0]}` is {lookalikes.named(value[0])}", 'use plain ones: `"`'
    if value[:1] in ("'", '"') and value[-1] in lookalikes.CLOSING and value.count(value[0]) % 2:
        message = f"the text begins with `{value[0]}` but ends with {lookalikes.named(value[-1])}"
        return message, "use the same plain mark at both ends"
    return None


def _tab(_lines: list[str], line: int, _column: int, _opened: int) -> Fault:
    return line, "this line is indented with a tab", "indent it with spaces"


def _reserved(lines: list[str], line: int, column: int, opened: int) -> Fault:
    """A text that begins with a character that YAML reserves, or a tab."""
    character = lines[line][column : column + 1]
    if character == "\t":
        return _tab(lines, line, column, opened)
    return line, f"a text cannot begin with `{character}`", QUOTES


def _colon(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A second colon in the line, or a line that seems to continue the text above."""
    if re.match(r"\s*(?:- +)*[^\s:]+:\s", lines[line][:column]):
        return line, "the text contains a colon", "put the text in quotes if it contains a colon"
    above = next((i for i in range(line - 1, -1, -1) if _content(lines[i])), line)
    if above != line and not re.search(r":(\s|$)", _content(lines[above])):
        return _no_key(lines, above, 0, above)
    return line, "this line is indented deeper than the one above allows", ALIGN


def _no_key(lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    if re.match(r"\s*(?:- +)*[\w-]+:\S", lines[opened]):
        return opened, "a space is missing after the colon", "write `key: text`"
    fix = "write `key: text`, or indent the line if it belongs to the text above"
    return opened, f"this line has no key: {quoted(_content(lines[opened]))}", fix


def _indentation(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A line that is aligned with none of those above, or one that continues after its text has ended."""
    if not lines[line][:column].strip():
        return line, "the indentation of this line matches no line above it", ALIGN
    for i in range(line):
        value = lines[i][_start_of_value(lines[i]) :]
        if value.startswith('"') and value.count('"') % 2 == 1:
            return _unclosed_quote(lines, line, column, i)
    first = lines[line][_start_of_value(lines[line]) :][:1]
    if first in ("'", '"'):
        fix = "enclose the text in the other kind of quotation marks"
        return line, f"the text continues after its closing `{first}`", fix
    if first in ("[", "{"):
        return line, f"a text cannot begin with `{first}`", QUOTES
    return line, "this line does not fit the lines above it", LOOK


def _unclosed_quote(_lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    return opened, "the quotation mark that opens here is not closed", "close the text with the same mark"


def _unclosed_bracket(lines: list[str], line: int, _column: int, opened: int) -> Fault:
    for at in (line, opened):
        if "，" in lines[at]:
            return at, f"`，` is {lookalikes.named('，')}", "write `,` and a space"
    while opened and not re.search(r"[\[{]", lines[opened]):  # an error at the end of the file has no place of its own
        opened -= 1
    bracket = "[" if lines[opened].rfind("[") > lines[opened].rfind("{") else "{"
    message = f"after `{bracket}` a comma or the closing `{'}' if bracket == '{' else ']'}` is missing"
    return opened, message, "or put the text in quotes"


def _anchor(lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    """A text that begins with *, &, | or >, or a list with * for its bullets."""
    value = lines[opened][_start_of_value(lines[opened]) :]
    if value.startswith("* "):
        return opened, "an item of a list cannot begin with `*`", "begin it with `- `"
    return opened, f"a text cannot begin with `{value[:1]}`", QUOTES


def _start(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A file whose first line is not a key."""
    first = next(i for i, each in enumerate(lines) if _content(each))
    if re.search(r":(\s|$)", _content(lines[first])):
        return _indentation(lines, line, column, line)
    return _no_key(lines, first, 0, first)


def _start_of_value(line: str) -> int:
    """Return the column at which the text after dashes and a key begins."""
    found = _BEFORE_VALUE.match(line)
    return found.end() if found else 0


def _content(line: str) -> str:
    """Return a line without its comment."""
    return re.sub(r"(^|\s)#.*", "", line).strip()


def _always(message: str, fix: str) -> Callable[[list[str], int, int, int], Fault]:
    return lambda _lines, line, _column, _opened: (line, message, fix)


_FAULTS: dict[str, Callable[[list[str], int, int, int], Fault]] = {
    "tab character": _tab,
    "cannot start any token": _reserved,
    "mapping values are not allowed": _colon,
    "could not find expected ':'": _no_key,
    "quoted scalar: found unexpected end of stream": _unclosed_quote,
    "unknown escape character": _always("a backslash is not allowed in double quotes", "use '…'"),
    "invalid Unicode character": _always("an escape in this text stands for no character", "type the character itself"),
    "hexdecimal number": _always("an escape in this text is not complete", "type the character itself"),
    "expected ',' or": _unclosed_bracket,
    "flow node: did not find expected node content": _unclosed_bracket,
    "scanning an alias": _anchor,
    "scanning an anchor": _anchor,
    "block sequence entries are not allowed": _always(
        "a list cannot begin in this line", "begin it in the next line, or put the text in quotes"
    ),
    "scanning a block scalar": _anchor,
    "scanning a directive": _always("a line cannot begin with `%`", "begin a comment with `#`"),
    "another document": _always("`---` is not allowed here", "delete the line"),
    "expected <document start>": _start,
    "found unexpected ':'": _always("the text contains a colon", QUOTES),
    "mapping keys are not allowed": _reserved,
    "expected node content": _always("a text is missing", "look at the commas and brackets"),
    "expected key": _indentation,
    "expected '-' indicator": _indentation,
    "exceeded maximum nesting depth": _always("lists are nested too deeply here", ""),
}
"""By words of the YAML reader's error: the function that explains it. The first that fits is taken."""
