"""What is said about a returned deck: every finding as a stable word and its place, and the word's English sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pipeline.core.verdicts import Finding, Verdict

__all__ = ["CODES", "Finding", "Refused", "Verdict", "plain", "sentence"]


class Refused(Exception):
    """Cleaning cannot be done surely; `finding` says why."""

    def __init__(self, code: str, *, where: str = "", detail: str = "", slide: int | None = None) -> None:
        self.finding = Finding(code=code, slide=slide, where=where, detail=detail)
        super().__init__(sentence(self.finding))


_AGAIN = "Open it in PowerPoint, save it under a new name as .pptx and send that."

REFUSALS = {
    "empty": "The file is empty. Send it again.",
    "too-large": "The file is too large ({detail}). Compress its pictures and films in PowerPoint and send it again.",
    "truncated": "The file breaks off before its end. Send it again.",
    "encrypted": "The file is saved with a password. Remove the password (File, Info, Protect) and send it again.",
    "old-ppt": "This is a PowerPoint 97–2003 file (.ppt). Save it as .pptx and send that.",
    "strict": "The deck is saved as “Strict Open XML”. Save it as “PowerPoint Presentation (.pptx)” and send that.",
    "pdf": "This is a PDF, not a deck. Send the PowerPoint file.",
    "odp": "This is an OpenDocument file (.odp). Save it as .pptx and send that.",
    "keynote": "This is a Keynote file. Export it as PowerPoint (.pptx) and send that.",
    "word": "This is a Word document, not a deck. Send the PowerPoint file.",
    "excel": "This is an Excel workbook, not a deck. Send the PowerPoint file.",
    "html": "This is a web page, not a deck. Send the PowerPoint file.",
    "rtf": "This is an RTF text, not a deck. Send the PowerPoint file.",
    "program-file": "This is a program, not a deck. Do not open it; ask the sender whether the file is theirs.",
    "add-in": "This is a PowerPoint add-in, not a deck. Do not open it; send the deck itself.",
    "not-a-deck": "This is not a PowerPoint file. Send the deck as .pptx.",
    "zip-odd": f"The file is packed in a way no Office program packs it ({{detail}}). {_AGAIN}",
    "zip-name": f"The file holds a part with a forbidden name ({{detail}}). {_AGAIN}",
    "zip-twice": f"The file holds the same part twice ({{detail}}). {_AGAIN}",
    "zip-broken": f"A part of the file is damaged ({{detail}}). {_AGAIN}",
    "zip-bomb": f"The file unpacks to far more than a deck holds ({{detail}}). {_AGAIN}",
    "doctype": f"A part of the file declares a document type, which Office never does ({{where}}). {_AGAIN}",
    "xml-broken": f"A part of the file cannot be read ({{where}}). {_AGAIN}",
    "xml-encoding": f"A part of the file is written in an encoding Office never uses ({{where}}: {{detail}}). {_AGAIN}",
    "xml-size": f"A part of the file holds far more than a slide does ({{where}}). {_AGAIN}",
    "xml-depth": f"A part of the file is nested too deep ({{where}}). {_AGAIN}",
    "broken-deck": f"The parts of the deck do not fit together ({{where}}: {{detail}}). {_AGAIN}",
    "no-slides": "The deck has no slide that is shown. Send the deck with its slides.",
}
"""Why a deck is refused, and the cure in one sentence."""

REMOVALS = {
    "macro": "Macros were taken out ({where}).",
    "macro-file": "The deck was of a kind that carries macros or starts by itself; the copy is a plain presentation.",
    "activex": "A control (ActiveX) was taken out ({where}).",
    "ribbon": "Buttons for PowerPoint's ribbon were taken out ({where}).",
    "web-add-in": "A web add-in was taken out ({where}).",
    "ole": "An embedded object was replaced by its picture ({where}).",
    "embedded-file": "An embedded file was taken out ({where}).",
    "workbook": "The workbook behind a chart was taken out; the chart keeps its values ({where}).",
    "object": "An object of an unknown kind was taken out ({where}: {detail}).",
    "program": "A click or a mouse-over that starts a program, a macro or an object was taken out ({where}: {detail}).",
    "link": "A link that is not a web or mail address was taken out ({detail}).",
    "external": "A part loaded from outside was taken out ({detail}).",
    "verb": "An animation that starts an object was taken out.",
    "animation": "The animation of the slide was taken out because it moves something that is gone.",
    "hidden-shape": "Something that is hidden on the slide was taken out ({where}).",
    "hidden-slide": "The slide is hidden; it is left out ({detail}).",
    "house-rules": (
        "The house rules, which are for the speaker alone, are left out ({detail}). "
        "If the speaker wrote this slide, it needs another title, and another layout than “House rules”."
    ),
    "orphan-slide": "A slide that no list names was left out ({where}).",
    "notes-left-out": "The speaker's notes are left out ({detail} words).",
    "comments": "Comments and their authors were taken out ({where}).",
    "author": "Names, dates and other facts about the author and the program were taken out ({detail}).",
    "custom-properties": "Document properties were taken out ({detail}).",
    "custom-xml": "Custom XML was taken out ({where}).",
    "tags": "Tags of other programs were taken out ({where}).",
    "history": "The history of changes was taken out ({where}).",
    "label": "A label of the sender's organisation was taken out ({where}).",
    "printer": "Printer settings were taken out ({where}).",
    "thumbnail": "The thumbnail was taken out ({where}).",
    "signature": "The digital signature was taken out: it cannot survive any change ({where}).",
    "embedded-font": "An embedded font was taken out ({where}).",
    "write-protection": "The password against changes was taken out.",
    "smart-tags": "Smart tags were taken out ({where}).",
    "publish-settings": "Settings for publishing as a web page were taken out ({where}).",
    "path": "The path of a file on the author's computer was cut to its name ({where}).",
    "picture": "A picture could not be read; a grey area stands in its place ({where}).",
    "picture-large": "A picture is too large to be opened safely; a grey area stands in its place ({where}: {detail}).",
    "picture-facts": "Facts hidden in a picture were taken out ({where}: {detail}).",
    "picture-layers": "The unedited original behind a picture was taken out ({where}).",
    "unused-picture": "A picture that no slide shows was left out ({where}).",
    "svg": "The drawing (SVG) behind a picture was taken out; the picture itself stays ({where}).",
    "media": "A film or sound could not be kept ({where}: {detail}).",
    "media-facts": "Facts hidden in a film or sound were taken out ({where}).",
    "ink": "Handwriting was replaced by its picture ({where}).",
    "markup-notes": "Remarks in the code of the file were taken out ({where}).",
    "unknown-markup": "Content of an unknown kind was taken out ({where}: {detail}).",
    "reference": "A reference that leads nowhere was taken out ({where}: {detail}).",
    "unknown-part": "A part of an unknown kind was left out ({where}).",
}
"""What was taken out or replaced; the deck is otherwise the same."""

UNFILLED = "nothing-filled-in"
"""What is said before everything else: the deck may have been sent by mistake."""

REMARKS = {
    UNFILLED: "Nothing has been filled in yet: the slides hold only their prompts.",
    "prompt-left": "A prompt of the template is still there: “{detail}”.",
    "placeholder-empty": "A place of the layout is empty ({where}).",
    "too-many-slides": "{detail} slides are shown; the time allows {where}.",
    "notes-too-long": "The notes hold {detail} words; read aloud, the time allows {where}.",
    "no-title": "The slide has no title.",
    "title-twice": "The title is the same as on slide {where}: “{detail}”.",
    "text-small": "Text of {detail} pt is too small to be read on a screen ({where}).",
    "text-overflow": "The text is probably longer than its box ({where}: about {detail} %).",
    "alt-missing": "There is no description (alt text) for those who cannot see it ({where}).",
    "contrast-low": "Text and background are too alike ({where}: {detail} to 1).",
    "language-other": "The text is marked as another language than the seminar's ({detail}).",
    "language-missing": "The text is not marked with its language ({detail}).",
    "font-unknown": "The font “{detail}” is not on every computer.",
    "media-large": "Film and sound make the file {detail} MB large.",
}
"""What the speaker may want to change; the deck is accepted all the same."""

INSIDE = frozenset(
    ("author", "broken-deck", "custom-properties", "object", "program", "reference", "unknown-markup", "xml-encoding")
    + ("zip-broken", "zip-name", "zip-odd", "zip-twice")
)
"""Findings whose details are words of the file format."""
_PART = re.compile(r"/?(?:ppt|docProps|customXml|customUI|_rels|_xmlsignatures|\[trash\])/|\[Content_Types\]")
_BRACKETS = re.compile(r" \(([^()]*\{[^()]*)\)")

CODES: Mapping[str, str] = MappingProxyType({**REFUSALS, **REMOVALS, **REMARKS})
"""The English sentence of every code; `where` and `detail` are the fields of its finding."""


def sentence(finding: Finding) -> str:
    """Return the finding in English, without the number of its slide."""
    fields = {"where": finding.where, "detail": finding.detail}
    text = _BRACKETS.sub(lambda found: _bracketed(found[1], fields), CODES[finding.code])
    return text.format(**fields)


def _bracketed(inside: str, fields: Mapping[str, str]) -> str:
    """Return what stands in brackets without that which nothing is known for, or nothing at all."""
    unknown = [f"{{{name}}}" for name, text in fields.items() if not text]
    parts = [part for part in inside.split(": ") if not any(name in part for name in unknown)]
    return f" ({': '.join(parts)})" if parts else ""


def plain(finding: Finding) -> Finding:
    """Return a finding as staff can use it: without names of parts and of properties, which PowerPoint never shows."""
    places = [place for place in finding.where.split(", ") if not _PART.match(place)]
    inner = finding.code in INSIDE or _PART.match(finding.detail)
    return replace(finding, where=", ".join(places), detail="" if inner else finding.detail)
