"""The files `bibliography/*.bib` become references; what would be printed wrongly or not at all is a problem.

A reference is meant for the reading lists if its keywords say so (`segment:…`). Every other entry is kept without its
fields and without checks: it may come from any reference manager. All files are one library: `references.bib` is read
first, then the others by their names. A file knows the `@string` of those before it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.core.problems import Problem
from pipeline.core.sources import Reference, Remark
from pipeline.load.bibtex_checks import remark_on_labels
from pipeline.load.bibtex_dates import MONTHS
from pipeline.load.bibtex_file import Macros, read_entries
from pipeline.load.bibtex_inherit import with_parents
from pipeline.load.bibtex_work import keywords_of, reference
from pipeline.load.files import File, Sources

FOLDER = Path("bibliography")
BIB = (FOLDER / "references.bib").as_posix()
EXPORTS = (".ris", ".rdf", ".enw", ".nbib", ".bibtex", ".biblatex", ".txt.bib", ".bib.txt", ".ciw")
"""The ends of files that reference managers write and that are not read."""


def read_references(sources: Sources) -> dict[str, Reference]:
    """Return the references of all files by citation key, with every problem of every file noted by its line."""
    macros: Macros = {name: name for name in MONTHS}
    references: dict[str, Reference] = {}
    for path in _files(sources):
        given = tuple(macros.items())
        parsed = sources.parsed(path, partial(_references, macros=macros), given, keep_invisible=True)
        own, macros = parsed if parsed else ([], macros)
        for one in own:
            _add(one, references, sources)
    _remark_on_dois(references, sources)
    return references


def _files(sources: Sources) -> list[Path]:
    """Return the files to read in their order; a file of a reference manager that is not BibTeX is a remark."""
    at = sources.root / FOLDER
    names = sorted(path.name for path in at.iterdir()) if at.is_dir() else []
    names = [name for name in names if not name.startswith(".") and not name.endswith("~")]
    found = [FOLDER / name for name in names if name.lower().endswith(".bib")]
    for name in names:
        if name.lower().endswith(EXPORTS) and FOLDER / name not in found:
            message = "this file is not read: only BibTeX is, in files that end in .bib"
            sources.remark(FOLDER / name, (), message)
    return sorted(found, key=lambda path: path.as_posix() != BIB) or [Path(BIB)]


def _references(text: str, file: File, macros: Macros) -> tuple[list[Reference], Macros]:
    """Return the references of one file and the macros that are known after it."""
    entries, macros = read_entries(text, file, macros)
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    references = []
    for entry in entries:
        found = keywords_of(entry)
        remark_on_labels(entry, found[""], file)
        if found["segment"]:
            for field in entry.fields:
                file.places.setdefault((entry.key, field.name), field.line)
            references.append(reference(with_parents(entry, by_key, file), found, file))
        else:
            references.append(Reference(key=entry.key, kind=entry.kind, path=file.path, line=entry.line))
        file.places.setdefault((entry.key,), entry.line)
    return references, macros


def _add(one: Reference, references: dict[str, Reference], sources: Sources) -> None:
    """Add a reference; of two with one key the listed one counts, and two that are listed and differ are a problem."""
    key = one.key or f"{one.path}:{one.line}"
    other = references.setdefault(key, one)
    if other is one:
        return
    place = f"on line {other.line}" if other.path == one.path else f"at {other.path}:{other.line}"
    message = f"`{key}` is already the key of the entry {place}"
    if one.segments and other.segments and (one.kind, one.fields) != (other.kind, other.fields):
        problem = Problem(path=one.path, line=one.line, message=message, fix="give each entry its own key")
        sources.problems.append(problem)
        return
    if one.segments and not other.segments:
        references[key] = one
    which = "the one with a `segment:…`" if bool(one.segments) != bool(other.segments) else "the first"
    sources.remarks.append(Remark(path=one.path, line=one.line, message=f"{message}: {which} is used"))


def _remark_on_dois(references: dict[str, Reference], sources: Sources) -> None:
    """Remark each work that has the DOI of another; only works that are listed are compared."""
    first: dict[str, Reference] = {}
    for one in references.values():
        doi = one.fields.get("doi", "").lower()
        other = first.setdefault(doi, one) if doi else one
        if other is not one:
            message = f"`{one.key}` has the same DOI as `{other.key}` ({other.path}:{other.line}): is it one work?"
            sources.remarks.append(Remark(path=one.path, line=one.line, message=message))
