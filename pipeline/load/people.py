"""`sources/people` becomes persons, each with the biographies beside the file, `<id>.<language>.md`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.problems import Problem, nearest
from pipeline.core.sources import Person
from pipeline.load.checks.prose import check_prose
from pipeline.load.folder import named_files

if TYPE_CHECKING:
    from pipeline.load.files import Sources

FOLDER = "sources/people"


def read_people(sources: Sources, languages: Collection[str]) -> dict[str, Person | None]:
    """Return everybody by id; None for somebody whose file cannot be read. `languages` are the known ones."""
    bios: dict[str, dict[str, str]] = {}
    paths: dict[str, list[Path]] = {}
    for stem, path in named_files(sources, FOLDER, ".md"):
        id, _, language = stem.partition(".")
        bio = _bio(sources, id, language, path, languages) if path else ""
        if bio and path:
            bios.setdefault(id, {})[language] = bio
            paths.setdefault(id, []).append(path)
    people: dict[str, Person | None] = {}
    for id, path in named_files(sources, FOLDER, ".yaml"):
        people[id] = sources.read(Person, path, {"id": id, "bio": bios.get(id, {})}) if path else None
    for id in bios.keys() - people.keys():
        fix = nearest(id, people, otherwise=f"add {FOLDER}/{id}.yaml")
        for path in paths[id]:
            sources.problems.append(Problem(path=path.as_posix(), line=1, message=f"nobody is called `{id}`", fix=fix))
    return people


def _bio(sources: Sources, id: str, language: str, path: Path, languages: Collection[str]) -> str:
    """Return the text of a biography, with what is wrong in its name and its text noted."""
    name = path.as_posix()
    if not language or (languages and language not in languages):
        message = f"no language `{language}` is known" if language else "the name of the file gives no language"
        fix = nearest(language, languages, otherwise=f"call it `{id}.en.md`, say")
        sources.problems.append(Problem(path=name, line=1, message=message, fix=fix))
    text = sources.text(path) or ""
    for line, message, fix in check_prose(text):
        sources.problems.append(Problem(path=name, line=line, message=message, fix=fix))
    return text.strip(" \t\n")
