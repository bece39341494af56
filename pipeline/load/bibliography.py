"""`bibliography/references.bib` becomes references; what would be printed wrongly or not at all is a problem.

A work is meant for the reading lists if its keywords say so (`segment:…, region:…, language:…`). Every other work is
kept and not looked at: it may come from any reference manager.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.problems import Problem, closest, nearest, quoted
from pipeline.core.sources import Reference, Remark
from pipeline.load.bibtex_file import MONTHS, Entry, read_entries
from pipeline.load.bibtex_text import bare_doi, decoded, literal, names, verbatim
from pipeline.load.works import DATES, FIELDS, KINDS, LITERALS, NAMES, OTHERS, VERBATIM

if TYPE_CHECKING:
    from pipeline.load.files import Sources

BIB = "bibliography/references.bib"
REQUIRED = ("title", "date", "langid")
LABELS = ("segment", "region", "language")
"""What the keywords of a listed work say, each as `label:id`."""
FIRST = "first"
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]|2[1-4])(?:-([0-9]{2}))?)?[?~%]?")
_VARIANT = re.compile(r"(.*)_[a-z]{2,3}")

Fields = dict[str, tuple[int, str]]
"""The fields of one work by name: line and text."""


def read_references(sources: Sources) -> dict[str, Reference]:
    """Return the works by citation key, with every problem of the file noted by its line."""
    text = sources.text(Path(BIB))
    references: dict[str, Reference] = {}
    places = sources.places.setdefault(BIB, {})
    for entry in read_entries(text, BIB, sources.problems) if text is not None else []:
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
    """Return the entry as a reference; the problems of one that is meant for the lists are noted."""
    labels = [field.value for field in entry.fields if field.name == "keywords"]
    labels = labels or [field.value for field in entry.fields if closest(field.name, ["keywords"], likeness=0.8)]
    if not re.search(rf"\b(?:{'|'.join(LABELS)})\s*:", " ".join(labels)):
        return Reference(
            key=entry.key, kind=entry.kind, fields={}, segments=(), regions=(), languages=(), first=False,
            available=date.max, line=entry.line,
        )  # fmt: skip
    if entry.kind not in KINDS:
        _note(sources, entry.line, f"no kind of work is called `@{entry.kind}`", nearest(entry.kind, KINDS))
    read = _fields(entry, sources)
    of_bibtex = _date_from_year(read)
    for name, (line, value) in read.items():
        if message := _mistake("year" if name == "date" and of_bibtex else name, value):
            _note(sources, line, *message)
        elif _base(name) in NAMES:
            read[name] = line, _names(name, line, value, sources)
    _check_missing(entry, read, sources)
    line, keywords = read.get("keywords", (entry.line, ""))
    found, first = _keywords(entry.key, keywords, line, sources)
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
    """Return the field of which `name` is the wording in one language: `title` for `title_fr`."""
    variant = _VARIANT.fullmatch(name)
    return variant[1] if variant and variant[1] in FIELDS else name


def _fields(entry: Entry, sources: Sources) -> Fields:
    """Return the fields that can be printed; those of reference managers are passed over."""
    read: Fields = {}
    for field in entry.fields:
        base = _base(field.name)
        if field.name in read:
            _note(sources, field.line, f"`{field.name}` stands twice in `{entry.key}`", "keep one of them")
        elif field.name in ("crossref", "xdata"):
            _note(sources, field.line, f"`{field.name}` is not used here", "write the fields of the other work out")
        elif base in FIELDS and field.bare and base != "month":
            fix = "write `{…}` around the text, or say in a `@string` what the word stands for"
            _note(sources, field.line, f"`{field.name}` is not in braces: {quoted(field.value)}", fix)
        if base not in FIELDS or field.name in read:
            continue
        value = verbatim(field.value) if base in VERBATIM else decoded(field.value)
        value = bare_doi(value) if base == "doi" else literal(value) if base in LITERALS else value
        read[field.name] = field.line, value
    return read


def _date_from_year(read: Fields) -> bool:
    """Make `year` and `month` of BibTeX the `date` of biblatex, and return whether that was needed."""
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


def _mistake(name: str, value: str) -> tuple[str, str] | None:
    """Return what is wrong with a text that would not be printed as it stands, and the cure."""
    if name in (*DATES, "year") and value and _last_day(value) is None:
        return f"`{name}` cannot be {quoted(value)}", "write 2020, 2020-07, 2020-07-13 or, for a span, 2016/2018"
    if command := re.search(r"\\(?:[A-Za-z]+|.|$)", value):
        return f"`{name}` holds a TeX command (`{command[0]}`)", "type the letter itself, like é or &"
    if name == "url" and not re.fullmatch(r"https?://[^\s{}<>\"]+", value):
        return f"`url` is no web address: {quoted(value)}", "begin it with https://"
    return None


def _names(name: str, line: int, value: str, sources: Sources) -> str:
    """Return a list of authors, with its mistakes noted and a body that has no braces remarked."""
    read = names(value)
    if read is None:
        fix = f"put `and` between two authors ({name} = {{Doe, Jane and Roe, Richard}}), and a body in double braces"
        _note(sources, line, f"`{name}` does not say where one author ends: {quoted(value)}", fix)
        return value
    people, body = read
    if body:
        message = f"`{name}` is printed as one body, {quoted(value)}: put its name in double braces"
        sources.remarks.append(Remark(path=BIB, line=line, message=message))
    return people


def _check_missing(entry: Entry, read: Mapping[str, tuple[int, str]], sources: Sources) -> None:
    """Note fields that are missing, and names that were probably meant for one that is read."""
    meant = set()
    for field in entry.fields:
        name = _base(field.name)
        known = name in FIELDS or name in OTHERS
        near = "" if known else closest(name, FIELDS, likeness=0.8)
        if near and near not in read:
            _note(sources, field.line, f"no field is called `{field.name}`", f"did you mean `{near}`?")
            meant.add(near)
    for name in REQUIRED:
        if not read.get(name, (0, ""))[1] and name not in meant:
            _note(sources, entry.line, f"`{entry.key}` has no `{name}`", f"add `{name} = {{…}},`")


def _keywords(key: str, text: str, line: int, sources: Sources) -> tuple[dict[str, list[str]], bool]:
    """Return the ids by label, and whether `first` is there; a reference manager's own keywords are passed over."""
    found: dict[str, list[str]] = {label: [] for label in LABELS}
    words = [word.strip() for word in re.split("[,;]", text)]
    mistyped = False
    for word in words:
        label, colon, id = (part.strip() for part in word.partition(":"))
        if label in found and id:
            found[label].append(id)
        elif colon and closest(label, LABELS, likeness=0.75):
            fix = "write segment:…, region:…, language:… or first"
            _note(sources, line, f"no keyword is written {quoted(word)}", fix)
            mistyped = True
    for label, ids in found.items():
        if not ids and text and not mistyped:
            _note(sources, line, f"`{key}` has no keyword `{label}:…`", f"add `{label}:…` to its keywords")
    return found, FIRST in words


def _last_day(text: str) -> date | None:
    """Return the last day that a date can mean: a work of "2020" or of "2016/2020" may have appeared in December."""
    days = [_last_day_of(part) for part in text.strip().removesuffix("/").split("/")]
    return days[-1] if len(days) <= 2 and None not in days else None


def _last_day_of(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month = int(match[1]), min(int(match[2] or 12), 12)  # above stand the seasons, of which winter is the last
    try:
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
