"""One template of a kind filled with values: everything escaped, prose as Markdown, no-break spaces in place."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import jinja2
    import markdown_it
    from markupsafe import Markup

    from pipeline.core.sources import Locale


def rendered(folder: Path, template: str, values: Mapping[str, Any], locale: Locale) -> str:
    """Return the template filled with `values`, in the vocabulary of documents."""
    lines = environment(folder, locale.language, tuple(locale.spacing.items())).get_template(template).render(values)
    return "\n".join(line for line in lines.split("\n") if line.strip()) + "\n"


def prepare(folder: Path, templates: Iterable[str], locale: Locale) -> None:
    """Read and compile templates beforehand."""
    made = environment(folder, locale.language, tuple(locale.spacing.items()))
    for template in templates:
        made.get_template(template)
    _parser()


def markdown(text: str, locale: Locale) -> Markup:
    """Return Markdown prose as HTML paragraphs and lists, spaced for the language; raw HTML in it is shown as text."""
    return _markdown(text, spacing=tuple(locale.spacing.items()))


def inline(text: str, locale: Locale) -> Markup:
    """Return a line of Markdown as inline HTML, spaced for the language."""
    return _inline(text, spacing=tuple(locale.spacing.items()))


@lru_cache(maxsize=16)
def environment(folder: Path, language: str, spacing: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    """Return what reads the templates of a folder for one language, whose no-break spaces are `spacing`."""
    import jinja2

    from pipeline.core.template_cache import COMPILED

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=COMPILED,
        finalize=partial(_printed, spacing=spacing),
    )
    made.filters["markdown"] = partial(_markdown, spacing=spacing)
    made.filters["inline"] = partial(_inline, spacing=spacing)
    return made


def _printed(value: Any, *, spacing: tuple[tuple[str, str], ...]) -> Any:
    """Return a text with the language's spaces; marked-up text has had them already."""
    if type(value) is not str:
        return value
    for typed, shown in spacing:
        value = value.replace(typed, shown)
    return value


@lru_cache(maxsize=256)  # most prose is the same in every seminar of a language
def _markdown(text: str, *, spacing: tuple[tuple[str, str], ...]) -> Markup:
    from markupsafe import Markup

    return Markup(_parser().render(_printed(text, spacing=spacing)).strip())


@lru_cache(maxsize=1024)
def _inline(text: str, *, spacing: tuple[tuple[str, str], ...]) -> Markup:
    from markupsafe import Markup

    return Markup(_parser().renderInline(_printed(text, spacing=spacing)))


@lru_cache(maxsize=1)
def _parser() -> markdown_it.MarkdownIt:
    """Return a Markdown reader for prose: paragraphs, lists, emphasis, links; no HTML, no pictures, no headings."""
    import markdown_it

    parser = markdown_it.MarkdownIt("zero", {"html": False, "xhtmlOut": True})
    parser.enable(["list", "emphasis", "link", "escape", "entity", "newline"])
    parser.validateLink = lambda url: url.lower().startswith(("https://", "http://", "mailto:"))
    return parser
