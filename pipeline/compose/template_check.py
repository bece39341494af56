"""Checks that the templates of documents can be filled: fills each with samples, and reports every fault."""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from inspect import currentframe
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.utils import missing
from lxml import etree

from pipeline.compose.kinds import KINDS, Kind
from pipeline.compose.pictures import SVG, qr_code
from pipeline.compose.samples import Words, sample_locale, samples
from pipeline.compose.templates import FOLDER, environment, filled
from pipeline.compose.view import properties
from pipeline.core.documents import Document, Picture
from pipeline.core.problems import Problem, nearest
from pipeline.core.sources import Locale

_MAP = Picture(name="map", media_type=SVG, content=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
Fault = tuple[str, int, str, str]
"""Template, line, message and fix."""


def check_templates(
    root: Path,
    locales: Mapping[str, Locale],
    elements: Collection[str],
    classes: Collection[str],
    templates: Collection[str] | None = None,
) -> Iterator[Problem]:
    """Yield each fault of these templates, or of all; the writers of all formats know `elements` and `classes`.

    The words that templates use are checked only if `locales` could be read.
    """
    filling = [(name, values) for name, values in samples(root, locales) if templates is None or name in templates]
    for template, line, message, fix in _faults(root, locales, filling, {"element": elements, "class": classes}):
        yield Problem(path=(FOLDER / template).as_posix(), line=line, message=message, fix=fix)


def sample_documents(root: Path, locales: Mapping[str, Locale]) -> Iterator[tuple[Kind, Document]]:
    """Yield the documents of each kind for the samples; every picture in them but the map is the same."""
    filler = environment(root, sample_locale(locales))
    kinds = {kind.template: kind for kind in KINDS.values() if kind.template}
    for template, values in samples(root, locales):
        if template in kinds:
            body = filled(filler, template, values)
            names = {image.get("src", "") for image in etree.fromstring(f"<body>{body}</body>").iter("img")}
            about = properties(kinds[template].id, "sample", "Sample", values["view"])
            pictures = tuple(
                replace(_MAP, name=name) if name == _MAP.name else qr_code(name, "https://example.org/")
                for name in sorted(names)
            )
            yield kinds[template], Document(properties=about, body=body, pictures=pictures)


def place_of_word(root: Path, template: str, word: str) -> tuple[str, int]:
    """Return the path and line at which a template, or one that it imports, has an element like `p.role`."""
    element, *classes = word.split(".")
    trees: dict[str, nodes.Template] = {}
    faults = list(_read(template, root, Environment(), trees))
    for name in trees if not faults else ():
        for line, tag, words in _elements((root / FOLDER / name).read_text(encoding="utf-8")):
            if tag == element and set(classes) <= set(words.split()):
                return (FOLDER / name).as_posix(), line
    return (FOLDER / template).as_posix(), 1


def place_of(error: Exception) -> list[Problem]:
    """Return the line of a template at which filling failed; empty if the error does not come from a template."""
    if not type(error).__module__.startswith("jinja2."):
        return []
    # An error from another process contains its traceback only as text.
    text = "".join(traceback.format_exception(error)).replace("\\", "/")
    places = re.findall(rf'File "[^"]*({FOLDER.as_posix()}/[^"]+)", line (\d+)', text)
    return [Problem(path=path, line=int(line), message=f"this cannot be filled: {error}") for path, line in places[-1:]]


def _faults(
    root: Path,
    locales: Mapping[str, Locale],
    filling: Sequence[tuple[str, Mapping[str, Any]]],
    vocabulary: Mapping[str, Collection[str]],
) -> Iterator[Fault]:
    """Yield each fault of the templates that are filled with these values, and of those that they import."""
    trees = dict[str, nodes.Template]()
    filler, asked = _filler(root, locales)
    for template in dict(filling):
        yield from _read(template, root, filler, trees)
    for template, tree in trees.items():
        yield from _outside(template, (root / FOLDER / template).read_text(encoding="utf-8"), vocabulary)
        yield from _unknown_filters(template, tree, filler)
    found: list[Fault] = []
    for template, values in filling:
        asked.clear()
        stopped = list(_fill(template, values, filler))
        places = {fault[:2] for fault in found}  # each line is reported for one sample only
        found += [fault for fault in (*asked, *stopped) if fault[:2] not in places]
    for template, tree in trees.items():
        values = dict(filling).get(template, {})
        # This finds also the names in branches that no sample reaches.
        unknown = find_undeclared_variables(tree) - values.keys() - filler.globals.keys()
        names = (name for name in tree.find_all(nodes.Name) if name.name in unknown)
        found += [(template, name.lineno, *_message(missing, name.name, values)) for name in names]
    yield from dict.fromkeys(found)


def _filler(root: Path, locales: Mapping[str, Locale]) -> tuple[Environment, list[Fault]]:
    """Return an environment that fills templates, and the list to which it adds a fault for each missing value.

    A missing value prints as nothing, so that one fault does not hide the next.
    """
    filler, asked = environment(root, sample_locale(locales)), list[Fault]()

    class Recorded(ChainableUndefined):
        def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError) -> None:
            super().__init__(hint, obj, name, exc)
            if name is None or obj is not missing:  # names alone are found in all branches, see `_faults`
                message = _message(obj, name, ()) if name else (f"this cannot be filled: {hint}", "")
                asked.append((*_filled_now(root, filler), *message))

        def __call__(self, *values: Any, **named: Any) -> Any:
            return self

    filler.undefined = Recorded
    filler.bytecode_cache = None  # filters may be missing in the code that is compiled here
    for name in ("markdown", "inline"):
        filler.filters[name] = lambda text, filter=filler.filters[name]: filter(str(text))
    return filler, asked


def _filled_now(root: Path, filler: Environment) -> tuple[str, int]:
    """Return the template and the line that are being filled."""
    for frame, line in traceback.walk_stack(currentframe()):
        path = Path(frame.f_code.co_filename)
        if path.parent == root / FOLDER:
            return path.name, filler.get_template(path.name).get_corresponding_lineno(line)
    return "", 1


def _read(template: str, root: Path, reader: Environment, trees: dict[str, nodes.Template]) -> Iterator[Fault]:
    """Add a template and those that it imports to `trees`; yield a fault for each that cannot be read."""
    try:
        trees[template] = reader.parse((root / FOLDER / template).read_text(encoding="utf-8"), template)
    except TemplateSyntaxError as error:
        message = f"this template cannot be read: {str(error.message).partition('. ')[0].rstrip('.')}"
        yield template, error.lineno, message, "look at the braces and tags of this line"
    except UnicodeDecodeError:
        yield template, 1, "this file is not UTF-8 text", "save it with the encoding UTF-8"
    except OSError:
        yield template, 1, "this file is missing", ""
    for other in find_referenced_templates(trees[template]) if template in trees else ():
        if other and other not in trees:
            yield from _read(other, root, reader, trees)


def _outside(template: str, text: str, vocabulary: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Yield a fault for each element or class that no writer knows."""
    for line, tag, words in _elements(text):
        for what, word in (("element", tag), *(("class", word) for word in words.split() if "{" not in words)):
            if word not in vocabulary[what]:
                yield template, line, f"no writer knows the {what} `{word}`", nearest(word, vocabulary[what])


def _elements(text: str) -> list[tuple[int, str, str]]:
    """Return the line, tag and classes of each element of a template."""
    found: list[tuple[int, str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            words = " ".join(value or "" for name, value in attributes if name == "class")
            found.append((self.getpos()[0], tag, words))

    Reader().feed(text)
    return found


def _unknown_filters(template: str, tree: nodes.Template, filler: Environment) -> Iterator[Fault]:
    """Yield a fault for each filter or test that does not exist, and add it, so that the rest can be filled."""
    searched: list[tuple[str, Any, dict[str, Any]]] = [
        ("filter", nodes.Filter, filler.filters),
        ("test", nodes.Test, filler.tests),
    ]
    for what, kind, known in searched:
        for asked in tree.find_all(kind):
            if asked.name not in known:
                yield template, asked.lineno, f"no {what} is called `{asked.name}`", nearest(asked.name, known)
                known[asked.name] = str


def _message(holder: Any, name: Any, given: Collection[str]) -> tuple[str, str]:
    """Return message and fix for a name that `holder` does not have; `given` are the names of all values."""
    if isinstance(holder, Words):
        fix = nearest(name, holder, otherwise=f"add `{name}: …` to the {holder.group} of every language")
        return f"no language has the word `{name}`", fix
    if holder is missing:
        return f"nothing is called `{name}` here", nearest(name, given)
    known = holder if isinstance(holder, dict) else getattr(holder, "__dict__", {})  # of a dataclass or a model
    return f"there is no value `{name}` here", nearest(str(name), known)


def _fill(template: str, values: Mapping[str, Any], filler: Environment) -> Iterator[Fault]:
    """Fill a template; yield the error that stops it, or a fault if its HTML is not well formed."""
    try:
        etree.fromstring(f"<body>{filled(filler, template, values)}</body>")
    except (TemplateSyntaxError, TemplateNotFound, UnicodeDecodeError):
        return  # the template, or one that it imports, cannot be read: `_read` has reported this
    except etree.XMLSyntaxError as error:
        yield template, 1, f"this does not give well-formed HTML: {error.msg}", "close each element inside its parent"
    except Exception as error:  # an expression in a template can raise any exception
        frames = traceback.extract_tb(error.__traceback__)
        places = [
            (Path(f.filename).name, f.lineno or 1) for f in frames if FOLDER.as_posix() in Path(f.filename).as_posix()
        ]
        if not places:
            raise
        yield *places[-1], f"this cannot be filled: {error}", ""
