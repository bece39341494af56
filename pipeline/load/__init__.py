"""Stage: `sources/`, `bibliography/` and `templates/` become one checked `Series`, or every problem at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.load.bibliography import read_references
from pipeline.load.checks import check
from pipeline.load.files import Sources, read_record
from pipeline.load.remarks import remarks
from pipeline.load.yaml_file import read_text
from pipeline.model import Brand, Locale, Person, Seminar, Series, Texts
from pipeline.problems import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_READ_ELSEWHERE = {"seminars", "people", "texts", "references", "locales", "brand", "remarks"}


def load(root: Path) -> Series:
    """Return the series below `root`; raise `SourceError` with every problem of every file."""
    sources = Sources(root=root, problems=[], places={})
    parts: dict[str, Any] = {
        "brand": read_record(sources, Brand, Path("templates/brand.yaml")),
        "locales": _by_id(sources, Locale, "templates/locales", "language"),
        "texts": _by_id(sources, Texts, "sources/texts", "language"),
        "people": _people(sources),
        "seminars": _by_id(sources, Seminar, "sources/seminars", "id"),
        "references": read_references(sources),
    }
    series = read_record(sources, Series, Path("sources/series.yaml"), given={**parts, "remarks": ()})
    if series is not None:
        check(series, sources)
    if sources.problems or series is None:
        raise SourceError(sources.problems)
    return replace(series, remarks=tuple(remarks(series, sources)))


def _files(sources: Sources, folder: str, suffix: str) -> Iterator[Path]:
    """Yield the files of a folder in order of name; note names that are not ids."""
    try:
        found = sorted(path for path in (sources.root / folder).iterdir() if not path.name.startswith("."))
    except OSError:
        sources.problems.append(Problem(path=folder, line=1, message="this folder is missing", fix=f"make `{folder}`"))
        return
    for path in found:
        if path.suffix == suffix and not _ID.fullmatch(path.name.split(".")[0]):
            message = f"`{path.name}` cannot be the name of a file here"
            fix = "use only a to z, 0 to 9 and hyphens"
            sources.problems.append(Problem(path=f"{folder}/{path.name}", line=1, message=message, fix=fix))
        elif path.suffix == suffix:
            yield path.relative_to(sources.root)


def _by_id(sources: Sources, record: type, folder: str, field: str) -> dict[str, Any]:
    """Return the records of a folder by the names of their files, which are their ids."""
    read = {}
    for path in _files(sources, folder, ".yaml"):
        one = read_record(sources, record, path, given={"id": path.stem} if field == "id" else {})
        if one is None:
            continue
        if getattr(one, field) != path.stem:
            message = f"`{field}` is `{getattr(one, field)}` but the file is called `{path.stem}`"
            sources.note(path, (field,), message, "make them the same")
        read[path.stem] = one
    return read


def _people(sources: Sources) -> dict[str, Person]:
    """Return everybody, each with the biographies that stand beside the file as `<id>.<language>.md`."""
    bios: dict[str, dict[str, str]] = {}
    for path in _files(sources, "sources/people", ".md"):
        person, _, language = path.stem.partition(".")
        text = read_text(sources.root / path, path.as_posix(), sources.problems)
        if text is not None and text.strip():
            bios.setdefault(person, {})[language] = text.strip()
    people = {}
    for path in _files(sources, "sources/people", ".yaml"):
        given = {"id": path.stem, "bio": bios.pop(path.stem, {})}
        person = read_record(sources, Person, path, given=given)
        if person is not None:
            people[path.stem] = person
    for orphan, texts in bios.items():
        if not (sources.root / f"sources/people/{orphan}.yaml").exists():
            path = f"sources/people/{orphan}.{next(iter(texts))}.md"
            fix = f"add sources/people/{orphan}.yaml or rename the file"
            sources.problems.append(Problem(path=path, line=1, message=f"nobody is called `{orphan}`", fix=fix))
    return people
