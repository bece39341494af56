"""Why a built file was made again: which of the things it is made from had changed."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.core.problems import Problem, SourceError

MEANING = {
    "content": "its words or pictures changed (a source file, a locale or the template of its kind)",
    "template": "the template of its format, or a font in templates/fonts, changed",
    "brand": "templates/brand.yaml changed",
    "program": "the program, a pinned library or Python changed",
}


def why(path: Path, output: Path) -> str:
    """Return one sentence on the last making of a file below `output`; an unknown file is a `SourceError`."""
    try:
        seminar, *place = path.resolve().relative_to(output.resolve()).parts
        file = json.loads((output / f".cache/{seminar}.json").read_bytes())["files"]["/".join(place)]
    except (ValueError, IndexError, OSError, KeyError):
        fix = "name a document in output/<seminar>/package"
        raise SourceError([Problem(path=str(path), line=1, message="nothing is noted of this file", fix=fix)]) from None
    if file.get("lost"):
        return f"{path}: made again because the one on the disk was gone or had been changed"
    if not file["before"]:
        return f"{path}: made for the first time, and not again since"
    changed = [MEANING[name] for name, value in file["parts"].items() if file["before"].get(name) != value]
    return f"{path}: made again because " + " and ".join(changed)
