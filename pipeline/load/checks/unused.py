"""Remarks on files of `sources/` from which no document is made."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.sources import Series
from pipeline.load.checks.people import PEOPLE
from pipeline.load.files import Sources

LOGOS = "sources/logos"
READ = (
    *("people", "seminars", "texts", "logos", "schema", "series.yaml"),
    *("presentations", "registrations", "returned"),  # the workflows read those
)
PICTURES = (".jpg", ".jpeg", ".png", ".svg", ".webp", ".gif", ".heic", ".tif", ".tiff")


def remark_on_files(series: Series, sources: Sources) -> None:
    """Remark each file from which no document is made."""
    photos = {person.photo for person in series.people.values()}
    for path in _files(sources, PEOPLE):
        if message := _unused_in_people(path, photos, series):
            sources.remark(f"{PEOPLE}/{path.name}", (), message)
    for path in _files(sources, LOGOS):
        if path.name not in {partner.logo for partner in series.partners}:
            message = "no partner has this logo: name it in sources/series.yaml, as `logo: …`"
            sources.remark(f"{LOGOS}/{path.name}", (), message)
    for path in _files(sources, "sources"):
        if path.name not in READ:
            sources.remark(f"sources/{path.name}", (), "a file of this name is not read")
    for folder in ("sources/seminars", "sources/texts"):
        for path in _files(sources, folder):
            if path.suffix != ".yaml":
                sources.remark(f"{folder}/{path.name}", (), "this file is not read: only files that end in .yaml are")


def _unused_in_people(path: Path, photos: set[str], series: Series) -> str:
    id = path.name.partition(".")[0]
    if path.is_dir():
        return f"files in this folder are not read: move them to {PEOPLE}"
    if path.suffix.lower() in PICTURES:
        owner = f"{PEOPLE}/{id}.yaml" if id in series.people else "the person's own file"
        return "" if path.name in photos else f"no person has this photo: write `photo: {path.name}` into {owner}"
    if path.suffix not in (".yaml", ".md"):
        return f"this file is not read: a biography is a text file called like `{id}.en.md`"
    return ""


def _files(sources: Sources, folder: str) -> list[Path]:
    """Return the files and folders of a folder in order, without hidden ones, backups and README."""
    at = sources.root / folder
    found = sorted(at.iterdir()) if at.is_dir() else []
    return [path for path in found if not path.name.startswith((".", "README")) and not path.name.endswith("~")]
