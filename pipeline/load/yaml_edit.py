"""Another value for one text of a YAML file: every other byte of the file stays, and the result is checked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any

import yaml

WIDTH = 100
"""Where lines of a folded text are broken, as in the sources."""


class NotEditable(Exception):
    """The value cannot be put there safely; the message says why."""


def with_value(text: str, loc: tuple[str, ...], value: str) -> str:
    """Return the YAML text with `value` at the keys `loc`, in the style of the old one; raise `NotEditable`."""
    if "\ufffd" in text or "\0" in text:
        raise NotEditable("the file is not UTF-8")
    if not value or not value.isprintable() or value != " ".join(value.split()):
        raise NotEditable("the new text is empty or contains invisible characters")
    node, others = _node(text, loc), _others(text, loc)
    start, end = node.start_mark.index, node.end_mark.index
    for new_value in [_block(text[start:end], value)] if node.style in (">", "|") else _inline(node, value):
        new = text[:start] + new_value + text[end:]
        try:
            read = _node(new, loc)
        except NotEditable:
            continue
        is_text = read.tag == "tag:yaml.org,2002:str"  # and no number, say
        if is_text and " ".join(read.value.split()) == value and _others(new, loc) == others:
            return new
    raise NotEditable("the file is written in a way that could not be kept")


def _node(text: str, loc: tuple[str, ...]) -> yaml.ScalarNode:
    """Return the text at the keys `loc`."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise NotEditable("the file cannot be read") from error
    for key in loc:
        found = [value for name, value in node.value if name.value == key] if isinstance(node, yaml.MappingNode) else []
        if len(found) != 1:
            raise NotEditable(f"there is no single `{': '.join(loc)}` in the file")
        (node,) = found
    if not isinstance(node, yaml.ScalarNode):
        raise NotEditable(f"`{': '.join(loc)}` is not a text")
    return node


def _others(text: str, loc: tuple[str, ...]) -> Any:
    """Return the values of the file without the one at the keys `loc`."""
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    del reduce(getitem, loc[:-1], tree)[loc[-1]]
    return tree


def _inline(node: yaml.ScalarNode, value: str) -> Iterator[str]:
    """Yield the forms of a text on one line: quoted like the old one, or without quotes and then with them."""
    style = node.style if node.style in ("'", '"') else None
    if style is None:
        yield value
    listed = yaml.safe_dump([value], default_flow_style=True, default_style=style, width=10**6, allow_unicode=True)
    yield listed.strip()[1:-1]


def _block(old: str, value: str) -> str:
    """Return a text on lines of its own, indented and broken like the old one."""
    newline = "\r\n" if "\r\n" in old else "\n"
    head, *lines = old.split(newline)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    width = WIDTH if head.startswith(">") else 10**6
    broken = textwrap.wrap(value, width - len(indent), break_long_words=False, break_on_hyphens=False)
    tail = old[len(old.rstrip()) :].lstrip(" ")
    return newline.join((head, *(indent + line for line in broken))) + tail
