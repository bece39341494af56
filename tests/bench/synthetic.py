"""A series of any length: the real seminars again and again, each with a day and people of its own."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value as it was typed
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def series(root: Path, folder: Path, count: int) -> Path:
    """Write a project of `count` seminars to `folder` and return it; templates and bibliography are the real ones."""
    for name in ("templates", "bibliography", "sources/texts"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "sources/series.yaml", folder / "sources/series.yaml")
    if (root / "sources/logos").is_dir():
        shutil.copytree(root / "sources/logos", folder / "sources/logos")
    for name in ("seminars", "people"):
        (folder / "sources" / name).mkdir()
    seminars = sorted((root / "sources/seminars").glob("*.yaml"))
    for i in range(count):
        _seminar(seminars[i % len(seminars)], folder, i)
    return folder


def _seminar(path: Path, folder: Path, number: int) -> None:
    """Write one seminar some days after the real one, and its people under names that only it uses."""
    seminar = _read(path)
    suffix = f"-{number:04}"
    seminar["date"] = (date.fromisoformat(seminar["date"]) + timedelta(days=number)).isoformat()
    for slots in ([seminar["chair"]], *(item.get("speakers") or [] for item in seminar["segments"])):
        for slot in slots:
            _person(path.parents[1] / "people", _id(slot), folder / "sources/people", suffix, path.stem)
    _write(folder / f"sources/seminars/{path.stem}{suffix}.yaml", _renamed(seminar, suffix))


def _id(slot: str | dict[str, str]) -> str:
    return slot if isinstance(slot, str) else slot["person"]


def _renamed(seminar: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return the seminar with the suffix at the id of everybody in it."""

    def new(slot: Any) -> Any:
        return slot + suffix if isinstance(slot, str) else slot | {"person": slot["person"] + suffix}

    segments = [item | {"speakers": [new(slot) for slot in item.get("speakers") or []]} for item in seminar["segments"]]
    return seminar | {"chair": new(seminar["chair"]), "segments": segments}


def _person(people: Path, id: str, folder: Path, suffix: str, seminar: str) -> None:
    """Write somebody with all files that bear the name; of what is said for single seminars only this one's stays."""
    for path in people.glob(f"{id}.*"):
        if path.suffix != ".yaml":
            shutil.copy(path, folder / f"{id}{suffix}{path.name.removeprefix(id)}")
    person = _read(people / f"{id}.yaml")
    at = (person.get("affiliation_at") or {}).get(seminar)
    person |= {"affiliation_at": {f"{seminar}{suffix}": at} if at else "", "family": f"{person['family']} {suffix[1:]}"}
    if person.get("photo"):
        person["photo"] = person["photo"].replace(id, f"{id}{suffix}", 1)
    _write(folder / f"{id}{suffix}.yaml", person)


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.dump(content, Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8")
