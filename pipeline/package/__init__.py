"""Stage: a seminar's finished files become its package: a folder and a zip with the same bytes, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.atomic import beside, exchange, put, sync_all, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.core.documents import Artifact
    from pipeline.core.sources import Seminar, Series

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_DAY = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
_TEXT = (".html", ".json", ".bib", SUMS)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest(artifacts: Iterable[Artifact], seminar: Seminar, series: Series) -> bytes:
    """Return `manifest.json`: what the package holds, for programs."""
    listed = {
        "series": series.id,
        "seminar": seminar.id,
        "date": seminar.date.isoformat(),
        "language": series.locales[seminar.language].tag,
        "edition": seminar.edition,
        "files": [
            {
                "path": a.path,
                "title": a.title,
                "language": a.language,
                "kind": a.kind,
                "format": a.format,
                "size": a.size,
                "sha256": a.sha256,
                "edition": seminar.edition,
                "fingerprint": a.fingerprint,
            }
            for a in artifacts
        ],
    }
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return `SHA256SUMS` as `sha256sum -c` reads it."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files that depends on nothing but them; what is packed already is stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(_TEXT) else zipfile.ZIP_STORED
            archive.writestr(entry, files[name])
    return out.getvalue()


def publish(files: Mapping[str, bytes], folder: Path) -> bool:
    """Make `folder` hold just these files and return whether anything had to change.

    A new folder is filled beside it and takes its place by renaming; files that are the same keep their dates.
    """
    if _holds(folder, files):
        return False
    new = beside(folder, "new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        written = [name for name, content in files.items() if not _linked(folder / name, new / name, content)]
        for name in written:
            write(new / name, files[name])
        sync_all([*(new / name for name in written), new])
        exchange(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return True


def sweep(folder: Path, expected: set[str]) -> None:
    """Remove decks and mails in `folder/speakers` that are not `expected`, and all in the folders of other speakers."""
    own_folders = {place.rpartition("/")[0] for place in expected}
    for inside, _, names in os.walk(folder / "speakers", topdown=False):
        own = Path(inside)
        above = own.relative_to(folder).as_posix()
        for name in names:
            left = above not in own_folders  # the speaker has left the programme: report and patch go as well
            if (left or name.endswith((".pptx", ".eml"))) and f"{above}/{name}" not in expected:
                (own / name).unlink()
        if not any(own.iterdir()):
            own.rmdir()


def known(cache: Path, output: Path, seminar: str) -> dict[str, Any]:
    """Return what the last build noted of a seminar's files, for those that are still on disk as they were made.

    `at` says where each of them is.
    """
    try:
        noted = json.loads((cache / f"{seminar}.json").read_bytes())["files"]
        places = {place: {**file, "at": output / seminar / place} for place, file in noted.items()}
        return {place: file for place, file in places.items() if _stands(file["at"], file["artifact"]["sha256"])}
    except (OSError, ValueError, KeyError):  # never built, or the note was cut short: all is made anew
        return {}


def _stands(path: Path, sum: str) -> bool:
    try:
        return sha256(path.read_bytes()) == sum
    except OSError:
        return False


def note(path: Path, files: Mapping[str, dict[str, Any]], standing: Collection[str]) -> None:
    """Note what each file was made from, and what it was made from the time before when that has changed.

    One of them was `lost` if it was noted before and was not among those `standing` on the disk.
    """
    try:
        before = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        before = {}
    for place, file in files.items():
        old = before.get(place, {})
        same = old.get("parts") == file["parts"]
        file["before"] = old.get("before") if same else old.get("parts")
        file["lost"] = same and (place not in standing or old.get("lost", False))
    put(path, json.dumps({"files": files}, sort_keys=True).encode())


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        if {entry.name for entry in folder.iterdir()} != set(files):
            return False
        return all((folder / name).read_bytes() == content for name, content in files.items())
    except OSError:
        return False


def _linked(old: Path, new: Path, content: bytes) -> bool:
    """Carry an unchanged file over with its date, and return whether that could be done."""
    try:
        if old.read_bytes() != content:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True
