"""Dates as people and reference managers write them, read as dates of biblatex (EDTF)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that BibTeX defines."""
STATES = {
    "nodate": "n.d. nd no-date undated s.d. s.f. sans-date sin-fecha",
    "inpress": "in-press inpress accepted sous-presse en-prensa",
    "forthcoming": "forthcoming to-appear upcoming coming-soon à-paraître a-paraître próximamente",
    "submitted": "submitted under-review in-review soumis enviado",
    "inpreparation": "inpreparation in-preparation en-préparation en-preparación",
    "prepublished": "prepublished preprint",
}
"""What is written instead of a date, by the word of biblatex; `nodate` is ours."""

_OF_WORD = {re.sub("[-.]", "", word): state for state, words in STATES.items() for word in words.split()}
_BEGINNINGS = (
    *("jan ene gen janv", "feb fev", "mar mrz", "apr avr abr", "may mai mag", "jun juin giu", "jul juil lug"),
    *("aug aou ago", "sep set", "oct okt ott out", "nov", "dec dic dez"),
)
"""Of the names of months in English, French, Spanish, German, Italian and Portuguese, without accents."""
_SEASONS = ("spr pri", "sum ete ver", "aut fal oto", "win hiv inv")
_NUMBER = {
    beginning: number
    for first, names in ((1, _BEGINNINGS), (21, _SEASONS))
    for number, words in enumerate(names, first)
    for beginning in words.split()
}
_DAY = re.compile(r"([0-9]{3}[0-9X]|[0-9]{2}XX)(?:-(0[1-9]|1[0-2]|2[1-4])(?:-([0-9]{2}))?)?([?~%]?)")
_ABOUT = re.compile(r"(?:ca?|circa|about|vers|env|hacia|um)\b\.?\s*|[©]|c(?=[12][0-9]{3}$)", re.IGNORECASE)


def read_date(text: str) -> str:
    """Return the date of biblatex that `text` means, a state of `STATES`, or an empty string if it is neither."""
    text = text.strip().strip("()[]{}.,; ").replace("–", "-").replace("—", "-")
    if state := _OF_WORD.get(re.sub(r"[\s.-]", "", text.lower())):
        return state
    text = re.sub(r"\s+", " ", re.sub(r"T[0-9]{2}:?[0-9]{2}.*$|[, ]+[0-9]{1,2}:[0-9]{2}.*$", "", text))
    text = re.sub(r"-00(?:-00)?(?=$|/)", "", re.sub(r"(?<=[0-9])[uU](?=[uU]?$)|(?<=[0-9])u(?=u)", "X", text))
    text = re.sub(r"(?<=[0-9X])[xuU-](?=$)", "X", text) if re.fullmatch(r"[0-9]{2,3}[xuUX-]{1,2}", text) else text
    about = _ABOUT.match(text)
    if about and len(text) > about.end():
        inner = read_date(text[about.end() :])
        approximate = about[0].strip(" .").lower() in ("ca", "c", "circa", "about", "vers", "env", "hacia", "um")
        return f"{inner}~" if approximate and re.fullmatch(r"[0-9X-]+", inner) and about[0] != "c" else inner
    found = _in_figures(text) or _in_words(text)
    return found if last_day(found) else ""


def _in_figures(text: str) -> str:
    if re.fullmatch(r"\.\./.+|.+/\.\.", text):
        text = text.replace("..", "")
    if last_day(text):
        return text
    if span := re.fullmatch(r"([12][0-9]{3})\s*(?:--?|/)\s*([12][0-9]{3})", text):
        return f"{span[1]}/{span[2]}"
    short = re.fullmatch(r"([12][0-9])([0-9]{2})\s*(--?|/)\s*([0-9]{2})", text)
    if short and short[4] > short[2] and (int(short[4]) > 12 or short[3] != "-"):
        return f"{short[1]}{short[2]}/{short[1]}{short[4]}"
    if parts := re.fullmatch(r"([12][0-9]{3})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?", text):
        return f"{parts[1]}-{int(parts[3]):02}" + (f"-{int(parts[4]):02}" if parts[4] else "")
    if parts := re.fullmatch(r"([0-9]{1,2})([-/.] ?)([0-9]{1,2})\2([12][0-9]{3})", text):
        day, month = int(parts[1]), int(parts[3])
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month and parts[2].strip() != ".":
            return ""  # the day and the month cannot be told apart
        return f"{parts[4]}-{month:02}-{day:02}"
    if parts := re.fullmatch(r"([0-9]{1,2})[/.-]([12][0-9]{3})", text):
        return f"{parts[2]}-{int(parts[1]):02}"
    ends = re.split(r"\s*/\s*|\s+-+\s+", text)
    if len(ends) == 2 and all(re.match(r"[12][0-9]{3}", end) for end in ends):
        return "/".join(_in_figures(end) for end in ends)
    year = re.fullmatch(r"([12][0-9]{3})(?:[a-z]|\*)", text)
    return year[1] if year else ""


def _in_words(text: str) -> str:
    """Return a date with the name of a month or of a season, like "3-5 May 2018"."""
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", text)
    months = [number for word in re.findall(r"[^\W\d_]+", text) if (number := month_of(word))]
    days = re.findall(r"(?<![0-9])[0-3]?[0-9](?![0-9])", text)
    if len(years) != 1 or not 1 <= len(months) <= 2 or len(days) > 2:
        return ""
    year, first, last = years[0], f"{years[0]}-{months[0]:02}", f"{years[0]}-{months[-1]:02}"
    if not days or months[0] > 12 or len(months) > len(days):
        return first if first == last or months[0] > 12 else f"{first}/{year}-{months[-1]:02}"
    ends = f"{first}-{int(days[0]):02}", f"{last}-{int(days[-1]):02}"
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def month_of(word: str) -> int:
    """Return the number of a month, or of a season from 21, by its name or its number; 0 if it is neither."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c.isalpha() or c.isdecimal())
    if plain.isdecimal():
        return int(plain) if 1 <= int(plain) <= 12 or 21 <= int(plain) <= 24 else 0
    if len(plain) > 10 or plain.endswith(("day", "di", "tag")):
        return 0
    return _NUMBER.get(plain[:4], _NUMBER.get(plain[:3], 0))


def with_month(year: str, month: str, day: str) -> str:
    """Return the date of the fields `year`, `month` and `day` of BibTeX; what no month can be is ignored."""
    read = read_date(year)
    if not re.fullmatch(r"[0-9]{4}", read) or not month:
        return read
    if number := month_of(month.strip(" .")):
        return read_date(f"{read}-{number:02}-{day.strip(' .')}") or f"{read}-{number:02}"
    if span := re.fullmatch(r"([0-9]{1,2})\s*(?:-+|–|/)\s*([0-9]{1,2})", month):
        month = " - ".join(MONTHS[(int(number) - 1) % 12] for number in span.groups())
    return read_date(f"{month} {read}") or read_date(f"{re.sub('[0-9~]+', '', month)} {read}") or read


def last_day(text: str) -> date | None:
    """Return the last day that a date can mean: December for "2020" and for "2016/2020"; None if it is no date."""
    last = None
    parts = text.strip("/").split("/")
    for part in parts:
        match = _DAY.fullmatch(part)
        if not match or len(parts) > 2:
            return None
        year, month = int(match[1].replace("X", "9")), min(int(match[2] or 12), 12)  # 21 to 24 are seasons
        try:
            if match[3]:
                last = date(year, month, int(match[3]))
            else:
                last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        except (ValueError, OverflowError):
            return None
    return last
