"""Explains why a file was made again: which part of its fingerprint had changed, and which files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.build import stamp
from pipeline.build.fingerprint import FONTS
from pipeline.core.formats import FORMATS
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Seminar

MEANING = {
    "content": "its words or pictures changed",
    "template": "the template of its format, or a font in templates/fonts, changed",
    "brand": "templates/brand.yaml changed",
    "program": "the program, a pinned library or Python changed",
}
FEW = 5
"""The largest number of changed files that the answer names."""


def why(path: Path, output: Path) -> str:
    """Return a sentence on why a file below `output` was last made; raise `SourceError` for an unknown file."""
    try:
        name, *place = path.resolve().relative_to(output.resolve()).parts
        file = stamp.load(str(output), name)["files"]["/".join(place)]
    except (ValueError, KeyError):
        fix = "name a document in output/<seminar>/package"
        raise SourceError([Problem(path=str(path), line=1, message="this file is not in the cache", fix=fix)]) from None
    if file["lost"]:
        return f"{path}: made again because the file on the disk was missing or had been changed"
    if not file["before"]:
        return f"{path}: made for the first time, and not again since"
    changed = [part for part, value in file["made_from"].items() if file["before"].get(part) != value]
    return f"{path}: made again because " + " and ".join(MEANING[part] + _named(part, file) for part in changed)


def _named(part: str, file: dict[str, Any]) -> str:
    """Return the changed files that this file can be made from, as the end of a sentence."""
    artifact = file.get("artifact", {})
    kinds = {artifact["kind"], "parts"} if artifact else {"page", "index", "parts"}
    templates = {f"templates/{name}" for name in FORMATS[artifact.get("format", "html")].templates}
    paths = []
    for path in file["changed"]:
        if path in templates or path.startswith(f"{FONTS}/"):
            of = "template"
        elif path.startswith("templates/kinds/"):
            of = "content" if Path(path).stem in kinds else ""
        elif path.startswith(("sources/", "bibliography/", "templates/locales/")):
            of = "content"
        else:
            of = "program" if path.startswith(stamp.PROGRAM) else ""
        paths += [path] if of == part else []
    more = f" and {len(paths) - FEW} more" if len(paths) > FEW else ""
    return f": {', '.join(paths[:FEW])}{more}" if paths else ""


def inputs_of(inputs: Iterable[str], seminar: Seminar | None = None) -> dict[str, str]:
    """Return the stamps by path of the inputs of a seminar's files; without a seminar, those of the site."""
    stamps = dict(line.split("\t", 1) for line in inputs)
    return {path: own for path, own in stamps.items() if seminar is None or _concerns(path, seminar)}


def _concerns(path: str, seminar: Seminar) -> bool:
    folder, _, name = path.rpartition("/")
    if folder == "sources/people":
        return name.partition(".")[0] in seminar.people
    if folder in ("sources/texts", "templates/locales"):
        return Path(name).stem == seminar.language
    if folder.startswith("sources/presentations"):
        return folder == f"sources/presentations/{seminar.id}"
    return folder != "sources/seminars" or name == f"{seminar.id}.yaml"
