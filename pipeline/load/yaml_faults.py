"""What an error of the YAML reader means to somebody who writes a text: where, what, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.core.problems import quoted

if TYPE_CHECKING:
    import yaml

Fault = tuple[int, str, str]
"""Line, message and fix."""

QUOTES = "put the text in quotes"
INDENT = "begin it under the first letter of the line it belongs with"
_BEFORE_VALUE = re.compile(r"\s*(?:- +)*(?:[^\s:#'\"\[{]+:\s+)?(?:- +)*")


def explained(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault behind an error of the YAML reader."""
    lines = [*text.split("\n"), ""]
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = error.context_mark.line if error.context_mark else line
    what = f"{error.context or ''}: {error.problem or ''}"
    for words, explain in _FAULTS.items():
        if words in what:
            at, message, fix = explain(lines, line, column, opened)
            return at + 1, message, fix
    return line + 1, f"this line cannot be read ({error.problem})", "look at its indentation, quotes and colons"


def _sign(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A text that begins with a character which YAML keeps for itself, or a tab."""
    sign = lines[line][column : column + 1]
    if sign == "\t":
        return _tab(lines, line, column, _opened)
    return line, f"a text cannot begin with `{sign}`", QUOTES


def _tab(_lines: list[str], line: int, _column: int, _opened: int) -> Fault:
    return line, "this line is indented with a tab", "indent it with spaces"


def _colon(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A colon where none may be: a second one in the line, or a line that seems to go on with the text above."""
    if re.match(r"\s*(?:- +)*[^\s:]+:\s", lines[line][:column]):
        return line, "a colon stands in the text", "put the text in quotes when it holds a colon"
    above = next((i for i in range(line - 1, -1, -1) if _content(lines[i])), line)
    if above != line and not re.search(r":(\s|$)", _content(lines[above])):
        return _no_key(lines, above, 0, above)
    return line, "this line is indented deeper than the one above allows", INDENT


def _no_key(lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    """A line in which no key can be found."""
    if re.match(r"\s*(?:- +)*[\w-]+:\S", lines[opened]):
        return opened, "a space is missing after the colon", "write `key: text`"
    fix = "write `key: text`, or indent the line if it belongs to the text above"
    return opened, f"no key stands in this line: {quoted(_content(lines[opened]))}", fix


def _indent(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A line that fits under none of those above, or one that goes on after its text has ended."""
    if not lines[line][:column].strip():
        return line, "the indentation of this line fits no line above it", INDENT
    opener = next((i for i in range(line) if _left_open(lines[i])), None)
    if opener is not None:
        return _unclosed_quote(lines, line, column, opener)
    sign = lines[line][_start_of_value(lines[line]) :][:1]
    if sign in ("'", '"'):
        return line, f"the text goes on after its closing `{sign}`", "put other quotation marks round the whole text"
    if sign in ("[", "{"):
        return line, f"a text cannot begin with `{sign}`", QUOTES
    return line, "this line does not fit the lines above it", "look at its indentation, quotes and colons"


def _left_open(line: str) -> bool:
    """Return whether a text opens with a double quotation mark that the line does not close."""
    value = line[_start_of_value(line) :]
    return value.startswith('"') and value.count('"') % 2 == 1


def _unclosed_quote(_lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    return opened, "the quotation mark that opens here is not closed", "close the text with the same mark"


def _unclosed_bracket(lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    while opened and not re.search(r"[\[{]", lines[opened]):  # at the end of the file nothing says where it opened
        opened -= 1
    sign = "[" if lines[opened].rfind("[") > lines[opened].rfind("{") else "{"
    message = f"after `{sign}` a comma or the closing `{'}' if sign == '{' else ']'}` is missing"
    return opened, message, "or put the text in quotes"


def _anchor(lines: list[str], line: int, column: int, opened: int) -> Fault:
    """A text that begins with * or &, or a list with * for its bullets."""
    start = _start_of_value(lines[opened])
    if lines[opened][start : start + 2] == "* ":
        return opened, "an item of a list cannot begin with `*`", "begin it with `- `"
    return opened, f"a text cannot begin with `{lines[opened][start : start + 1]}`", QUOTES


def _block(lines: list[str], _line: int, _column: int, opened: int) -> Fault:
    sign = lines[opened][_start_of_value(lines[opened]) :][:1]
    return opened, f"a text cannot begin with `{sign}`", QUOTES


def _start(lines: list[str], line: int, column: int, _opened: int) -> Fault:
    """A file whose first line is no key."""
    first = next(i for i, each in enumerate(lines) if _content(each))
    if re.search(r":(\s|$)", _content(lines[first])):
        return _indent(lines, line, column, line)
    return _no_key(lines, first, 0, first)


def _start_of_value(line: str) -> int:
    """Return the column at which the text after dashes and a key begins."""
    found = _BEFORE_VALUE.match(line)
    return found.end() if found else 0


def _content(line: str) -> str:
    """Return a line without its remark."""
    return re.sub(r"(^|\s)#.*", "", line).strip()


_FAULTS: dict[str, Callable[[list[str], int, int, int], Fault]] = {
    "tab character": _tab,
    "cannot start any token": _sign,
    "mapping values are not allowed": _colon,
    "could not find expected ':'": _no_key,
    "quoted scalar: found unexpected end of stream": _unclosed_quote,
    "unknown escape character": lambda _l, line, _c, _o: (line, "a backslash cannot stand in double quotes", "use '…'"),
    "expected ',' or": _unclosed_bracket,
    "flow node: did not find expected node content": _unclosed_bracket,
    "scanning an alias": _anchor,
    "scanning an anchor": _anchor,
    "block sequence entries are not allowed": lambda _l, line, _c, _o: (
        line, "a list cannot begin in this line", "begin it in the next line, or put the text in quotes",
    ),
    "scanning a block scalar": _block,
    "scanning a directive": lambda _l, line, _c, _o: (line, "a line cannot begin with `%`", "begin a remark with `#`"),
    "another document": lambda _l, line, _c, _o: (line, "`---` cannot stand here", "delete the line"),
    "expected <document start>": _start,
    "found unexpected ':'": lambda _l, line, _c, _o: (line, "a colon stands in the text", QUOTES),
    "mapping keys are not allowed": _sign,
    "expected node content": lambda _l, line, _c, _o: (line, "a text is missing", "look at the commas and brackets"),
    "expected key": _indent,
    "expected '-' indicator": _indent,
    "exceeded maximum nesting depth": lambda _l, line, _c, _o: (line, "lists lie too deep in other lists here", ""),
}  # fmt: skip
"""By words of the YAML reader's error: what to say instead. The first that fits is taken."""
