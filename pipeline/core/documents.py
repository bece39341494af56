"""What is composed and written: reading lists, documents, decks, calendar entries, messages, and finished files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pipeline.core.status import Status


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One formatted reference: inline HTML by the citation style; `language` is that of the title printed.

    `first` is that of the reference: where few works are shown, it is among them.
    """

    key: str
    html: str
    language: str
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadingGroup:
    segment: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingList:
    """A seminar's works by segment, with the same works as BibTeX and as CSL JSON for reference managers."""

    groups: tuple[ReadingGroup, ...]
    bibtex: str
    csl_json: str


@dataclass(frozen=True, kw_only=True)
class Properties:
    """What a file says of itself, in every format."""

    kind: str
    name: str
    title: str
    subject: str
    publisher: str
    language: str
    direction: Literal["ltr", "rtl"]
    date: date
    seminar: str
    edition: int
    running_title: str
    words: Mapping[str, str]
    identity: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that a document places by name: its file's bytes and media type."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document in semantic HTML (the vocabulary is in `render`): well-formed, escaped, with no look of its own.

    `structured` is the same for machines (JSON-LD), where a web page may carry it.
    """

    properties: Properties
    body: str
    pictures: tuple[Picture, ...] = ()
    structured: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Text of one language and weight; an empty `language` is the deck's own."""

    text: str
    language: str = ""
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose first row is its header; `widths` are shares of the whole."""

    rows: tuple[tuple[Paragraph, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide: a layout of the template by name, and what stands in its placeholders by theirs."""

    layout: str
    placeholders: Mapping[str, tuple[Paragraph, ...]]
    tables: Mapping[str, Table] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A slide deck before it becomes PowerPoint: what stands where, nothing of how it looks."""

    properties: Properties
    slides: tuple[Slide, ...]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One seminar for a calendar; `start` and `end` are UTC, `sequence` grows with each edition and change of status.

    `contact` is a mail address, or empty.
    """

    uid: str
    name: str
    language: str
    title: str
    description: str
    location: str
    start: datetime
    end: datetime
    sequence: int
    status: Status = "confirmed"
    organiser: str = ""
    contact: str = ""
    url: str = ""
    kind: str = "calendar"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Several seminars as one calendar, each in its own language; `title` names the calendar where it is shown."""

    name: str
    title: str
    language: str
    organiser: str
    events: tuple[Event, ...]
    kind: str = "calendar"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Message:
    """A mail as a draft: nobody's address is in it, and nothing sends it."""

    language: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """One finished file: `path` is relative to the package, `fingerprint` stands for all that it was made from."""

    path: str
    title: str
    language: str
    kind: str
    format: str
    size: int
    sha256: str
    fingerprint: str
