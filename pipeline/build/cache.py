"""The cache in `output/.cache`: for each output file, what it was made from and why it was made again.

An entry is a JSON file: one per seminar, `site`, and `build` for the last build. For each file an entry has its
checksum, the fingerprint that it was `made_from`, the fingerprint `before` that, the inputs that had `changed`, and
whether the file was `lost` or changed on the disk. The entry of a seminar also has its reading list, for which pandoc
takes longer than for anything else that a small change leaves as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.build import stamp
from pipeline.core.atomic import put
from pipeline.core.documents import Entry, ReadingGroup, ReadingList
from pipeline.core.sources import Series
from pipeline.curate import curate

Record = dict[str, Any]
"""The entry of one file."""


def intact(output: Path, name: str) -> dict[str, Record]:
    """Return the records of the files of a seminar, or of the site, that are on the disk unchanged."""
    files = stamp.load(str(output), name).get("files", {})
    return {path: record for path, record in files.items() if _is_intact(output / name / path, record)}


def _is_intact(path: Path, record: Record) -> bool:
    try:
        return bool(sha256(path.read_bytes()).hexdigest() == record["sha256"])
    except OSError:
        return False


def unchanged(output: Path, fingerprints: Mapping[str, str]) -> set[str]:
    """Return the seminars whose fingerprint and files are the same as after their last build."""
    same = [id for id, now in fingerprints.items() if stamp.load(str(output), id).get("fingerprint") == now]
    return {id for id in same if stamp.as_built(str(output), id)}


def remember(
    output: Path,
    name: str,
    files: Mapping[str, Record],
    known: Mapping[str, Record],
    *,
    fingerprint: str = "",
    inputs: Mapping[str, str],
    reading: tuple[str, ReadingList] | None = None,
) -> None:
    """Save what each file of a seminar, or of the site, was made from; `known` are the files that were intact before.

    `inputs` are the stamps by path of what the seminar, or the site, is made from; `reading` is the reading list of the
    seminar after its fingerprint.
    """
    last = stamp.load(str(output), name)
    before, now, then = last.get("files", {}), inputs, last.get("inputs", {})
    changed = sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path)) if then else []
    for path, record in files.items():
        old = before.get(path, {})
        same = old.get("made_from") == record["made_from"]
        record["before"] = old.get("before") if same else old.get("made_from")
        record["changed"] = old.get("changed", []) if same else changed
        record["lost"] = same and (path not in known or old.get("lost", False))
    entry = {"fingerprint": fingerprint, "files": files, "inputs": now, "outputs": stamp.outputs(str(output), name)}
    if reading:
        entry["reading"] = {"made_from": reading[0], **asdict(reading[1])}
    _save(output, name, entry)


def reading_lists(series: Series, fingerprints: Mapping[str, str], root: Path, output: Path) -> dict[str, ReadingList]:
    """Return the reading lists of the seminars in `fingerprints`; only those that the cache lacks are made."""
    found = {id: _reading_list(output, id, fingerprint) for id, fingerprint in fingerprints.items()}
    kept = {id: reading for id, reading in found.items() if reading}
    return kept | curate(series, [series.seminars[id] for id in fingerprints if id not in kept], root)


def _reading_list(output: Path, id: str, fingerprint: str) -> ReadingList | None:
    try:
        kept = stamp.load(str(output), id)["reading"]
        groups = (
            ReadingGroup(segment=group["segment"], entries=tuple(Entry(**entry) for entry in group["entries"]))
            for group in kept["groups"]
        )
        reading = ReadingList(groups=tuple(groups), bibtex=kept["bibtex"], csl_json=kept["csl_json"])
        return reading if kept["made_from"] == fingerprint else None
    except (TypeError, KeyError):  # there is none, or another version of the program made it
        return None


def remember_build(output: Path, inputs: list[str], seminars: Iterable[str], built: Iterable[str]) -> None:
    """Save which seminars, and whether the site, are up to date with the inputs that have these stamps."""
    last = stamp.load(str(output), stamp.BUILD)
    current = set(last.get("current", ())) if last.get("inputs") == inputs else set()
    entry = {"inputs": inputs, "seminars": sorted(seminars), "current": sorted(current | set(built))}
    _save(output, stamp.BUILD, entry)


def same_templates(output: Path, inputs: Iterable[str]) -> bool:
    """Return whether the last successful build ran the same program on the same templates."""

    def shared(lines: Iterable[str]) -> list[str]:
        return [line for line in lines if not line.startswith(("sources/", "bibliography/"))]

    return shared(stamp.load(str(output), stamp.BUILD).get("inputs", ())) == shared(inputs)


def _save(output: Path, name: str, entry: Mapping[str, Any]) -> None:
    put(Path(stamp.entry_path(str(output), name)), json.dumps(entry).encode(), synced=False)
