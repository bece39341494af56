"""Times as exports write them; the whole file decides whether day or month comes first, or staff are asked.

Read by hand, since the libraries for dates guess the order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Literal

import babel

from pipeline.core.columns import ACCOUNT_LANGUAGES, word
from pipeline.core.text import one_line

Order = Literal["day", "month", "", "both"]
"""Which comes first in 07/09/2020; empty if unknown, `both` if the file contains dates in both orders."""

_CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?(?: ?(?P<half>[ap]) ?m)?"
_ZONE = r"(?: ?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}))?"
_NUMBERS = re.compile(
    rf"(?P<one>\d{{1,4}})(?P<mark>[/.-])(?P<two>\d{{1,2}})[/.-](?P<three>\d{{2,4}})[ ,t]+{_CLOCK}{_ZONE}"
)
_MONTH_FIRST = re.compile(rf"(?P<month>[^\W\d]+) (?P<day>\d{{1,2}})(?: de| of)?,? (?P<year>\d{{4}}),? {_CLOCK}{_ZONE}")
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er)? (?:de )?(?P<month>[^\W\d]+),? (?:de )?(?P<year>\d{{4}}),? {_CLOCK}{_ZONE}"
)
_BETWEEN = re.compile(r",? (?:at|à|às|as|a las|alle|alle ore|ore|um) (?=\d)| uhr$")
"""Words between day and hour, and the word for the hour."""
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_HALF = re.compile(r"\b([ap])\. ?m\.?")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A time as it was written: `one` and `two` are day and month in the order of the file, unless it is `fixed`."""

    one: int
    two: int
    year: int
    clock: tuple[int, int, int]
    fixed: bool
    zone: tzinfo | None


@lru_cache(maxsize=4096)  # many people register and join in the same second
def moment(text: str) -> Moment | None:
    """Return the time in a cell, or None if it cannot be read."""
    folded = _HALF.sub(r"\1m", _BETWEEN.sub(" ", one_line(text).casefold()).strip())
    if _SERIAL.fullmatch(folded):
        return _of_spreadsheet(float(folded.replace(",", ".")))
    found = _NUMBERS.fullmatch(folded)
    if found:
        one, two, three = int(found["one"]), int(found["two"]), int(found["three"])
        if len(found["one"]) == 4:
            return _moment(found, two, three, one, fixed=True)
        year = three if three > 99 else 2000 + three
        if found["mark"] == ".":  # no language writes 07.09.2020 with the month first
            return _moment(found, two, one, year, fixed=True)
        return _moment(found, one, two, year, fixed=False)
    folded = folded.replace(". ", " ")
    found = _MONTH_FIRST.fullmatch(folded) or _DAY_FIRST.fullmatch(folded)
    month = _months().get(word(found["month"]), 0) if found else 0
    return _moment(found, month, int(found["day"]), int(found["year"]), fixed=True) if found and month else None


def _of_spreadsheet(days: float) -> Moment:
    """Return the time of a number that a spreadsheet shows as a date: days since 1899-12-30."""
    when = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    clock = (when.hour, when.minute, when.second)
    return Moment(one=when.month, two=when.day, year=when.year, clock=clock, fixed=True, zone=None)


def _moment(found: re.Match[str], one: int, two: int, year: int, *, fixed: bool) -> Moment | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = _zone(found["zone"]) if found["zone"] else None
    return Moment(one=one, two=two, year=year, clock=(hour, minute, second), fixed=fixed, zone=zone)


def _zone(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if text[0] == "-" else shift)


@cache  # needed for each time that is written out
def _months() -> dict[str, int]:
    """Return the months by their names, long and short, in the languages of accounts."""
    found: dict[str, int] = {}
    for language in ACCOUNT_LANGUAGES:
        months = babel.Locale.parse(language).months
        for use, width in (("format", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated")):
            found |= {word(name): number for number, name in months[use][width].items()}
    return found | {"sept": 9, "set": 9}


def order(moments: Iterable[Moment], of_sessions: Iterable[Moment], days: Collection[date]) -> Order:
    """Return which comes first: by a number above 12, else the only order that puts all sessions on `days`."""
    loose = [m for m in moments if not m.fixed]
    day_first, month_first = any(m.one > 12 for m in loose), any(m.two > 12 for m in loose)
    if day_first or month_first:
        return "both" if day_first and month_first else "day" if day_first else "month"
    unclear = [m for m in of_sessions if not m.fixed]
    if all(m.one == m.two for m in unclear):
        return "month"  # it makes no difference
    orders: tuple[Order, ...] = ("day", "month")
    fits = [first for first in orders if all(_date(m, first) in days for m in unclear)]
    return fits[0] if len(fits) == 1 else ""


def _date(moment: Moment, first: Order) -> date | None:
    month, day = (moment.two, moment.one) if first == "day" and not moment.fixed else (moment.one, moment.two)
    try:
        return date(moment.year, month, day)
    except ValueError:
        return None


def at(moment: Moment, first: Order, zone: tzinfo) -> datetime | None:
    """Return the time in UTC, or None if there is no such day; a time without a time zone is in `zone`."""
    day = _date(moment, first)
    if not day:
        return None
    written = datetime(day.year, day.month, day.day, *moment.clock, tzinfo=moment.zone or zone)
    return written.astimezone(UTC)
