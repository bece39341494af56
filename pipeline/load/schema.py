"""JSON Schemas of the YAML files, written from the records of `model`: an editor completes keys and marks mistakes.

An editor sees what YAML makes of a value (a number, true, nothing at all) where this program reads the text as typed,
so a schema allows each value in the forms that come to the same.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pipeline.core.sources import Brand, Locale, Person, Seminar, Series, Texts
from pipeline.load import SUPPLIED
from pipeline.load.scalars import ANSWERS, DAY, NUMBER, SCALARS, TIME_OF_DAY, WHOLE
from pipeline.load.shape import required_fields

FILES = {
    "series.json": Series,
    "seminar.json": Seminar,
    "person.json": Person,
    "texts.json": Texts,
    "locale.json": Locale,
    "brand.json": Brand,
}
"""By schema: the record that a file of this kind becomes."""

_Schema = dict[str, Any]

_FORMS: dict[type, _Schema] = {
    str: {"type": ["string", "number", "boolean"]},
    int: {"type": ["integer", "string"], "pattern": f"^{WHOLE}$", "minimum": 0},
    float: {"type": ["number", "string"], "pattern": f"^{NUMBER}$", "minimum": 0},
    bool: {"enum": [True, False, *ANSWERS]},
    date: {"type": "string", "pattern": f"^{DAY}$"},
    time: {"type": "string", "pattern": f"^{TIME_OF_DAY}$"},
}


def schemas() -> dict[str, str]:
    """Return the schemas by file name, as JSON that ends with a line break."""
    return {name: json.dumps(_file(record), ensure_ascii=False, indent=2) + "\n" for name, record in FILES.items()}


def _file(record: type) -> _Schema:
    """Return the schema of a whole file, which holds those of the records in it."""
    parts: dict[str, _Schema] = {}
    whole = _object(record, SUPPLIED.get(record, frozenset()), parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Written by `make schema` from pipeline/core/sources.py.",
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def _object(record: type, supplied: frozenset[str], parts: dict[str, _Schema]) -> _Schema:
    """Return the schema of a record's keys, without those that its file does not hold."""
    required = required_fields(record, supplied)
    types_of = get_type_hints(record)
    keys = {}
    for name in (field.name for field in fields(record) if field.name not in supplied):
        form = _form(types_of[name], parts)
        keys[name] = form if name in required else _or_nothing(form)
    # A record without a sentence of its own gets its signature from Python, which helps nobody.
    said = {} if record.__doc__.startswith(f"{record.__name__}(") else {"description": record.__doc__}
    return {**said, "type": "object", "properties": keys, "required": required, "additionalProperties": False}


def _form(wanted: Any, parts: dict[str, _Schema]) -> _Schema:
    """Return the schema of a value of a type; records are put among `parts` and referred to."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        options = [_form(option, parts) for option in get_args(wanted) if option is not types.NoneType]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if origin is tuple:
        return {"type": "array", "items": _form(get_args(wanted)[0], parts)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _form(get_args(wanted)[1], parts)}
    if origin is Literal:
        return {"enum": list(get_args(wanted))}
    if is_dataclass(wanted):
        return _part(wanted, parts)
    words = {} if wanted is str else {"description": SCALARS[wanted][0]}
    return {**words, **_FORMS[wanted]}


def _part(record: type, parts: dict[str, _Schema]) -> _Schema:
    """Return a reference to a record; one that needs a single key may be written as its value alone."""
    if record.__name__ not in parts:
        parts[record.__name__] = {}  # so that a record within itself would end
        whole = _object(record, frozenset(), parts)
        if len(whole["required"]) == 1:
            short = whole["properties"][whole["required"][0]]
            whole = {"anyOf": [short, whole]}
        parts[record.__name__] = whole
    return {"$ref": f"#/$defs/{record.__name__}"}


def _or_nothing(form: _Schema) -> _Schema:
    """Return the schema of a value that may be left empty after its key."""
    if "enum" in form:
        return {**form, "enum": [*form["enum"], None]}
    if "type" in form:
        kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
        return {**form, "type": [*kinds, "null"]}
    return {"anyOf": [form, {"type": "null"}]}
