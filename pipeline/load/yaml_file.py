"""One YAML file read as plain text with line numbers: no guessed types, no tags, no aliases, no duplicate keys.

YAML's own types are never used, since they turn 14:30 into 870 and NO into false: every value arrives as the text that
was typed, and the type that wants it says what it must look like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from pipeline.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = "tag:yaml.org,2002:"
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """Return the file's text (BOM, CRLF and UTF-16 accepted) or None with the problem noted under `name`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(path=name, line=1, message=f"cannot be read ({error.strerror})"))
        return None
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(
                path=name,
                line=line,
                message=f"is not UTF-8 text (byte {raw[error.start]:#04x})",
                fix="save the file with the encoding UTF-8",
            )
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems.extend(_unwanted_characters(text, name))
    return text


def _unwanted_characters(text: str, name: str) -> list[Problem]:
    """Return a problem for each line with a control or direction-override character, which print as something else."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        bad = next((c for c in line if (ord(c) < 32 and c != "\t") or ord(c) == 127 or ord(c) in _BIDI), None)
        if bad:
            message = f"holds the invisible character U+{ord(bad):04X}"
            found.append(Problem(path=name, line=number, message=message, fix="delete it"))
    return found


def compose(text: str, name: str, problems: list[Problem]) -> yaml.MappingNode | None:
    """Return the root mapping of a YAML text, or None with every fault of form noted."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "cannot be understood"
        problems.append(
            Problem(path=name, line=mark.line + 1 if mark else 1, message=f"is not valid YAML: {what}", fix=_yaml_fix(what))
        )
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(path=name, line=1, message=f"is not valid YAML: {error}"))
        return None
    if not isinstance(root, yaml.MappingNode):
        problems.append(Problem(path=name, line=1, message="must be a list of `key: value` lines"))
        return None
    _check_form(root, name, problems, set())
    return root


def _yaml_fix(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "put the text in quotes when it holds a colon"
    if "tab" in what or "\\t" in what:
        return "indent with spaces, not with tabs"
    return "look at the indentation and the quotes of this line and the one above"


def line_of(node: yaml.Node) -> int:
    """Return the line on which the node starts, counted from 1."""
    return node.start_mark.line + 1


def _check_form(node: yaml.Node, name: str, problems: list[Problem], seen: set[int]) -> None:
    def note(at: yaml.Node, message: str, fix: str) -> None:
        problems.append(Problem(path=name, line=line_of(at), message=message, fix=fix))

    if id(node) in seen:
        return note(node, "is used again through an alias (`&`, `*`)", "write the text out")
    seen.add(id(node))
    if not node.tag.startswith(_PLAIN_TAGS) or "python" in node.tag:
        note(node, f"has the tag `{node.tag}`", "delete the tag")
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_form(item, name, problems, seen)
    elif isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            word = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if word in first:
                note(key, f"`{word}` stands here twice (first on line {first[word]})", "keep one of them")
            first.setdefault(word, line_of(key))
            _check_form(value, name, problems, seen)
