"""Stage: `sources/`, `bibliography/` and `templates/` become one checked `Series`, or every problem at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Brand, Locale, Person, Seminar, Series, Texts
from pipeline.load.bibliography import read_references
from pipeline.load.checks import check
from pipeline.load.files import Sources
from pipeline.load.folder import named_files
from pipeline.load.people import read_people
from pipeline.load.remarks import remarks
from pipeline.load.shape import required_fields

SUPPLIED: dict[type, frozenset[str]] = {
    Series: frozenset({"seminars", "people", "texts", "references", "locales", "brand", "remarks"}),
    Seminar: frozenset({"id"}),
    Person: frozenset({"id", "bio"}),
}
"""By record: the fields that its own file does not hold, since they are read elsewhere or are the file's name."""


def load(root: Path) -> Series:
    """Return the series below `root`; raise `SourceError` with every problem of every file."""
    sources = Sources(root=root, problems=[], places={})
    locales = _records(sources, Locale, "templates/locales", "language")
    given = {
        "brand": sources.record(Brand, Path("templates/brand.yaml")),
        "locales": locales,
        "texts": _records(sources, Texts, "sources/texts", "language"),
        "people": read_people(sources, locales),
        "seminars": _seminars(sources),
        "references": read_references(sources),
        "remarks": (),
    }
    series = sources.record(Series, Path("sources/series.yaml"), given=given)
    if series is None:  # the other files are checked all the same
        series = Series(**{name: None for name in required_fields(Series, given)}, **given)
    check(series, sources)
    if sources.problems:
        raise SourceError(sources.problems)
    return replace(series, remarks=tuple(remarks(series, sources)))


def _seminars(sources: Sources) -> dict[str, Any]:
    before = len(sources.problems)
    seminars = _records(sources, Seminar, "sources/seminars", "id")
    if not seminars and len(sources.problems) == before:
        fix = "add a file for each seminar, like africa-en.yaml"
        sources.problems.append(Problem(path="sources/seminars", line=1, message="no seminar is here", fix=fix))
    return seminars


def _records(sources: Sources, record: type, folder: str, field: str) -> dict[str, Any]:
    """Return the records of a folder by the names of their files, which are their ids; None for an unreadable one."""
    read = {}
    for id, path in named_files(sources, folder, ".yaml"):
        given = {"id": id} if "id" in SUPPLIED.get(record, ()) else {}
        one = read[id] = sources.record(record, path, given=given) if path else None
        name = getattr(one, field, None)
        if name is not None and name != id:
            message = f"`{field}` is `{name}` but the file is called `{id}`"
            sources.note(path, (field,), message, "make them the same")
    return read
