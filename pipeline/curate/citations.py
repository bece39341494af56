"""Citations formatted by pandoc's citeproc through pypandoc: one call reads all works, one for each language prints."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import html

from pipeline.core.problems import ToolError
from pipeline.curate.bibtex import Work, bibtex

MEMORY = ("+RTS", "-H4m", "-A4m", "-O128m", "-RTS")
"""How pandoc takes memory: the setting of the wheel touches much more of it, which is a quarter of the time."""
READ_ALOUD = ("title", "container-title", "collection-title")
"""Variables of CSL that are in the work's own language, for whoever has a list in another language read aloud."""
PRINTED = ("em", "strong")
"""The elements of pandoc that all formats can print."""
NBSP = "\u00a0"
_NO_BREAK_BEFORE = re.compile(r"[ \u202f](?=[:;?!»])")  # citeproc writes a narrow space, which few fonts have
_SEMICOLON = re.compile(r"(?<!\s);(?= )")
_SYMBOL = re.compile(r"((?<!\S)(?=\S*\d)[^\s:/]+(?:/[^\s:/]*)+(?!\S)|T-CY(?:\(\S+)?)")  # A/CONF.222/12, T-CY(2016)5
_NUMBER = re.compile(r"(No\.|n°|n\.?º) (?=\d)")


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One work as the style prints it, as inline HTML, and as an item of CSL JSON."""

    html: str
    item: dict[str, Any]


def cite(works: Sequence[Work], style: Path) -> list[Citation]:
    """Return the citation of each work in the order of `works`; raise `ToolError` when pandoc fails."""
    if not works:
        return []
    ids = {f"w{number}": work for number, work in enumerate(works)}  # a key may hold what an id in HTML may not
    entries = "\n".join(bibtex(work.kind, id, work.fields, keep_case=True) for id, work in ids.items())
    items = {item["id"]: item for item in json.loads(_pandoc(entries, "biblatex", "csljson"))}
    # Pandoc cannot open a path with an accent where the locale is C, so the style itself is handed over.
    csl = f"data:text/xml;base64,{base64.b64encode(style.read_bytes()).decode()}"
    printed: dict[str, str] = {}
    for language in dict.fromkeys(work.list_language for work in works):
        own = [_marked(item, ids[id]) for id, item in items.items() if ids[id].list_language == language]
        options = ("--citeproc", f"--csl={csl}", f"--metadata=lang:{language}", "--wrap=none")
        page = _pandoc(json.dumps(own), "csljson", "html", *options)
        links = {
            id: ids[id].link or item.get("URL", "") for id, item in items.items()
        }  # pandoc knows archives like arXiv
        printed |= {id: _inline(entry, ids[id], links[id]) for id, entry in _entries(page)}
    for id, work in ids.items():
        if not printed.get(id):
            raise ToolError(f"pandoc printed nothing for the work `{work.key}` of the bibliography")
    return [Citation(html=printed[id], item=items[id] | {"id": work.key}) for id, work in ids.items()]


def tool() -> tuple[int, int]:
    """Return what changes with the pandoc that is installed: its size and its date."""
    stat = _program().stat()
    return stat.st_size, stat.st_mtime_ns


def _program() -> Path:
    """Return the pandoc of the wheel; the wheel is found, not imported, since most builds need no pandoc."""
    spec = find_spec("pypandoc")
    if not spec or not spec.origin:
        raise ToolError("pandoc is not installed: the wheel pypandoc_binary brings it")
    return Path(spec.origin).with_name("files") / ("pandoc.exe" if os.name == "nt" else "pandoc")


def _pandoc(text: str, source: str, to: str, *options: str) -> str:
    import pypandoc  # takes as long to load as pandoc needs for a short list, and most builds need no list

    os.environ["PYPANDOC_PANDOC"] = str(
        _program()
    )  # otherwise it starts every pandoc that it finds, to take the newest
    arguments = ("--quiet", *options, *MEMORY)
    try:
        return str(pypandoc.convert_text(text, to, source, extra_args=arguments, verify_format=False))
    except (OSError, RuntimeError) as error:
        raise ToolError(f"pandoc failed on the bibliography: {str(error).strip()}") from None


def _marked(item: dict[str, Any], work: Work) -> dict[str, Any]:
    """Return an item whose title, and each foreign text, stands in the only kind of span that CSL JSON knows."""
    titles = [name for name in READ_ALOUD if name in item and (work.foreign or name == "title")]
    return item | {name: f'<span class="nocase">{item[name]}</span>' for name in titles}


def _entries(page: str) -> Iterator[tuple[str, html.HtmlElement]]:
    for entry in html.fragment_fromstring(page):
        yield entry.get("id").removeprefix("ref-"), entry


def _inline(entry: html.HtmlElement, work: Work, link: str) -> str:
    """Return an entry as inline HTML in which the title is the link.

    No line can begin with : ; ? ! or », or with the number after "No.", and none can end within a document symbol.
    """
    marked = [element for element in entry.iterdescendants() if element.get("class") == "nocase"]
    for element in list(entry.iterdescendants()):
        is_title = bool(marked) and element is marked[0]
        if element in marked and (work.foreign or (is_title and link)):
            element.attrib.pop("class")
            if is_title and link:
                element.tag = "a"
                element.set("href", link)
            if work.foreign:
                element.set("lang", work.foreign)
        elif element.tag not in PRINTED:
            element.drop_tag()
    for element in list(entry.iter()):
        element.text, symbols = _parted(_tidy(element.text or "", work.list_language))
        element[:0] = symbols
        if element is not entry:
            element.tail, symbols = _parted(_tidy(element.tail or "", work.list_language))
            for symbol in reversed(symbols):
                element.addnext(symbol)
    inner = "".join(html.tostring(child, encoding="unicode") for child in entry)
    return (escape(entry.text or "", quote=False) + inner).strip()


def _parted(text: str) -> tuple[str, list[html.HtmlElement]]:
    """Return the text before the first document symbol, and each symbol as an element with the text after it."""
    before, *parts = _SYMBOL.split(text)
    symbols = []
    for symbol, after in zip(parts[::2], parts[1::2], strict=True):
        element = html.Element("span", {"class": "address"})
        element.text, element.tail = symbol, after
        symbols.append(element)
    return before, symbols


def _tidy(text: str, language: str) -> str:
    if language.startswith("fr"):  # French has a space before the semicolon between authors; a style cannot say so
        text = _SEMICOLON.sub(f"{NBSP};", text)
    return _NUMBER.sub(rf"\1{NBSP}", _NO_BREAK_BEFORE.sub(NBSP, text))
