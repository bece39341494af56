"""What is missing in an entry, or would be printed without sense, and keywords and fields that are misspelt."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.problems import closest, quoted
from pipeline.core.sources import Remark
from pipeline.load.bibtex_fields import BOOKS, CHAPTERS, FIELDS, KEYWORDS, LABELS, OTHER_FIELDS, OTHERS, base_of
from pipeline.load.bibtex_file import Entry
from pipeline.load.files import File

Fields = dict[str, tuple[int, str]]
"""The fields of one entry by name: line and text."""
_KNOWN = FIELDS | OTHERS | OTHER_FIELDS.keys() | set(KEYWORDS)


def remark(line: int, message: str, file: File) -> None:
    file.remarks.append(Remark(path=file.path, line=line, message=message))


def check_missing(entry: Entry, read: Fields, file: File, *, has_language: bool) -> None:
    """Note required fields that are missing; an unknown name that resembles a field is a remark."""
    meant = {}
    for field in entry.fields:
        name = base_of(field.name)
        near = "" if name in _KNOWN else closest(name, FIELDS, likeness=0.8)
        if near and near not in read:
            meant[near] = field
    has_date = any(read.get(name, (0, ""))[1] for name in ("date", "year", "pubstate", "urldate"))
    has_date = has_date or any(field.name in ("date", "year") and field.value for field in entry.fields)
    missing = ["title"] if not read.get("title", (0, ""))[1] else []
    missing += [] if has_date else ["date"]
    missing += [] if has_language else ["langid"]
    for name in missing:
        fix = f"add `{name} = {{…}},`"
        if name in meant:
            field = meant.pop(name)
            fix = f"write `{name}` instead of `{field.name}` on line {field.line}"
        elif name == "date":
            fix = "add `date = {…},`, or `date = {n.d.},` if nobody knows it"
        elif name == "langid" and "langid" in read:
            line, text = read["langid"]
            file.note(line, f"`langid` is no language: {quoted(text)}", "write british, french, spanish or arabic")
            continue
        file.note(entry.line, f"`{entry.key}` has no `{name}`", fix)
    for near, field in meant.items():
        remark(field.line, f"there is no field `{field.name}`, so it is not printed; did you mean `{near}`?", file)


def check_containers(entry: Entry, kind: str, read: Mapping[str, tuple[int, str]], file: File) -> None:
    """Note an article without its journal, and pages of a work that is in no other."""
    journal = {"journal", "journaltitle", "booktitle", "issuetitle"} & read.keys()
    if kind == "article" and not journal:
        fix = "add `journaltitle = {…},`, or make it `@online`, `@report` or `@misc`"
        file.note(entry.line, f"`{entry.key}` is an article without its journal", fix)
    line, pages = read.get("pages", (0, ""))
    if not pages or {"booktitle", "maintitle", "journal", "journaltitle"} & read.keys():
        return
    if kind in CHAPTERS:
        fix = "add `booktitle = {…},`"
        file.note(line, f"`{entry.key}` has pages, {quoted(pages)}, but not the book that they are in", fix)
    elif kind in BOOKS:
        fix = "make it `@incollection` and add `booktitle = {…},`, or write `pagetotal = {…},` for their number"
        file.note(line, f"`{entry.key}` is a book with pages, {quoted(pages)}, as if it were a part of one", fix)


def remark_on_labels(entry: Entry, words: list[str], file: File) -> None:
    """Remark each keyword that resembles one of this project."""
    line = next((field.line for field in entry.fields if field.name in KEYWORDS), entry.line)
    for word in words:
        label, colon, id = (part.strip() for part in word.partition(":"))
        asked = colon and id and label.lower() not in LABELS
        if asked and (near := closest(label, LABELS, likeness=0.75)):
            remark(line, f"unknown keyword {quoted(word)}; did you mean `{near}:{id}`?", file)
