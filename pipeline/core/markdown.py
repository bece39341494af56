"""Markdown in biographies and texts: what documents print of it, and what they do not print, with its line.

Documents print paragraphs, emphasis, links, line breaks, and lists with and without numbers. Everything else that
CommonMark knows is a fault, so that no text is lost or printed as a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from pipeline.core.links import fault_of_link
from pipeline.core.text import forbidden, unusual

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Fault = tuple[int, str, str]
"""Line (from 1), message and fix."""

PRINTED = ("list", "emphasis", "link", "autolink", "escape", "entity", "newline")
"""The rules of markdown-it-py for what is printed, besides paragraphs."""
DEEPEST = 3
"""Levels of lists: the Word template has room for no more."""

_SIGNS = "·•‣⁃∙▪▫●○■□◦◾▶►➢✓✔❖"
_PASTED = re.compile(rf"^([ \t]*)(?:[{_SIGNS}][ \t\u00a0]+|[\uf000-\uf0ff][ \t\u00a0]*|o\t+)(?=\S)", re.MULTILINE)
"""A bullet as Word copies it: a sign of a font of symbols, often with a tab."""
_DASH = re.compile(r"^([ \t]*)[\u2010-\u2015\u2212][ \t\u00a0]+(?=\S)")
"""A dash that begins an item; in the middle of a paragraph a line may begin with a dash of the sentence."""
_YEAR = re.compile(r"^([ \t]*(?:[-+*] +)?[0-9]{3,9})([.)])(?=[ \t\n]|$)", re.MULTILINE)
"""A number that begins a line and is no number of a list: 1980."""
_ITEM = re.compile(r"[ \t]*(?:[-+*]|[0-9]{1,2}[.)])[ \t]")
_MORE = re.compile(r"[\[\\`<&|]|~~|^[ \t]*(?:[^\w\s\"'(«“‘„¿¡]|[0-9]+[.)]|[_=])|^ *\t|^ {4}", re.MULTILINE)
"""What may be more than paragraphs and emphasis; most texts have none of it, and need no reader."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TASK, _FOOTNOTE = re.compile(r"\[[ xX]\] "), re.compile(r"\[\^[^\]\s]+\]")

_BLOCKS = {
    "heading_open": ("a heading is not allowed in this text", "delete the `#`"),
    "blockquote_open": ("a quotation after `>` is not printed", "delete the `>` and use quotation marks"),
    "code_block": ("a line that is indented by four spaces is not printed", "delete the spaces at its beginning"),
    "fence": ("a block of code is not printed", "delete the lines that begin with ``` or ~~~"),
    "hr": ("a line across the page is not printed", "delete it"),
    "table_open": ("a table is not printed in this text", "write its rows as a list, each after `- `"),
}
_INLINE = {
    "image": ("a picture is not allowed in this text", "delete it"),
    "s_open": ("struck-out text is not printed", "delete the text between the two `~~`"),
    "code_inline": ("text between two ` is not printed", "delete the ` or use quotation marks"),
}
_UNDERLINED = ("a line of `-` or `=` makes a heading of the text above it", "delete the line of `-` or `=`")
_COMMENT = ("a comment is not allowed in this text", "delete it: notes for colleagues belong under `questions:`")
_HTML = ("HTML is not printed", "delete the tag; `*…*` is emphasis, `**…**` is strong, `\\<` is the sign itself")


def prepared(text: str) -> str:
    """Return Markdown in which bullets copied from Word begin items, and a line that begins with a year is text."""
    text = _PASTED.sub(r"\1- ", text)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _DASH.match(line) and (number == 0 or not lines[number - 1].strip() or _ITEM.match(lines[number - 1])):
            lines[number] = _DASH.sub(r"\1- ", line)
    return _YEAR.sub(r"\1\\\2", "\n".join(lines))


def prepared_line(text: str) -> str:
    """Return a text without blocks, like an objective, without a bullet copied from Word."""
    ready = prepared(text)
    return ready if text.startswith("- ") else ready.removeprefix("- ")


def faults(text: str, *, blocks: bool = True) -> Iterator[Fault]:
    """Yield everything that documents do not print; without `blocks`, the text is one paragraph and has no lists."""
    ready = prepared(text) if blocks else prepared_line(text)
    if not _MORE.search(ready) and (blocks or "\n\n" not in ready):
        return
    environment: dict[str, Any] = {}
    tokens = _reader().parse(ready, environment)
    found = [*_faults(tokens, blocks), *_faults_of_entities(ready)]
    for definition in environment.get("references", {}).values():
        message, fix = "an address on a line of its own is not printed", "write the link as `[text](address)`"
        found.append((definition["map"][0] + 1, message, fix))
    yield from dict.fromkeys(sorted(found))


@cache  # 10 ms to make
def _reader() -> MarkdownIt:
    """Return a reader of all of CommonMark, tables and struck-out text that changes no address."""
    from markdown_it import MarkdownIt  # here: it takes 60 ms to import, and most texts do not need it

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # so the documentation of markdown-it-py sets it
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign] # the same
    return reader


def _faults(tokens: list[Token], blocks: bool) -> Iterator[Fault]:
    items: list[int] = []  # for each list that is open, the number of paragraphs in its item
    paragraphs = 0
    for number, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open" and token.markup in ("-", "="):
            yield line, *_UNDERLINED
        elif token.type in _BLOCKS:
            yield line, *_BLOCKS[token.type]
        elif token.type == "html_block":
            yield line, *(_COMMENT if token.content.lstrip().startswith("<!--") else _HTML)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items.append(0)
            if not blocks:
                yield line, "a list is not printed here", "make each item a text of its own, without a mark"
            elif len(items) == DEEPEST + 1:
                yield line, f"a list inside {DEEPEST} others is not printed", "move it out"
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items.pop()
        elif token.type == "list_item_open":
            items[-1] = 0
            if tokens[number + 1].type != "paragraph_open":
                yield line, "an item of a list has no text", "write its text after the mark, or delete it"
        elif token.type == "paragraph_open":
            paragraphs += 1
            if items:
                items[-1] += 1
            if items and items[-1] == 2:
                yield line, "a second paragraph in an item of a list is not printed", "make it an item of its own"
            elif not blocks and paragraphs == 2:
                yield line, "a second paragraph is not printed here", "make it a text of its own"
        elif token.type == "inline":
            yield from _faults_of_line(token.children or [], line)
            if items and _TASK.match(token.content):
                yield line, "a box to tick is not printed", "delete the `[ ]`"
            for footnote in _FOOTNOTE.finditer(token.content):
                above = token.content.count("\n", 0, footnote.start())
                yield (
                    line + above,
                    f"the footnote `{footnote[0]}` is not printed",
                    "write it into the text, in brackets",
                )


def _faults_of_line(tokens: list[Token], line: int) -> Iterator[Fault]:
    for number, token in enumerate(tokens):
        if token.type in _INLINE:
            yield line, *_INLINE[token.type]
        elif token.type == "html_inline":
            yield line, *(_COMMENT if token.content.startswith("<!--") else _HTML)
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if fault := fault_of_link(address):
                yield line, *fault
            elif tokens[number + 1].type == "link_close":
                yield line, "this link has no text", "write `[text](address)`"
        line += token.type in ("softbreak", "hardbreak") or token.content.count("\n")


def _faults_of_entities(text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        for found in _ENTITY.finditer(line):
            character = unescape(found[0])
            if forbidden(character) or (len(character) == 1 and character != found[0] and unusual(character)):
                message = f"`{found[0]}` stands for a character that may not be printed (U+{ord(character[0]):04X})"
                yield number, message, "delete it, or write the character itself"
