"""The parts of decks: their layouts, and texts as paragraphs of runs with emphasis, language and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from pipeline.compose.templates import inline
from pipeline.core.documents import Paragraph, Run
from pipeline.core.sources import Locale

_STRIP = ("Emblem", "Funding", "Sample")
_THIRD = ("Number", "Title", "Time", "Map", "Body", "Reading")
LAYOUTS = {
    "Title": ("Kicker", "Title", "Subtitle", "Hosts", "Map", *_STRIP),
    "Text": ("Title", "Body"),
    "Table": ("Kicker", "Title", "Table"),
    "Timeline": ("Kicker", "Title", "Timeline"),
    "Facts": ("Kicker", "Title", *(f"{name} {number}" for number in range(1, 5) for name in ("Term", "Text")), "Code"),
    "Points": ("Kicker", "Title", *(f"{name} {number}" for number in range(1, 5) for name in ("Number", "Point"))),
    "Programme": ("Kicker", "Title", "Run", "Table"),
    "Segment": (*_THIRD, "Announced"),
    "One speaker": (*_THIRD, "Photo 1", "Name 1", "Role 1"),
    "Two speakers": (*_THIRD, "Photo 1", "Name 1", "Photo 2", "Name 2"),
    "Readings": ("Kicker", "Title", "Body"),
    "Closing": ("Title", "Message", "Body", "Code", "Code label", *_STRIP),
    "Speaker title": ("Kicker", "Title", "Map", "Photo", "Name", "Role", "Country", "Subtitle", "When", *_STRIP),
    "House rules": ("Title", "Body"),
    "Statement and picture": ("Title", "Picture", "Body"),
    "Three points": ("Title", "Body", "Point 2", "Point 3"),
    "Table or diagram": ("Title", "Body", "Source"),
    "Quotation": ("Title", "Body", "Source"),
}
"""The layouts of the PowerPoint template and their placeholders, by the names that PowerPoint shows."""


def layout_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the layouts by `layout:<layout>`, and their prompts by `prompt:<layout>:<placeholder>`."""
    names = {f"layout:{name}": words[f"layout_{name.lower().replace(' ', '_')}"] for name in LAYOUTS}
    return names | prompts(words)


def prompts(words: Mapping[str, str]) -> dict[str, str]:
    """Return the prompts of the empty placeholders of every layout, by `prompt:<layout>:<placeholder>`."""
    asked = {
        "Title": words["prompt_title"],
        **dict.fromkeys(("Picture", "Map", "Timeline", "Run", "Code", "Emblem"), words["prompt_picture"]),
        "Photo": words["prompt_photo"],
        "Name": words["prompt_name"],
        "Role": words["prompt_role"],
        "Country": words["prompt_country"],
        "Source": words["prompt_source"],
        "Point": words["prompt_point"],
    }
    own = {
        "prompt:Speaker title:Title": words["prompt_own_title"],
        "prompt:Statement and picture:Body": words["prompt_answer"],
        "prompt:Three points:Body": words["prompt_point"],
        "prompt:Table or diagram:Body": words["prompt_table"],
        "prompt:Quotation:Body": words["prompt_quotation"],
    }
    return {
        f"prompt:{layout}:{placeholder}": asked.get(placeholder.rstrip(" 1234"), words["prompt_text"])
        for layout, placeholders in LAYOUTS.items()
        for placeholder in (*placeholders, "Sample")
        if not placeholder.startswith("Number")
    } | own


def plain(*texts: str, language: str = "", link: str = "") -> tuple[Paragraph, ...]:
    """Return a paragraph for each text that is not empty."""
    return tuple(Paragraph(runs=(Run(text=text, language=language, link=link),)) for text in texts if text)


def line(text: str, locale: Locale, *, bullet: bool = False) -> Paragraph:
    """Return one line of Markdown as a paragraph."""
    return Paragraph(runs=html_runs(inline(text, locale)), bullet=bullet)


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
