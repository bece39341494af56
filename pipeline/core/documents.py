"""The types of composed content and files: reading lists, documents, decks, calendar entries, messages, artifacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pipeline.core.status import Status


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One formatted reference: inline HTML in the citation style, in which the title is a link.

    `language` is that of the printed title, `text_language` that of the text to which it leads. Works that are `first`
    are shown before others; `why` is our own reason to read one. `address` is printed for readers on paper.
    """

    key: str
    html: str
    language: str
    text_language: str
    first: bool = False
    address: str = ""
    why: str = ""


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
    """The metadata of a file in every format."""

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
class Place:
    """A city on a map: where its dot is, and where its name begins, ends or has its middle, on the foot of its line.

    `leader` is where the line from the dot to the name ends, if there is one. `country` is the code (ISO 3166) of the
    city's country, or empty.
    """

    name: str
    country: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: Literal["start", "middle", "end"]
    leader: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Map:
    """The land of a region as dots on a plane without borders, and cities on it; lengths are points from the top left.

    `radius` is that of the dots of the land, `size` the type size of the names. It is decorative: the names of the
    cities stand in the time strip as well.
    """

    width: float
    height: float
    radius: float
    size: float
    dots: tuple[tuple[float, float], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class ZoneClock:
    """The time at which a seminar begins in one time zone; `shift` is "+1 day" where the date differs, else empty."""

    time: str
    shift: str
    cities: tuple[str, ...]
    utc: bool


@dataclass(frozen=True, kw_only=True)
class TimelinePoint:
    """One point of a timeline: `earlier` is what came before the present process, `here` is the seminar itself."""

    when: str
    text: str
    symbol: str
    state: Literal["earlier", "present", "here"]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    points: tuple[TimelinePoint, ...]


@dataclass(frozen=True, kw_only=True)
class RunPart:
    """A part of a seminar: `minutes` is its share of the bar, `number` is 0 for the opening and the closing."""

    number: int
    label: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class RunOfShow:
    """The parts of a seminar as a bar from its start to its end."""

    parts: tuple[RunPart, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document in semantic HTML (the vocabulary is in `render`), well-formed and escaped; the writer sets its look.

    `structured` is the same content as JSON-LD for the web page, or empty. `home` is the page that a web page of this
    document leads back to, or empty.
    """

    properties: Properties
    body: str
    pictures: tuple[Picture, ...] = ()
    structured: str = ""
    home: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A text in one language and weight; with an empty `language` it is in the language of the deck."""

    text: str
    language: str = ""
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph or, with a `bullet`, an item of a list."""

    runs: tuple[Run, ...]
    bullet: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose first row is its header; `widths` are the columns' shares of its width."""

    rows: tuple[tuple[Paragraph, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide: the name of a layout of the template, and the content of its placeholders by their names."""

    layout: str
    placeholders: Mapping[str, tuple[Paragraph, ...]]
    tables: Mapping[str, Table] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    drawings: Mapping[str, Map | Timeline | RunOfShow] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A slide deck before it is written as a PowerPoint file: its content, without fonts, colours or positions.

    `layouts` are those that its file has, for its slides and for more of them; without it, the file has all.
    """

    properties: Properties
    slides: tuple[Slide, ...]
    layouts: tuple[str, ...] = ()


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
    """Several seminars as one calendar, each in its own language; calendar programs show `title` as its name."""

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
    """The draft of a mail: it contains no address, and the program never sends it."""

    language: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """One finished file: `path` is relative to the package, `fingerprint` is the digest of all that it is made from."""

    path: str
    title: str
    language: str
    kind: str
    format: str
    size: int
    sha256: str
    fingerprint: str
