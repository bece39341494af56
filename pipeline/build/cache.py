"""The cache in `output/.cache`: for each output file, what it was made from and why it was made again.

An entry is a JSON file: one per seminar, `site`, and `build` for the last build. For each file an entry has its
checksum, the fingerprint that it was `made_from`, the fingerprint `before` that, the sources that had `changed`, and
whether the file was `lost` or changed on the disk. The module `reading` keeps reading lists in the same folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.build import stamp
from pipeline.core.atomic import put

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
    sources: Mapping[str, str] | None = None,
) -> None:
    """Save what each file of a seminar, or of the site, was made from; `known` are the files that were intact before.

    `sources` are the digests by path of the sources that the seminar, or the site, is made from.
    """
    last = stamp.load(str(output), name)
    before, now, then = last.get("files", {}), sources or {}, last.get("sources", {})
    changed = sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path)) if then else []
    for path, record in files.items():
        old = before.get(path, {})
        same = old.get("made_from") == record["made_from"]
        record["before"] = old.get("before") if same else old.get("made_from")
        record["changed"] = old.get("changed", []) if same else changed
        record["lost"] = same and (path not in known or old.get("lost", False))
    entry = {"fingerprint": fingerprint, "files": files, "sources": now, "outputs": stamp.outputs(str(output), name)}
    _save(output, name, entry)


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
