"""Which speakers have returned their presentation, and which accepted presentations are out of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipeline import render
from pipeline.build.accepted import PRESENTATIONS, Owner, accepted_copy, accepted_files, made_here, slide_of
from pipeline.build.check import read
from pipeline.compose import Turn, View, is_held, turns
from pipeline.compose import report as pages
from pipeline.core.atomic import put
from pipeline.core.problems import Problem
from pipeline.core.sources import Seminar, Series
from pipeline.core.verdicts import Board, SpeakerState
from pipeline.workflows.returned_files import expected_speakers, similar
from pipeline.workflows.title_slide import outdated


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The returned presentations by seminar, and the path of the `page` that shows them.

    `unclaimed` are accepted presentations of people who are not in the programme.
    """

    boards: tuple[Board, ...]
    unclaimed: tuple[Problem, ...]
    page: Path


def status(root: Path, output: Path) -> Overview:
    """Return which speakers have a deck and which have returned it, and write this as a page."""
    series = read(root, templates=[pages.STATUS])
    boards = board(root, output, series, pages.views(series, root), datetime.now(UTC).date())
    found = unclaimed(root, series)
    document = pages.status(boards, [problem.path for problem in found], series, root)
    page = output / pages.STATUS
    put(page, render.write("html", document, series.brand, root / "templates"))
    return Overview(boards=tuple(boards), unclaimed=tuple(found), page=page)


def board(root: Path, output: Path, series: Series, view_of: Callable[[str], View], today: date) -> list[Board]:
    """Return for each seminar which speakers have a deck, which have returned it, and how many days are left."""
    boards = []
    for id, seminar in sorted(series.seminars.items()):
        deadline = seminar.date - timedelta(days=series.returns.days_before)
        rows = tuple(_state(turn, seminar, series, view_of, root, output) for turn in turns(seminar))
        days = (deadline - today).days
        boards.append(Board(seminar=id, status=seminar.status, deadline=deadline, days=days, rows=rows))
    return boards


def _state(
    turn: Turn, seminar: Seminar, series: Series, view_of: Callable[[str], View], root: Path, output: Path
) -> SpeakerState:
    """Return the state of one speaker's presentation; it `says` nothing out of date if the seminar is not held."""
    made = output / seminar.id / "speakers" / turn.folder
    copy, person = accepted_copy(Owner(seminar=seminar.id, speaker=turn.folder), root), series.people[turn.person]
    accepted, slide = made_here(copy), slide_of(copy)
    says: tuple[tuple[str, str], ...] = ()
    if accepted and slide.says and is_held(seminar):
        programme = pages.speaker_title_texts(turn.folder, view_of(seminar.id))
        says = tuple(outdated(slide.says, programme))
    return SpeakerState(
        speaker=turn.folder,
        name=f"{person.given} {person.family}",
        confirmed=seminar.segments[turn.segment].speakers[turn.slot].confirmed,
        made=any(made.glob("*.pptx")),
        returned=(made / pages.REPORT).exists(),
        accepted=accepted,
        says=says,
    )


def unclaimed(root: Path, series: Series) -> list[Problem]:
    """Return a problem for each accepted presentation whose speaker is not in the programme: no package contains it."""
    expected, found = expected_speakers(series), []
    for path in accepted_files(root):
        folder, file = path.relative_to(root / PRESENTATIONS).parent.as_posix(), path.relative_to(root).as_posix()
        if path.stem in expected.get(folder, ()):
            continue
        meant = similar(f"{folder}/{path.stem}", expected)
        free = meant and not (root / PRESENTATIONS / f"{meant}.pptx").exists()
        message = "belongs to no speaker of the programme, so no package contains it"
        fix = f"did you mean `{meant}`? Rename it" if free else "rename it"
        fix += ", with the .json beside it, or delete both"
        found.append(Problem(path=file, line=1, message=message, fix=fix))
    return found
