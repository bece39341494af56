"""How a language writes days, hours, names and countries: CLDR through Babel, and the locale's own forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipeline.core.sources import Capital, Locale, Person, Seminar, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import babel

NBSP = "\u00a0"
_BEFORE_YEAR = re.compile(r" (?=(de )?\d{4}$)")


@lru_cache(maxsize=32)
def cldr(tag: str) -> babel.Locale:
    """Return Babel's tables for a language tag."""
    import babel

    return babel.Locale.parse(tag, sep="-")


def in_language(text: Text, language: str) -> str:
    """Return the text in one language; that it exists was checked when it was read."""
    return text if isinstance(text, str) else text[language]


def spaced(text: str, locale: Locale) -> str:
    """Return the text with the locale's no-break spaces in place of plain ones before its signs."""
    for typed, printed in locale.spacing.items():
        text = text.replace(typed, printed)
    return text


def day(value: date, locale: Locale, form: str = "full") -> str:
    """Return the day in words, with its weekday if `form` is `full`; no number of it stands alone in a line."""
    from babel.dates import format_date

    table = cldr(locale.tag)
    text = format_date(value, form, locale=table)
    number = format_date(value, "d", locale=table)
    first = locale.first_of_month if value.day == 1 and locale.first_of_month else number
    before, found, after = text.partition(f"{number} ")
    text = f"{before}{first}{NBSP}{after}" if found else text
    return _BEFORE_YEAR.sub(NBSP, text)


def hour(value: time, locale: Locale) -> str:
    """Return the time of day in the house form of the language: 08:00, 8 h, 8:00."""
    from babel.dates import format_time

    pattern = locale.clock.pattern if value.minute else locale.clock.full_hour
    return format_time(value, pattern, locale=cldr(locale.tag))


def hours(seminar: Seminar, locale: Locale) -> str:
    """Return the seminar's hours as one range with the time zone named once."""
    return locale.clock.range.format(start=hour(seminar.start, locale), end=hour(seminar.end, locale))


def local_time(seminar: Seminar, capital: Capital, locale: Locale) -> tuple[str, str]:
    """Return the seminar's start on the clock of a capital, and "+1 day" or "−1 day" where the date differs."""
    start = datetime.combine(seminar.date, seminar.start, tzinfo=UTC).astimezone(ZoneInfo(capital.zone))
    shift = (start.date() - seminar.date).days
    word = {1: locale.words["next_day"], -1: locale.words["previous_day"]}.get(shift, "")
    return hour(start.time(), locale), word.replace(" ", NBSP)


def language_name(language: str, locale: Locale) -> str:
    """Return a language's name as the locale writes it."""
    return cldr(locale.tag).languages.get(language.partition("-")[0], language)


def size(octets: int, locale: Locale) -> str:
    """Return a file's size in kilobytes or megabytes, as the language writes numbers and units."""
    small = octets < 1_000_000
    number = max(1, round(octets / 1000)) if small else round(octets / 1_000_000, 1)
    return _measure(number, "digital-kilobyte" if small else "digital-megabyte", locale.tag)


@lru_cache(maxsize=1024)
def _measure(number: float, unit: str, tag: str) -> str:
    from babel.units import format_unit

    return format_unit(number, unit, "short", locale=cldr(tag)).replace(" ", NBSP)


@dataclass(frozen=True, kw_only=True)
class Role:
    """A person's role in a seminar: the line without its country, the country, the line's language where it is
    borrowed, and the whole line as the sources give it."""

    line: str
    country: str
    language: str
    whole: str


def role(person: Person, seminar: Seminar, locales: Any) -> Role:
    """Return the role line for the seminar's language.

    The country stands on a line of its own; where the role line ends with it, it is not printed twice.
    """
    language = seminar.language
    lines = {**person.affiliation, **person.affiliation_at.get(seminar.id, {})}
    source = language if language in lines else person.borrowed[language]
    whole, locale = lines[source], locales[language]
    country = cldr(locale.tag).territories.get(person.country, "") if person.country else ""
    head, comma, tail = whole.rpartition(", ")
    line = whole
    if country and comma and tail.endswith(country) and len(tail) <= len(country) + 4:  # ", The Gambia"
        line, country = head, tail
    return Role(line=line, country=country, whole=whole, language="" if source == language else locales[source].tag)


def listed(texts: Sequence[str], locale: Locale) -> str:
    """Return several texts as one enumeration ("a, b and c"), as CLDR has it."""
    from babel.lists import format_list

    return format_list(list(texts), locale=cldr(locale.tag))


def full_name(person: Person) -> str:
    return f"{person.given} {person.family}"


def initials(person: Person) -> str:
    """Return the two letters of a monogram: the first of the given and of the family name."""
    return person.given[:1].upper() + person.family[:1].upper()
