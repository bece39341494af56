"""Show and delete the personal data of past seminars, and search every file for names and addresses that are left.

The register is purged last: while it still has the names, the next run can complete a run that was stopped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline import attendance
from pipeline import certificates as stage
from pipeline.build.check import read
from pipeline.core.problems import Problem, SourceError
from pipeline.core.sources import Series
from pipeline.core.text import is_mail_address
from pipeline.mail.log import Log, opened
from pipeline.mail.outbox import FOLDER as OUTBOX
from pipeline.mail.outbox import mail_lock
from pipeline.mail.recipients import REGISTRATIONS, address_hash, list_of_speakers, listed_in, participants
from pipeline.workflows.attendance import attendance_of
from pipeline.workflows.returned_files import RETURNED
from pipeline.workflows.search import files_below, search

PUBLIC = ("people", "seminars", "texts")
"""The folders of the sources that packages are made from."""

PROGRAMS = ("pipeline", "tests", ".ci")
"""The folders of the project whose names are all invented: they are not searched."""


@dataclass(frozen=True, kw_only=True)
class _Holdings:
    """The files and folders that hold personal data of some seminars."""

    exports: tuple[Path, ...]
    lists: tuple[Path, ...]
    outboxes: tuple[Path, ...]
    certificates: tuple[Path, ...]

    def files(self) -> list[Path]:
        """Return every file in all of these."""
        folders = (*self.outboxes, *self.certificates)
        inside = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return [*self.exports, *self.lists, *inside]


@dataclass(frozen=True, kw_only=True)
class Held:
    """The personal data of the seminars before a day: counts by kind, and the files and folders.

    `unused` are files of no seminar, which a purge does not change.
    """

    seminars: tuple[str, ...]
    counts: dict[str, int]
    paths: tuple[Path, ...]
    unused: tuple[Problem, ...]

    @property
    def total(self) -> int:
        """The number of all items."""
        return sum(self.counts.values())


@dataclass(frozen=True, kw_only=True)
class Purged:
    """Counts of deleted and remaining data by kind, and the result of the search of all files.

    `texts` is the number of names and addresses, `files` the number of files that were searched for them. `found` has
    the files that contain any, with the number of places. `unused` are files of no seminar, which are not changed.
    """

    seminars: tuple[str, ...]
    deleted: dict[str, int]
    left: dict[str, int]
    texts: int
    files: int
    found: dict[Path, int]
    unused: tuple[Problem, ...]


def held(day: date, root: Path, output: Path) -> Held:
    """Return what is held of the seminars before a day; nothing is deleted."""
    with _opened(root, make=False) as (register, log):
        series = read(root, templates=())
        old, kept = _seminars(day, series, register)
        holdings = _holdings(old, [*old, *kept], root, output)
        return Held(
            seminars=tuple(old),
            counts=_count(old, holdings, register, log),
            paths=(*holdings.exports, *holdings.lists, *holdings.outboxes, *holdings.certificates),
            unused=tuple(attendance.exports(root, [*old, *kept])[1]),
        )


def purge(day: date, count: int, root: Path, output: Path) -> Purged | None:
    """Delete all personal data of the seminars before a day, and search every file for remaining names.

    Return None, and delete nothing, if it is not `count` items. Raise `SourceError` for a day in the future: seminars
    before it may still need their registrations.
    """
    series = read(root, templates=())
    with _opened(root, make=True) as (register, log):
        old, kept = _seminars(day, series, register)
        known = [*old, *kept]
        holdings = _holdings(old, known, root, output)
        if sum(_count(old, holdings, register, log).values()) != count:
            return None
        gone = _texts_gone(old, kept, series, root, register)
        deleted = _delete(old, holdings, register, log)
        left = _count(old, _holdings(old, known, root, output), register, log)
        _, unused = attendance.exports(root, known)
    files = _files_to_search(root, output, [*_holdings(kept, known, root, output).files(), *list_of_speakers(root)])
    found = search(gone | {address_hash(text) for text in gone if is_mail_address(text)}, files)
    return Purged(
        seminars=tuple(old),
        deleted=deleted,
        left=left,
        texts=len(gone),
        files=len(files),
        found=found,
        unused=tuple(unused),
    )


@contextmanager
def _opened(root: Path, *, make: bool) -> Iterator[tuple[stage.Register, Log]]:
    """Open the register, which is made only if so said, and the log of mails, under the lock of mails."""
    with mail_lock(root) as folder, stage.Register.opened(root, make=make) as register, opened(folder) as log:
        yield register, log


def _seminars(day: date, series: Series, register: stage.Register) -> tuple[list[str], list[str]]:
    """Return the seminars before a day and all others; raise `SourceError` for a day in the future."""
    if day > datetime.now(UTC).date():
        message = "this day is in the future: seminars before it may still need their registrations"
        raise SourceError([Problem(path="BEFORE", line=1, message=message, fix="name a day that has passed")])
    without_source = {*register.before(day)} - {*series.seminars}  # otherwise the day in the source counts
    old = sorted({id for id, one in series.seminars.items() if one.date < day} | without_source)
    return old, sorted({*series.seminars, *register.seminars()} - {*old})


def _holdings(ids: Iterable[str], known: Iterable[str], root: Path, output: Path) -> _Holdings:
    ids = list(ids)
    files, _ = attendance.exports(root, known)
    lists = {path for id in ids for path in listed_in(root, id)}
    lists |= {root / fault.path for owner, fault in attendance.misnamed_lists(root, known) if owner in ids}
    outboxes = [path for id in ids for path in (output / id / OUTBOX, *(output / id).glob(f".*-{OUTBOX}"))]
    return _Holdings(
        exports=tuple(path for id in ids for path in files.get(id, ())),
        lists=tuple(path for path in sorted(lists) if path.is_file()),
        outboxes=tuple(path for path in outboxes if path.exists()),
        certificates=tuple(path for id in ids if (path := output / id / stage.CERTIFICATES).exists()),
    )


def _texts_gone(
    old: Sequence[str], kept: Sequence[str], series: Series, root: Path, register: stage.Register
) -> set[str]:
    """Return the names and addresses that no file may contain any more: those of people of old seminars only."""
    public = _public(root, series).casefold()
    gone = _people(old, series, root, register) - _people(kept, series, root, register)
    return {text for text in gone if text.casefold() not in public}


def _people(ids: Iterable[str], series: Series, root: Path, register: stage.Register) -> set[str]:
    """Return the names and addresses of all people of these seminars, from every list that can be read."""
    found: set[str] = set()
    for id in ids:
        found.update(register.names(id))
        with suppress(SourceError):  # a list that cannot be read is deleted all the same
            found.update(text for one in participants(root, id)[0] for text in (one.name, one.address))
        if id in series.seminars:
            present = attendance_of(series.seminars[id], series, root)
            found.update(text for person in present.people for row in person.rows for text in (row.name, row.address))
            found.update(text for attendee in present.unmatched for text in (attendee.name, attendee.address))
    return found - {""}


def _public(root: Path, series: Series) -> str:
    """Return the texts of the sources with the names of all speakers: names in them are public and are kept.

    Only the files that packages are made from count: a name in any other file of the sources is not public.
    """
    sources = root / "sources"
    inside = (path for name in PUBLIC for path in (sources / name).rglob("*") if path.suffix in (".yaml", ".md"))
    paths = [*inside, sources / "series.yaml", *list_of_speakers(root)]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()]
    # Packages print the full name, in either order; the source has given and family name on separate lines.
    return "\n".join([*texts, *(f"{one.given} {one.family} {one.given}" for one in series.people.values())])


def _delete(ids: Sequence[str], holdings: _Holdings, register: stage.Register, log: Log) -> dict[str, int]:
    """Delete the personal data of these seminars, and return the counts by kind."""
    counts = _count(ids, holdings, register, log)
    for folder in (*holdings.outboxes, *holdings.certificates):
        shutil.rmtree(folder)
    for path in (*holdings.lists, *holdings.exports):
        path.unlink()
    log.forget_seminars(ids)
    register.forget(ids)
    return counts


def _count(ids: Sequence[str], holdings: _Holdings, register: stage.Register, log: Log) -> dict[str, int]:
    """Return how much personal data these seminars have, by kind."""

    def inside(folders: Iterable[Path]) -> int:
        return sum(path.is_file() for folder in folders for path in folder.rglob("*"))

    return {
        "exports": len(holdings.exports),
        "lists of recipients": len(holdings.lists),
        "files of outboxes": inside(holdings.outboxes),
        "files of certificates": inside(holdings.certificates),
        "rows of the register": sum(map(register.personal_rows, ids)),
        "messages of the mail log": sum(len(log.rows(id)) for id in ids),
    }


def _files_to_search(root: Path, output: Path, others: Iterable[Path]) -> list[Path]:
    """Return every file to search: all of the project except its programs and the data of `others` (other seminars).

    The private folders are listed separately, since each may be a link to another disk.
    """
    data_of_others = {path.resolve() for path in others}
    folders = (root, root / REGISTRATIONS, root / RETURNED, output)
    programs = [root / name for name in PROGRAMS]
    found = (path for path in files_below(folders) if not any(map(path.is_relative_to, programs)))
    return [path for path in found if path.resolve() not in data_of_others]
