"""One text of a YAML file gets another value; not a letter of the file beside it moves, and what results is checked."""

from __future__ import annotations

import re
import textwrap

import yaml

WIDTH = 100
"""Where lines of a folded text are broken, as in the sources."""


class Unamendable(Exception):
    """The value cannot be put there surely; the message says why."""


def amended(text: str, way: tuple[str, ...], value: str) -> str:
    """Return the YAML text with `value` at `way`, in the style that the old one has; raise `Unamendable`."""
    if "\ufffd" in text or "\0" in text:
        raise Unamendable("the file is not UTF-8")
    if not value or not value.isprintable() or value != " ".join(value.split()):
        raise Unamendable("the new text is empty or holds signs that cannot be seen")
    node = _node(_read(text), way)
    start, end = node.start_mark.index, node.end_mark.index
    fresh = _block(text[start:end], value) if node.style in (">", "|") else _inline(node, value)
    new = text[:start] + fresh + text[end:]
    if _plain(_read(new)) != _with(_plain(_read(text)), way, value):
        raise Unamendable("the file is written in a way that could not be kept")
    return new


def _read(text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Unamendable("the file cannot be read") from error
    if root is None:
        raise Unamendable("the file is empty")
    return root


def _node(node: yaml.Node, way: tuple[str, ...]) -> yaml.ScalarNode:
    """Return the text at a way of keys."""
    for key in way:
        found = [value for name, value in node.value if name.value == key] if isinstance(node, yaml.MappingNode) else []
        if len(found) != 1:
            raise Unamendable(f"there is no single `{': '.join(way)}` in the file")
        (node,) = found
    if not isinstance(node, yaml.ScalarNode):
        raise Unamendable(f"`{': '.join(way)}` is not a text")
    return node


def _inline(node: yaml.ScalarNode, value: str) -> str:
    """Return a text on one line, quoted as the old one or where it must be; it may stand in braces."""
    style = node.style if node.style in ("'", '"') else None
    listed = yaml.safe_dump([value], default_flow_style=True, default_style=style, width=10**6, allow_unicode=True)
    return listed.strip()[1:-1]


def _block(old: str, value: str) -> str:
    """Return a text on lines of its own, indented and broken as the old one."""
    newline = "\r\n" if "\r\n" in old else "\n"
    head, *lines = old.split(newline)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    width = WIDTH if head.startswith(">") else 10**6
    broken = textwrap.wrap(value, width - len(indent), break_long_words=False, break_on_hyphens=False)
    tail = re.search(r"\s*\Z", old)[0].lstrip(" ")
    return newline.join((head, *(indent + line for line in broken))) + tail


def _plain(node: yaml.Node):
    """Return the values of a tree as they are read, every text with single spaces."""
    if isinstance(node, yaml.MappingNode):
        return [(_plain(key), _plain(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return " ".join(node.value.split())


def _with(tree, way: tuple[str, ...], value: str):
    """Return the values with another one at a way."""
    if not way:
        return value
    return [(key, _with(inner, way[1:], value) if key == way[0] else inner) for key, inner in tree]
