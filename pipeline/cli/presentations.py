"""Judge the presentations that speakers have returned, or a single file."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.board import STATES, accepted_in_words, say_cure
from pipeline.cli.options import Output, Root, output_of
from pipeline.collect.findings import UNFILLED, shown
from pipeline.compose.findings import gathered, sentence
from pipeline.core.lock import locked
from pipeline.core.problems import ToolError
from pipeline.core.sources import Locale
from pipeline.core.text import number_of
from pipeline.core.verdicts import Board, Finding
from pipeline.workflows import presentations as workflow
from pipeline.workflows.presentations import Outcome

OLDER, UNASSIGNED, NOT_JUDGED = "older, kept", "unassigned", "not judged"
COLOURS = {"refused": console.RED, UNASSIGNED: console.YELLOW, OLDER: console.QUIET, NOT_JUDGED: console.QUIET}
INDENT = " " * 19
"""Indents further lines about a file below its first line, which begins with its state."""
NOBODY = "–"


def collect(
    file: Annotated[Path | None, typer.Argument(help="A file in that folder, to be assigned to a speaker.")] = None,
    speaker: Annotated[str | None, typer.Argument(metavar="[SEMINAR/SPEAKER]", help="The speaker of the file.")] = None,
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Judge the presentations in sources/returned.

    Clean copies are put in place; each speaker gets a report. The returned files are not changed.
    """
    if file and not speaker:
        raise typer.BadParameter("a file needs its speaker, as SEMINAR/SPEAKER")
    assignment = (file, speaker) if file and speaker else None
    output = output_of(root, output)
    with locked(output, console.wait):
        found = workflow.collect(root, output, assignment)
    if found.assigned and found.assigned != file:
        console.say(f"{file}: copied to {found.assigned}; the copy is judged from now on")
    wide = max((console.width(_owner(outcome)) for outcome in found.outcomes), default=0)
    for outcome in found.outcomes:
        _say_outcome(outcome, found.locale, root, wide)
    for path, why in found.not_judged.items():
        _say_file(NOT_JUDGED, NOBODY, path, root, wide)
        console.say(f"{INDENT}{shown(why, 300)}")
    _say_outdated(found.boards, found.outcomes)
    for problem in found.unclaimed:
        console.say(str(problem))
    if not found.outcomes and not found.not_judged:
        console.say("Nothing in sources/returned. Put the files there, under any name, and type `make collect`.")
    else:
        states = [*map(_state, found.outcomes), *(NOT_JUDGED for _ in found.not_judged)]
        accepted = sum(state.startswith("accepted") for state in states)
        of = Counter(states) | Counter(accepted=accepted)
        counts = [
            f"{of[state]} {state}" for state in ("accepted", OLDER, "refused", UNASSIGNED, NOT_JUDGED) if of[state]
        ]
        console.say(f"{number_of(len(states), 'file')}: {', '.join(counts)}{'; `make` next' if accepted else ''}")
    return 0


def _state(outcome: Outcome) -> str:
    """Return the state of a returned file; a file without an owner is not accepted yet."""
    receipt = outcome.receipt
    if receipt.verdict.status == "refused" or receipt.placed:
        return STATES[receipt.verdict.status]
    return OLDER if receipt.superseded else UNASSIGNED


def _owner(outcome: Outcome) -> str:
    owner = outcome.receipt.owner
    return f"{owner.seminar}/{owner.speaker}" if owner else NOBODY


def _say_file(state: str, owner: str, path: Path, root: Path, wide: int, more: str = "") -> None:
    """Print the first line about a file."""
    columns = (
        console.pad(state, len(INDENT) - 2),
        console.pad(owner, wide),
        shown(path.relative_to(root).as_posix(), 300),
    )
    console.say("  ".join(columns) + more, COLOURS.get(state, console.GREEN))


def _say_outcome(outcome: Outcome, locale: Locale, root: Path, wide: int) -> None:
    receipt, verdict = outcome.receipt, outcome.receipt.verdict
    unfilled = _sentences((each for each in verdict.remarks if each.code == UNFILLED), locale)
    more = "".join(f"  {text}" for text in unfilled)
    _say_file(_state(outcome), _owner(outcome), receipt.path, root, wide, more)
    for line in _sentences((*verdict.refusals, *verdict.removals), locale):
        console.say(f"{INDENT}{line}")
    remarks = len(gathered(verdict.remarks))
    if outcome.report:
        console.say(
            f"{INDENT}{number_of(remarks, 'remark') if remarks else 'Report'} for the speaker: {outcome.report}"
        )
    elif remarks and not receipt.owner:
        console.say(f"{INDENT}{number_of(remarks, 'remark')} for the speaker, once it is assigned")
    for line in _changes(outcome, root):
        console.say(f"{INDENT}{line}")
    made_for = workflow.made_for(verdict)
    if receipt.owner and made_for and made_for != _owner(outcome):
        console.say(f"{INDENT}It was made for {shown(made_for)}: is it in the right folder?")
    if receipt.why:
        console.say(f"{INDENT}{shown(receipt.why, 300)}")
    if outcome.wrong:
        console.say(f"{INDENT}{shown(outcome.wrong, 300)}")
    if not receipt.owner and not receipt.why and "did you mean" not in outcome.wrong and verdict.status != "refused":
        # The sender chose the name of the file: neither the shell nor make may run a command in it.
        name = shown(receipt.path.relative_to(root).as_posix(), 300).replace("$", "$$")
        console.say(f"{INDENT}Whose is it? make collect FILE={shlex.quote(name)} AS=<seminar>/<speaker>")


def _changes(outcome: Outcome, root: Path) -> Iterator[str]:
    """Yield lines about the differences between title slide and sources, and the command that changes the sources."""
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
            yield f"The line is also printed in {', '.join(found.also)}."
    for why in found.unsure:
        yield f"Look at {found.path}: {why}."


def _say_outdated(boards: Sequence[Board], outcomes: Sequence[Outcome]) -> None:
    """Print which accepted presentations differ from the programme, unless a line above has the same difference."""
    changed = [(_owner(outcome), outcome.changes.pairs) for outcome in outcomes if outcome.changes]
    above = {(owner, (after, before)) for owner, pairs in changed for before, after in pairs}
    found = False
    for board in boards:
        for row in board.rows:
            owner = f"{board.seminar}/{row.speaker}"
            says = tuple(each for each in row.says if (owner, each) not in above)
            if says:
                console.say(f"{owner}: {accepted_in_words(replace(row, says=says))}", console.YELLOW)
                found = True
    if found:
        say_cure()


def _sentences(findings: Iterable[Finding], locale: Locale | None) -> Iterator[str]:
    """Yield the findings as sentences for staff, equal findings once; without a locale, only their codes."""
    for finding, slides in gathered(findings):
        several = "s" if "," in slides or "–" in slides else ""
        text = sentence(finding, locale) if locale else f"{finding.code} {finding.where} {finding.detail}".strip()
        yield (f"slide{several} {slides}: " if slides else "") + text


def inspect(
    file: Annotated[Path, typer.Argument(help="A presentation.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="CLEAN.pptx", help="Where the clean copy goes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the complete verdict, for programs.")] = False,
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Judge a single presentation.

    Exit code 0: accepted or cleaned; 1: refused; 2: there is no such file.
    """
    if not file.is_file():
        raise ToolError(f"{file}: there is no such file")
    verdict = workflow.inspect(file, out)
    if as_json:
        listed = {key: value for key, value in asdict(verdict).items() if key != "content"}
        console.say(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        console.say(f"{STATES[verdict.status]}: {file}", COLOURS.get(verdict.status, console.GREEN))
        locale = workflow.staff_locale(root)
        groups = (("removed", verdict.removals), ("refused", verdict.refusals), ("remark", verdict.remarks))
        for title, findings in groups:
            for text in _sentences(findings, locale):
                console.say(f"  {title}: {text}")
    return 1 if verdict.status == "refused" else 0
