"""The types of everything that is read from `sources/`, `bibliography/` and `templates/`: the series and its parts.

One definition gives the types of Python, the checks of `load`, the JSON Schemas in `sources/schema/` and the text that
an editor shows for a key. A field marked `SkipJsonSchema` is not a key of the file: `load` supplies it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from pipeline.core.status import Status

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # the search for them reads every installed package

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME_OF_DAY = "([01]?[0-9]|2[0-3]):[0-5][0-9]"
LONGEST_WORD = 60
"""Characters of a word of a name or a title: at the largest size, a line of a slide or a cover has no room for more."""
_LONG_WORD = re.compile(rf"[^\s\-\u0e00-\uffff]{{{LONGEST_WORD + 1}}}")  # other scripts break anywhere
TAGS = ("one text", "a text for each language")
"""The names of the two forms of a `Text` in the `loc` of a validation error."""


def _day(typed: object) -> object:
    if isinstance(typed, str) and not re.fullmatch(DAY, typed):
        raise PydanticCustomError("date_parsing", "not like 2020-07-09")  # pydantic would take 20200709 for seconds
    return typed


def _time_of_day(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    if not re.fullmatch(TIME_OF_DAY, typed):
        raise PydanticCustomError("time_parsing", "not like 08:45")
    return typed.zfill(5)


def _one_line(text: str) -> str:
    if "\n" in text:
        raise PydanticCustomError("one_line", "more than one line")
    return text


def _short_words(text: str) -> str:
    if _LONG_WORD.search(text):
        raise PydanticCustomError("long_word", "a word that no line has room for")
    return text


# The longest texts that fit their place: a longer one is a mistake, and takes minutes to compose.
Word = Annotated[str, Field(max_length=100)]
"""An id, a language, a zone, a file name."""
Name = Annotated[str, Field(max_length=150), AfterValidator(_one_line), AfterValidator(_short_words)]
"""A name, as a certificate has room for it."""
Title = Annotated[str, Field(max_length=300), AfterValidator(_one_line), AfterValidator(_short_words)]
Line = Annotated[str, Field(max_length=600), AfterValidator(_one_line)]
"""A line of a document: the function of a person, a statement, a word of a locale."""
Address = Annotated[str, Field(max_length=2_000)]
Item = Annotated[str, Field(max_length=2_000)]
"""An item of a list, or a paragraph."""
Prose = Annotated[str, Field(max_length=20_000)]
"""Paragraphs: about six pages."""

T = TypeVar("T")
Few = Annotated[tuple[T, ...], Field(max_length=100)]
"""A list that a document prints in full."""

Text = Annotated[
    Annotated[Line, Tag(TAGS[0])] | Annotated[Mapping[str, Line], Tag(TAGS[1])],
    Discriminator(lambda value: TAGS[isinstance(value, Mapping)]),
]
"""One string for every language, or one string per language tag (`{en: …, fr: …}`)."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{DAY}$"})]
TimeOfDay = Annotated[
    time, BeforeValidator(_time_of_day), WithJsonSchema({"type": "string", "pattern": f"^({TIME_OF_DAY})$"})
]
OneOrMore = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""One string, or a list of them."""
Count = Annotated[int, Field(ge=1, le=999)]
Millimetres = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]

_UNTIL_SUPPLIED: Any = None
"""The value of a field that is not a key of series.yaml until `load` supplies it."""

EmblemUse = Literal["shown", "sample", "removed"]


class SourceModel(BaseModel):
    """The base of all types that are read from YAML. Every value arrives as the text that was typed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ShortForm(SourceModel):
    """A type with one required key, which may be written as only the value of that key: `chair: joyce-hakmeh`."""

    short: ClassVar[str]
    """The required key."""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, value: object) -> object:
        return {cls.short: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full = handler.resolve_ref_schema(handler(schema))
        alone = {**full["properties"][cls.short]}
        description = full.pop("description")
        return {"description": description, "anyOf": [alone, full]}


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A message that staff should read but that stops no build, with its file and line."""

    path: str
    line: int
    message: str


class Person(SourceModel):
    """A person who chairs or speaks."""

    id: SkipJsonSchema[str] = Field(description="The name of the person's file, without its ending.")
    given: Name = Field(description="The given name or names.")
    family: Name = Field(description="The family name, in capitals: it is printed as written.")
    affiliation: Mapping[str, Line] = Field(
        description="Function and institution, as the programme prints them after the name: one line for each language."
    )
    affiliation_at: Mapping[str, Mapping[str, Line]] = Field(
        default={},
        description="Other lines for single seminars: the name of a seminar's file, and below it a line per language.",
    )
    borrowed: Mapping[str, Word] = Field(
        default={},
        description="Languages without a line of their own, and the language whose line is printed there: `fr: en`.",
    )
    country: Word = Field(default="", description="The country, as two capital letters of ISO 3166, like SN.")
    organisation: Text | None = Field(
        default=None, description="The institution in a few words, for lists that print no role: `Chatham House`."
    )
    bio: SkipJsonSchema[Mapping[str, str]] = Field(
        default={}, description="The biography in each language, read from `<id>.<language>.md`."
    )
    photo: Word = Field(default="", description="The name of a .jpg, .png or .heic file in sources/people.")
    running: Name = Field(
        default="",
        description="The whole name as it stands in a letter, like Ana McDonald, where small letters for the family "
        "name would not give it.",
    )
    questions: Few[Prose] = Field(
        default=(), description="Open questions about this person. `make check` lists them; no document prints them."
    )


class Slot(ShortForm):
    """One person's place in a seminar: the name of the person's file, alone or with details for this seminar."""

    short: ClassVar[str] = "person"
    person: Word = Field(description="The name of a file in sources/people, without its ending.")
    confirmed: bool = Field(default=True, description="`no` until the person has agreed: documents mark the name.")
    label: Name = Field(default="", description="The word that is printed before the name of a chair, like Président.")


class Segment(SourceModel):
    """One part of the programme, the same in every seminar."""

    id: Word = Field(description="The name by which seminars and keywords of works refer to the segment.")
    title: Text = Field(description="The title that programmes print.")


class SeminarSegment(ShortForm):
    """One segment of a seminar: its id, alone or with its speakers."""

    short: ClassVar[str] = "segment"
    segment: Word = Field(description="The id of a segment in sources/series.yaml.")
    speakers: Few[Slot] = Field(default=(), description="The speakers, in the order of the programme.")
    title: Title = Field(default="", description="A title for this seminar alone, in its language.")
    start: TimeOfDay | None = Field(default=None, description="When the segment begins, in UTC, like 08:45.")


class Capital(SourceModel):
    """A city whose local time is printed."""

    city: Name = Field(description="The name of the city, in the language of the seminar.")
    zone: Word = Field(description="The name of its time zone, like Africa/Dakar.")
    latitude: Latitude | None = Field(
        default=None, description="Degrees north, if the zone is named after another city; south is negative."
    )
    longitude: Longitude | None = Field(default=None, description="Degrees east, together with the latitude.")


class Seminar(SourceModel):
    """One event in one working language."""

    id: SkipJsonSchema[str] = Field(description="The name of the seminar's file, without its ending.")
    title: Title = Field(description="The title of the seminar, in its language.")
    short: Title = Field(
        default="", description="For whom it is held, in two or three words: the largest line of every cover."
    )
    language: Word = Field(description="The working language: the name of a file in sources/texts, like fr.")
    region: OneOrMore = Field(
        description="The id of a region in sources/series.yaml, or a list of ids: works of these regions are listed."
    )
    date: Day = Field(description="The day in UTC, as year-month-day, like 2020-07-09.")
    start: TimeOfDay = Field(description="When the seminar begins, in UTC on the 24-hour clock, like 08:00.")
    end: TimeOfDay = Field(description="When the seminar ends, in UTC, like 09:45. Before `start`: the next day.")
    chair: Slot = Field(description="Who chairs.")
    segments: Few[SeminarSegment] = Field(min_length=1, description="The segments, in the order of the day.")
    edition: int = Field(
        default=1, ge=1, description="The number of this programme. Raise it when a changed one is sent out."
    )
    changed: Day | None = Field(
        default=None, description="The day of the last change to the programme, like 2020-06-30: its page prints it."
    )
    status: Status = Field(
        default="confirmed",
        description="tentative, postponed or cancelled: every document prints this. Empty: it is held as printed.",
    )
    registration: Address = Field(
        default="", description="The link (https://) by which people register. Empty until registration opens."
    )
    capitals: Few[Capital] = Field(default=(), description="Cities whose local time is printed, in this order.")
    host_zone: Word = Field(
        default="", description="The time zone of the Zoom account, if it differs from that of the series."
    )
    questions: Few[Prose] = Field(
        default=(), description="Open questions about this seminar. `make check` lists them; no document prints them."
    )

    def moment(self, hour: time) -> datetime:
        """Return when an hour of the programme is, in UTC: an hour before the start is on the next day."""
        return datetime.combine(self.date + timedelta(days=hour < self.start), hour, tzinfo=UTC)

    @property
    def begins(self) -> datetime:
        """The start in UTC."""
        return self.moment(self.start)

    @property
    def ends(self) -> datetime:
        """The end in UTC, on the day of the seminar or on the next day."""
        return self.moment(self.end)

    @property
    def minutes(self) -> int:
        """The length in minutes."""
        return (self.ends - self.begins).seconds // 60

    @property
    def as_planned(self) -> Seminar:
        """The seminar with only what the documents of the others print of it: its place, time and language."""
        return self.model_copy(
            update={"title": "", "segments": (), "capitals": (), "edition": 1, "changed": None, "questions": ()}
        )

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the chair and all speakers, the chair first, each only once."""
        speakers = (slot.person for item in self.segments for slot in item.speakers)
        return tuple(dict.fromkeys((self.chair.person, *speakers)))


class Window(SourceModel):
    """A part of the map, in degrees. If `east` is less than `west`, it crosses the meridian of 180 degrees."""

    west: Longitude = Field(description="The western edge, in degrees east of Greenwich; west of it is negative.")
    east: Longitude = Field(description="The eastern edge.")
    south: Latitude = Field(description="The southern edge, in degrees north of the equator; south of it is negative.")
    north: Latitude = Field(description="The northern edge.")

    def shows(self, latitude: float, longitude: float) -> bool:
        """Return whether a place is in the window."""
        across = (longitude - self.west) % 360 < (self.east - self.west) % 360
        return across and self.south < latitude < self.north


class RegionCity(SourceModel):
    """A city of a region whose time is printed with those of the speakers' capitals."""

    city: Text = Field(description="The name of the city.")
    zone: Word = Field(description="The name of its time zone, like Africa/Nairobi.")


class Region(SourceModel):
    """A part of the world for which seminars are held and that works concern."""

    id: Word = Field(description="The name by which seminars and keywords of works refer to the region.")
    name: Text = Field(description="The name of the region on the pages of the series.")
    window: Window | None = Field(default=None, description="What the map of the covers shows. Empty: no map.")
    zones: Few[RegionCity] = Field(
        default=(), description="One city for each time zone of the participants, for the strip of local times."
    )


class Milestone(SourceModel):
    """A point of the timeline that leads to the seminars. The seminar itself is added by its date."""

    when: Word = Field(description="A year, two years joined by a hyphen, a month or a day: 2010, 2018-2021, 2019-12.")
    text: Text = Field(description="What happened, in at most eight words.")
    symbol: Name = Field(default="", description="The symbol of the document that says so, like A/RES/65/230.")
    source: Word = Field(
        description="The citation key of the work that says so, or `rationale` for the text of that name."
    )
    earlier: bool = Field(default=False, description="`yes` for what came before the present process: a quiet colour.")

    @property
    def years(self) -> tuple[str, ...]:
        """The first and the last of several years, or nothing."""
        found = re.fullmatch(r"(\d{4})-(\d{4})", self.when)
        return found.groups() if found else ()

    @property
    def first_day(self) -> date:
        """The first day of a year, of several years, of a month, or the day itself; `ValueError` if it is no date."""
        if self.years:
            return date(int(self.years[0]), 1, 1)
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", self.when):
            raise ValueError(self.when)
        year, month, day = (*map(int, self.when.split("-")), 1, 1)[:3]
        return date(year, month, day)


class Host(ShortForm):
    """An organisation that holds the seminars."""

    short: ClassVar[str] = "name"
    name: Text = Field(description="The name of the organisation.")
    named: Text = Field(default="", description="The name within a sentence, like “the European Union”. Empty: `name`.")


class Signatory(SourceModel):
    """The person who signs the mails."""

    name: Name = Field(description="The name as it stands below a letter.")
    function: Text = Field(description="The function or office, a line for each language.")


class Partner(SourceModel):
    """An organisation whose logo, or else whose name, is printed at the foot of the documents."""

    name: Text = Field(description="The name of the organisation; it also describes the logo to screen readers.")
    logo: Word = Field(default="", description="The name of an .svg or .png file in sources/logos.")


class Funding(SourceModel):
    """The funding statement and the emblem of the European Union: both or neither."""

    statement: Text = Field(description="The sentence beside the emblem. Never shorten “European Union” in it.")
    emblem: EmblemUse = Field(
        default="shown",
        description="shown: emblem and statement; sample: the same with a mark of a demonstration copy; removed: none.",
    )


class Minutes(SourceModel):
    """The durations that the series states."""

    stated: Count = Field(description="The length of a seminar in minutes, as the texts state it.")
    presentation: Count = Field(description="The longest that a presentation may last, in minutes.")


class Returns(SourceModel):
    """The rules for presentations that speakers return."""

    days_before: int = Field(ge=0, description="The deadline for presentations, in days before the seminar.")
    keep_notes: bool = Field(default=False, description="`yes` leaves the speaker's notes in what participants get.")


class Modality(SourceModel):
    """One row of the table of modalities."""

    id: Word = Field(description="The name of the row in every language. `duration` and `platform` are known.")
    term: Title = Field(description="The head of the row.")
    details: Few[Item] = Field(min_length=1, description="The text of the row: one item or several.")


class About(SourceModel):
    """Who prepares the package."""

    title: Title = Field(description="The heading.")
    text: Prose = Field(description="The text below it, as Markdown.")


class Translation(ShortForm):
    """Where the texts of a language come from, if they are a translation."""

    short: ClassVar[str] = "original"
    original: Word = Field(description="The language from which the texts were translated, like en.")
    reviewed_by: Name = Field(default="", description="The name of the person who has read the translation.")
    made_from: Mapping[str, Word] = Field(
        default={},
        description="For each text the state of the original when it was translated, as `make check` gives it.",
    )


class SpeakerTexts(SourceModel):
    """The texts for speakers. `{name}`, `{segment}`, `{deadline}` and other words in braces are filled in for each."""

    rules: Few[Item] = Field(description="The rules on the first slide of a speaker's presentation.")
    questions: Mapping[str, Few[Title]] = Field(
        description="For each segment the questions on the slides of its speakers."
    )
    alone: Item = Field(description="The text about the `{minutes}` of a presentation, for a speaker who speaks alone.")
    shared: Item = Field(description="The same for speakers who share the `{minutes}` with `{others}`.")
    unconfirmed: Item = Field(description="The text for a speaker who is still to be confirmed.")
    subject: Title = Field(description="The subject of the mail with the presentation.")
    message: Prose = Field(description="The text of the mail with the presentation.")
    invitation_subject: Title = Field(description="The subject for a speaker who is still to be confirmed.")
    invitation: Prose = Field(description="The text for a speaker who is still to be confirmed: it asks.")


class Statements(SourceModel):
    """Headings that say something; without one, the plain word of the locale is printed."""

    timeline: Title = Field(default="", description="The heading of the timeline, like: Two processes, one treaty.")
    objectives: Title = Field(default="", description="The heading of the objectives.")


class SegmentTexts(ShortForm):
    """What a segment is about: a line of the programme, and a sentence above the works to read for it."""

    short: ClassVar[str] = "line"
    line: Line = Field(description="What the segment is about, in one line of the programme.")
    reading: Item = Field(default="", description="What its works are about: one sentence of 20 to 40 words.")


class Texts(SourceModel):
    """The prose of the series in one language, as Markdown."""

    language: Word = Field(description="The language of this file, as its name says: fr in fr.yaml.")
    summary: Item = Field(default="", description="What the seminars are about, in two sentences of at most 35 words.")
    statements: Statements = Field(default=Statements(), description="Headings that say something.")
    context: Prose = Field(
        default="", description="The rationale in some 80 words, for the first page of the factsheet."
    )
    rationale: Prose = Field(description="Why the seminars are held.")
    aim: Item = Field(description="The sentence that leads to the list of objectives. It ends with a colon.")
    objectives: Few[Item] = Field(min_length=1, description="The objectives, one in each item.")
    participants: Prose = Field(description="For whom the seminars are.")
    modalities: Few[Modality] = Field(min_length=1, description="The rows of the table of modalities.")
    about: About = Field(description="The text about the office that prepares the package.")
    speakers: SpeakerTexts = Field(description="The texts for speakers.")
    segments: Mapping[str, SegmentTexts] = Field(
        default={}, description="For each segment what it is about: a line, and a sentence about its works."
    )
    translation: Translation | None = Field(
        default=None, description="Where the texts come from. Leave it out in the language of the original."
    )


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One work of the bibliography.

    With `first` it is among those to start with, `only` are the languages of the lists that may have it (all if empty),
    `available` is the first day on which a seminar may cite it, `checked` tells that a person has opened its addresses,
    `language` is that of its title, and `line` is its line in the file `path`. Without segments it is in no list, and
    has no fields.
    """

    key: str
    kind: str
    path: str
    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    language: str = ""
    first: bool = False
    checked: bool = False
    available: date = date.max


class Clock(SourceModel):
    """How a language writes a time of day."""

    pattern: Line = Field(description="A time of day as a Unicode (CLDR) pattern: H or HH, mm, other letters in '…'.")
    full_hour: Line = Field(description="The same for a full hour.")
    range: Line = Field(description="From when to when, with `{start}` and `{end}`.")
    sentence: Line = Field(description="The same within a sentence: from {start} to {end} UTC.")


class Locale(SourceModel):
    """The fixed words of one language."""

    language: Word = Field(description="The language of this file, as its name says: fr in fr.yaml.")
    tag: Word = Field(description="The language with its country (BCP 47), like fr-FR: dates and lists follow it.")
    direction: Literal["ltr", "rtl"] = Field(description="ltr: written from left to right; rtl: from right to left.")
    name: Name = Field(description="The name of the language in the language itself, like français.")
    biblatex: Word = Field(description="The name of the language in BibTeX (biblatex), like french.")
    clock: Clock = Field(description="How a time of day is written.")
    words: Mapping[str, Line] = Field(description="The words that templates use; every language has the same keys.")
    files: Mapping[str, Word] = Field(description="The name of the file of each kind of document: a to z, 0 to 9, -.")
    spacing: Mapping[str, Line] = Field(
        default={}, description="Typed texts and their printed forms, mostly with no-break spaces."
    )
    verdicts: Mapping[str, Line] = Field(
        default={}, description="The sentences about a returned presentation. `{where}` and `{detail}` are filled in."
    )
    first_of_month: Line = Field(default="", description="The first day of a month, where it is special: 1er.")


class Brand(SourceModel):
    """The look of every file."""

    colours: Mapping[str, Word] = Field(description='Colours as six hex digits, in quotes, like "003399".')
    fonts: Mapping[str, Word] = Field(
        description="screen: the font of PDFs and pages, which comes with the program; office: one on every computer."
    )
    page: Mapping[str, Millimetres] = Field(description="The page and its margins in millimetres.")
    logo_height: Millimetres = Field(description="The height of the emblem and of each logo in millimetres.")


class Series(SourceModel):
    """Everything that was read: the series with its seminars, people, texts, references, locales and brand."""

    id: Word = Field(description="A name that no other series has; calendar entries are known by it.")
    title: Text = Field(description="The title of the series.")
    subtitle: Text = Field(description="The line below the title.")
    file_prefix: Text = Field(description="The first word of every file name: a to z, 0 to 9 and hyphens.")
    hosts: Few[Host] = Field(min_length=1, description="The organisations that hold the seminars.")
    issuer: Text | None = Field(default=None, description="Who issues certificates. Empty: all hosts together.")
    partners: Few[Partner] = Field(description="The organisations whose logos are printed at the foot.")
    funding: Funding = Field(description="The funding statement and the emblem.")
    minutes: Minutes = Field(description="How long a seminar and a presentation last.")
    returns: Returns = Field(description="The deadline for presentations, and whether notes are kept.")
    participants_per_country: Count = Field(description="How many people of one country may take part.")
    works_per_segment: Count = Field(description="The largest number of works that are listed under one segment.")
    working_languages: Few[Word] = Field(min_length=1, description="The languages of the seminars: [en, fr].")
    segments: Few[Segment] = Field(min_length=1, description="The parts of every seminar, in this order.")
    regions: Few[Region] = Field(min_length=1, description="The parts of the world for which seminars are held.")
    timeline: Few[Milestone] = Field(default=(), description="What led to the seminars, in the order of time.")
    contact: Address = Field(default="", description="A mail or web address that the pages and the mails print.")
    signed_by: Signatory | None = Field(default=None, description="Who signs the mails. Empty: the hosts.")
    website: Address = Field(
        default="", description="The address at which output/site is published: https://…, with a slash at the end."
    )
    host_zone: Word = Field(
        default="", description="The time zone of the Zoom account, like Europe/Brussels. Empty: UTC is taken."
    )
    questions: Few[Prose] = Field(
        default=(), description="Open questions about the series. `make check` lists them; no document prints them."
    )
    seminars: SkipJsonSchema[Mapping[str, Seminar]] = Field(default={}, description="The seminars by id.")
    people: SkipJsonSchema[Mapping[str, Person]] = Field(default={}, description="The people by id.")
    texts: SkipJsonSchema[Mapping[str, Texts]] = Field(default={}, description="The texts by language.")
    references: SkipJsonSchema[Mapping[str, Reference]] = Field(default={}, description="The works by citation key.")
    locales: SkipJsonSchema[Mapping[str, Locale]] = Field(default={}, description="The locales by language.")
    planned: SkipJsonSchema[tuple[Seminar, ...]] = Field(
        default=(), description="All seminars in the order in which they are held, each with `as_planned` alone."
    )
    land: SkipJsonSchema[tuple[int, ...]] = Field(default=(), description="The land of the Earth, see `core.land`.")
    brand: SkipJsonSchema[Brand] = Field(default=_UNTIL_SUPPLIED, description="The look of every file.")
    remarks: SkipJsonSchema[tuple[Remark, ...]] = Field(default=(), description="The remarks on the sources.")
