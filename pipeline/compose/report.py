"""The pages of the speakers' desk: what was found in a returned deck, and who has sent what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.compose import forms
from pipeline.compose.findings import sentences
from pipeline.compose.series import status_view
from pipeline.compose.speaker import speaker_deck, turns
from pipeline.compose.template import rendered
from pipeline.compose.view import properties, seminar_view
from pipeline.core.documents import Document
from pipeline.core.sources import Series
from pipeline.core.verdicts import Board, Verdict

UNFILLED = "nothing-filled-in"
"""The remark that stands before the verdict itself: a deck without answers may have been sent by mistake."""


@dataclass(frozen=True, kw_only=True)
class BoardView:
    """One seminar's board as printed; `language` is that of its `title`, `status` empty while it is held as printed."""

    title: str
    language: str
    deadline: str
    status: Mapping[str, str]
    board: Board


def speaker_title_texts(seminar: str, speaker: str, series: Series, root: Path) -> dict[str, str]:
    """Return the texts of the title slide that the speaker was sent, by placeholder."""
    one = series.seminars[seminar]
    turn = next(turn for turn in turns(one) if turn.folder == speaker)
    deck = speaker_deck(turn, seminar_view(one, None, series, root), one, series, root)
    placeholders = deck.slides[0].placeholders.items()
    return {name: " ".join(run.text for each in text for run in each.runs) for name, text in placeholders}


def report(
    verdict: Verdict, differences: Sequence[tuple[str, str]], seminar: str, speaker: str, series: Series, root: Path
) -> Document:
    """Return the report on a returned deck, in the seminar's language, with what to mend.

    `differences` are pairs: what the programme says of the speaker, and what the title slide says instead.
    """
    one = series.seminars[seminar]
    locale = series.locales[one.language]
    view = seminar_view(one, None, series, root)
    turn = next(turn for turn in turns(one) if turn.folder == speaker)
    name = view.segments[turn.segment].speakers[turn.slot].name
    values = {
        "view": view,
        "words": locale.words,
        "verdicts": locale.verdicts,
        "name": name,
        "status": verdict.status,
        "refusals": sentences(verdict.refusals, locale),
        "removals": sentences(verdict.removals, locale),
        "unfilled": sentences((each for each in verdict.remarks if each.code == UNFILLED), locale),
        "remarks": sentences((each for each in verdict.remarks if each.code != UNFILLED), locale),
        "differences": differences,
    }
    body = rendered(root / "templates/kinds", "report.html", values, locale)
    about = properties("speaker", view, series)
    title = f"{locale.verdicts['report_title']} – {name}"
    return Document(properties=replace(about, kind="report", name="report", title=title), body=body)


def status(boards: Sequence[Board], nobodys: Sequence[str], series: Series, root: Path) -> Document:
    """Return the board of all seminars as one page, in the first working language of the series: staff read it.

    `nobodys` are presentations that belong to nobody.
    """
    locale = series.locales[series.working_languages[0]]
    seminars = [series.seminars[board.seminar] for board in boards]
    view = seminar_view(seminars[0], None, series, root)
    values = {
        "boards": tuple(
            BoardView(
                title=one.title,
                language=series.locales[one.language].tag,
                deadline=forms.day(board.deadline, locale, "long"),
                status=status_view(one, locale),
                board=board,
            )
            for one, board in zip(seminars, boards, strict=True)
        ),
        "nobodys": nobodys,
        "words": locale.words,
        "verdicts": locale.verdicts,
        "language": locale.tag,
        "series_title": view.series_title,
    }
    body = rendered(root / "templates/kinds", "status.html", values, locale)
    about = replace(
        properties("page", view, series),
        kind="status",
        name="status",
        title=locale.verdicts["status_title"],
        language=locale.tag,
        direction=locale.direction,
        running_title=locale.verdicts["status_title"],
        words=locale.words,
    )
    return Document(properties=about, body=body)
