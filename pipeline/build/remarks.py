"""The remarks of the last build, and which remarks concern a seminar."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.build.stamp import CACHE
from pipeline.core.atomic import put
from pipeline.core.sources import Remark, Series

FILE = "remarks.json"


def keep_remarks(remarks: Iterable[Remark], output: Path) -> None:
    """Record the remarks of a build; their lines change with every edit, so they are left out."""
    listed = sorted({(remark.path, remark.message) for remark in remarks})
    put(output / CACHE / FILE, json.dumps(listed, ensure_ascii=False, indent=0).encode(), synced=False)


def new_remarks(remarks: Iterable[Remark], output: Path) -> list[Remark]:
    """Return the remarks that the last build did not make; none if there was no build."""
    try:
        known = {(path, message) for path, message in json.loads((output / CACHE / FILE).read_bytes())}
    except (OSError, ValueError, TypeError):
        return []
    return [remark for remark in remarks if (remark.path, remark.message) not in known]


def concerns(remark: Remark, ids: Collection[str], series: Series) -> bool:
    """Return whether a remark is on a file of one of these seminars: its own, its people's or its language's."""
    seminars = [series.seminars[id] for id in ids]
    path = Path(remark.path)
    if path.parent.name == "people":
        return path.name.partition(".")[0] in {person for seminar in seminars for person in seminar.people}
    names = ids if path.parent.name == "seminars" else {seminar.language for seminar in seminars}
    return path.parent.name in ("seminars", "texts", "locales") and path.stem in names
