"""One entry becomes a reference; what would be printed wrongly or not at all is a problem with its line."""

from __future__ import annotations

import re
from datetime import date

from pipeline.core.problems import closest, quoted
from pipeline.core.sources import Reference
from pipeline.core.text import invisible
from pipeline.load.bibtex_checks import Fields, check_containers, check_missing, remark
from pipeline.load.bibtex_dates import STATES, last_day, read_date, with_month
from pipeline.load.bibtex_fields import (
    DATES,
    ENTRY_TYPES,
    FIELDS,
    KEYWORDS,
    LABELS,
    LITERALS,
    NAMES,
    OPTIONAL,
    OTHER_FIELDS,
    OTHER_TYPES,
    VERBATIM,
    WORDS,
    base_of,
    languages_in,
)
from pipeline.load.bibtex_file import Entry
from pipeline.load.bibtex_names import read_names
from pipeline.load.bibtex_text import bare_doi, decoded, is_deep, literal, verbatim, web_address
from pipeline.load.bibtex_tidy import tidied
from pipeline.load.files import File

FIRST, EVERYWHERE = "first", "global"
_DATE_FIX = "write 2020, 2020-07, 2020-07-13 or, for a span, 2016/2018"

Keywords = dict[str, list[str]]
"""The ids by label, and all keywords under an empty label."""


def keywords_of(entry: Entry) -> Keywords:
    """Return what the keywords of an entry say; keywords without a label are those of its owner."""
    found: Keywords = {label: [] for label in ("", *LABELS)}
    for field in entry.fields:
        if field.name in KEYWORDS:
            for word in re.split("[,;\n]", re.sub(r"[{}\\]", "", field.value)):
                label, colon, id = (part.strip() for part in word.partition(":"))
                found[""].append(word.strip())
                if colon and id and label.lower() in LABELS:
                    found[label.lower()].append(id.lower())
    return found


def reference(entry: Entry, found: Keywords, file: File) -> Reference:
    """Return the reference that an entry with the keyword `segment:…` is."""
    kind = _kind(entry, file)
    read = _fields(entry, file)
    _move_address(read)
    available = _dated(entry, read, file)
    named = languages_in(read.get("langid", (0, ""))[1]) or languages_in(read.get("language", (0, ""))[1])
    check_missing(entry, read, file, has_language=bool(named or found["language"]))
    read = {name: (line, tidied(name, kind, text)) for name, (line, text) in read.items()}
    read = {name: given for name, given in read.items() if given[1] or name == "title"}
    check_containers(entry, kind, read, file)
    return Reference(
        key=entry.key,
        kind=kind,
        path=file.path,
        line=entry.line,
        fields={name: text for name, (_, text) in read.items()},
        segments=tuple(found["segment"]),
        regions=tuple(found["region"]) or (EVERYWHERE,),
        languages=tuple(found["language"] or named),
        only=tuple(found["only"]),
        language=named[0] if named else "",
        first=FIRST in (word.lower() for word in found[""]),
        checked="checked" in read,
        available=available,
    )


def _kind(entry: Entry, file: File) -> str:
    """Return the type of an entry as biblatex calls it; one that nobody knows is printed like `misc`."""
    if not entry.key:
        file.note(entry.line, "this entry has no key", f"begin it with `@{entry.kind}{{a-key-of-its-own,`")
    kind = OTHER_TYPES.get(entry.kind, entry.kind)
    if kind in ENTRY_TYPES:
        return kind
    near = closest(kind, ENTRY_TYPES)
    guess = f"; did you mean `{near}`?" if near else ""
    remark(entry.line, f"there is no entry type `@{entry.kind}`: `{entry.key}` is printed like `@misc`{guess}", file)
    return "misc"


def _fields(entry: Entry, file: File) -> Fields:
    """Return the fields that can be printed, each as text; those of reference managers are ignored."""
    read: Fields = {}
    typed: dict[str, str] = {}
    for field in entry.fields:
        name = OTHER_FIELDS.get(field.name, field.name)
        name = "keywords" if name in KEYWORDS else name
        base = base_of(name)
        if base not in FIELDS or (name in read and (name == "keywords" or name != field.name)):
            if name == "keywords":
                read[name] = read[name][0], f"{read[name][1]}, {field.value}"
            continue
        if name in read:
            if typed[name] != field.value:
                file.note(field.line, f"`{name}` is given twice in `{entry.key}`", "keep one")
            continue
        typed[name] = field.value
        text, fault = _text(base, field.value)
        if not fault and field.bare and base not in WORDS | OPTIONAL:
            fix = "write `{…}` around the text, or define the word with `@string`"
            fault = f"`{name}` is not in braces: {quoted(field.value)}", fix
        if fault and base not in OPTIONAL:
            file.note(field.line, fault[0].replace("``", f"`{name}`", 1), fault[1])
        if base == "doi" and not text and field.value.strip():
            remark(field.line, f"`doi` is not a DOI and is not printed: {quoted(field.value)}", file)
        if not fault or base not in OPTIONAL:
            read[name] = field.line, text
    for name, (line, text) in read.items():
        if base_of(name) in NAMES:
            read[name] = line, _names(name, line, text, file)
    return read


def _text(base: str, value: str) -> tuple[str, tuple[str, str] | None]:
    """Return the text of a field, and message and fix if it cannot be printed; `` is where its name belongs."""
    if is_deep(value):
        return re.sub("[{}]", "", value), (
            "the braces of `` are nested too deeply",
            "write the text in one pair of braces",
        )
    if base in VERBATIM:
        text = bare_doi(value) if base == "doi" else web_address(value) if base == "url" else verbatim(value).strip()
        if base == "url" and text and not re.fullmatch(r"https?://[^\s{}<>\"\\]+", text):
            return text, (f"`` is not a web address: {quoted(text)}", "begin it with https://")
        return text, _fault_of_invisible(text)
    text, unknown = decoded(value.replace("~", r"\textasciitilde{}") if base in (*DATES, "year") else value)
    text = literal(text) if base in LITERALS else text
    if unknown:
        braces = unknown in (r"\{", r"\}")
        fix = "write ( and ) instead" if braces else "type the letter itself, like é or &"
        return text, (f"`` contains a TeX command (`{unknown}`)", fix)
    return text, _fault_of_invisible(text)


def _fault_of_invisible(text: str) -> tuple[str, str] | None:
    found = invisible(text)
    return (f"`` contains {found}", "delete it and type the word again") if found else None


def _move_address(read: Fields) -> None:
    """Make an address in `howpublished` the `url`; without an address, leave out the day on which it was read."""
    line, text = read.get("howpublished", (0, ""))
    found = re.fullmatch(r"(?:[\w ]+[:,]?\s)?<?(https?://[^\s<>{}\"\\]+?)>?[.,;]?", text)
    if found and "url" not in read:
        del read["howpublished"]
        read["url"] = line, found[1]
    if not {"url", "doi", "eprint"} & read.keys() and {"date", "year"} & read.keys():
        read.pop("urldate", None)


def _names(name: str, line: int, value: str, file: File) -> str:
    """Return a list of authors; mistakes are problems, an organisation without braces is a remark."""
    read = read_names(value)
    if read.unclear:
        example = f"{name} = {{Doe, Jane and Roe, Richard}}"
        fix = f"put `and` between two authors ({example}), and an organisation in double braces"
        file.note(line, f"`{name}` does not say where one author ends: {quoted(value)}", fix)
    for organisation in read.organisations:
        message = f"`{name}` is printed as one organisation, {quoted(organisation)}: put its name in double braces"
        remark(line, message, file)
    if read.one:
        message = f"`{name}` is printed as one name, {quoted(read.one)}: if it is several, put `and` between them"
        remark(line, f"{message}, outside braces" if read.one.startswith("{") else message, file)
    return read.text


def _dated(entry: Entry, read: Fields, file: File) -> date:
    """Replace the dates of an entry by those of biblatex, and return the first day on which the work can be cited.

    A work without a date has a word instead: `pubstate`, or the `year` n.d.
    """
    _, month = read.pop("month", (0, ""))
    _, day = read.pop("day", (0, ""))
    line, text = read.get("date", (0, ""))
    year_line, year = read.pop("year", (0, ""))
    meant = read_date(text)
    if year and not meant:
        line, text, name = year_line, year, "year"
        meant = with_month(year, month, day)
    else:
        name = "date"
    if text and not meant:
        file.note(line, f"`{name}` cannot be {quoted(text)}", _DATE_FIX)
    elif meant in STATES:
        read.pop("date", None)
        read |= {"year": (line, "n.d.")} if meant == "nodate" else {"pubstate": (line, meant)}
    elif meant and name == "year" and "date" not in read:
        _insert_date(entry, read, line, meant)
    elif meant:
        read["date"] = line, meant
    if "pubstate" in read:
        line, text = read["pubstate"]
        state = read_date(text)
        read["pubstate"] = line, state if state in STATES and state != "nodate" else text
    for name in DATES - {"date"} & read.keys():
        line, text = read[name]
        read[name] = line, read_date(text)
        if text and last_day(read[name][1]) is None:
            del read[name]
            if name not in OPTIONAL:
                file.note(line, f"`{name}` cannot be {quoted(text)}", _DATE_FIX)
    if "date" not in read and "eventdate" in read:
        read["date"] = read["eventdate"]
    given = [read[name][1] for name in ("available", "date") if name in read]
    return next((last for text in given if (last := last_day(text))), date.max if given else date.min)


def _insert_date(entry: Entry, read: Fields, line: int, meant: str) -> None:
    """Put the date where the year stood, so that the entry keeps its order."""
    before = {base_of(field.name) for field in entry.fields[: [field.name for field in entry.fields].index("year")]}
    ordered = {name: given for name, given in read.items() if base_of(name) in before} | {"date": (line, meant)}
    ordered |= read
    read.clear()
    read.update(ordered)
