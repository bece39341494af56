"""YAML nodes take the shape of a record of `model`: types checked, unknown keys refused, all problems noted at once.

It walks the dataclasses themselves, so a new field of the model is at once read, checked and part of the JSON Schema.
(A validation library was measured: importing it and building its validators cost more than the whole build.)

A record with faults is made all the same, what is faulty in it being None, so that the checks that follow can find what
else is wrong; `load` never lets one out.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml

from pipeline.core.problems import Problem, closest, listed, nearest, quoted
from pipeline.load.scalars import SCALARS
from pipeline.load.yaml_file import line_of

Way = tuple[str | int, ...]
Places = dict[Way, int]
"""Line numbers by the way to a value: `("segments", 1, "speakers", 0)` -> 21."""


MEANT = dict.fromkeys(("role", "function", "position", "post"), "affiliation")
"""Keys that people write, and what they are called here."""


@lru_cache(maxsize=64)
def hints(record: type) -> dict[str, Any]:
    """Return the field types of a record."""
    return get_type_hints(record)


def required_fields(record: type, given: Iterable[str]) -> list[str]:
    """Return the names of the fields that a file must hold."""
    return _free_fields(record, frozenset(given))[1]


@lru_cache(maxsize=128)
def _free_fields(record: type, given: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the names of the fields that a file may hold, and of those that it must."""
    free = [f for f in fields(record) if f.name not in given]
    required = [f.name for f in free if f.default is MISSING and f.default_factory is MISSING]
    return [f.name for f in free], required


@dataclass(kw_only=True)
class Shaper:
    """Reads the nodes of one file; `places` and `problems` grow as it goes."""

    path: str
    places: Places
    problems: list[Problem]

    def note(self, node: yaml.Node, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path=self.path, line=line_of(node), message=message, fix=fix))

    def record(self, record: type, node: yaml.Node, given: Mapping[str, Any], way: Way = ()) -> Any:
        """Return a `record` from a mapping, `given` fields being supplied by the caller; None if it is no mapping."""
        wanted, required = _free_fields(record, frozenset(given))
        if isinstance(node, yaml.ScalarNode) and len(required) == 1:
            # A record with one thing to say may be written as that thing alone: `chair: joyce-hakmeh`.
            return record(**{required[0]: self.value(hints(record)[required[0]], node, way)}, **given)
        if not isinstance(node, yaml.MappingNode):
            return self.note(node, f"{_called(way)} must be `key: text` lines", f"the keys are {listed(wanted)}")
        read: dict[str, Any] = {}
        unknown: list[yaml.Node] = []
        for key, value in node.value:
            self.places[(*way, key.value)] = line_of(key)
            if key.value not in wanted:
                unknown.append(key)
            elif not _is_empty(value) and key.value not in read:  # one that stands twice is named elsewhere
                read[key.value] = self.value(hints(record)[key.value], value, (*way, key.value))
        meant = {self._unknown(key, wanted, read) for key in unknown}
        for name in required:
            if name not in read and name not in meant:
                self._missing(name, node, way)
        return record(**{n: read.get(n) for n in wanted if n in required or read.get(n) is not None}, **given)

    def _unknown(self, key: yaml.Node, wanted: list[str], read: Mapping[str, Any]) -> str:
        """Note a key that nobody reads, and return the one that was probably meant: it is not missing as well."""
        free = [name for name in wanted if name not in read]
        word = MEANT.get(key.value, "")
        word = word if word in free else key.value
        self.note(key, f"unknown key {quoted(key.value)}", nearest(word, free) or "delete it")
        return closest(word, free)

    def _missing(self, name: str, node: yaml.Node, way: Way) -> None:
        if (*way, name) in self.places:
            line, message = self.places[(*way, name)], f"`{name}` is empty"
        else:
            line, message = line_of(node), f"`{name}` is missing" + (f" in {_called(way)}" if way else "")
        self.problems.append(Problem(path=self.path, line=line, message=message, fix=f"write `{name}: …`"))

    def value(self, wanted: Any, node: yaml.Node, way: Way) -> Any:
        """Return the node as the wanted type, or None with the problem noted."""
        self.places.setdefault(way, line_of(node))
        origin = get_origin(wanted)
        if origin in (Union, types.UnionType):
            return self._union([t for t in get_args(wanted) if t is not types.NoneType], node, way)
        if origin is tuple:
            return self._sequence(get_args(wanted)[0], node, way)
        if origin is Mapping:
            return self._mapping(get_args(wanted)[1], node, way)
        if is_dataclass(wanted):
            return self.record(wanted, node, {}, way)
        if not isinstance(node, yaml.ScalarNode):
            return self._not_one_text(node, way)
        if origin is Literal:
            if node.value in get_args(wanted):
                return node.value
            fix = nearest(node.value, get_args(wanted))
            return self.note(node, f"{_called(way)} cannot be {quoted(node.value)}", fix)
        return self._scalar(wanted, node, way)

    def _not_one_text(self, node: yaml.Node, way: Way) -> None:
        if isinstance(node, yaml.MappingNode):
            fix = "put the text in quotes when it holds a colon"
            return self.note(node, f"{_called(way)} must be one text, not `key: text` lines", fix)
        return self.note(node, f"{_called(way)} must be one text, not a list", "put the text in quotes")

    def _scalar(self, wanted: type, node: yaml.ScalarNode, way: Way) -> Any:
        words, read = SCALARS[wanted]
        try:
            return read(node.value if wanted is str else node.value.strip())
        except ValueError:
            return self.note(node, f"{_called(way)} cannot be {quoted(node.value)}", f"write {words}")

    def _union(self, options: list[Any], node: yaml.Node, way: Way) -> Any:
        """Return the text or the map of texts: the one kind of choice that the model has besides "or nothing"."""
        if len(options) == 1:
            return self.value(options[0], node, way)
        if isinstance(node, yaml.SequenceNode):
            fix = "write it after the key, or each language on a line of its own: `en: …`"
            return self.note(node, f"{_called(way)} must be one text, or one for each language", fix)
        plain = isinstance(node, yaml.ScalarNode)
        return self.value(next(option for option in options if (option is str) == plain), node, way)

    def _sequence(self, item: Any, node: yaml.Node, way: Way) -> Any:
        """Return a list with None for each faulty item, so that the others keep their places."""
        if not isinstance(node, yaml.SequenceNode):
            return self.note(node, f"{_called(way)} must be a list", "write each item on a line of its own after `- `")
        items = []
        for i, child in enumerate(node.value):
            if _is_empty(child):
                items.append(self.note(child, f"{_called((*way, i))} is empty", "write it or delete the line"))
            else:
                items.append(self.value(item, child, (*way, i)))
        return tuple(items)

    def _mapping(self, item: Any, node: yaml.Node, way: Way) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.note(node, f"{_called(way)} must be `key: text` lines", "write them below it, like `en: …`")
        read = {}
        for key, value in node.value:
            self.places[(*way, key.value)] = line_of(key)
            if not _is_empty(value):
                read[key.value] = self.value(item, value, (*way, key.value))
        return read


def _is_empty(node: yaml.Node) -> bool:
    """Return whether nothing is given. `null` is what programmers write for it; NULL is somebody's family name."""
    if not isinstance(node, yaml.ScalarNode):
        return False
    return not node.value.strip(" \t\n") or (not node.style and node.value in ("null", "~"))


def _called(way: Way) -> str:
    """Return what a message calls a value: its key, or its number in the list that is called so."""
    if not way:
        return "this file"
    if isinstance(way[-1], str):
        return quoted(way[-1])
    return f"item {way[-1] + 1} of {_called(way[:-1])}"
