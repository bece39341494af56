"""`bibliography/references.bib` becomes references; what would be printed wrongly or not at all is a problem.

A reference is meant for the reading lists if its keywords say so (`segment:…, region:…, language:…`). Every other entry
is kept without its fields and without checks: it may come from any reference manager.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from pipeline.core.problems import closest, nearest, quoted
from pipeline.core.sources import Reference, Remark
from pipeline.load.bibtex_fields import (
    DATES,
    ENTRY_TYPES,
    FIELDS,
    LITERALS,
    NAMES,
    OTHERS,
    VERBATIM,
    bare_doi,
    decoded,
    literal,
    names,
    verbatim,
)
from pipeline.load.bibtex_file import MONTHS, Entry, read_entries
from pipeline.load.files import File, Sources

BIB = "bibliography/references.bib"
REQUIRED = ("title", "date", "langid")
LABELS = ("segment", "region", "language")
"""The labels of keywords, each written as `label:id`."""
FIRST = "first"
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]|2[1-4])(?:-([0-9]{2}))?)?[?~%]?")
_VARIANT = re.compile(r"(.*)_[a-z]{2,3}")

Fields = dict[str, tuple[int, str]]
"""The fields of one entry by name: line and text."""


def read_references(sources: Sources) -> dict[str, Reference]:
    """Return the references by citation key, with every problem of the file noted by its line."""
    return sources.parsed(Path(BIB), _references) or {}


def _references(text: str, file: File) -> dict[str, Reference]:
    references: dict[str, Reference] = {}
    for entry in read_entries(text, file):
        if entry.key in references:
            message = f"`{entry.key}` is already the key of the entry on line {references[entry.key].line}"
            file.note(entry.line, message, "give each entry its own key")
            continue
        file.places |= {(entry.key, field.name): field.line for field in entry.fields}
        labels = [field.value for field in entry.fields if field.name == "keywords"]
        labels = labels or [field.value for field in entry.fields if closest(field.name, ["keywords"], likeness=0.8)]
        if re.search(rf"\b(?:{'|'.join(LABELS)})\s*:", " ".join(labels)):
            references[entry.key] = _reference(entry, file)
        else:
            references[entry.key] = Reference(key=entry.key, kind=entry.kind, line=entry.line)
        file.places[(entry.key,)] = entry.line
    return references


def _reference(entry: Entry, file: File) -> Reference:
    if entry.kind not in ENTRY_TYPES:
        fix = nearest(entry.kind, ENTRY_TYPES)
        file.note(entry.line, f"there is no entry type `@{entry.kind}`", fix)
    read = _fields(entry, file)
    from_year = _date_from_year(read)
    for name, (line, value) in read.items():
        if fault := _fault("year" if name == "date" and from_year else name, value):
            file.note(line, *fault)
        elif _base(name) in NAMES:
            read[name] = line, _names(name, line, value, file)
    _check_missing(entry, read, file)
    line, keywords = read.get("keywords", (entry.line, ""))
    found, first = _keywords(entry.key, keywords, line, file)
    _, day = read.get("available") or read.get("date") or (0, "")
    return Reference(
        key=entry.key,
        kind=entry.kind,
        fields={name: value for name, (_, value) in read.items()},
        segments=tuple(found["segment"]),
        regions=tuple(found["region"]),
        languages=tuple(found["language"]),
        first=first,
        available=_last_day(day) or date.max,
        line=entry.line,
    )


def _base(name: str) -> str:
    """Return the field of which `name` is the version in one language: `title` for `title_fr`."""
    variant = _VARIANT.fullmatch(name)
    return variant[1] if variant and variant[1] in FIELDS else name


def _fields(entry: Entry, file: File) -> Fields:
    """Return the fields that can be printed; those of reference managers are ignored."""
    read: Fields = {}
    for field in entry.fields:
        base = _base(field.name)
        message = fix = ""
        if field.name in read:
            message, fix = f"`{field.name}` is given twice in `{entry.key}`", "keep one"
        elif field.name in ("crossref", "xdata"):
            message, fix = f"`{field.name}` is not used here", "copy the fields of the other entry"
        elif base in FIELDS and field.bare and base != "month":
            message = f"`{field.name}` is not in braces: {quoted(field.value)}"
            fix = "write `{…}` around the text, or define the word with `@string`"
        if message:
            file.note(field.line, message, fix)
        if base in FIELDS and field.name not in read:
            value = verbatim(field.value) if base in VERBATIM else decoded(field.value)
            value = bare_doi(value) if base == "doi" else literal(value) if base in LITERALS else value
            read[field.name] = field.line, value
    return read


def _date_from_year(read: Fields) -> bool:
    """Replace `year` and `month` of BibTeX by the `date` of biblatex, and return whether that was needed."""
    _, month = read.pop("month", (0, ""))
    if "year" not in read or "date" in read:
        read.pop("year", None)
        return False
    numbers = {name: f"-{number:02}" for number, name in enumerate(MONTHS, 1)}
    numbers |= {str(number): f"-{number:02}" for number in range(1, 13)}
    suffix = numbers.get(month.lstrip("0"), numbers.get(month[:3].lower(), ""))
    line, year = read["year"]
    ordered = [("date", (line, year + suffix)) if name == "year" else (name, field) for name, field in read.items()]
    read.clear()
    read.update(ordered)
    return True


def _fault(name: str, value: str) -> tuple[str, str] | None:
    """Return message and fix for a text that cannot be printed."""
    if name in (*DATES, "year") and value and _last_day(value) is None:
        return f"`{name}` cannot be {quoted(value)}", "write 2020, 2020-07, 2020-07-13 or, for a span, 2016/2018"
    if command := re.search(r"\\(?:[A-Za-z]+|.|$)", value):
        return f"`{name}` contains a TeX command (`{command[0]}`)", "type the letter itself, like é or &"
    if name == "url" and not re.fullmatch(r"https?://[^\s{}<>\"]+", value):
        return f"`url` is not a web address: {quoted(value)}", "begin it with https://"
    return None


def _names(name: str, line: int, value: str, file: File) -> str:
    """Return a list of authors; mistakes are problems, an organisation without braces is a remark."""
    read = names(value)
    if read is None:
        example = f"{name} = {{Doe, Jane and Roe, Richard}}"
        fix = f"put `and` between two authors ({example}), and an organisation in double braces"
        message = f"`{name}` does not say where one author ends: {quoted(value)}"
        file.note(line, message, fix)
        return value
    people, organisation = read
    if organisation:
        message = f"`{name}` is printed as one organisation, {quoted(value)}: put its name in double braces"
        file.remarks.append(Remark(path=file.path, line=line, message=message))
    return people


def _check_missing(entry: Entry, read: Mapping[str, tuple[int, str]], file: File) -> None:
    """Note required fields that are missing, and unknown names that resemble a field."""
    meant = set()
    for field in entry.fields:
        name = _base(field.name)
        near = "" if name in FIELDS | OTHERS else closest(name, FIELDS, likeness=0.8)
        if near and near not in read:
            file.note(field.line, f"there is no field `{field.name}`", f"did you mean `{near}`?")
            meant.add(near)
    for name in REQUIRED:
        if not read.get(name, (0, ""))[1] and name not in meant:
            file.note(entry.line, f"`{entry.key}` has no `{name}`", f"add `{name} = {{…}},`")


def _keywords(key: str, text: str, line: int, file: File) -> tuple[dict[str, list[str]], bool]:
    """Return the ids by label, and whether `first` is among the keywords; unknown keywords are ignored."""
    found: dict[str, list[str]] = {label: [] for label in LABELS}
    words = [word.strip() for word in re.split("[,;]", text)]
    mistyped = False
    for word in words:
        label, colon, id = (part.strip() for part in word.partition(":"))
        if label in found and id:
            found[label].append(id)
        elif colon and closest(label, LABELS, likeness=0.75):
            fix = "write segment:…, region:…, language:… or first"
            file.note(line, f"unknown keyword {quoted(word)}", fix)
            mistyped = True
    for label, ids in found.items():
        if not ids and text and not mistyped:
            file.note(line, f"`{key}` has no keyword `{label}:…`", f"add `{label}:…` to its keywords")
    return found, FIRST in words


def _last_day(text: str) -> date | None:
    """Return the last day that a date can mean: December for "2020" and for "2016/2020"; None if it is no date."""
    last = None
    parts = text.strip().removesuffix("/").split("/")
    for part in parts:
        match = _DATE.fullmatch(part)
        if not match or len(parts) > 2:
            return None
        year, month = int(match[1]), min(int(match[2] or 12), 12)  # 21 to 24 are the seasons, the last is winter
        try:
            if match[3]:
                last = date(year, month, int(match[3]))
            else:
                last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        except ValueError:
            return None
    return last
