"""Stage: `sources/`, `bibliography/` and `templates/` become one checked `Series`, or every problem at once."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Brand, Locale, Seminar, Series, Texts
from pipeline.load.bibliography import read_references
from pipeline.load.checks import check
from pipeline.load.files import Sources
from pipeline.load.folder import named_files
from pipeline.load.people import read_people
from pipeline.load.remarks import remarks
from pipeline.load.validate import M


def load(root: Path) -> Series:
    """Return the series below `root`; raise `SourceError` with every problem of every file."""
    sources = Sources(root=root, problems=[], places={})
    locales = _models(sources, Locale, "templates/locales", "language")
    texts = _models(sources, Texts, "sources/texts", "language")
    supplied = {
        "brand": sources.read(Brand, Path("templates/brand.yaml")),
        "locales": locales,
        "texts": texts,
        "people": read_people(sources, {*locales, *texts}),
        "seminars": _seminars(sources),
        "references": read_references(sources),
    }
    series = sources.read(Series, Path("sources/series.yaml"))
    if series is None:  # the other files are checked all the same
        required = [name for name, field in Series.model_fields.items() if field.is_required()]
        series = Series.model_construct(**dict.fromkeys(required))
    series = series.model_copy(update=supplied)
    check(series, sources)
    if sources.problems:
        raise SourceError(sources.problems)
    return series.model_copy(update={"remarks": (*sources.remarks, *remarks(series, sources))})


def load_locale(root: Path, language: str) -> Locale:
    """Return the words of one language; raise `SourceError` with every problem of their file."""
    sources = Sources(root=root, problems=[], places={})
    locale = sources.read(Locale, Path(f"templates/locales/{language}.yaml"))
    if locale is None or sources.problems:
        raise SourceError(sources.problems)
    return locale


def _seminars(sources: Sources) -> dict[str, Seminar | None]:
    before = len(sources.problems)
    seminars = _models(sources, Seminar, "sources/seminars", "id")
    if not seminars and len(sources.problems) == before:
        fix = "add a file for each seminar, like africa-en.yaml"
        sources.problems.append(Problem(path="sources/seminars", line=1, message="no seminar is here", fix=fix))
    return seminars


def _models(sources: Sources, model: type[M], folder: str, field: str) -> dict[str, M | None]:
    """Return the files of a folder by their names, which are ids; None for one that cannot be read."""
    read: dict[str, M | None] = {}
    for id, path in named_files(sources, folder, ".yaml"):
        given = {"id": id} if "id" in model.model_fields else {}
        one = read[id] = sources.read(model, path, given) if path else None
        name = getattr(one, field, None)
        if path and name is not None and name != id:
            message = f"`{field}` is `{name}` but the file is called `{id}`"
            sources.note(path, (field,), message, "make them the same")
    return read
