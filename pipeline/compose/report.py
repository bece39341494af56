"""The pages about returned presentations: the report on a single one, and the board of all speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.compose import forms
from pipeline.compose.findings import sentences
from pipeline.compose.series import status_view
from pipeline.compose.speaker import Turn, title_texts, turns
from pipeline.compose.templates import environment, filled
from pipeline.compose.view import View, properties, seminar_view
from pipeline.core.documents import Document
from pipeline.core.sources import Series
from pipeline.core.verdicts import Board, Verdict

REPORT, STATUS = "report.html", "status.html"
"""The names of the templates, and of the pages."""
UNFILLED = "nothing-filled-in"
"""The remark that is printed before the verdict: a deck without answers may have been returned by mistake."""


def views(series: Series, root: Path) -> Callable[[str], View]:
    """Return a function that gives the view of a seminar by its id, without a map; it makes each view once."""
    return cache(lambda seminar: seminar_view(series.seminars[seminar], None, series, root, with_map=False))


def speaker_title_texts(speaker: str, view: View) -> dict[str, str]:
    """Return the texts of the title slide that the speaker was sent, by placeholder."""
    placeholders = title_texts(_turn(speaker, view), view).items()
    return {name: " ".join(run.text for each in text for run in each.runs) for name, text in placeholders}


def _turn(speaker: str, view: View) -> Turn:
    return next(turn for turn in turns(view.seminar) if turn.folder == speaker)


def report(verdict: Verdict, differences: Sequence[tuple[str, str]], speaker: str, view: View) -> Document:
    """Return the report on a returned deck in the seminar's language, with the changes that the speaker should make.

    `differences` are pairs of a text of the programme about the speaker and the different text of the title slide.
    """
    values = report_values(verdict, differences, _turn(speaker, view), view)
    title = f"{view.locale.verdicts['report_title']} – {values['name']}"
    about = properties("report", "report", title, view)
    return Document(properties=about, body=filled(view.templates, REPORT, values))


def report_values(verdict: Verdict, differences: Sequence[tuple[str, str]], turn: Turn, view: View) -> dict[str, Any]:
    """Return the values for the template of the report."""
    locale = view.locale
    return {
        "view": view,
        "words": locale.words,
        "verdicts": locale.verdicts,
        "name": view.segments[turn.segment].speakers[turn.slot].name,
        "status": verdict.status,
        "refusals": sentences(verdict.refusals, locale),
        "removals": sentences(verdict.removals, locale),
        "unfilled": sentences((each for each in verdict.remarks if each.code == UNFILLED), locale),
        "remarks": sentences((each for each in verdict.remarks if each.code != UNFILLED), locale),
        "differences": differences,
    }


@dataclass(frozen=True, kw_only=True)
class BoardView:
    """One seminar's board as printed; `language` is that of `title`, `status` is empty if it is held as printed."""

    title: str
    language: str
    deadline: str
    status: Mapping[str, str]
    board: Board


def status(boards: Sequence[Board], unassigned: Sequence[str], series: Series, root: Path) -> Document:
    """Return the board of all seminars as one page, in the first working language of the series: staff read it.

    `unassigned` are the files of accepted presentations whose speaker is not in the programme.
    """
    view = seminar_view(series.seminars[boards[0].seminar], None, series, root, with_map=False)
    locale = series.locales[series.working_languages[0]]
    title = locale.verdicts["status_title"]
    body = filled(environment(root, locale), STATUS, status_values(boards, unassigned, view.series_title, series))
    about = replace(
        properties("status", "status", title, view),
        language=locale.tag,
        direction=locale.direction,
        running_title=title,
        words=locale.words,
    )
    return Document(properties=about, body=body)


def status_values(
    boards: Sequence[Board], unassigned: Sequence[str], series_title: str, series: Series
) -> dict[str, Any]:
    """Return the values for the template of the board."""
    locale = series.locales[series.working_languages[0]]
    return {
        "boards": [_board_view(board, series) for board in boards],
        "unassigned": unassigned,
        "words": locale.words,
        "verdicts": locale.verdicts,
        "language": locale.tag,
        "series_title": series_title,
    }


def _board_view(board: Board, series: Series) -> BoardView:
    seminar, locale = series.seminars[board.seminar], series.locales[series.working_languages[0]]
    return BoardView(
        title=seminar.title,
        language=series.locales[seminar.language].tag,
        deadline=forms.day(board.deadline, locale, "long"),
        status=status_view(seminar, locale),
        board=board,
    )
