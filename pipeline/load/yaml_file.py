"""One YAML file as plain text with line numbers: no guessed types, no tags, no aliases, no duplicate keys.

YAML's own types are never used, since they turn 14:30 into 870 and NO into false: every value is the text that was
typed, and the model of the file converts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from pipeline.core.problems import Problem, quoted
from pipeline.load.yaml_errors import explained

Loc = tuple[str | int, ...]
"""The keys and numbers that lead to a value, as in pydantic's errors: `("segments", 1, "speakers", 0)`."""
Places = dict[Loc, int]
"""The line of each key and of each item of a list."""
Tree = str | None | list["Tree"] | dict[str, "Tree"]
"""The values of a file: every text as it was typed, None for an item of a list that is empty."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 50
_CUT = re.compile(r"[ \t]#[^\s#]")  # a comment has a space after its #
_MARK = re.compile(r"(?:^|[\s\[{,])[&*!]", re.MULTILINE)
_KEY_FAULT = "text that begins with { or [ is read as a list"


def compose(text: str, name: str, problems: list[Problem]) -> yaml.MappingNode | None:
    """Return the root mapping of a YAML text, or None if it cannot be read; problems are added under `name`."""
    before = len(problems)
    may_be_deep = text.count("[") + text.count("{") > 500 or text.count("- - ") > 50 or " " * 200 in text
    try:
        if may_be_deep or _MARK.search(text):
            problems += _refused(text, name)
        if len(problems) > before:
            return None  # an alias may stand for any amount of text, so none is ever followed
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line, message, fix = explained(error, text)
        problems.append(Problem(path=name, line=line, message=message, fix=fix))
        return None
    if not isinstance(root, yaml.MappingNode):
        message = "this file is empty" if root is None else "this file must begin with a `key: text` line"
        problems.append(Problem(path=name, line=1 if root is None else line_of(root), message=message))
        return None
    problems += _key_problems(root, name)
    if _CUT.search(text):
        lines = text.split("\n")
        fix = "put the text in quotes, or a space after the # if it is a comment"
        for i in sorted(set(_ends_of_cut_texts(root, lines))):
            kept = _CUT.split(lines[i], maxsplit=1)[0].strip()
            message = f"{quoted(kept)} is all that YAML keeps of this line, since # begins a comment"
            problems.append(Problem(path=name, line=i + 1, message=message, fix=fix))
    return None if any(problem.message == _KEY_FAULT for problem in problems[before:]) else root


def line_of(node: yaml.Node) -> int:
    """Return the line on which the node starts, counted from 1."""
    return node.start_mark.line + 1


def plain(node: yaml.Node, places: Places, loc: Loc = ()) -> Any:
    """Return the values below a node as a `Tree`, without keys that are left empty; put the lines into `places`.

    If a key is given twice, the first counts.
    """
    places.setdefault(loc, line_of(node) if loc else 1)
    if isinstance(node, yaml.SequenceNode):
        return [plain(item, places, (*loc, i)) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        # A no-break space is kept, since it may be what the text is about. NULL is somebody's family name.
        text = node.value.strip(" \t\n")
        plain_null = text in ("null", "~") and isinstance(node, yaml.ScalarNode) and not node.style
        return text if text and not plain_null else None
    read: dict[str, Tree] = {}
    for key, item in node.value:
        places[(*loc, key.value)] = line_of(key)
        value = plain(item, places, (*loc, key.value))
        if value is not None and key.value not in read:
            read[key.value] = value
    return read


def node_at(node: yaml.Node, loc: Loc) -> yaml.Node:
    """Return the node of a value, or the nearest node around it that exists."""
    for part in loc:
        if isinstance(node, yaml.SequenceNode):
            found = node.value[int(part)]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == part), None)
        else:
            found = None
        if found is None:
            return node
        node = found
    return node


def _refused(text: str, name: str) -> Iterator[Problem]:
    """Yield a problem for each anchor, alias and tag, and for lists that are nested too deeply.

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
            fix = "put the text in quotes, or write out what it stands for"
            yield Problem(path=name, line=line, message=message, fix=fix)
        if depth > _DEEPEST:
            yield Problem(path=name, line=line, message="lists are nested too deeply here")
            return


def _ends_of_cut_texts(node: yaml.Node, lines: list[str]) -> Iterator[int]:
    """Yield the line, from 0, of each text without quotes that is followed by `#` and a letter: YAML drops them."""
    if isinstance(node, yaml.ScalarNode) and not node.style:
        end = node.end_mark
        if _CUT.match(lines[end.line][end.column :] if end.line < len(lines) else ""):
            yield end.line
    elif isinstance(node, yaml.CollectionNode):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _ends_of_cut_texts(part, lines)


def _key_problems(node: yaml.Node, name: str) -> Iterator[Problem]:
    """Yield a problem for each key that is given twice in one mapping or is not a plain text."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _key_problems(item, name)
    if not isinstance(node, yaml.MappingNode):
        return
    first: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            yield Problem(path=name, line=line_of(key), message=_KEY_FAULT, fix="put the text in quotes")
            continue
        if key.value in first:
            message = f"{quoted(key.value)} is given twice (first on line {first[key.value]})"
            yield Problem(path=name, line=line_of(key), message=message, fix="keep one")
        first.setdefault(key.value, line_of(key))
        yield from _key_problems(value, name)
