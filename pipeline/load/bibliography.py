"""`bibliography/references.bib` becomes references; what would be printed wrongly or not at all is a problem."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.problems import Problem, closest, nearest, quoted
from pipeline.core.sources import Reference
from pipeline.load.bibtex_file import Entry, Field, read_entries
from pipeline.load.names import FIX, fault_of
from pipeline.load.works import FIELDS, KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.load.files import Sources

BIB = "bibliography/references.bib"
REQUIRED = ("title", "date", "langid", "keywords")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
FIRST = "first"
_KEYWORD = re.compile(r"(segment|region|language):([a-z0-9-]+)")
_VARIANT = re.compile(r"(.*)_[a-z]{2,3}")


def read_references(sources: Sources) -> dict[str, Reference]:
    """Return the works by citation key, with every fault of the file noted by its line."""
    text = sources.text(Path(BIB))
    references: dict[str, Reference] = {}
    for entry in read_entries(text, BIB, sources.problems) if text is not None else []:
        places = sources.places.setdefault(BIB, {})
        if (entry.key,) in places:
            message = f"`{entry.key}` is already the key of the work on line {places[(entry.key,)]}"
            _note(sources, entry.line, message, "give each work a key of its own")
            continue
        places[(entry.key,)] = entry.line
        places |= {(entry.key, field.name): field.line for field in entry.fields}
        references[entry.key] = _reference(entry, sources)
    return references


def _note(sources: Sources, line: int, message: str, fix: str = "") -> None:
    sources.problems.append(Problem(path=BIB, line=line, message=message, fix=fix))


def _reference(entry: Entry, sources: Sources) -> Reference:
    """Return the entry as a reference, with its faults noted."""
    if fault_of(entry.key):
        _note(sources, entry.line, f"{quoted(entry.key)} {fault_of(entry.key)}", FIX)
    if entry.kind not in KINDS:
        _note(sources, entry.line, f"no kind of work is called `@{entry.kind}`", nearest(entry.kind, KINDS))
    fields: dict[str, str] = {}
    for field in entry.fields:
        if field.name in fields:
            _note(sources, field.line, f"`{field.name}` stands twice in `{entry.key}`", "keep one of them")
        fields.setdefault(field.name, re.sub(r"\s+", " ", field.value))
        _check_field(field, sources)
    _check_names(entry, fields, sources)
    line = sources.line(BIB, (entry.key, "keywords"))
    words = _keywords(entry.key, fields.get("keywords", ""), line, sources)
    available = _last_day(fields.get("available") or fields.get("date", "")) or date.max
    return Reference(key=entry.key, kind=entry.kind, fields=fields, available=available, line=entry.line, **words)


def _check_names(entry: Entry, fields: Mapping[str, str], sources: Sources) -> None:
    """Note fields that are missing, and names that were probably meant for one that is read."""
    meant = set()
    for field in entry.fields:
        variant = _VARIANT.fullmatch(field.name)
        name = variant[1] if variant else field.name
        near = "" if name in FIELDS else "date" if name == "year" else closest(name, FIELDS)
        if near and near not in fields:
            _note(sources, field.line, f"no field is called `{field.name}`", f"did you mean `{near}`?")
            meant.add(near)
    for name in REQUIRED:
        if not fields.get(name) and name not in meant:
            _note(sources, entry.line, f"`{entry.key}` has no `{name}`", f"add `{name} = {{…}},`")


def _check_field(field: Field, sources: Sources) -> None:
    """Note a text that would not be printed as it stands."""
    name, value = field.name, field.value
    if field.plain and not value.isdecimal():
        _note(sources, field.line, f"`{name}` is not in braces: {quoted(value)}", "write `{…}` around the text")
    elif name in ("date", "available") and value and _last_day(value) is None:
        _note(sources, field.line, f"`{name}` cannot be {quoted(value)}", "write 2020, 2020-07 or 2020-07-13")
    elif "\\" in value:
        _note(sources, field.line, f"`{name}` holds a TeX command (`\\`)", "type the letter itself, like é or &")
    elif name == "url" and not re.fullmatch(r"https?://[^\s{}<>\"]+", value):
        _note(sources, field.line, f"`url` is no web address: {quoted(value)}", "begin it with https://")
    elif name in ("crossref", "xdata", "xref"):
        _note(sources, field.line, f"`{name}` is not used here", "write the fields of the other work out")


def _keywords(key: str, text: str, line: int, sources: Sources) -> Mapping[str, Any]:
    """Return segments, regions and languages from `segment:…, region:…, language:…`, and whether `first` is there."""
    found: dict[str, list[str]] = {"segment": [], "region": [], "language": []}
    first = False
    odd = False
    for word in filter(None, map(str.strip, text.split(","))):
        if word == FIRST:
            first = True
            continue
        match = _KEYWORD.fullmatch(word)
        if not match:
            fix = "write segment:…, region:…, language:… or first"
            _note(sources, line, f"no keyword is written {quoted(word)}", fix)
            odd = True
            continue
        found[match[1]].append(match[2])
    for name, words in found.items():
        if not words and text and not odd:
            _note(sources, line, f"`{key}` has no keyword `{name}:…`", f"add `{name}:…` to its keywords")
    return {f"{name}s": tuple(words) for name, words in found.items()} | {"first": first}


def _last_day(text: str) -> date | None:
    """Return the last day that a date of any precision can mean: a work of "2020" may have appeared in December."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
