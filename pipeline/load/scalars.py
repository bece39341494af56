"""How a text that was typed becomes a number, a day or a time of day, and how to say what it should look like."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

WHOLE = "[0-9]{1,6}"
NUMBER = r"[0-9]{1,6}(\.[0-9]{1,6})?"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME_OF_DAY = "([01]?[0-9]|2[0-3]):([0-5][0-9])"
ANSWERS = {"true": True, "yes": True, "false": False, "no": False}


def _text(typed: str) -> str:
    return typed.strip(" \t\n")  # not the no-break space: it may be what the text is about


def _whole(typed: str) -> int:
    return int(_like(WHOLE, typed)[0])


def _number(typed: str) -> float:
    return float(_like(NUMBER, typed)[0])


def _yes_or_no(typed: str) -> bool:
    if typed.lower() not in ANSWERS:
        raise ValueError
    return ANSWERS[typed.lower()]


def _day(typed: str) -> date:
    return date.fromisoformat(_like(DAY, typed)[0])


def _time_of_day(typed: str) -> time:
    match = _like(TIME_OF_DAY, typed)
    return time(int(match[1]), int(match[2]))


def _like(pattern: str, typed: str) -> re.Match[str]:
    match = re.fullmatch(pattern, typed)
    if not match:
        raise ValueError
    return match


SCALARS: dict[type, tuple[str, Any]] = {
    str: ("a text", _text),
    int: ("a whole number in figures, like 100", _whole),
    float: ("a number, like 12.5", _number),
    bool: ("true or false", _yes_or_no),
    date: ("a day of the calendar as year-month-day, like 2020-07-09", _day),
    time: ("a time of day on the 24-hour clock, like 08:45", _time_of_day),
}
"""By type: what to write, in words, and how it is read; what cannot be read is a ValueError."""
