"""Stage: `sources/`, `bibliography/` and `templates/` become one checked `Series`, or every problem at once."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.land import PATH as LAND
from pipeline.core.land import read_land
from pipeline.core.problems import SourceError
from pipeline.core.sources import Brand, Locale, Seminar, Series, Texts
from pipeline.load.bibliography import read_references
from pipeline.load.checks import check, remark
from pipeline.load.checks.people import read_people
from pipeline.load.files import File, Sources
from pipeline.load.ids import named_files
from pipeline.load.validate import M, read_model

Kept = dict[str, File]
"""The files of earlier calls of `load` by path, so that only those that have changed are parsed."""


def load(root: Path, kept: Kept | None = None) -> Series:
    """Return the series below `root`; raise `SourceError` with every problem of every file.

    A program that calls it again and again, as while watching, gives it the same `kept` each time.
    """
    sources = Sources(root=root, files={} if kept is None else kept)
    locales = _models(sources, Locale, "templates/locales", "language")
    texts = _models(sources, Texts, "sources/texts", "language")
    brand = read_model(sources, Brand, Path("templates/brand.yaml"))
    people = read_people(sources, {*locales, *texts})
    before = len(sources.problems)
    seminars = _models(sources, Seminar, "sources/seminars", "id")
    if not seminars and len(sources.problems) == before:
        fix = "add a file for each seminar, like africa-en.yaml"
        sources.note("sources/seminars", (), "there is no seminar", fix)
    supplied = {
        "brand": brand,
        "locales": locales,
        "texts": texts,
        "people": people,
        "seminars": seminars,
        "references": read_references(sources),
        "land": _land(sources),
    }
    series = read_model(sources, Series, Path("sources/series.yaml"))
    if series is None:  # the other files are checked all the same
        required = [name for name, field in Series.model_fields.items() if field.is_required()]
        series = Series.model_construct(**dict.fromkeys(required))
    series = series.model_copy(update=supplied)
    check(series, sources)
    if sources.problems:
        raise SourceError(sources.problems)
    remark(series, sources)
    planned = sorted(series.seminars.values(), key=lambda seminar: (seminar.begins, seminar.id))
    update = {"planned": tuple(seminar.as_planned for seminar in planned), "remarks": tuple(sources.remarks)}
    return series.model_copy(update=update)


def load_locale(root: Path, language: str) -> Locale:
    """Return the words of one language; raise `SourceError` with every problem of their file."""
    sources = Sources(root=root)
    locale = read_model(sources, Locale, Path(f"templates/locales/{language}.yaml"))
    if locale is None or sources.problems:
        raise SourceError(sources.problems)
    return locale


def _land(sources: Sources) -> tuple[int, ...]:
    """Return the land of the maps, or nothing if its file is not as it was made."""

    def parsed(text: str, file: File) -> tuple[int, ...]:
        try:
            return read_land(text)
        except ValueError as error:
            file.note(1, str(error), f"`git checkout {LAND.as_posix()}` brings the file back")
            return ()

    return sources.parsed(LAND, parsed) or ()


def _models(sources: Sources, model: type[M], folder: str, field: str) -> dict[str, M | None]:
    """Return the files of a folder by their names, which are ids; None for one that cannot be read."""
    read: dict[str, M | None] = {}
    for id, path in named_files(sources, folder, ".yaml"):
        given = {"id": id} if "id" in model.model_fields else {}
        one = read[id] = read_model(sources, model, path, given) if path else None
        name = getattr(one, field, None)
        if path and name is not None and name != id:
            message = f"`{field}` is `{name}` but the file is called `{id}`"
            sources.note(path, (field,), message, "make them the same")
    return read
