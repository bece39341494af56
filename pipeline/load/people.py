"""`sources/people` becomes persons, each with the biographies that stand beside the file as `<id>.<language>.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.core.problems import Problem, nearest
from pipeline.core.sources import Person
from pipeline.load.checks.prose import check_prose
from pipeline.load.folder import named_files

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from pipeline.load.files import Sources

FOLDER = "sources/people"


def read_people(sources: Sources, languages: Collection[str]) -> dict[str, Person | None]:
    """Return everybody by id; None for somebody whose file cannot be read. `languages` are the known ones."""
    bios: dict[str, dict[str, tuple[Path, str]]] = {}
    for stem, path in named_files(sources, FOLDER, ".md"):
        if path is not None:
            _read_bio(sources, stem, path, languages, bios)
    people: dict[str, Person | None] = {}
    for id, path in named_files(sources, FOLDER, ".yaml"):
        bio = {language: text for language, (_, text) in bios.get(id, {}).items()}
        people[id] = sources.read(Person, path, {"id": id, "bio": bio}) if path else None
    for id in bios.keys() - people.keys():
        _note_orphans(sources, id, bios[id], people)
    return people


def _read_bio(sources: Sources, stem: str, path: Path, languages: Collection[str], bios: dict[str, Any]) -> None:
    """Add a biography to those of its person, unless its name or its text is at fault."""
    person, _, language = stem.partition(".")
    if not language or (languages and language not in languages):
        message = f"no language `{language}` is known" if language else "the name of the file gives no language"
        fix = nearest(language, languages, otherwise=f"call it `{person}.en.md`, say")
        sources.problems.append(Problem(path=path.as_posix(), line=1, message=message, fix=fix))
    text = sources.text(path)
    if text and text.strip():
        bios.setdefault(person, {})[language] = (path, text.strip(" \t\n"))
        for line, message, fix in check_prose(text):
            sources.problems.append(Problem(path=path.as_posix(), line=line, message=message, fix=fix))


def _note_orphans(
    sources: Sources, id: str, bios: Mapping[str, tuple[Path, str]], people: Mapping[str, Person | None]
) -> None:
    for path, _ in bios.values():
        fix = nearest(id, people, otherwise=f"add {FOLDER}/{id}.yaml")
        sources.problems.append(Problem(path=path.as_posix(), line=1, message=f"nobody is called `{id}`", fix=fix))
