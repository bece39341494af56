"""YAML nodes take the shape of a record of `model`: types checked, unknown keys refused, all problems noted at once.

It walks the dataclasses themselves, so a new field of the model is at once read, checked and part of the JSON Schema.
(A validation library was measured: importing it and building its validators cost more than the whole build.)
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml

from pipeline.load.yaml_file import line_of
from pipeline.problems import Problem, nearest

Places = dict[tuple[str | int, ...], int]
"""Line numbers by the way to a value: `("segments", 1, "speakers", 0)` -> 21."""


@lru_cache(maxsize=64)
def hints(record: type) -> dict[str, Any]:
    """Return the field types of a record."""
    return get_type_hints(record)


@dataclass(kw_only=True)
class Shaper:
    """Reads the nodes of one file; `places` and `problems` grow as it goes."""

    path: str
    places: Places
    problems: list[Problem]

    def note(self, node: yaml.Node, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path=self.path, line=line_of(node), message=message, fix=fix))

    def record(self, record: type, node: yaml.Node, given: Mapping[str, Any], way: tuple = ()) -> Any:
        """Return a `record` from a mapping, `given` fields being supplied by the caller; None when it has problems."""
        wanted = {f.name: f for f in fields(record) if f.name not in given}
        required = [name for name, f in wanted.items() if f.default is MISSING and f.default_factory is MISSING]
        if isinstance(node, yaml.ScalarNode) and len(required) == 1 and node.value:
            # A record with one thing to say may be written as that thing alone: `chair: joyce-hakmeh`.
            return self._made(record, {required[0]: self.value(hints(record)[required[0]], node, way)}, given)
        if not isinstance(node, yaml.MappingNode):
            self.note(node, f"{_name(way)} must be `key: value` lines", "the keys are " + _listed(wanted))
            return None
        read: dict[str, Any] = {}
        for key, value in node.value:
            if key.value not in wanted:
                self.note(key, f"unknown key `{key.value}`", nearest(str(key.value), wanted))
            elif not _is_empty(value):
                read[key.value] = self.value(hints(record)[key.value], value, (*way, key.value))
            self.places[(*way, key.value)] = line_of(key)
        for name in required:
            if name not in read:
                line = self.places.get((*way, name), line_of(node))
                message = f"{_name(way)}`{name}` is missing" if (*way, name) not in self.places else f"`{name}` is empty"
                self.problems.append(Problem(path=self.path, line=line, message=message, fix=f"add `{name}: …`"))
        return self._made(record, read, given) if all(name in read for name in required) else None

    def _made(self, record: type, read: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
        return None if any(value is None for value in read.values()) else record(**read, **given)

    def value(self, wanted: Any, node: yaml.Node, way: tuple) -> Any:
        """Return the node as the wanted type, or None with the problem noted."""
        self.places[way] = line_of(node)
        origin = get_origin(wanted)
        if origin in (Union, types.UnionType):
            return self._union([t for t in get_args(wanted) if t is not type(None)], node, way)
        if origin is tuple:
            return self._sequence(get_args(wanted)[0], node, way)
        if origin is Mapping:
            return self._mapping(get_args(wanted)[1], node, way)
        if is_dataclass(wanted):
            return self.record(wanted, node, {}, way)
        if not isinstance(node, yaml.ScalarNode):
            return self.note(node, f"`{way[-1]}` must be one line of text, not a list or a map")
        if origin is Literal:
            if node.value in get_args(wanted):
                return node.value
            return self.note(node, f"`{way[-1]}` cannot be `{node.value}`", nearest(node.value, get_args(wanted)))
        return self._scalar(wanted, node, way)

    def _scalar(self, wanted: type, node: yaml.ScalarNode, way: tuple) -> Any:
        try:
            # a text keeps its edges: strip() would take a no-break space for a blank
            return SCALARS[wanted][1](node.value if wanted is str else node.value.strip())
        except ValueError:
            return self.note(node, f"`{way[-1]}` cannot be `{node.value}`", f"write {SCALARS[wanted][0]}")

    def _union(self, options: list[Any], node: yaml.Node, way: tuple) -> Any:
        """Return the text or the map of texts: the one kind of choice that the model has besides "or nothing"."""
        for option in options:
            if (option is str) == isinstance(node, yaml.ScalarNode) or len(options) == 1:
                return self.value(option, node, way)
        raise TypeError(f"{way}: no rule for {options}")

    def _sequence(self, item: Any, node: yaml.Node, way: tuple) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.note(node, f"`{way[-1]}` must be a list", "write each item on a line of its own after `- `")
        items = tuple(self.value(item, child, (*way, i)) for i, child in enumerate(node.value))
        return None if any(value is None for value in items) else items

    def _mapping(self, item: Any, node: yaml.Node, way: tuple) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.note(node, f"`{way[-1]}` must be `key: value` lines")
        read = {str(k.value): self.value(item, v, (*way, str(k.value))) for k, v in node.value if not _is_empty(v)}
        return None if any(value is None for value in read.values()) else read


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == ""


def _name(way: tuple) -> str:
    return " ".join(f"`{step}`" if isinstance(step, str) else f"item {step + 1}" for step in way) + (" " if way else "")


def _listed(names: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _time(text: str) -> time:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2]))


def _date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueError(text)
    return int(text)


def _yes_or_no(text: str) -> bool:
    return {"true": True, "false": False, "yes": True, "no": False}[text.lower()]


def _bool(text: str) -> bool:
    try:
        return _yes_or_no(text)
    except KeyError:
        raise ValueError(text) from None


SCALARS = {
    str: ("one line of text", str),
    int: ("a whole number in figures, like 100", _whole),
    float: ("a number, like 12.5", float),
    bool: ("true or false", _bool),
    date: ("a day of the calendar as year-month-day, like 2020-07-09", _date),
    time: ("a time of day in 24 hours, like 08:45", _time),
}
"""By type: what to write, in words, and how it is read."""
