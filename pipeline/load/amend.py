"""One text of a YAML file gets another value; every other byte of the file stays, and the result is checked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

WIDTH = 100
"""Where lines of a folded text are broken, as in the sources."""
_TEXT = "tag:yaml.org,2002:str"


class Unamendable(Exception):
    """The value cannot be put there surely; the message says why."""


def amended(text: str, loc: tuple[str, ...], value: str) -> str:
    """Return the YAML text with `value` at the keys `loc`, in the style that the old one has; raise `Unamendable`."""
    if "\ufffd" in text or "\0" in text:
        raise Unamendable("the file is not UTF-8")
    if not value or not value.isprintable() or value != " ".join(value.split()):
        raise Unamendable("the new text is empty or contains invisible characters")
    node = _node(_read(text), loc)
    start, end = node.start_mark.index, node.end_mark.index
    block = node.style in (">", "|")
    for fresh in (_block(text[start:end], value),) if block else _inline(node, value):
        new = text[:start] + fresh + text[end:]
        if _holds(new, text, loc, value):
            return new
    raise Unamendable("the file is written in a way that could not be kept")


def _holds(new: str, text: str, loc: tuple[str, ...], value: str) -> bool:
    """Return whether `new` is read as `text` is, with `value` at the keys `loc` as a text and not as a number, say."""
    try:
        tree = _read(new)
        return _plain(tree) == _with(_plain(_read(text)), loc, value) and _node(tree, loc).tag == _TEXT
    except Unamendable:
        return False


def _read(text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Unamendable("the file cannot be read") from error
    if root is None:
        raise Unamendable("the file is empty")
    return root


def _node(node: yaml.Node, loc: tuple[str, ...]) -> yaml.ScalarNode:
    """Return the text at a path of keys."""
    for key in loc:
        found = [value for name, value in node.value if name.value == key] if isinstance(node, yaml.MappingNode) else []
        if len(found) != 1:
            raise Unamendable(f"there is no single `{': '.join(loc)}` in the file")
        (node,) = found
    if not isinstance(node, yaml.ScalarNode):
        raise Unamendable(f"`{': '.join(loc)}` is not a text")
    return node


def _inline(node: yaml.ScalarNode, value: str) -> Iterator[str]:
    """Yield a text on one line as it may be written, quoted as the old one, or else plain before quoted."""
    style = node.style if node.style in ("'", '"') else None
    if style is None:
        yield value
    listed = yaml.safe_dump([value], default_flow_style=True, default_style=style, width=10**6, allow_unicode=True)
    yield listed.strip()[1:-1]


def _block(old: str, value: str) -> str:
    """Return a text on lines of its own, indented and broken as the old one."""
    newline = "\r\n" if "\r\n" in old else "\n"
    head, *lines = old.split(newline)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    width = WIDTH if head.startswith(">") else 10**6
    broken = textwrap.wrap(value, width - len(indent), break_long_words=False, break_on_hyphens=False)
    tail = old[len(old.rstrip()) :].lstrip(" ")
    return newline.join((head, *(indent + line for line in broken))) + tail


def _plain(node: yaml.Node) -> Any:
    """Return the values of a tree as they are read, every text with single spaces."""
    if isinstance(node, yaml.MappingNode):
        return [(_plain(key), _plain(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return " ".join(node.value.split())


def _with(tree: Any, loc: tuple[str, ...], value: str) -> Any:
    """Return the values with another one at a path of keys."""
    if not loc:
        return value
    return [(key, _with(inner, loc[1:], value) if key == loc[0] else inner) for key, inner in tree]
