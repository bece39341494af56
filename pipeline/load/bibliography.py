"""`bibliography/references.bib` becomes references; whatever bibtexparser passes over in silence is a problem here."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.load.files import Sources
from pipeline.load.yaml_file import read_text
from pipeline.model import Reference
from pipeline.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BIB = "bibliography/references.bib"
REGIONS = ("global", "africa", "asia-pacific", "lac")
REQUIRED = ("title", "date", "langid", "keywords")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_KEYWORD = re.compile(r"(segment|region|language):([a-z-]+)")


def read_references(sources: Sources) -> dict[str, Reference]:
    """Return the works by citation key, with every fault of the file noted by its line."""
    path = sources.root / BIB
    if not path.exists():
        sources.problems.append(Problem(path=BIB, line=1, message="this file is missing"))
        return {}
    text = read_text(path, BIB, sources.problems)
    if text is None:
        return {}
    import bibtexparser

    # An empty middleware stack: the fields as they are typed, since LaTeX decoding damages web addresses.
    library = bibtexparser.parse_string(text, parse_stack=[])
    _note_failed_blocks(library.failed_blocks, text, sources)
    _note_macros(library, sources)
    references = {}
    for entry in library.entries:
        one = _reference(entry, sources)
        if one is not None:
            references[entry.key] = one
    return references


def _note(sources: Sources, line: int, message: str, fix: str = "") -> None:
    sources.problems.append(Problem(path=BIB, line=line, message=message, fix=fix))


def _note_failed_blocks(blocks: Iterable[Any], text: str, sources: Sources) -> None:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    for block in blocks:
        line = block.start_line + 1
        if isinstance(block, DuplicateBlockKeyBlock):
            first = block.previous_block.start_line + 1
            _note(sources, line, f"the key `{block.key}` is already used on line {first}", "give each work a key of its own")
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(f"`{name}`" for name in sorted(block.duplicate_keys))
            _note(sources, line, f"{names} stands twice in this work", "keep one of them")
        else:
            fix = "each field is `name = {text},` and the work ends with `}` on a line of its own"
            _note(sources, line, "this work cannot be read: a brace or a comma is missing", fix)


def _note_macros(library: Any, sources: Sources) -> None:
    """Note @string and text outside braces: a macro that is not defined would print as its own name."""
    for block in library.strings:
        _note(sources, block.start_line + 1, "@string is not used here", "write the text out in each work")
    for entry in library.entries:
        for field in entry.fields:
            if not re.fullmatch(r"\{.*\}|\".*\"|\d+", field.value, re.DOTALL):
                line = (field.start_line or entry.start_line) + 1
                message = f"`{field.key}` of `{entry.key}` is not in braces: `{field.value[:30]}`"
                _note(sources, line, message, "write `{…}` around the text")


def _reference(entry: Any, sources: Sources) -> Reference | None:
    """Return the entry as a reference, or None with its faults noted."""
    fields = {f.key: re.sub(r"\s+", " ", f.value[1:-1] if f.value[:1] in '{"' else f.value) for f in entry.fields}
    lines = {f.key: (f.start_line if f.start_line is not None else entry.start_line) + 1 for f in entry.fields}
    start = entry.start_line + 1
    before = len(sources.problems)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.key):
        _note(sources, start, f"`{entry.key}` cannot be a citation key", "use only a to z, 0 to 9 and hyphens")
    for name in REQUIRED:
        if not fields.get(name):
            _note(sources, start, f"`{entry.key}` has no `{name}`", f"add `{name} = {{…}},`")
    for name, value in fields.items():
        _check_field(entry.key, name, value, lines[name], sources)
    words = _keywords(entry.key, fields.get("keywords", ""), lines.get("keywords", start), sources)
    available = _last_day(fields.get("available") or fields.get("date", ""))
    if len(sources.problems) > before or available is None:
        return None
    return Reference(key=entry.key, kind=entry.entry_type, fields=fields, available=available, **words)


def _check_field(key: str, name: str, value: str, line: int, sources: Sources) -> None:
    if name in ("date", "available") and _last_day(value) is None:
        _note(sources, line, f"`{name}` of `{key}` cannot be `{value}`", "write 2020, 2020-07 or 2020-07-13")
    if name == "url" and not re.fullmatch(r"https?://[^\s\\]+", value):
        _note(sources, line, f"`url` of `{key}` is not a web address: `{value}`", "begin it with https://")
    if "\\" in value:
        _note(sources, line, f"`{name}` of `{key}` holds a TeX command (`\\`)", "type the letter itself, like é or &")
    if re.search(r"\b\w+ = \{", value):
        _note(sources, line, f"`{name}` of `{key}` has swallowed the next field", "put a comma after the closing brace")


def _keywords(key: str, text: str, line: int, sources: Sources) -> Mapping[str, tuple[str, ...]]:
    """Return segments, regions and languages from `segment:…, region:…, language:…`."""
    found: dict[str, list[str]] = {"segment": [], "region": [], "language": []}
    for word in (w.strip() for w in text.split(",") if w.strip()):
        match = _KEYWORD.fullmatch(word)
        if not match:
            _note(sources, line, f"`{key}` has the keyword `{word}`", "keywords are segment:…, region:… and language:…")
        else:
            found[match[1]].append(match[2])
            if match[1] == "region" and match[2] not in REGIONS:
                _note(sources, line, f"`{key}` has no region `{match[2]}`", nearest(match[2], REGIONS))
    for name, words in found.items():
        if not words and text:
            _note(sources, line, f"`{key}` has no keyword `{name}:…`", f"add `{name}:…` to its keywords")
    return {f"{name}s": tuple(words) for name, words in found.items()}


def _last_day(text: str) -> date | None:
    """Return the last day that a date of any precision can mean: a work of "2020" may have appeared in December."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))
    except ValueError:
        return None
