"""What lies in the sources and goes into nothing: files that nobody reads, pictures and people that nobody names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.sources import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.core.sources import Series
    from pipeline.load.files import Sources

PEOPLE, LOGOS = "sources/people", "sources/logos"
KNOWN = (
    *("people", "seminars", "texts", "logos", "schema", "series.yaml"),
    *("presentations", "registrations", "returned"),  # the desks read those
)
PICTURES = (".jpg", ".jpeg", ".png", ".svg", ".webp", ".gif", ".heic", ".tif", ".tiff")


def unread(series: Series, sources: Sources) -> Iterator[Remark]:
    """Yield a remark for each file that no document is made from, and for each person whom no seminar names."""
    photos = {person.photo for person in series.people.values() if person.photo}
    for path in _files(sources, PEOPLE):
        yield from _of_people(path, photos, series, sources)
    logos = {partner.logo for partner in series.partners if partner.logo}
    for path in _files(sources, LOGOS):
        if path.name not in logos:
            yield _remark(path, "no partner has this logo: name it in sources/series.yaml, as `logo: …`")
    for path in _files(sources, "sources"):
        if path.name not in KNOWN:
            yield _remark(path, "nothing of this name is read")
    for folder in ("sources/seminars", "sources/texts"):
        for path in _files(sources, folder):
            if path.suffix != ".yaml":
                yield _remark(path, "this file is not read: only files that end in .yaml are")
    named = {id for seminar in series.seminars.values() for id in seminar.people}
    for id in sorted(series.people.keys() - named):
        yield _remark(Path(PEOPLE, f"{id}.yaml"), f"no seminar names `{id}`")


def _of_people(path: Path, photos: set[str], series: Series, sources: Sources) -> Iterator[Remark]:
    id = path.name.partition(".")[0]
    if (sources.root / path).is_dir():
        yield _remark(path, f"nothing inside is read: put it into {PEOPLE} itself")
    elif path.suffix.lower() in PICTURES:
        if path.name not in photos:
            owner = f"sources/people/{id}.yaml" if id in series.people else "the person's own file"
            yield _remark(path, f"nobody has this photo: write `photo: {path.name}` into {owner}")
    elif path.suffix == ".md":
        if not (sources.root / path).read_text(encoding="utf-8", errors="replace").strip("\ufeff \t\r\n"):
            yield _remark(path, "this biography is empty")
    elif path.suffix != ".yaml":
        yield _remark(path, f"this file is not read: a biography is a text file called like `{id}.en.md`")


def _files(sources: Sources, folder: str) -> list[Path]:
    """Return what lies in a folder, without what is hidden or explains it."""
    at = sources.root / folder
    names = sorted(path.name for path in at.iterdir()) if at.is_dir() else []
    return [Path(folder, name) for name in names if not name.startswith((".", "README")) and not name.endswith("~")]


def _remark(path: Path, message: str) -> Remark:
    return Remark(path=path.as_posix(), line=1, message=message)
