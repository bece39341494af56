"""The values of one YAML file become a model of `core.sources`; pydantic's errors become messages in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.json_schema import SkipJsonSchema

from pipeline.core.problems import closest, listed, nearest, quoted
from pipeline.core.sources import LONGEST_WORD, TAGS
from pipeline.load.files import File, Loc, Sources, Tree, yaml_values
from pipeline.load.lookalikes import inside

M = TypeVar("M", bound=BaseModel)

MEANT = dict.fromkeys(("role", "function", "position", "post"), "affiliation")
"""Keys that people write, and the names of the fields that they mean."""

WRITE = {
    "int": "a whole number in figures, like 100",
    "float": "a number, like 12.5",
    "finite": "a number, like 12.5",
    "bool": "true or false",
    "date": "a day of the calendar as year-month-day, like 2020-07-09",
    "time": "a time of day on the 24-hour clock, like 08:45",
}
"""By the first word of pydantic's type of error: what to write."""

LONG = ("string_too_long", "one_line", "long_word")
"""Pydantic's types of errors for a text that does not fit its place."""
ONE_WORD = frozenset(
    ("language", "person", "segment", "id", "country", "photo", "logo", "host_zone", "zone", "original", "tag")
    + ("biblatex", "registration", "website", "contact", "file_prefix")
)
"""Fields whose value is one word or one name, for which no quotation marks would help."""

_Error = tuple[str, Loc, Any, Mapping[str, Any]]
"""Pydantic's type of an error, where it is, the value, and numbers such as a limit."""


def read_model(sources: Sources, model: type[M], path: Path, given: Mapping[str, Any] | None = None) -> M | None:
    """Return a YAML file as a model, or None if nothing can be read; `given` are values that it does not contain.

    A value with a problem is None in the model, so that all others can be checked.
    """
    return sources.parsed(path, partial(_validated, model, given or {}), (model, given))


def _validated(model: type[M], given: Mapping[str, Any], text: str, file: File) -> M | None:
    tree, not_typed = yaml_values(text, file), supplied(model)
    if tree is None:
        return None
    typed = {key: value for key, value in tree.items() if key not in not_typed}
    errors: list[_Error] = [("extra_forbidden", (key,), tree[key], {}) for key in tree if key in not_typed]
    try:
        value = model.model_validate({**typed, **given})
    except ValidationError as error:
        for each in error.errors(include_url=False):
            if each["type"] == "too_short" and each["input"]:
                continue  # pydantic does not count items that have errors of their own
            loc = tuple(part for part in each["loc"] if part not in TAGS)
            kind = each["type"]
            if each["loc"][-1:] == TAGS[:1] and kind not in LONG:
                kind = "text_type"
            errors.append((kind, loc, each["input"], each.get("ctx", {})))
        value = _valid_part(model, {**typed, **given}, {loc for _, loc, *_ in errors}, ())
    _note_errors(errors, model, tree, file)
    return value


def supplied(model: type[BaseModel]) -> frozenset[str]:
    """Return the fields of a model that its file does not contain."""
    skip: Any = SkipJsonSchema  # for mypy it is an annotation and no class
    fields = model.model_fields.items()
    return frozenset(name for name, field in fields if any(isinstance(mark, skip) for mark in field.metadata))


def _valid_part(wanted: Any, tree: Any, faulty: set[Loc], loc: Loc) -> Any:
    """Return a tree as the wanted type with None for each faulty value; a faulty optional key gets its default."""
    if loc in faulty:
        return None
    if not any(each[: len(loc)] == loc for each in faulty):
        return TypeAdapter(wanted).validate_python(tree)
    if isinstance(tree, list):
        return tuple(_valid_part(_inner(wanted, i), item, faulty, (*loc, i)) for i, item in enumerate(tree))
    model = _model(wanted)
    if model is None:
        return {key: _valid_part(_inner(wanted, key), item, faulty, (*loc, key)) for key, item in tree.items()}
    read = {
        name: _valid_part(_inner(model, name), tree.get(name), faulty, (*loc, name))
        for name, field in model.model_fields.items()
        if field.is_required() or (name in tree and (*loc, name) not in faulty)
    }
    return model.model_construct(**read)


def _model(wanted: Any) -> type[BaseModel] | None:
    """Return the model that a type is, or is besides None."""
    if isinstance(wanted, type) and issubclass(wanted, BaseModel):
        return wanted
    options = get_args(wanted) if get_origin(wanted) in (Annotated, Union, UnionType) else ()
    return next(filter(None, map(_model, options)), None)


def _inner(wanted: Any, key: str | int) -> Any:
    """Return the type of the value at a key or number of a value of the wanted type, or None."""
    model = _model(wanted)
    if model is not None:
        field = model.model_fields.get(str(key))
        return Annotated[field.annotation, field] if field else None
    origin, options = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return _inner(options[0], key)
    if origin in (Union, UnionType):
        return next(filter(None, (_inner(option, key) for option in options)), None)
    if not options:
        return None
    return options[-1] if origin is Mapping else options[0]


def _note_errors(errors: list[_Error], model: type[BaseModel], tree: Tree, file: File) -> None:
    """Note each error at its line; a key that was written wrongly is not missing as well."""
    meant: set[Loc] = set()
    for kind, loc, value, limits in sorted(errors, key=lambda error: error[0] != "extra_forbidden"):
        wanted = reduce(_inner, loc[:-1], model)
        name = str(loc[-1])
        if kind == "extra_forbidden":
            written = reduce(lambda inner, part: inner[part], loc[:-1], tree)
            free = [field for field in _keys(wanted) if field not in written]
            word = MEANT.get(name, "")
            meant.add((*loc[:-1], closest(word if word in free else name, free)))
            message, fix = f"unknown key {quoted(name)}", nearest(word if word in free else name, free) or "delete it"
        elif kind != "missing":
            message, fix = _explained(kind, value, limits, _inner(wanted, loc[-1]), loc)
            message = f"{_called(loc)} {message}"
        elif loc in file.places:
            message, fix = f"`{name}` is empty", f"write `{name}: …`"
        elif loc not in meant:
            around = f" in {_called(loc[:-1])}" if len(loc) > 1 else ""
            message, fix = f"`{name}` is missing{around}", f"write `{name}: …`"
        else:
            continue
        file.note(file.line(loc), message, fix)


def _explained(kind: str, value: Any, limits: Mapping[str, Any], wanted: Any, loc: Loc) -> tuple[str, str]:
    """Return message (without the name of the value) and fix for a value that does not have the wanted type."""
    if value is None:
        return "is empty", "write it or delete the line"
    if kind == "string_too_long":
        return f"has {len(value):,} characters", f"write {limits['max_length']:,} at most"
    if kind == "one_line":
        return "has several lines", "write it on one line"
    if kind == "long_word":
        return f"has a word of over {LONGEST_WORD} characters", "put a space or a hyphen into it"
    if kind == "too_long":
        return f"has {limits['actual_length']:,} items", f"write {limits['max_length']:,} at most"
    if kind == "too_short":
        return "is an empty list", "write at least one item after `- `"
    if kind == "tuple_type":
        return "must be a list", "write each item on a line of its own after `- `"
    if kind == "model_type" and isinstance(value, list) and hasattr(_model(wanted), "short"):
        return _not_a_list(kind, loc, value)
    if kind == "model_type":
        return "must be `key: text` lines", f"the keys are {listed(_keys(wanted))}"
    if kind == "dict_type":
        return "must be `key: text` lines", "write them below it, like `en: …`"
    if kind == "text_type":
        fix = "write it after the key, or each language on a line of its own: `en: …`"
        return "must be one text, or one for each language", fix
    if isinstance(value, dict):
        return "must be one text, not `key: text` lines", "put the text in quotes if it contains a colon"
    if isinstance(value, list):
        return _not_a_list(kind, loc, value)
    if kind == "literal_error":
        fix = nearest(value, get_args(get_args(wanted)[0]))
    elif kind == "greater_than_equal":
        fix = f"write {limits['ge']:g} or more"
    elif kind == "less_than_equal":
        fix = f"write {limits['le']:g} or less"
    else:
        fix = f"write {WRITE[kind.split('_')[0]]}"
    odd = inside(value) if isinstance(value, str) else ""
    return f"cannot be {quoted(value)}" + (f": {odd}" if odd else ""), fix


def _not_a_list(kind: str, loc: Loc, items: list[Tree]) -> tuple[str, str]:
    """Return message and fix for a list in the place of one word or one text."""
    words = [item for item in items if isinstance(item, str)]
    if kind == "string_type" and loc[-1] not in ONE_WORD:
        return "must be one text, not a list", "put the text in quotes"
    write = f"write `{loc[-1]}: {words[0]}`" if words else "write it after the key"
    return "must be one word, not a list", write if len(words) < 2 else f"keep one of {listed(words)}: {write}"


def _keys(wanted: Any) -> list[str]:
    """Return the keys that a file may have where this model is expected."""
    model = _model(wanted)
    assert model is not None, wanted
    not_typed = supplied(model)
    return [name for name in model.model_fields if name not in not_typed]


def _called(loc: Loc) -> str:
    """Return the name of a value in messages: its key, or its number in a list."""
    if isinstance(loc[-1], str):
        return quoted(loc[-1])
    return f"item {loc[-1] + 1} of {_called(loc[:-1])}"
