"""The speakers' desk: returned decks in, verdicts and clean copies out, and a board of who has sent what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.collect.apart import judged
from pipeline.collect.intake import (
    PRESENTATIONS,
    Owner,
    Receipt,
    assign,
    differences,
    made_here,
    owner_of,
    place,
    returned_files,
)
from pipeline.compose import report as pages
from pipeline.compose import turns
from pipeline.model import Board, Seminar, Series, Standing
from pipeline.package import recover
from pipeline.package import replace as write
from pipeline.problems import Problem, SourceError, nearest
from pipeline.render import FORMATS


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One returned file: its receipt, and what its title slide says otherwise than the programme."""

    receipt: Receipt
    differences: tuple[str, ...]


def collect(root: Path, output: Path, series: Series) -> list[Outcome]:
    """Judge every returned file, place the newest acceptable one of each speaker, and write each speaker's report."""
    recover(root / PRESENTATIONS)
    expected = {seminar.id: [turn.folder for turn in turns(seminar)] for seminar in series.seminars.values()}
    files = returned_files(root)
    options = {"keep_notes": series.returns.keep_notes, "minutes": series.minutes.presentation}
    jobs = [(path, options | {"language": _language(path, root, series)}) for path in files]
    verdicts = dict(judged(jobs))
    receipts = [
        Receipt(path=path, verdict=verdicts[path], owner=owner_of(path, verdicts[path], root, expected))
        for path in files
    ]
    newest = {r.owner: r for r in receipts if r.owner and r.verdict.status != "refused"}
    outcomes = [_settled(receipt, newest, root, series) for receipt in receipts]
    last = {o.receipt.owner: o for o in outcomes if o.receipt.owner}
    for owner, outcome in last.items():
        _report(outcome, owner, root, output, series)
    return outcomes


def _language(path: Path, root: Path, series: Series) -> str:
    """Return the language that a file lying in a seminar's folder should have; unknown for all others."""
    steps = path.relative_to(root / "sources/returned").parts
    seminar = series.seminars.get(steps[0]) if len(steps) > 1 else None
    return series.locales[seminar.language].tag if seminar else ""


def _settled(receipt: Receipt, newest: Mapping[Owner | None, Receipt], root: Path, series: Series) -> Outcome:
    """Return a receipt as it stands after its file has been placed, or passed over for a newer one."""
    owner = receipt.owner
    if not owner:
        return Outcome(receipt=receipt, differences=())
    found = tuple(differences(receipt.verdict, pages.speaker_title_texts(owner.seminar, owner.speaker, series, root)))
    if newest.get(owner) is not receipt:
        superseded = receipt.verdict.status != "refused"
        return Outcome(receipt=replace(receipt, superseded=superseded), differences=found)
    place(receipt.verdict.content, owner, root)
    return Outcome(receipt=replace(receipt, placed=True), differences=found)


def _report(outcome: Outcome, owner: Owner, root: Path, output: Path, series: Series) -> None:
    document = pages.report(outcome.receipt.verdict, outcome.differences, owner.seminar, owner.speaker, series, root)
    page = FORMATS["html"](document, series.brand, root / "templates")
    write(output / owner.seminar / "speakers" / owner.speaker / "report.html", page)


def assigned(root: Path, series: Series, file: Path, name: str) -> Path:
    """Return the copy of `file` in the folder of the speaker `name` (seminar/speaker); an unknown one is a problem."""
    seminar, _, speaker = name.partition("/")
    names = {f"{s.id}/{turn.folder}" for s in series.seminars.values() for turn in turns(s)}
    if name not in names:
        fix = nearest(name, names, otherwise="write AS=<seminar>/<speaker>")
        raise SourceError([Problem(path=str(file), line=1, message=f"nobody is called `{name}`", fix=fix)])
    return assign(file, Owner(seminar=seminar, speaker=speaker), root)


def board(root: Path, output: Path, series: Series, today: date) -> list[Board]:
    """Return for each seminar who has a deck made, whose has come back, and how many days are left."""
    return [_board(seminar, root, output, series, today) for _, seminar in sorted(series.seminars.items())]


def _board(seminar: Seminar, root: Path, output: Path, series: Series, today: date) -> Board:
    deadline = seminar.date - timedelta(days=series.returns.days_before)
    rows = []
    for turn in turns(seminar):
        folder = output / seminar.id / "speakers" / turn.folder
        person = series.people[turn.person]
        rows.append(
            Standing(
                speaker=turn.folder,
                name=f"{person.given} {person.family}",
                made=any(folder.glob("*.pptx")),
                returned=(folder / "report.html").exists(),
                accepted=made_here(root / PRESENTATIONS / seminar.id / f"{turn.folder}.pptx"),
            )
        )
    return Board(seminar=seminar.id, deadline=deadline, days=(deadline - today).days, rows=tuple(rows))


def write_board(root: Path, output: Path, series: Series, boards: list[Board]) -> Path:
    """Write the board as a page and return its path."""
    page = FORMATS["html"](pages.status(boards, series, root), series.brand, root / "templates")
    write(output / "status.html", page)
    return output / "status.html"
