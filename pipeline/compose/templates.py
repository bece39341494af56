"""Fills templates of documents: escapes every text, reads prose as Markdown, and sets no-break spaces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from pipeline.compose.forms import spaced
from pipeline.core.links import fault_of_link
from pipeline.core.markdown import PRINTED, prepared, prepared_line
from pipeline.core.sources import Locale
from pipeline.core.template_cache import TemplateCache

FOLDER = Path("templates/kinds")

_READER = MarkdownIt("zero", {"html": False, "xhtmlOut": True}).enable(PRINTED)
_READER.add_render_rule("hardbreak", lambda *_: "<br/>")  # without a line end, which would print a space
_READER.validateLink = lambda url: fault_of_link(url) is None  # type: ignore[method-assign] # so the documentation of markdown-it-py sets it


def environment(root: Path, locale: Locale) -> Environment:
    """Return the Jinja environment for the templates of a project in one language; a seminar's documents share it."""
    made = Environment(
        loader=FileSystemLoader(root / FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=TemplateCache("kinds"),
        finalize=partial(_printed, locale=locale),
    )
    made.filters["markdown"] = partial(markdown, locale=locale)
    made.filters["inline"] = partial(inline, locale=locale)
    return made


def filled(environment: Environment, template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values, without its empty lines."""
    lines = environment.get_template(template).render(values).split("\n")
    return "\n".join(line for line in lines if line.strip()) + "\n"


def markdown(text: str, locale: Locale) -> Markup:
    """Return Markdown prose as HTML paragraphs and lists; HTML in it becomes text."""
    tokens, lists = _READER.parse(prepared(_printed(text, locale))), 0
    for token in tokens:
        lists += token.nesting * token.type.endswith(("list_open", "list_close"))
        token.hidden = token.hidden or (lists > 0 and token.type.startswith("paragraph"))  # no space between items
    return Markup(_READER.renderer.render(tokens, _READER.options, {}).strip())


def inline(text: str, locale: Locale) -> Markup:
    """Return one line of Markdown as inline HTML."""
    return Markup(_READER.renderInline(prepared_line(_printed(text, locale))))


def _printed(value: Any, locale: Locale) -> Any:
    """Return a text with the language's no-break spaces; `Markup` has them already."""
    return spaced(value, locale) if type(value) is str else value
