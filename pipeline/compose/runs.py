"""Prose as runs for a slide: Markdown and the citation style's HTML become text with weight and language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.compose.template import inline, markdown
from pipeline.core.documents import Paragraph, Run

if TYPE_CHECKING:
    from lxml import etree

    from pipeline.core.sources import Locale


def runs(text: str, locale: Locale) -> tuple[Run, ...]:
    """Return a line of Markdown as runs."""
    return html_runs(str(inline(text, locale)))


def paragraphs(text: str, locale: Locale) -> tuple[Paragraph, ...]:
    """Return Markdown as paragraphs; items of a list are bulleted."""
    from lxml import etree

    root = etree.fromstring(f"<x>{markdown(text, locale)}</x>")
    found = root.xpath(".//p[not(ancestor::li)] | .//li")
    return tuple(Paragraph(runs=_runs(element, Run(text="")), bullet=element.tag == "li") for element in found)


@lru_cache(maxsize=1024)  # the house rules of every speaker, the works of every deck
def html_runs(html: str, language: str = "") -> tuple[Run, ...]:
    """Return inline HTML as runs in `language`; links keep their address only where the text is not the address."""
    from lxml import etree

    return _runs(etree.fromstring(f"<x>{html}</x>"), Run(text="", language=language))


def _runs(element: etree._Element, look: Run) -> tuple[Run, ...]:
    """Return the element's text as runs, each with the look that its ancestors give it."""
    from dataclasses import replace

    found = [replace(look, text=element.text)] if element.text else []
    for child in element:
        inner = replace(look, language=child.get("lang") or look.language)
        if child.tag == "em":
            inner = replace(inner, emphasis=True)
        elif child.tag == "strong":
            inner = replace(inner, strong=True)
        elif child.tag == "a":
            inner = replace(inner, link=child.get("href", ""))
        found += _runs(child, inner)
        if child.tail:
            found.append(replace(look, text=child.tail))
    return tuple(run for run in found if run.text)
