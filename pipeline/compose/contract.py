"""Whether the templates of the kinds can be filled: well formed, and asking for nothing that nobody gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from pipeline.compose.report import BoardView
from pipeline.compose.view import View
from pipeline.core.problems import Problem, nearest
from pipeline.core.sources import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from jinja2 import Environment, nodes

    from pipeline.core.sources import Locale

_Fault = tuple[int, str, str]
"""Line, message and fix."""

FOLDER = "templates/kinds"
GIVEN: dict[str, Any] = {"view": View, "texts": Texts, "words": None}
"""What a template sees, by name, with its record where it is one."""

_SITE = ("funding", "partners", "contact", "ways", "seminars", "calendar", "schedule")
_EVENT = ("title", "title_language", "day", "hours", "duration", "funding")
_PERSON = ("name", "name_direction", "minutes", "number", "code")
_FINDINGS = ("refusals", "removals", "unfilled", "remarks", "differences")
OWN: dict[str, dict[str, Any]] = {
    "page.html": GIVEN | dict.fromkeys(("files", "calendars", "bibliography", "ways", "sisters", "zip")),
    "index.html": {"texts": Texts, **dict.fromkeys(("words", "title", "subtitle", "hosts", *_SITE))},
    "certificate.html": dict.fromkeys(("words", "series_title", "hosts", *_EVENT, *_PERSON)),
    "report.html": {"view": View, **dict.fromkeys(("words", "verdicts", "name", "status", *_FINDINGS))},
    "status.html": {
        "boards": tuple[BoardView, ...],
        **dict.fromkeys(("words", "verdicts", "language", "series_title", "nobodys")),
    },
}
"""The same for the templates that are given more, or less."""


def contract(
    root: Path, needed: Iterable[str], locales: Mapping[str, Locale], vocabulary: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield a problem for each fault of the `needed` templates and of those that they import.

    `vocabulary` holds, by "element" and "class", the words of HTML that every writer knows.
    """
    from pipeline.compose.template import environment

    reader = environment(root / FOLDER, "", ())
    trees: dict[str, nodes.Template] = {}
    for name in needed:
        yield from _read(name, root, reader, trees)
    names = _records(trees)
    for name, tree in trees.items():
        given = OWN.get(name, GIVEN)
        faults = [*_unknown_words(root / FOLDER / name, vocabulary), *_faults(tree, reader, given, names, locales)]
        for line, message, fix in faults:
            yield Problem(path=f"{FOLDER}/{name}", line=line, message=message, fix=fix)


def place_of(error: Exception) -> list[Problem]:
    """Return the place in a template at which filling it failed; nothing if the error is not about a template."""
    import traceback

    if not type(error).__module__.startswith("jinja2."):
        return []
    told = "".join(traceback.format_exception(error))  # the worker's own traceback travels as text
    places = re.findall(rf'File "[^"]*({FOLDER}/[^"]+)", line (\d+)', told.replace("\\", "/"))
    return [Problem(path=path, line=int(line), message=f"this cannot be filled: {error}") for path, line in places[-1:]]


def _read(name: str, root: Path, reader: Environment, trees: dict[str, nodes.Template]) -> Iterator[Problem]:
    """Add a template and those it imports to `trees`; yield a problem for each that cannot be read."""
    from jinja2 import TemplateSyntaxError
    from jinja2.meta import find_referenced_templates

    path = f"{FOLDER}/{name}"
    try:
        trees[name] = reader.parse((root / path).read_text(encoding="utf-8"), name)
    except TemplateSyntaxError as error:
        message = f"this template cannot be read: {str(error.message).partition('. ')[0].rstrip('.')}"
        yield Problem(path=path, line=error.lineno, message=message, fix="look at the braces and tags of this line")
    except UnicodeDecodeError:
        yield Problem(path=path, line=1, message="this file is not UTF-8 text", fix="save it with the encoding UTF-8")
    except OSError:
        yield Problem(path=path, line=1, message="this file is missing")
    for other in find_referenced_templates(trees[name]) if name in trees else ():
        if other and other not in trees:
            yield from _read(other, root, reader, trees)


def _unknown_words(path: Path, vocabulary: Mapping[str, Collection[str]]) -> Iterator[_Fault]:
    """Yield the elements and classes that no writer knows."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        found = [("element", word) for word in re.findall(r"<([a-z][a-z0-9]*)", line)]
        found += [("class", word) for words in re.findall(r'class="([^"{]*)"', line) for word in words.split()]
        for what, word in found:
            if word not in vocabulary[what]:
                yield number, f"no writer knows the {what} `{word}`", nearest(word, vocabulary[what])


def _records(trees: Mapping[str, nodes.Template]) -> dict[str, Any]:
    """Return the records that stand behind names: what is given, and what loops take from it.

    A macro's arguments bear the names that loops use elsewhere; a name with two meanings is left out.
    """
    from jinja2 import nodes

    found = {name: record for given in (*OWN.values(), GIVEN) for name, record in given.items()}
    for tree in trees.values():
        for loop in tree.find_all(nodes.For):
            if isinstance(loop.target, nodes.Name):
                name, record = loop.target.name, _element(_record(loop.iter, found))
                found[name] = record if found.get(name, record) is record else None
    return found


def _record(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """Return the type of an expression as far as it can be told, else None."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr):
        return _hints(_record(node.node, names)).get(node.attr)
    if isinstance(node, nodes.Getitem):
        return _element(_record(node.node, names))
    return None


@lru_cache(maxsize=64)
def _hints(record: Any) -> dict[str, Any]:
    """Return the types of the values of a dataclass or model; nothing for any other type."""
    if isinstance(record, type) and issubclass(record, BaseModel):
        return {name: field.annotation for name, field in record.model_fields.items()}
    return get_type_hints(record) if is_dataclass(record) else {}


def _element(type: Any) -> Any:
    return get_args(type)[0] if get_origin(type) is tuple else None


def _faults(
    tree: nodes.Template,
    reader: Environment,
    given: Mapping[str, Any],
    names: Mapping[str, Any],
    locales: Mapping[str, Locale],
) -> Iterator[_Fault]:
    """Yield line, message and fix for each value, word and filter that is asked for and is not there."""
    from jinja2 import nodes
    from jinja2.meta import find_undeclared_variables

    odd = [filter for filter in tree.find_all(nodes.Filter) if filter.name not in reader.filters]
    for filter in odd:
        yield filter.lineno, f"no filter is called `{filter.name}`", nearest(filter.name, reader.filters)
        filter.name = "string"  # one that there is: the rest can then be looked through
    unknown = find_undeclared_variables(tree) - given.keys() - reader.globals.keys()
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            yield name.lineno, f"nothing is called `{name.name}` here", nearest(name.name, given)
    for asked in tree.find_all(nodes.Getattr):
        values = _hints(_record(asked.node, names))
        if values and asked.attr not in values:
            yield asked.lineno, f"there is no value `{asked.attr}` here", nearest(asked.attr, values)
    for group in ("words", "verdicts") if locales else ():
        known = {word for locale in locales.values() for word in getattr(locale, group) or ()}
        yield from _missing_words(tree, group, known)


def _missing_words(tree: nodes.Template, group: str, known: Collection[str]) -> Iterator[_Fault]:
    """Yield a fault for each word of a group of the locales that no language has: `words.x` or `words["x_" ~ y]`."""
    from jinja2 import nodes

    for asked in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if not (isinstance(asked.node, nodes.Name) and asked.node.name == group):
            continue
        if isinstance(asked, nodes.Getattr):
            if asked.attr not in known:
                fix = nearest(asked.attr, known, otherwise=f"add `{asked.attr}: …` to the {group} of every language")
                yield asked.lineno, f"no language has the word `{asked.attr}`", fix
        elif isinstance(asked.arg, nodes.Concat) and isinstance(asked.arg.nodes[0], nodes.Const):
            start = asked.arg.nodes[0].value
            if not any(word.startswith(start) for word in known):
                yield asked.lineno, f"no language has a word that begins with `{start}`", ""
