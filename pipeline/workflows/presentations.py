"""Judge returned presentations, put the accepted ones in place, and write the speakers' reports."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import render
from pipeline.build.accepted import PRESENTATIONS, Owner, Slide, accepted_copy, place, slide_of
from pipeline.build.check import read
from pipeline.collect.child import Job, Mistake
from pipeline.collect.original import Original
from pipeline.collect.workers import judged, start_server
from pipeline.compose import View, turns
from pipeline.compose import report as pages
from pipeline.core.atomic import put, recover
from pipeline.core.problems import Problem, SourceError, ToolError
from pipeline.core.sources import Locale, Series
from pipeline.core.verdicts import Board, Verdict
from pipeline.load import load_locale
from pipeline.workflows.board import board, unclaimed
from pipeline.workflows.returned_files import (
    RETURNED,
    Receipt,
    assign,
    expected_speakers,
    owner_named,
    owner_of,
    returned_files,
    shared,
    similar,
    wrong_folder,
)
from pipeline.workflows.title_changes import Changes, changes
from pipeline.workflows.title_slide import agreeing, texts_on_slide

CACHE, SCRATCH = ".cache", "returned-"
"""The folder of the cache in the output, and the prefix of its subfolder for clean copies that are not placed yet."""
STAFF = "en"
"""The language of findings for staff; without its locale file, the first working language of the series is used."""
PATCH = "changes.patch"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One returned file: its receipt, the differences of its title slide from the programme, and the patch file.

    The `report` is written for the speaker's newest file only. `wrong` says that no speaker has the name of the file's
    folder, and which folder was probably meant.
    """

    receipt: Receipt
    wrong: str = ""
    changes: Changes | None = None
    patch: Path | None = None
    report: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Collected:
    """All returned files, oldest first, and the reasons why other files in the folder were not judged.

    `assigned` is the path of a file that was assigned to a speaker, `unclaimed` are accepted presentations of people
    who are not in the programme. `locale` has the words for staff.
    """

    outcomes: tuple[Outcome, ...]
    not_judged: Mapping[Path, str]
    boards: tuple[Board, ...]
    unclaimed: tuple[Problem, ...]
    locale: Locale
    assigned: Path | None


def collect(root: Path, output: Path, assignment: tuple[Path, str] | None = None) -> Collected:
    """Judge every returned file, place the newest acceptable one of each speaker, and write each speaker's report.

    With an `assignment`, a file and its speaker as seminar/speaker, first put a copy of it into the speaker's folder.
    """
    start_server()
    series = read(root, templates=[pages.REPORT])
    expected = expected_speakers(series)
    copy = _assigned(*assignment, root, expected) if assignment else None
    for folder in (PRESENTATIONS, RETURNED):
        recover(root / folder)
    files, not_judged = returned_files(root, expected)
    view_of = pages.views(series, root)
    with _scratch(output) as scratch:
        receipts, mistakes = _receipts(files, root, scratch, series, expected)
        acceptable = [receipt for receipt in receipts if receipt.owner and receipt.verdict.status != "refused"]
        newest = {receipt.owner: receipt for receipt in acceptable}
        outcomes = [_settled(receipt, newest, root, series, expected, view_of) for receipt in receipts]
    last = {outcome.receipt.owner: outcome for outcome in outcomes}
    outcomes = [_report(o, root, output, view_of) if last[o.receipt.owner] is o else o for o in outcomes]
    if mistakes:  # raised only now, so that one file does not keep those of other speakers from being placed
        raise mistakes
    return Collected(
        outcomes=tuple(outcomes),
        not_judged=not_judged,
        boards=tuple(board(root, output, series, view_of, datetime.now(UTC).date())),
        unclaimed=tuple(unclaimed(root, series)),
        locale=series.locales.get(STAFF, series.locales[series.working_languages[0]]),
        assigned=copy,
    )


def inspect(file: Path, clean: Path | None) -> Verdict:
    """Return the verdict on any deck; `clean` takes the clean copy."""
    with tempfile.TemporaryDirectory(prefix="inspect-") as scratch:
        copy = Path(scratch) / "clean.pptx"
        ((_, verdict),) = judged([Job(path=file, copy=copy, options={})])
        if clean and copy.exists():
            if clean.exists() and clean.samefile(file):
                raise ToolError(f"{clean}: this is the file that is inspected; give the clean copy another name")
            if not clean.parent.is_dir():
                raise ToolError(f"{clean.parent}: there is no such folder")
            put(clean, copy.read_bytes(), mode=None)
    return verdict


def staff_locale(root: Path) -> Locale | None:
    """Return the words for staff from the project, else from the folder of this program; None if neither has them,
    for example if the program was installed without a project."""
    for folder in (root, Path(__file__).parents[2]):
        if (folder / f"templates/locales/{STAFF}.yaml").is_file():
            return load_locale(folder, STAFF)
    return None


def made_for(verdict: Verdict) -> str:
    """Return the seminar/speaker that a deck was made for; an empty string if this program did not make it."""
    identity = verdict.identity
    return f"{identity['seminar']}/{identity['speaker']}" if {"seminar", "speaker"} <= identity.keys() else ""


def _assigned(file: Path, name: str, root: Path, expected: Mapping[str, list[str]]) -> Path:
    """Return the copy of `file` in the folder of the speaker `name` (seminar/speaker), or raise `SourceError`."""
    owner = owner_named(name, expected)
    if owner is None:
        meant = similar(name, expected)
        fix = f"did you mean `{meant}`?" if meant else "write AS=<seminar>/<speaker>"
        raise SourceError([Problem(path=str(file), line=1, message=f"no speaker is called `{name}`", fix=fix)])
    return assign(file, owner, root)


@contextmanager
def _scratch(output: Path) -> Iterator[Path]:
    """Yield a new folder for clean copies; delete old ones, where a child process of a killed run may still write."""
    cache = output / CACHE
    cache.mkdir(parents=True, exist_ok=True)
    for left in cache.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=cache, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _receipts(
    files: list[Path], root: Path, scratch: Path, series: Series, expected: Mapping[str, list[str]]
) -> tuple[list[Receipt], ExceptionGroup[Mistake] | None]:
    """Return the receipts of returned files, in their order, and the mistakes of this program over the others."""
    options = {
        "keep_notes": series.returns.keep_notes,
        "minutes": series.minutes.presentation,
        "languages": {seminar.id: series.locales[seminar.language].tag for seminar in series.seminars.values()},
        "original": _original(series),
    }
    jobs = []
    for number, path in enumerate(files):
        steps = path.relative_to(root / RETURNED).parts
        seminar = steps[0] if len(steps) > 1 else ""
        jobs.append(Job(path=path, copy=scratch / f"{number}.pptx", options=options | {"seminar": seminar}))
    verdicts: dict[Path, Verdict] = {}
    mistakes = None
    try:
        for job, verdict in judged(jobs):
            verdicts[job.path] = verdict
    except* Mistake as group:
        mistakes = group
    twice = shared(files, root, expected)
    receipts = []
    for job in (job for job in jobs if job.path in verdicts):
        verdict, why = verdicts[job.path], twice.get(job.path, "")
        owner = None if why else owner_of(job.path, verdict, root, series.id, expected)
        receipts.append(Receipt(path=job.path, verdict=verdict, owner=owner, copy=job.copy, why=why))
    return receipts, mistakes


def _original(series: Series) -> Original:
    """Return the titles of the slides that are sent out complete, and the notes, in every language of the series."""
    words = [locale.words for locale in series.locales.values()]
    given = frozenset(each[name] for each in words for name in ("further_reading", "thanks"))
    notes = frozenset(
        series.locales[language].words["note_question"].format(question=question)
        for language, texts in series.texts.items()
        for questions in texts.speakers.questions.values()
        for question in questions
    )
    return Original(rules=frozenset(each["house_rules"] for each in words), given=given, notes=notes)


def _settled(
    receipt: Receipt,
    newest: Mapping[Owner | None, Receipt],
    root: Path,
    series: Series,
    expected: Mapping[str, list[str]],
    view_of: Callable[[str], View],
) -> Outcome:
    """Place the file of a receipt, unless the speaker has sent a newer one, and return the outcome."""
    owner, verdict = receipt.owner, receipt.verdict
    wrong = wrong_folder(receipt.path, root, expected)
    if not owner:
        return Outcome(receipt=receipt, wrong=wrong)
    slide, found = Slide(), None
    if made_for(verdict) == f"{owner.seminar}/{owner.speaker}":
        sent = pages.speaker_title_texts(owner.speaker, view_of(owner.seminar))
        slide = _slide(verdict, slide_of(accepted_copy(owner, root)), sent)
        seminar = series.seminars[owner.seminar]
        person = next(series.people[turn.person] for turn in turns(seminar) if turn.folder == owner.speaker)
        others = [each for each in series.seminars.values() if each is not seminar and person.id in each.people]
        found = changes(verdict, sent, person, seminar, root, others, slide.agreed)
    if newest.get(owner) is receipt:
        place(receipt.copy.read_bytes(), slide, owner, root)
        receipt = replace(receipt, placed=True)
    else:
        receipt = replace(receipt, superseded=verdict.status != "refused")
    return Outcome(receipt=receipt, wrong=wrong, changes=found)


def _slide(verdict: Verdict, before: Slide, sent: Mapping[str, str]) -> Slide:
    """Return the texts of a title slide, and which agree with the programme now or agreed in the copy `before`."""
    found = texts_on_slide(verdict, sent)
    return Slide(says=found, agreed=agreeing(found, sent) | (agreeing(found, before.says) & set(before.agreed)))


def _report(outcome: Outcome, root: Path, output: Path, view_of: Callable[[str], View]) -> Outcome:
    """Write the report for a speaker and the patch for staff, and return the outcome with their paths."""
    owner, found = outcome.receipt.owner, outcome.changes
    if owner is None:
        return outcome
    pairs, view = found.pairs if found else (), view_of(owner.seminar)
    document = pages.report(outcome.receipt.verdict, pairs, owner.speaker, view)
    folder = output / owner.seminar / "speakers" / owner.speaker
    put(folder / pages.REPORT, render.write("html", document, view.series.brand, root / "templates"))
    patch = folder / PATCH if found and found.patch else None
    if patch and found:
        put(patch, found.patch.encode())
    else:
        (folder / PATCH).unlink(missing_ok=True)
    return replace(outcome, report=folder / pages.REPORT, patch=patch)
