"""What is read from `sources/`, `bibliography/` and `templates/`: the series and all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Text = str | Mapping[str, str]
"""One string for every language, or one string per language tag (`{en: …, fr: …}`)."""

EmblemUse = Literal["shown", "sample", "removed"]
Status = Literal["tentative", "confirmed", "postponed", "cancelled"]
"""Whether a seminar is held as printed, in the order in which that usually changes."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something worth a look that stops nothing: where it stands and what it says."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Person:
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


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One person's place in a seminar; `label` is the word the sources print for a chair, if any."""

    person: str
    confirmed: bool = True
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One item of the series' programme, the same for every seminar."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class SeminarSegment:
    """One segment as a seminar holds it: its speakers, and its own title or start where they are known."""

    segment: str
    speakers: tuple[Slot, ...] = ()
    title: str = ""
    start: time | None = None


@dataclass(frozen=True, kw_only=True)
class Capital:
    """A city whose local time is printed; `zone` is its IANA time zone."""

    city: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class Seminar:
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


@dataclass(frozen=True, kw_only=True)
class Region:
    """A part of the world for which seminars are held and that works concern."""

    id: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Host:
    name: Text


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A body whose logo stands at the foot; without a `logo` file a labelled slot is printed."""

    name: Text
    slot: Text
    logo: str = ""


@dataclass(frozen=True, kw_only=True)
class Funding:
    """The funding statement and the emblem: both or neither (`removed`)."""

    statement: Text
    emblem: EmblemUse = "shown"


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The durations that the series states."""

    stated: int
    presentation: int


@dataclass(frozen=True, kw_only=True)
class Returns:
    """How speakers' decks come back: so many days before the seminar, and whether participants get their notes."""

    days_before: int
    keep_notes: bool = False


@dataclass(frozen=True, kw_only=True)
class Modality:
    """One row of the table of modalities; `duration` and `platform` also stand in the side panel."""

    id: str
    term: str
    details: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class About:
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Translation:
    """Whose work a translation is, and which state of the original each text was made from (12 hex digits)."""

    original: str
    reviewed_by: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SpeakerTexts:
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


@dataclass(frozen=True, kw_only=True)
class Texts:
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


@dataclass(frozen=True, kw_only=True)
class Reference:
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


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How one language writes a time of day: two Unicode (CLDR) patterns and a range."""

    pattern: str
    full_hour: str
    range: str


@dataclass(frozen=True, kw_only=True)
class Locale:
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


@dataclass(frozen=True, kw_only=True)
class Brand:
    """The house's look, written once in `templates/brand.yaml`. Colours are six hex digits, lengths millimetres."""

    colours: Mapping[str, str]
    fonts: Mapping[str, str]
    page: Mapping[str, float]
    logo_height: float


@dataclass(frozen=True, kw_only=True)
class Series:
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
