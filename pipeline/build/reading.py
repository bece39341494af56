"""Keeps reading lists for the next builds, each under the fingerprint of what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pipeline.core.atomic import put
from pipeline.core.documents import Entry, ReadingGroup, ReadingList
from pipeline.core.sources import Series
from pipeline.curate import curate


def reading_lists(series: Series, fingerprints: Mapping[str, str], root: Path, cache: Path) -> dict[str, ReadingList]:
    """Return the reading lists of the seminars in `fingerprints`; only those that the cache lacks are made."""
    paths = {id: cache / f"reading-{fingerprint}.json" for id, fingerprint in fingerprints.items()}
    lists = {id: kept for id, path in paths.items() if (kept := _kept(path)) is not None}
    made = curate(series, [series.seminars[id] for id in fingerprints if id not in lists], root)
    for id, reading in made.items():
        put(paths[id], json.dumps(asdict(reading), ensure_ascii=False).encode(), synced=False)
    return lists | made


def _kept(path: Path) -> ReadingList | None:
    try:
        kept = json.loads(path.read_bytes())
        groups = (
            ReadingGroup(segment=group["segment"], entries=tuple(Entry(**entry) for entry in group["entries"]))
            for group in kept["groups"]
        )
        return ReadingList(groups=tuple(groups), bibtex=kept["bibtex"], csl_json=kept["csl_json"])
    except (OSError, ValueError, TypeError, KeyError):  # absent, or cut short by a crash: made again
        return None
