"""The parts of decks: their layouts, and texts as paragraphs of runs with emphasis, language and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from pipeline.compose.templates import inline, markdown
from pipeline.core.documents import Paragraph, Run
from pipeline.core.sources import Locale

_PERSON = ("Monogram {}", "Photo {}", "Name {}", "Role {}", "Country {}")
LAYOUTS = {
    "Title": ("Kicker", "Title", "Subtitle", "Hosts", "Emblem", "Funding", "Sample"),
    "Text": ("Title", "Body"),
    "Table": ("Title", "Table"),
    "Segment": ("Number", "Title", "Subtitle"),
    "One speaker": ("Title", *(name.format(1) for name in _PERSON)),
    "Two speakers": ("Title", *(name.format(number) for number in (1, 2) for name in _PERSON)),
    "Readings": ("Title", "Body"),
    "Closing": ("Title", "Body", "Emblem", "Funding", "Sample"),
    "Speaker title": ("Kicker", "Title", "Name", "Role", "Subtitle", "Emblem", "Funding", "Sample"),
    "House rules": ("Title", "Body"),
    "Question": ("Title", "Body"),
    "Picture and text": ("Title", "Picture", "Body"),
}
"""The layouts of the PowerPoint template and their placeholders, by the names that PowerPoint shows."""


def prompts(words: Mapping[str, str]) -> dict[str, str]:
    """Return the prompts of the empty placeholders of every layout, by `prompt:<layout>:<placeholder>`."""
    asked = {"Title": words["prompt_title"], "Picture": words["prompt_picture"]}
    return {
        f"prompt:{layout}:{placeholder}": asked.get(placeholder, words["prompt_text"])
        for layout, placeholders in LAYOUTS.items()
        for placeholder in (*placeholders, "Sample")
    }


def plain(*texts: str, language: str = "", link: str = "") -> tuple[Paragraph, ...]:
    """Return a paragraph for each text that is not empty."""
    return tuple(Paragraph(runs=(Run(text=text, language=language, link=link),)) for text in texts if text)


def line(text: str, locale: Locale, *, bullet: bool = False) -> Paragraph:
    """Return one line of Markdown as a paragraph."""
    return Paragraph(runs=html_runs(inline(text, locale)), bullet=bullet)


def prose(text: str, locale: Locale) -> tuple[Paragraph, ...]:
    """Return Markdown as paragraphs; items of its lists become bullets."""
    found = []
    for element in etree.fromstring(f"<div>{markdown(text, locale)}</div>").iter("p", "li"):
        bullet, above = element.tag == "li", element.getparent()
        level, number = len(list(element.iterancestors("li"))), 0
        if bullet and above is not None and above.tag == "ol":
            number = int(above.get("start", "1")) + above.index(element)
        found.append(Paragraph(runs=_runs(element, Run(text="")), bullet=bullet, level=level, number=number))
    return tuple(found)


def html_runs(html: str, language: str = "") -> tuple[Run, ...]:
    """Return inline HTML as runs in `language`, or in the language that its elements name."""
    return _runs(etree.fromstring(f"<span>{html}</span>"), Run(text="", language=language))


def _runs(element: etree._Element, look: Run) -> tuple[Run, ...]:
    """Return the element's text as runs, each with the format that its ancestors give it, without lists in it.

    A line end of the source is a space, and a line break a line end.
    """
    found = [replace(look, text=_folded(element.text))]
    for child in element:
        if child.tag in ("ul", "ol"):
            found[-1:] = [replace(run, text=run.text.rstrip(" ")) for run in found[-1:]]
            continue
        inner = replace(
            look,
            language=child.get("lang") or look.language,
            emphasis=look.emphasis or child.tag == "em",
            strong=look.strong or child.tag == "strong",
            link=child.get("href", "") if child.tag == "a" else look.link,
        )
        inside = (replace(look, text="\n"),) if child.tag == "br" else _runs(child, inner)
        found += [*inside, replace(look, text=_folded(child.tail))]
    return tuple(run for run in found if run.text)


def _folded(text: str | None) -> str:
    return (text or "").replace("\n", " ")
