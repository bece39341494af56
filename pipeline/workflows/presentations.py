"""Returned presentations: judge and place them, write the reports, and show which speakers have returned theirs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipeline import render
from pipeline.build.check import read
from pipeline.collect.accepted import (
    PRESENTATIONS,
    Owner,
    Slide,
    accepted_copy,
    accepted_files,
    made_here,
    place,
    slide_of,
)
from pipeline.collect.apart import Job, judged
from pipeline.collect.sent import Sent
from pipeline.compose import is_held, turns
from pipeline.compose import report as pages
from pipeline.core.atomic import put, recover
from pipeline.core.problems import Problem, SourceError, ToolError, closest
from pipeline.core.sources import Locale, Seminar, Series
from pipeline.core.verdicts import Board, SpeakerState, Verdict
from pipeline.load import load_locale
from pipeline.workflows.returned_files import (
    RETURNED,
    Receipt,
    assign,
    folder_named,
    owner_named,
    owner_of,
    returned_files,
)
from pipeline.workflows.title_slide import Changes, agreeing, changes, outdated, texts_on_slide

CACHE, SCRATCH = ".cache", "returned-"
"""The folder of the cache in the output, and the prefix of its subfolder for clean copies that are not placed yet."""
STAFF = "en"
"""The language of findings for staff; without its locale file, the first working language of the series is used."""
REPORT, PATCH = "report.html", "changes.patch"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One returned file: its receipt, the differences of its title slide from the programme, and the patch file.

    The `report` is written for the speaker's newest file only. If no speaker has the name of the file's folder, `meant`
    is the speaker with the most similar name, as seminar/speaker.
    """

    receipt: Receipt
    meant: str = ""
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
    assigned: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The returned presentations by seminar, the path of the `page` that shows them, and `unclaimed` as above."""

    boards: tuple[Board, ...]
    unclaimed: tuple[Problem, ...]
    page: Path


def collect(root: Path, output: Path, assignment: tuple[Path, str] | None = None) -> Collected:
    """Judge every returned file, place the newest acceptable one of each speaker, and write each speaker's report.

    With an `assignment`, a file and its speaker as seminar/speaker, first put a copy of it into the speaker's folder.
    """
    series = read(root)
    copy = assigned(root, series, *assignment) if assignment else None
    outcomes, not_judged = judge_all(root, output, series)
    boards = board(root, output, series, datetime.now(UTC).date())
    return Collected(
        outcomes=tuple(outcomes),
        not_judged=not_judged,
        boards=tuple(boards),
        unclaimed=tuple(unclaimed(root, series)),
        locale=series.locales.get(STAFF, series.locales[series.working_languages[0]]),
        assigned=copy,
    )


def status(root: Path, output: Path) -> Overview:
    """Return which speakers have a deck and which have returned it, and write this as a page."""
    series = read(root)
    boards = board(root, output, series, datetime.now(UTC).date())
    found = unclaimed(root, series)
    document = pages.status(boards, [problem.path for problem in found], series, root)
    page = output / "status.html"
    put(page, render.write("html", document, series.brand, root / "templates"))
    return Overview(boards=tuple(boards), unclaimed=tuple(found), page=page)


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


def judge_all(root: Path, output: Path, series: Series) -> tuple[list[Outcome], dict[Path, str]]:
    """Return the outcome of each returned file, oldest first, and why the others in the folder were not judged."""
    for folder in (PRESENTATIONS, RETURNED):
        recover(root / folder)
    scratch = _new_scratch(output)
    files, others = returned_files(root, _expected(series))
    try:
        receipts = _judged(files, root, scratch, series)
        newest: dict[Owner | None, Receipt] = {
            r.owner: r for r in receipts if r.owner and r.verdict.status != "refused"
        }
        outcomes = [_settled(receipt, newest, root, series) for receipt in receipts]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    last = {outcome.receipt.owner: outcome for outcome in outcomes}
    return [_report(o, root, output, series) if last[o.receipt.owner] is o else o for o in outcomes], others


def _new_scratch(output: Path) -> Path:
    """Return a new folder for clean copies; delete old ones, where a child process of a killed run may still write."""
    cache = output / CACHE
    cache.mkdir(parents=True, exist_ok=True)
    for left in cache.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=SCRATCH, dir=cache))


def _judged(files: list[Path], root: Path, scratch: Path, series: Series) -> list[Receipt]:
    """Return the receipts of returned files, in their order."""
    languages = {seminar.id: series.locales[seminar.language].tag for seminar in series.seminars.values()}
    options = {"keep_notes": series.returns.keep_notes, "minutes": series.minutes.presentation, "languages": languages}
    options["sent"] = _sent(series)
    jobs = [
        Job(path=path, copy=scratch / f"{number}.pptx", options=options | {"seminar": _seminar(path, root)})
        for number, path in enumerate(files)
    ]
    verdicts = {job.path: verdict for job, verdict in judged(jobs)}
    return [
        Receipt(path=job.path, verdict=verdict, owner=_owner(job.path, verdict, root, series), copy=job.copy)
        for job in jobs
        for verdict in (verdicts[job.path],)
    ]


def _sent(series: Series) -> Sent:
    """Return the titles, in every language of the series, of the slides that are sent out complete."""
    words = [locale.words for locale in series.locales.values()]
    given = frozenset(each[name] for each in words for name in ("further_reading", "thanks"))
    return Sent(rules=frozenset(each["house_rules"] for each in words), given=given)


def _seminar(path: Path, root: Path) -> str:
    """Return the seminar whose folder contains a file, or an empty string."""
    steps = path.relative_to(root / RETURNED).parts
    return steps[0] if len(steps) > 1 else ""


def _owner(path: Path, verdict: Verdict, root: Path, series: Series) -> Owner | None:
    return owner_of(path, verdict, root, series.id, _expected(series))


def _expected(series: Series) -> dict[str, list[str]]:
    """Return the folder names of all speakers, by seminar."""
    return {seminar.id: [turn.folder for turn in turns(seminar)] for seminar in series.seminars.values()}


def _meant(name: str, series: Series) -> str:
    """Return the seminar/speaker that is most similar to an unknown one; an empty string if none is similar."""
    expected = _expected(series)
    seminar, _, speaker = name.partition("/")
    seminar = seminar if seminar in expected else closest(seminar, expected)
    speaker = closest(speaker, expected.get(seminar, ()))
    return f"{seminar}/{speaker}" if speaker else ""


def _settled(receipt: Receipt, newest: Mapping[Owner | None, Receipt], root: Path, series: Series) -> Outcome:
    """Place the file of a receipt, unless the speaker has sent a newer one, and return the outcome."""
    owner, folder = receipt.owner, folder_named(receipt.path, root)
    meant = "" if not folder or owner_named(folder, _expected(series)) else _meant(folder, series)
    if not owner:
        return Outcome(receipt=receipt, meant=meant)
    sent = pages.speaker_title_texts(owner.seminar, owner.speaker, series, root)
    seminar = series.seminars[owner.seminar]
    person = next(series.people[turn.person] for turn in turns(seminar) if turn.folder == owner.speaker)
    own = made_for(receipt.verdict) == f"{owner.seminar}/{owner.speaker}"
    others = [each for each in series.seminars.values() if each is not seminar and person.id in each.people]
    slide = _slide(receipt.verdict, slide_of(accepted_copy(owner, root)), sent) if own else Slide()
    found = changes(receipt.verdict, sent, person, seminar, root, others, slide.agreed) if own else None
    if newest.get(owner) is not receipt:
        superseded = receipt.verdict.status != "refused"
        return Outcome(receipt=replace(receipt, superseded=superseded), meant=meant, changes=found)
    place(receipt.copy.read_bytes(), slide, owner, root)
    return Outcome(receipt=replace(receipt, placed=True), meant=meant, changes=found)


def _slide(verdict: Verdict, before: Slide, sent: Mapping[str, str]) -> Slide:
    """Return the texts of a title slide, and which agree with the programme now or agreed in the copy `before`."""
    found = texts_on_slide(verdict, sent)
    return Slide(says=found, agreed=agreeing(found, sent) | (agreeing(found, before.says) & set(before.agreed)))


def made_for(verdict: Verdict) -> str:
    """Return the seminar/speaker that a deck was made for; an empty string if this program did not make it."""
    identity = verdict.identity
    return f"{identity['seminar']}/{identity['speaker']}" if {"seminar", "speaker"} <= identity.keys() else ""


def _report(outcome: Outcome, root: Path, output: Path, series: Series) -> Outcome:
    """Write the report for a speaker and the patch for staff, and return the outcome with their paths."""
    owner, found = outcome.receipt.owner, outcome.changes
    if owner is None:
        return outcome
    pairs = found.pairs if found else ()
    document = pages.report(outcome.receipt.verdict, pairs, owner.seminar, owner.speaker, series, root)
    folder = output / owner.seminar / "speakers" / owner.speaker
    put(folder / REPORT, render.write("html", document, series.brand, root / "templates"))
    outcome = replace(outcome, report=folder / REPORT)
    if not found or not found.patch:
        (folder / PATCH).unlink(missing_ok=True)
        return outcome
    put(folder / PATCH, found.patch.encode())
    return replace(outcome, patch=folder / PATCH)


def assigned(root: Path, series: Series, file: Path, name: str) -> Path:
    """Return the copy of `file` in the folder of the speaker `name` (seminar/speaker), or raise `SourceError`."""
    owner = owner_named(name, _expected(series))
    if owner is None:
        meant = _meant(name, series)
        fix = f"did you mean `{meant}`?" if meant else "write AS=<seminar>/<speaker>"
        raise SourceError([Problem(path=str(file), line=1, message=f"no speaker is called `{name}`", fix=fix)])
    return assign(file, owner, root)


def unclaimed(root: Path, series: Series) -> list[Problem]:
    """Return a problem for each accepted presentation whose speaker is not in the programme: no package contains it."""
    expected, found = _expected(series), []
    for path in accepted_files(root):
        folder, file = path.relative_to(root / PRESENTATIONS).parent.as_posix(), path.relative_to(root).as_posix()
        if path.stem in expected.get(folder, ()):
            continue
        meant = _meant(f"{folder}/{path.stem}", series)
        free = meant and not (root / PRESENTATIONS / f"{meant}.pptx").exists()
        message = "belongs to no speaker of the programme, so no package contains it"
        fix = f"did you mean `{meant}`? Rename it" if free else "rename it"
        fix += ", with the .json beside it, or delete both"
        found.append(Problem(path=file, line=1, message=message, fix=fix))
    return found


def board(root: Path, output: Path, series: Series, today: date) -> list[Board]:
    """Return for each seminar which speakers have a deck, which have returned it, and how many days are left."""
    return [_board(seminar, root, output, series, today) for _, seminar in sorted(series.seminars.items())]


def _board(seminar: Seminar, root: Path, output: Path, series: Series, today: date) -> Board:
    deadline = seminar.date - timedelta(days=series.returns.days_before)
    rows = []
    for turn in turns(seminar):
        folder = output / seminar.id / "speakers" / turn.folder
        copy = accepted_copy(Owner(seminar=seminar.id, speaker=turn.folder), root)
        accepted = made_here(copy)
        person = series.people[turn.person]
        rows.append(
            SpeakerState(
                speaker=turn.folder,
                name=f"{person.given} {person.family}",
                confirmed=seminar.segments[turn.segment].speakers[turn.slot].confirmed,
                made=any(folder.glob("*.pptx")),
                returned=(folder / REPORT).exists(),
                accepted=accepted,
                says=_outdated(slide_of(copy), seminar, turn.folder, series, root) if accepted else (),
            )
        )
    days = (deadline - today).days
    return Board(seminar=seminar.id, status=seminar.status, deadline=deadline, days=days, rows=tuple(rows))


def _outdated(slide: Slide, seminar: Seminar, speaker: str, series: Series, root: Path) -> tuple[tuple[str, str], ...]:
    """Return each text of an accepted copy that is out of date, with today's text; none if the seminar is not held."""
    if not slide.says or not is_held(seminar):
        return ()
    return tuple(outdated(slide.says, slide.agreed, pages.speaker_title_texts(seminar.id, speaker, series, root)))
