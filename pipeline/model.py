"""Every type that crosses a stage: frozen records that do no work and import only the standard library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import Literal

from pipeline.record import Record

Text = str | Mapping[str, str]
"""One string for every language, or one string per language tag (`{en: …, fr: …}`)."""

EmblemUse = Literal["shown", "sample", "removed"]
Status = Literal["tentative", "confirmed", "postponed", "cancelled"]
"""Whether a seminar is held as printed, in the order in which that usually changes."""


class Remark(Record):
    """Something worth a look that stops nothing: where it stands and what it says."""

    path: str
    line: int
    message: str


# --- sources ---------------------------------------------------------------------------------------------------------


class Person(Record):
    """Somebody who chairs or speaks. `family` is printed as written, in capitals."""

    id: str
    given: str
    family: str
    affiliation: Mapping[str, str]
    affiliation_at: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    borrowed: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    bio: Mapping[str, str] = field(default_factory=dict)
    photo: str = ""
    questions: tuple[str, ...] = ()


class Slot(Record):
    """One person's place in a seminar; `label` is the word the sources print for a chair, if any."""

    person: str
    confirmed: bool = True
    label: str = ""


class Segment(Record):
    """One item of the series' programme, the same for every seminar."""

    id: str
    title: Text


class SeminarSegment(Record):
    """One segment as a seminar holds it: its speakers, and its own title or start where they are known."""

    segment: str
    speakers: tuple[Slot, ...] = ()
    title: str = ""
    start: time | None = None


class Capital(Record):
    """A city whose local time is printed; `zone` is its IANA time zone."""

    city: str
    zone: str


class Seminar(Record):
    """One event in one working language; `start` and `end` are UTC.

    `host_zone` is the time zone of the Zoom account where it is another than that of the series.
    """

    id: str
    title: str
    language: str
    region: str
    date: date
    start: time
    end: time
    chair: Slot
    segments: tuple[SeminarSegment, ...]
    edition: int = 1
    status: Status = "confirmed"
    registration: str = ""
    capitals: tuple[Capital, ...] = ()
    host_zone: str = ""
    questions: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of all whom it names, the chair first, nobody twice."""
        speakers = (slot.person for item in self.segments for slot in item.speakers)
        return tuple(dict.fromkeys((self.chair.person, *speakers)))


class Region(Record):
    """A part of the world for which seminars are held and that works concern."""

    id: str
    name: Text


class Host(Record):
    name: Text


class Partner(Record):
    """A body whose logo stands at the foot; without a `logo` file a labelled slot is printed."""

    name: Text
    slot: Text
    logo: str = ""


class Funding(Record):
    """The funding statement and the emblem: both or neither (`removed`)."""

    statement: Text
    emblem: EmblemUse = "shown"


class Minutes(Record):
    """The durations that the series states."""

    stated: int
    presentation: int


class Returns(Record):
    """How speakers' decks come back: so many days before the seminar, and whether participants get their notes."""

    days_before: int
    keep_notes: bool = False


class Modality(Record):
    """One row of the table of modalities; `duration` and `platform` also stand in the side panel."""

    id: str
    term: str
    details: tuple[str, ...]


class About(Record):
    title: str
    text: str


class Translation(Record):
    """Whose work a translation is, and which state of the original each text was made from (12 hex digits)."""

    original: str
    reviewed_by: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)


class SpeakerTexts(Record):
    """What speakers are told: house rules, the questions of each segment, and the mail that carries their deck.

    `{name}`, `{segment}`, `{deadline}` and the like stand for what differs from speaker to speaker; `{duration}` for
    what `alone` says of the minutes of a presentation, or `shared` of those that several speakers have together.
    """

    rules: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]
    alone: str
    shared: str
    unconfirmed: str
    subject: str
    message: str


class Texts(Record):
    """The prose of the series in one language, as Markdown."""

    language: str
    rationale: str
    aim: str
    objectives: tuple[str, ...]
    participants: str
    modalities: tuple[Modality, ...]
    about: About
    speakers: SpeakerTexts
    translation: Translation | None = None


class Reference(Record):
    """One work of the bibliography.

    `first` says that it comes before the others of its segment in the same language, `available` is the first day on
    which a seminar may cite it, and `line` its place.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    segments: tuple[str, ...]
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    first: bool
    available: date
    line: int


# --- templates -------------------------------------------------------------------------------------------------------


class Clock(Record):
    """How one language writes a time of day: two Unicode (CLDR) patterns and a range."""

    pattern: str
    full_hour: str
    range: str


class Locale(Record):
    """One language's fixed words. `tag` is the full BCP 47 tag, known to CLDR and to the citation style."""

    language: str
    tag: str
    direction: Literal["ltr", "rtl"]
    name: str
    biblatex: str
    clock: Clock
    words: Mapping[str, str]
    files: Mapping[str, str]
    spacing: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    first_of_month: str = ""


class Brand(Record):
    """The house's look, written once in `templates/brand.yaml`. Colours are six hex digits, lengths millimetres."""

    colours: Mapping[str, str]
    fonts: Mapping[str, str]
    page: Mapping[str, float]
    logo_height: float


class Series(Record):
    """All that was read: the series with its seminars, people, texts, references, locales and brand.

    `host_zone` is the time zone of the Zoom account, in which all times of its exports stand.
    """

    id: str
    title: Text
    subtitle: Text
    file_prefix: Text
    hosts: tuple[Host, ...]
    partners: tuple[Partner, ...]
    funding: Funding
    minutes: Minutes
    returns: Returns
    participants_per_country: int
    works_per_segment: int
    working_languages: tuple[str, ...]
    segments: tuple[Segment, ...]
    regions: tuple[Region, ...]
    contact: str = ""
    website: str = ""
    host_zone: str = ""
    questions: tuple[str, ...] = ()
    seminars: Mapping[str, Seminar] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    locales: Mapping[str, Locale] = field(default_factory=dict)
    brand: Brand | None = None
    remarks: tuple[Remark, ...] = ()


# --- reading list ----------------------------------------------------------------------------------------------------


class Entry(Record):
    """One formatted reference: inline HTML by the citation style; `language` is that of the title printed.

    `first` is that of the reference: where few works are shown, it is among them.
    """

    key: str
    html: str
    language: str
    first: bool = False


class ReadingGroup(Record):
    segment: str
    entries: tuple[Entry, ...]


class ReadingList(Record):
    """A seminar's works by segment, with the same works as BibTeX and as CSL JSON for reference managers."""

    groups: tuple[ReadingGroup, ...]
    bibtex: str
    csl_json: str


# --- documents -------------------------------------------------------------------------------------------------------


class Properties(Record):
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


class Picture(Record):
    """A picture that a document places by name: its file's bytes and media type."""

    name: str
    media_type: str
    content: bytes


class Document(Record):
    """A document in semantic HTML (the vocabulary is in `render`): well-formed, escaped, with no look of its own.

    `structured` is the same for machines (JSON-LD), where a web page may carry it.
    """

    properties: Properties
    body: str
    pictures: tuple[Picture, ...] = ()
    structured: str = ""


class Run(Record):
    """Text of one language and weight; an empty `language` is the deck's own."""

    text: str
    language: str = ""
    strong: bool = False
    emphasis: bool = False
    link: str = ""


class Paragraph(Record):
    runs: tuple[Run, ...]
    bullet: bool = False


class Table(Record):
    """A table whose first row is its header; `widths` are shares of the whole."""

    rows: tuple[tuple[Paragraph, ...], ...]
    widths: tuple[float, ...]


class Slide(Record):
    """One slide: a layout of the template by name, and what stands in its placeholders by theirs."""

    layout: str
    placeholders: Mapping[str, tuple[Paragraph, ...]]
    tables: Mapping[str, Table] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Deck(Record):
    """A slide deck before it becomes PowerPoint: what stands where, nothing of how it looks."""

    properties: Properties
    slides: tuple[Slide, ...]


class Event(Record):
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


class Calendar(Record):
    """Several seminars as one calendar, each in its own language; `title` names the calendar where it is shown."""

    name: str
    title: str
    language: str
    organiser: str
    events: tuple[Event, ...]
    kind: str = "calendar"


class Attachment(Record):
    name: str
    media_type: str
    content: bytes


class Message(Record):
    """A mail as a draft: nobody's address is in it, and nothing sends it."""

    language: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


# --- speakers' desk -------------------------------------------------------------------------------------------------


class Finding(Record):
    """One thing found in a returned deck: a stable word, the slide of the returned file, the place and the thing."""

    code: str
    slide: int | None = None
    where: str = ""
    detail: str = ""


class Verdict(Record):
    """What became of a returned deck; `content` is the clean copy, empty when the deck is refused.

    `title_texts` are the texts of the first slide's shapes, `title_places` those of its placeholders by name.
    """

    status: Literal["accepted", "cleaned", "refused"]
    refusals: tuple[Finding, ...] = ()
    removals: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    content: bytes = b""
    identity: Mapping[str, str] = field(default_factory=dict)
    slides: int = 0
    title: str = ""
    title_texts: tuple[str, ...] = ()
    title_places: Mapping[str, str] = field(default_factory=dict)


class Standing(Record):
    """One speaker on the board: is it sure who speaks, is a deck made, has one come back, is one accepted?

    `says` are pairs: what the accepted one says, and what the programme says instead.
    """

    speaker: str
    name: str
    confirmed: bool
    made: bool
    returned: bool
    accepted: bool
    says: tuple[tuple[str, str], ...] = ()


class Board(Record):
    """One seminar's speakers; `days` are left until the deadline, negative when it has passed."""

    seminar: str
    status: Status
    deadline: date
    days: int
    rows: tuple[Standing, ...]


# --- package ---------------------------------------------------------------------------------------------------------


class Artifact(Record):
    """One finished file: `path` is relative to the package, `fingerprint` stands for all that it was made from."""

    path: str
    title: str
    language: str
    kind: str
    format: str
    size: int
    sha256: str
    fingerprint: str
