"""The pages of the speakers' desk: what was found in a returned deck, and who has sent what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.compose.speaker import speaker_deck, turns
from pipeline.compose.template import rendered
from pipeline.compose.view import properties, seminar_view
from pipeline.model import Board, Document, Finding, Series, Verdict


def speaker_title_texts(seminar: str, speaker: str, series: Series, root: Path) -> list[str]:
    """Return the texts of the title slide that the speaker was sent."""
    one = series.seminars[seminar]
    turn = next(turn for turn in turns(one) if turn.folder == speaker)
    deck = speaker_deck(turn, seminar_view(one, None, series, root), one, series, root)
    shown = {name: text for name, text in deck.slides[0].placeholders.items() if name in ("Name", "Role")}
    return ["".join(run.text for run in paragraph.runs) for text in shown.values() for paragraph in text]


def report(
    verdict: Verdict, differences: Sequence[str], seminar: str, speaker: str, series: Series, root: Path
) -> Document:
    """Return the report on a returned deck, in the seminar's language, with what to mend."""
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
        "refusals": _sentences(verdict.refusals, locale.verdicts),
        "removals": _sentences(verdict.removals, locale.verdicts),
        "remarks": _sentences(verdict.remarks, locale.verdicts),
        "differences": differences,
    }
    body = rendered(root / "templates/kinds", "report.html", values, locale)
    about = properties("speaker", view, series)
    title = f"{locale.verdicts['report_title']} – {name}"
    return Document(properties=replace(about, kind="report", name="report", title=title), body=body)


def _sentences(findings: Iterable[Finding], verdicts: Any) -> list[str]:
    """Return the findings in words, each once, with the number of its slide before it."""
    found = []
    for finding in findings:
        text = verdicts[finding.code].format(where=finding.where, detail=finding.detail, slide=finding.slide)
        if finding.slide:
            text = f"{verdicts['report_slide'].format(number=finding.slide)} – {text}"
        found.append(text)
    return list(dict.fromkeys(found))


def status(boards: Sequence[Board], series: Series, root: Path) -> Document:
    """Return the board of all seminars as one page, in the first working language of the series: staff read it."""
    locale = series.locales[series.working_languages[0]]
    seminars = [series.seminars[board.seminar] for board in boards]
    view = seminar_view(seminars[0], None, series, root)
    values = {
        "boards": [{"title": one.title, "board": board} for one, board in zip(seminars, boards, strict=True)],
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
