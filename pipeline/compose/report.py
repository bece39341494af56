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
    """Return the findings in words, with the numbers of their slides before them."""
    found = []
    for finding, slides in gathered(findings):
        text = verdicts[finding.code].format(where=finding.where, detail=finding.detail, slide=finding.slide)
        if slides:
            name = "report_slides" if "," in slides or "–" in slides else "report_slide"
            text = f"{verdicts[name].format(number=slides)} – {text}"
        found.append(text)
    return found


SUMMED = frozenset(("notes-left-out",))
"""Findings whose details are counts, which are said once for all slides."""
PLACES = 3
"""How many places are named of what is found in many."""


def gathered(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Return findings that say the same as one, with the numbers of their slides (`3, 5–7`) and their places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = "" if finding.code in SUMMED else finding.detail
        groups.setdefault((finding.code, key), []).append(finding)
    return [
        (_as_one(group), _numbers(sorted({each.slide for each in group if each.slide}))) for group in groups.values()
    ]


def _as_one(group: Sequence[Finding]) -> Finding:
    first, places = group[0], list(dict.fromkeys(each.where for each in group))
    where = ", ".join(places[:PLACES]) + (" …" if len(places) > PLACES else "")
    detail = str(sum(int(each.detail) for each in group)) if first.code in SUMMED else first.detail
    return replace(first, where=where, detail=detail)


def _numbers(slides: Sequence[int]) -> str:
    """Return numbers with those that follow each other drawn together, two of them from three on."""
    runs: list[list[int]] = []
    for number in slides:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


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
