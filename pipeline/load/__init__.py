"""Stage: `sources/`, `bibliography/` and `templates/` become one checked `Series`, or every problem at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.core.problems import SourceError, nearest
from pipeline.core.sources import Brand, Locale, Person, Seminar, Series, Texts
from pipeline.load.bibliography import read_references
from pipeline.load.checks import check
from pipeline.load.checks.texts import check_markdown
from pipeline.load.files import Sources
from pipeline.load.remarks import remarks
from pipeline.load.validate import M

PEOPLE = "sources/people"


def load(root: Path) -> Series:
    """Return the series below `root`; raise `SourceError` with every problem of every file."""
    sources = Sources(root=root)
    locales = _models(sources, Locale, "templates/locales", "language")
    texts = _models(sources, Texts, "sources/texts", "language")
    brand = sources.read(Brand, Path("templates/brand.yaml"))
    people = _people(sources, {*locales, *texts})
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
    sources = Sources(root=root)
    locale = sources.read(Locale, Path(f"templates/locales/{language}.yaml"))
    if locale is None or sources.problems:
        raise SourceError(sources.problems)
    return locale


def _models(sources: Sources, model: type[M], folder: str, field: str) -> dict[str, M | None]:
    """Return the files of a folder by their names, which are ids; None for one that cannot be read."""
    read: dict[str, M | None] = {}
    for id, path in sources.named_files(folder, ".yaml"):
        given = {"id": id} if "id" in model.model_fields else {}
        one = read[id] = sources.read(model, path, given) if path else None
        name = getattr(one, field, None)
        if path and name is not None and name != id:
            message = f"`{field}` is `{name}` but the file is called `{id}`"
            sources.note(path, (field,), message, "make them the same")
    return read


def _people(sources: Sources, languages: Collection[str]) -> dict[str, Person | None]:
    """Return all people by id with their biographies, `<id>.<language>.md`; None if a person's file cannot be read."""
    bios: dict[str, dict[str, str]] = {}
    paths: dict[str, list[Path]] = {}
    for stem, path in sources.named_files(PEOPLE, ".md"):
        id, _, language = stem.partition(".")
        bio = _bio(sources, id, language, path, languages) if path else ""
        if bio and path:
            bios.setdefault(id, {})[language] = bio
            paths.setdefault(id, []).append(path)
    people: dict[str, Person | None] = {}
    for id, path in sources.named_files(PEOPLE, ".yaml"):
        people[id] = sources.read(Person, path, {"id": id, "bio": bios.get(id, {})}) if path else None
    for id in bios.keys() - people.keys():
        fix = nearest(id, people, otherwise=f"add {PEOPLE}/{id}.yaml")
        for path in paths[id]:
            sources.note(path, (), f"there is no person `{id}`", fix)
    return people


def _bio(sources: Sources, id: str, language: str, path: Path, languages: Collection[str]) -> str:
    """Return the text of a biography; what is wrong with its name and its text is noted."""
    if not language or (languages and language not in languages):
        message = f"no language `{language}`" if language else "the name of the file gives no language"
        fix = nearest(language, languages, otherwise=f"rename it, for example to `{id}.en.md`")
        sources.note(path, (), message, fix)
    text = sources.text(path) or ""
    for line, message, fix in check_markdown(text):
        sources.note_line(path, line, message, fix)
    return text.strip(" \t\n")
