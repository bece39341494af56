"""Entries with the fields that they inherit by `crossref` and `xdata`, after the tables of biblatex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.core.problems import closest
from pipeline.load.bibtex_file import Entry
from pipeline.load.files import File

DEEPEST = 5
"""How many parents an entry may have above one another."""
_OWN = frozenset(
    (
        *("ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "label", "options", "presort", "related"),
        *("relatedtype", "shortauthor", "shorteditor", "shorthand", "shorttitle", "sorttitle", "sortkey", "keywords"),
        *("keyword", "tags", "mendeley-tags", "file", "abstract", "note", "annotation", "doi", "url", "urldate"),
    )
)
"""Fields that describe the parent alone."""
_TITLES = ("title", "subtitle", "titleaddon")
_VOLUMES = ("mvbook", "mvcollection", "mvproceedings", "mvreference")
_PARTS = ("inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inproceedings", "conference")


def with_parents(entry: Entry, by_key: Mapping[str, Entry], file: File, depth: int = 0) -> Entry:
    """Return an entry with what it inherits; a parent that is not in the file is a problem."""
    links = [field for field in entry.fields if field.name in ("xdata", "crossref")]
    fields, own = list(entry.fields), {field.name for field in entry.fields}
    own |= {"date"} if "year" in own else {"year", "month"} if "date" in own else set()
    for link in sorted(links, key=lambda link: link.name == "crossref"):
        for key in [key.strip() for key in link.value.split(",") if key.strip()]:
            parent = by_key.get(key.lower())
            if parent is None:
                near = closest(key, by_key, likeness=0.75)
                fix = f"did you mean `{by_key[near].key}`?" if near else "copy it from the file in which it is"
                file.note(link.line, f"there is no entry `{key}` in this file, as `{link.name}` says", fix)
            elif depth < DEEPEST and parent is not entry:
                for field in with_parents(parent, by_key, file, depth + 1).fields:
                    name = field.name if link.name == "xdata" else _inherited(field.name, parent.kind, entry.kind)
                    if name and name not in own:
                        fields.append(replace(field, name=name, line=link.line))
                        own.add(name)
    return replace(entry, fields=tuple(fields)) if links else entry


def _inherited(name: str, parent: str, child: str) -> str:
    """Return what a field of the parent is called in the child, or an empty string if it is not inherited."""
    if name in _OWN:
        return ""
    if name in _TITLES:
        if parent in _VOLUMES:
            prefix = "main"
        elif parent == "periodical":
            prefix = "journal"
        else:
            prefix = "book" if child in (*_PARTS, "inreference") else ""
        return f"{prefix}{name}" if prefix else ""
    return "bookauthor" if name == "author" and child in ("inbook", "bookinbook", "suppbook") else name
