"""The commands of the speakers' desk: what they do and what they say, as lines; `__main__` prints them."""

from __future__ import annotations

import json
import shlex
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.collect.names import shown
from pipeline.compose.findings import gathered
from pipeline.core.atomic import put
from pipeline.core.problems import ToolError
from pipeline.core.text import number_of
from pipeline.core.verdicts import Board, Finding, Standing, Verdict
from pipeline.workflows.intake import claimed

if TYPE_CHECKING:
    from pipeline.workflows.presentations import Outcome

STATES = {"accepted": "accepted", "cleaned": "accepted, cleaned", "refused": "refused"}
"""The words for a verdict; every list of the desk says the same."""
OLDER, UNASSIGNED, PASSED = "older, kept", "unassigned", "not judged"
INDENT = " " * 19
"""Under the first line about a file, which begins with its verdict."""
NOBODY = "–"
AGAIN = "put the file into sources/returned and type `make collect`"


def collect(names: Sequence[str], root: Path, output: Path) -> tuple[list[str], int]:
    """Return the table of all returned files and the exit code; `names` may be a file and its owner."""
    from pipeline.build.check import read
    from pipeline.core.lock import locked
    from pipeline.workflows import presentations

    series, lines = read(root), []
    with locked(output):
        if names:
            lines = _assigned(Path(names[0]), presentations.assigned(root, series, Path(names[0]), names[1]))
        outcomes, others = presentations.collect(root, output, series)
        boards = presentations.board(root, output, series, datetime.now(UTC).date())
    width = max((_width(_owner(outcome)) for outcome in outcomes), default=0)
    lines += [line for outcome in outcomes for line in _outcome(outcome, root, width)]
    for path, why in others.items():
        lines += [_row(PASSED, NOBODY, path, root, width), f"{INDENT}{shown(why, 300)}"]
    lines += [*_otherwise(boards, outcomes), *map(str, presentations.nobodys(root, series))]
    if not outcomes and not others:
        return [*lines, "Nothing in sources/returned. Put the files there, under any name, and type `make collect`."], 0
    return [*lines, _counted([*map(_state, outcomes), *(PASSED for _ in others)])], 0


def _assigned(file: Path, copy: Path) -> list[str]:
    """Return where a file lies now that was assigned to somebody."""
    return [] if copy == file else [f"{file}: copied to {copy}, which is judged from now on"]


def _otherwise(boards: Sequence[Board], outcomes: Sequence[Outcome]) -> list[str]:
    """Return which accepted presentations say otherwise than the programme, unless that stands above."""
    changed = [(_owner(outcome), outcome.changes.pairs) for outcome in outcomes if outcome.changes]
    told = {(owner, (after, before)) for owner, pairs in changed for before, after in pairs}
    lines = []
    for board in boards:
        for row in board.rows:
            owner = f"{board.seminar}/{row.speaker}"
            says = tuple(each for each in row.says if (owner, each) not in told)
            lines += [f"{owner}: {_accepted(replace(row, says=says))}"] if says else []
    return [*lines, *_mending(boards)] if lines else []


def _counted(states: Sequence[str]) -> str:
    """Return how many files lie in the folder, and how many of them stand where."""
    accepted = sum(state.startswith("accepted") for state in states)
    of = Counter(states) | Counter(accepted=accepted)
    said = [f"{of[state]} {state}" for state in ("accepted", OLDER, "refused", UNASSIGNED, PASSED) if of[state]]
    files = number_of(len(states), "file")
    return f"{files}: {', '.join(said)}" + ("; `make` next" if accepted else "")


def _state(outcome: Outcome) -> str:
    """Return in one word how a returned file stands: what nobody owns is not accepted yet."""
    receipt = outcome.receipt
    if receipt.verdict.status == "refused" or receipt.placed:
        return STATES[receipt.verdict.status]
    return OLDER if receipt.superseded else UNASSIGNED


def _owner(outcome: Outcome) -> str:
    owner = outcome.receipt.owner
    return f"{owner.seminar}/{owner.speaker}" if owner else NOBODY


def _row(state: str, owner: str, path: Path, root: Path, width: int) -> str:
    """Return the first line about a file."""
    file = shown(path.relative_to(root).as_posix(), 300)
    return f"{_padded(state, len(INDENT) - 2)}  {_padded(owner, width)}  {file}"


def _outcome(outcome: Outcome, root: Path, width: int) -> Iterator[str]:
    """Yield what is said of one returned file."""
    from pipeline.collect.verdict import UNFILLED
    from pipeline.workflows import presentations

    receipt, verdict = outcome.receipt, outcome.receipt.verdict
    unfilled = "".join(f"  {text}" for text in _said(each for each in verdict.remarks if each.code == UNFILLED))
    yield f"{_row(_state(outcome), _owner(outcome), receipt.path, root, width)}{unfilled}"
    for line in (*_said((*verdict.refusals, *verdict.removals)), *_remarks(outcome), *_changed(outcome, root)):
        yield f"{INDENT}{line}"
    made_for = presentations.made_for(verdict)
    if receipt.owner and made_for and made_for != _owner(outcome):
        yield f"{INDENT}It was made for {shown(made_for)}: is it in the right folder?"
    if outcome.meant:
        folder = claimed(receipt.path, root)
        yield f"{INDENT}The folder {shown(folder)} is nobody's; did you mean `{outcome.meant}`? Then rename it."
    elif not receipt.owner and verdict.status != "refused":
        file = _for_make(receipt.path.relative_to(root))
        yield f"{INDENT}Whose is it? make collect FILE={file} AS=<seminar>/<speaker>"


def _for_make(file: Path) -> str:
    """Return a path so that neither the shell nor make reads a command in it: its name comes from outside."""
    return shlex.quote(shown(file.as_posix(), 300).replace("$", "$$"))


def _remarks(outcome: Outcome) -> Iterator[str]:
    count = len(gathered(outcome.receipt.verdict.remarks))
    remarks = number_of(count, "remark") if count else "Report"
    if outcome.report:
        yield f"{remarks} for the speaker: {outcome.report}"
    elif count and not outcome.receipt.owner:
        yield f"{remarks} for the speaker, once it is assigned"


def _changed(outcome: Outcome, root: Path) -> Iterator[str]:
    """Yield what the title slide says otherwise than the sources, and the command that would change them."""
    found = outcome.changes
    if found is None or outcome.receipt.superseded:
        return
    for before, after in found.pairs:
        yield f"The title slide says “{after}” instead of “{before}”."
    if outcome.patch:
        folder = "" if root == Path() else f"-d {shlex.quote(str(root))} "
        yield f"If the speaker is right, change {'these lines' if len(found.edits) > 1 else 'this line'} in an editor:"
        yield from (f"  {found.path}:{line}: {text}" for line, text in found.edits)
        yield f"This command does the same: patch {folder}-p1 < {shlex.quote(str(outcome.patch))}"
        if found.also:
            yield f"The line also stands in {', '.join(found.also)}."
    for why in found.unsure:
        yield f"Look at {found.path}: {why}."


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return wide + sum(not unicodedata.combining(sign) for sign in text)


def _said(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings in English as staff can use them, those that say the same as one."""
    from pipeline.collect.verdict import plain, sentence

    for finding, slides in gathered(map(plain, findings)):
        several = "s" if "," in slides or "–" in slides else ""
        yield (f"slide{several} {slides}: " if slides else "") + sentence(finding)


def status(root: Path, output: Path) -> list[str]:
    """Return the board of all speakers' decks as lines, and write it as a page."""
    from pipeline.build.check import read
    from pipeline.workflows import presentations

    series = read(root)
    boards = presentations.board(root, output, series, datetime.now(UTC).date())
    lines: list[str] = []
    width = max((_width(_named(row)) for board in boards for row in board.rows), default=0)
    for board in boards:
        lines += ["", _standing(board)] if lines else [_standing(board)]
        for row in board.rows:
            state = _accepted(row) if row.accepted else STATES["refused"] if row.returned else "missing"
            made = "deck made" if row.made else "no deck yet"
            lines.append(f"  {_padded(_named(row), width)}  {made:11}  {state}")
    lines += [*_mending(boards), *map(str, presentations.nobodys(root, series))]
    lines.append(f"also as a page: {presentations.write_board(root, output, series, boards)}")
    return lines


def _accepted(row: Standing) -> str:
    """Return that a presentation is accepted, and what it says otherwise than the programme does today."""
    says = "; ".join(f"“{said}” instead of “{programme}”" for said, programme in row.says)
    return f"accepted, but says {says}" if says else "accepted"


def _mending(boards: Sequence[Board]) -> list[str]:
    """Return what to do where an accepted presentation says otherwise than the programme."""
    if not any(row.says for board in boards for row in board.rows):
        return []
    return [
        "Where a presentation says otherwise than the programme: ask the speaker, or change its title slide, footers",
        f"and last slide yourself in PowerPoint; {AGAIN}.",
    ]


def _named(row: Standing) -> str:
    return row.name if row.confirmed else f"{row.name} (to be confirmed)"


def _standing(board: Board) -> str:
    """Return how a seminar stands in one line: called off or not, until when, how many decks are accepted."""
    held = "" if board.status == "confirmed" else f" ({board.status})"
    days = number_of(abs(board.days), "day")
    left = f"{days} left" if board.days >= 0 else f"passed {days} ago"
    accepted = sum(row.accepted for row in board.rows)
    return f"{board.seminar}{held}: {accepted} of {len(board.rows)} accepted, return by {board.deadline} ({left})"


def inspect(file: Path, clean: str, *, as_json: bool) -> tuple[list[str], int]:
    """Return what is found in any deck, and 0 if it is acceptable, 1 if it is refused; `clean` takes the clean copy."""
    from pipeline.collect.apart import Job, judged

    if not file.is_file():
        raise ToolError(f"{file}: there is no such file")
    with tempfile.TemporaryDirectory(prefix="inspect-") as scratch:
        copy = Path(scratch) / "clean.pptx"
        ((_, verdict),) = judged([Job(path=file, copy=copy, options={})])
        if clean and copy.exists():
            _save(Path(clean), copy, file)
    code = 1 if verdict.status == "refused" else 0
    if as_json:
        return [json.dumps(_listed(verdict), ensure_ascii=False, indent=2)], code
    lines = [f"{STATES[verdict.status]}: {file}"]
    for title, findings in (
        ("taken out", verdict.removals),
        ("refused", verdict.refusals),
        ("remarks", verdict.remarks),
    ):
        lines += [f"  {title}: {text}" for text in _said(findings)]
    return lines, code


def _save(target: Path, copy: Path, source: Path) -> None:
    if target.exists() and target.samefile(source):
        raise ToolError(f"{target}: this is the file that is inspected; give the clean copy another name")
    if not target.parent.is_dir():
        raise ToolError(f"{target.parent}: there is no such folder")
    put(target, copy.read_bytes(), mode=None)


def _listed(verdict: Verdict) -> dict:
    return {key: value for key, value in asdict(verdict).items() if key != "content"}
