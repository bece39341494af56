"""The commands of the speakers' desk: what they do and what they say, as lines; `__main__` prints them."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Finding, Verdict
from pipeline.problems import Problem, SourceError


def collect(names: Sequence[str], root: Path, output: Path) -> tuple[list[str], int]:
    """Return the table of all returned files and the exit code; `names` may be a file and its owner."""
    from pipeline import desk
    from pipeline.build import read
    from pipeline.lock import locked

    series = read(root)
    with locked(output):
        if names:
            desk.assigned(root, series, Path(names[0]), names[1])
        outcomes = desk.collect(root, output, series)
    if not outcomes:
        return ["Nothing in sources/returned. Put the files there, under any name, and run `make collect` again."], 0
    lines = []
    for outcome in outcomes:
        lines += _outcome(outcome, root)
    placed = sum(o.receipt.placed for o in outcomes)
    refused = sum(o.receipt.verdict.status == "refused" for o in outcomes)
    unassigned = sum(o.receipt.owner is None and o.receipt.verdict.status != "refused" for o in outcomes)
    lines.append(f"{len(outcomes)} files: {placed} in place, {refused} refused, {unassigned} unassigned; `make` next")
    return lines, 0


def _outcome(outcome, root: Path) -> Iterator[str]:
    """Yield what is said of one returned file."""
    receipt, verdict = outcome.receipt, outcome.receipt.verdict
    file = receipt.path.relative_to(root).as_posix()
    owner = f"{receipt.owner.seminar}/{receipt.owner.speaker}" if receipt.owner else "unassigned"
    word = "older, kept" if receipt.superseded else verdict.status
    yield f"{_padded(word, 12)} {_padded(owner, 40)} {file}"
    for finding in (*verdict.refusals, *verdict.removals):
        yield f"             {_said(finding)}"
    if verdict.remarks:
        count = len(verdict.remarks)
        yield f"             {count} remark{'s' if count > 1 else ''} for the speaker, in report.html"
    for line in outcome.differences:
        yield f"             {line}"
    if outcome.differences:
        yield "             The title slide differs from the programme: change sources/people if the speaker is right."
    if not receipt.owner and verdict.status != "refused":
        yield f'             Whose is it? make collect FILE="{file}" AS=<seminar>/<speaker>'


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - sum(not unicodedata.combining(c) for c in text))


def _said(finding: Finding) -> str:
    from pipeline.collect.verdict import sentence

    return (f"slide {finding.slide}: " if finding.slide else "") + sentence(finding)


def status(root: Path, output: Path) -> list[str]:
    """Return the board of all speakers' decks as lines, and write it as a page."""
    from pipeline import desk
    from pipeline.build import read

    series = read(root)
    boards = desk.board(root, output, series, datetime.now(UTC).date())
    lines = []
    for board in boards:
        left = f"{board.days} days left" if board.days >= 0 else f"deadline passed {-board.days} days ago"
        lines.append(f"{board.seminar}: return by {board.deadline.isoformat()} ({left})")
        for row in board.rows:
            state = "accepted" if row.accepted else "returned, not accepted" if row.returned else "missing"
            lines.append(f"  {_padded(row.name, 36)} {'deck made' if row.made else 'no deck yet':12} {state}")
    lines.append(f"also as a page: {desk.write_board(root, output, series, boards)}")
    return lines


def inspect(file: Path, clean: str, *, as_json: bool) -> tuple[list[str], int]:
    """Return what is found in any deck, and 0 if it is acceptable, 1 if it is refused; `clean` takes the clean copy."""
    from pipeline.collect.apart import judged

    if not file.is_file():
        raise SourceError([Problem(path=str(file), line=1, message="there is no such file")])
    ((_, verdict),) = judged([(file, {})])
    if clean and verdict.content:
        _save(Path(clean), verdict.content, file)
    code = 1 if verdict.status == "refused" else 0
    if as_json:
        return [json.dumps(_listed(verdict), ensure_ascii=False, indent=2)], code
    lines = [f"{verdict.status}: {file}"]
    for title, findings in (
        ("taken out", verdict.removals),
        ("refused", verdict.refusals),
        ("remarks", verdict.remarks),
    ):
        lines += [f"  {title}: {_said(finding)}" for finding in findings]
    return lines, code


def _save(target: Path, content: bytes, source: Path) -> None:
    if target.exists() and target.samefile(source):
        message, fix = "is the file that is inspected", "give the clean copy another name"
        raise SourceError([Problem(path=str(target), line=1, message=message, fix=fix)])
    new = target.with_name(f".new-{target.name}")
    new.write_bytes(content)
    shutil.move(new, target)


def _listed(verdict: Verdict) -> dict:
    return {key: value for key, value in asdict(verdict).items() if key != "content"}
