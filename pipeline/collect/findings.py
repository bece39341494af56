"""The codes of what is found in a returned deck; each locale file has a sentence for every code.

Threat: a report that misleads staff, by hostile names that change the line they are printed in.
"""

from __future__ import annotations

from pipeline.core.verdicts import Finding

REFUSALS = (
    "empty", "too-large", "truncated", "encrypted", "old-ppt", "strict", "pdf", "odp", "keynote", "word", "excel",
    "html", "rtf", "mail", "image", "archive", "web-shortcut", "program-file", "add-in", "not-a-deck", "zip-odd",
    "zip-name", "zip-twice", "zip-broken", "zip-bomb", "doctype", "xml-broken", "xml-encoding", "xml-size",
    "xml-depth", "broken-deck", "slide-missing", "no-slides",
)  # fmt: skip
"""Why a deck is refused."""

REMOVALS = (
    "macro", "macro-file", "other-kind", "activex", "ribbon", "web-add-in", "ole", "embedded-file", "workbook",
    "object", "program",
    "link", "external", "verb", "animation", "hidden-shape", "hidden-slide", "house-rules", "orphan-slide",
    "notes-left-out", "comments", "author", "custom-properties", "custom-xml", "tags", "history", "label", "printer",
    "thumbnail", "signature", "embedded-font", "write-protection", "smart-tags", "publish-settings", "path",
    "picture", "picture-large", "picture-metadata", "picture-layers", "unused-picture", "svg", "media",
    "media-metadata", "ink", "markup-notes", "unknown-markup", "reference", "unknown-part",
)  # fmt: skip
"""What was removed or replaced; the deck is otherwise the same."""

UNFILLED = "nothing-filled-in"
"""The first remark on a deck that may have been sent by mistake."""

REMARKS = (
    UNFILLED, "prompt-left", "placeholder-empty", "too-many-slides", "notes-too-long", "no-title", "title-twice",
    "text-small", "text-overflow", "alt-missing", "contrast-low", "language-other", "language-missing",
    "font-unknown", "media-large",
)  # fmt: skip
"""What the speaker may want to change; the deck is accepted all the same."""

CODES = frozenset((*REFUSALS, *REMOVALS, *REMARKS))

_SPACES = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
"""Spaces that French sets before punctuation; they may be printed."""


class Refused(Exception):
    """A deck cannot be cleaned safely; `finding` says why."""

    def __init__(self, code: str, *, where: str = "", detail: str = "") -> None:
        self.finding = Finding(code=code, where=where, detail=detail)
        super().__init__(f"{code} ({where}: {detail})")


def shown(text: str, length: int = 80) -> str:
    """Return a text of the file that is safe to print: no control or direction characters, at most `length` long."""
    plain = text[: length + 1]
    if not plain.isprintable():
        plain = "".join(c if c.isprintable() or c in _SPACES else "\N{REPLACEMENT CHARACTER}" for c in plain)
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
