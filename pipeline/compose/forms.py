"""Days, hours, sizes, countries and lists in a language, with CLDR through Babel and the forms of the locale file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache

import babel
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.units import format_unit

from pipeline.core.sources import Locale, Seminar, Text

NBSP = "\u00a0"
_TWO_ENDS = re.compile(r"(\.{3}|(?<!\.)[.?!…؟][»”\"’]?)\.(?!\.)")


@cache
def cldr(tag: str) -> babel.Locale:
    """Return Babel's tables for a language tag."""
    return babel.Locale.parse(tag, sep="-")


def in_language(text: Text, language: str) -> str:
    """Return the text in one language; the loader has checked that it exists."""
    return text if isinstance(text, str) else text[language]


def sentence(pattern: str, **values: object) -> str:
    """Return a sentence with these values; one that ends with a value that has its own end gets no second full stop."""
    return _TWO_ENDS.sub(r"\1", pattern.format(**values))


def spaced(text: str, locale: Locale) -> str:
    """Return the text with the no-break spaces that the locale has before and after its punctuation marks."""
    for typed, printed in locale.spacing.items():
        text = text.replace(typed, printed)
    return text


def colon(locale: Locale) -> str:
    """Return a colon with the no-break space that the language has before it, if any."""
    return locale.spacing.get(" :", ":")


def unbroken(text: str) -> str:
    """Return a short label with no-break spaces, so that its words stay on one line."""
    return text.replace(" ", NBSP)


def day(value: date, locale: Locale, form: str = "full") -> str:
    """Return the day in words; day, month and year stay on one line.

    If `form` is `full`, it begins with its weekday and a capital, as on a line of its own: Wednesday 24 June 2020.
    """
    if form == "full":
        text = day_in_sentence(value, locale)
        return text[:1].upper() + text[1:]
    return _day(value, locale, form)


def day_in_sentence(value: date, locale: Locale) -> str:
    """Return the day with its weekday as a sentence has it, without a comma: miércoles 24 de junio de 2020."""
    return _day(value, locale, "full").replace(",", "", 1)


def _day(value: date, locale: Locale, form: str) -> str:
    table = cldr(locale.tag)
    text = format_date(value, form, locale=table)
    number = format_date(value, "d", locale=table)
    first = locale.first_of_month if value.day == 1 and locale.first_of_month else number
    before, found, after = text.partition(f"{number} ")
    return f"{before}{first}{NBSP}{unbroken(after)}" if found else unbroken(text)


def hour(value: time, locale: Locale) -> str:
    """Return the time of day by the patterns of the locale file: 08:00, 8 h, 8:00."""
    pattern = locale.clock.pattern if value.minute else locale.clock.full_hour
    return format_time(value, pattern, locale=cldr(locale.tag))


def hours(seminar: Seminar, locale: Locale) -> str:
    """Return the seminar's hours as one range that names the time zone once, with "+1 day" if it ends the next day."""
    text = locale.clock.range.format(start=hour(seminar.start, locale), end=hour(seminar.end, locale))
    return f"{text}{_next_day(seminar, locale)}"


def hours_in_sentence(seminar: Seminar, locale: Locale) -> str:
    """Return the seminar's hours as a sentence has them (from 07:00 to 08:45 UTC), with "+1 day" as in `hours`."""
    text = locale.clock.sentence.format(start=hour(seminar.start, locale), end=hour(seminar.end, locale))
    return f"{unbroken(text)}{_next_day(seminar, locale)}"


def _next_day(seminar: Seminar, locale: Locale) -> str:
    is_next = seminar.ends.date() > seminar.date
    return f" ({unbroken(locale.words['next_day'])})" if is_next else ""


def shift(day: date, seminar: Seminar, locale: Locale) -> str:
    """Return "+1 day" or "−1 day" if a day is not that of the seminar, else an empty text."""
    word = {1: locale.words["next_day"], -1: locale.words["previous_day"]}.get((day - seminar.date).days, "")
    return unbroken(word)


def language_name(language: str, locale: Locale) -> str:
    """Return a language's name in the language of the locale."""
    return str(cldr(locale.tag).languages.get(language.partition("-")[0], language))


def size(count: int, locale: Locale) -> str:
    """Return a number of bytes in kilobytes or megabytes, in the format of the language."""
    if count < 1_000_000:
        number: float = max(1, round(count / 1000))
        unit = "digital-kilobyte"
    else:
        number, unit = round(count / 1_000_000, 1), "digital-megabyte"
    return unbroken(format_unit(number, unit, "short", locale=cldr(locale.tag)))


def listed(texts: Sequence[str], locale: Locale) -> str:
    """Return several texts joined as a list ("a, b and c")."""
    return format_list(list(texts), locale=cldr(locale.tag))


@dataclass(frozen=True, kw_only=True)
class Role:
    """A person's role in a seminar: the line without its country, the country, and the line as in the sources.

    `language` is the tag of the language that the line is borrowed from, else empty.
    """

    line: str
    country: str
    language: str
    full: str


def country_name(letters: str, locale: Locale) -> str:
    """Return the name of a country by its two letters, or an empty string if there is none."""
    name: str = cldr(locale.tag).territories.get(letters, "")
    return name


def role(
    lines: Mapping[str, str], borrowed: Mapping[str, str], country: str, language: str, locales: Mapping[str, Locale]
) -> Role:
    """Return a role in a language from its lines by language; `borrowed` are languages that use another one's line.

    The country is printed on a line of its own; a role line that ends with it is printed without it.
    """
    source = language if language in lines else borrowed[language]
    line = full = lines[source]
    country = country_name(country, locales[language])
    head, comma, tail = full.rpartition(", ")
    if country and comma and tail.endswith(country) and len(tail) <= len(country) + 4:  # ", The Gambia"
        line, country = head, tail
    return Role(line=line, country=country, full=full, language="" if source == language else locales[source].tag)
