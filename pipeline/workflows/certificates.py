"""Certificates of attendance: issue those of a seminar, verify one, revoke one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import attendance, render
from pipeline import certificates as stage
from pipeline.attendance import Participant
from pipeline.build.check import read
from pipeline.compose import is_held
from pipeline.compose.certificate import certificate, frame, languages
from pipeline.core.csv_file import as_csv
from pipeline.core.lock import locked
from pipeline.core.problems import Problem, SourceError, ToolError, quoted
from pipeline.core.sources import Seminar, Series
from pipeline.render.to_pdf import font_files, supplied_fonts
from pipeline.workflows.attendance import attendance_of, seminar_named, unused_exports

LONGEST_NAME, LONGEST_WORD = 150, 70
"""The largest numbers of letters: so many of the widest letter fit into the frame at the smallest type size."""

LIST_COLUMNS = ("Number", "Verification code", "Name", "Email", "Language", "Minutes", "File")
FONT_FIX = "put a font that has it (.ttf or .otf, like Noto Sans for that script) into templates/fonts"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The result of issuing the certificates of a seminar.

    `needed` is the number of minutes that a person must attend, `too_short` counts those who attended less. `refused`
    are people who attended long enough, with the reason why they get no certificate. `other_languages` counts, by
    language, people who asked for a language that the series does not have; their certificates are in `language`.
    `earlier` counts valid certificates from earlier runs whose people are not entitled to one by today's exports.
    """

    folder: Path
    people: int
    present: int
    needed: int
    too_short: int
    remarks: tuple[Problem, ...]
    refused: tuple[tuple[Participant, str], ...]
    unmatched: tuple[attendance.UnmatchedAttendee, ...]
    language: str
    other_languages: Mapping[str, int]
    made: int
    changed: int
    earlier: int
    revoked: int


@dataclass(frozen=True, kw_only=True)
class _Written:
    """Counts of certificates, and by row why one could not be drawn."""

    made: int
    changed: int
    earlier: int
    revoked: int
    failed: Mapping[str, str] = field(default_factory=dict)


def issue(id: str, threshold: str, root: Path, output: Path) -> Issue:
    """Issue the certificates of a seminar to all approved people who attended for `threshold`: minutes (`60`), a share
    of the seminar (`75%`), or by default more than half of it."""
    series = read(root)
    seminar = seminar_named(id, series)
    if not is_held(seminar):
        message = f"the seminar is {seminar.status}, so it has no attendance"
        fix = "if it was held, correct its `status`"
        raise SourceError([Problem(path=f"sources/seminars/{id}.yaml", line=1, message=message, fix=fix)])
    needed = minutes_needed(threshold, seminar)
    found = _complete_attendance(seminar, series, root)
    present = [person for person in found.people if person.minutes >= needed]
    refused = _refused(present, root / "templates")
    entitled = [person for person in present if person.place not in refused]
    folder = output / id / stage.CERTIFICATES
    written = _write([_attendee(person, seminar, series) for person in entitled], seminar, series, root, folder)
    refused |= written.failed
    asked = Counter(person.language for person in entitled if person.language)
    return Issue(
        folder=folder,
        people=len(found.people),
        present=len(present),
        needed=needed,
        too_short=sum(0 < person.minutes < needed for person in found.people),
        remarks=(*unused_exports(series, root), *found.remarks),
        refused=tuple((person, refused[person.place]) for person in present if person.place in refused),
        unmatched=found.unmatched,
        language=series.locales[seminar.language].name,
        other_languages={text: count for text, count in sorted(asked.items()) if not _language(text, series)},
        made=written.made,
        changed=written.changed,
        earlier=written.earlier,
        revoked=written.revoked,
    )


def _complete_attendance(seminar: Seminar, series: Series, root: Path) -> attendance.Attendance:
    """Return the people of a seminar; raise `SourceError` if a part of its exports cannot be read."""
    found = attendance_of(seminar, series, root)
    problems = list(found.problems)
    if not problems and not found.sessions:
        message, fix = "no times of participants are in sources/registrations", "put Zoom's participants report there"
        problems = [Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message, fix=fix)]
    if problems:
        raise SourceError(problems, (*unused_exports(series, root), *found.remarks))
    return found


def minutes_needed(threshold: str, seminar: Seminar) -> int:
    """Return how many minutes a person must attend to get a certificate; by default more than half of the seminar.

    Raise `SourceError` for a threshold that is not a number or is longer than the seminar.
    """
    start, end = attendance.seminar_hours(seminar)
    length = int((end - start).total_seconds()) // 60
    if not threshold:
        return length // 2 + 1
    found = re.fullmatch(r"(\d{1,4})\s*(%?)", threshold.strip())
    needed = -(-int(found[1]) * length // 100) if found and found[2] else int(found[1]) if found else 0
    if not 0 < needed <= length:
        why = "is no number of minutes and no share"
        if found:
            why = f"is longer than the seminar ({length} minutes)" if needed else "is not above 0"
        fix = f"write minutes (1 to {length}) or a share, like 75%"
        message = f"the threshold {quoted(threshold)} {why}"
        raise SourceError([Problem(path="THRESHOLD", line=1, message=message, fix=fix)])
    return needed


def _refused(present: Sequence[Participant], templates: Path) -> dict[str, str]:
    """Return the reasons why people who attended get no certificate, by their rows."""
    namesakes = Counter(person.name_key for person in present)
    letters = _letters(templates) if any(not person.name.isascii() for person in present) else frozenset()
    reasons = {person.place: _reason(person, namesakes[person.name_key] > 1, letters) for person in present}
    return {place: reason for place, reason in reasons.items() if reason}


def _reason(person: Participant, has_namesake: bool, letters: frozenset[int]) -> str:
    """Return the reason why a person who attended gets no certificate, or an empty string."""
    if person.approval != "approved":
        return f"the registration is {person.approval}"
    if not person.name_key or person.name == person.address:
        return "no name is registered"
    if has_namesake and not person.keys:
        return "another person has the same name, and this row has no address; write an address into the row"
    if person.by_joining and "(" in person.name:
        return "the row has two names and no registration; leave only the name to be printed in the row"
    if len(person.name) > LONGEST_NAME:
        return f"the name has {len(person.name)} letters; the certificate has room for {LONGEST_NAME}"
    longest = max(map(len, person.name.split()))
    if longest > LONGEST_WORD:
        return f"the name has a word of {longest} letters; the certificate has room for {LONGEST_WORD}"
    lacking = "" if person.name.isascii() else stage.missing_characters(person.name, letters)
    return f"no font here has {lacking}; {FONT_FIX}" if lacking else ""


def _letters(templates: Path) -> frozenset[int]:
    """Return every character that can be printed; raise `SourceError` for a supplied font that cannot be read."""
    readable = font_files(templates)
    fix = "put a .ttf or .otf file here, or delete it"
    problems = [
        Problem(path=path.relative_to(templates.parent).as_posix(), line=1, message="this font cannot be read", fix=fix)
        for path in supplied_fonts(templates)
        if path not in readable
    ]
    if problems:
        raise SourceError(problems)
    return stage.characters_of(readable)


def _language(text: str, series: Series) -> str:
    """Return the language that a person asked for, or an empty string if the series does not have it."""
    return attendance.language(text, {language: series.locales[language].name for language in languages(series)})


def _attendee(person: Participant, seminar: Seminar, series: Series) -> stage.Attendee:
    """Return a person for the register, in the language that the person asked for if the series has it."""
    return stage.Attendee(
        name=person.name,
        address=person.address,
        place=person.place,
        keys=person.keys,
        name_key=person.name_key,
        language=(_language(person.language, series) if person.language else "") or seminar.language,
        minutes=person.minutes,
    )


def _write(attendees: Sequence[stage.Attendee], seminar: Seminar, series: Series, root: Path, folder: Path) -> _Written:
    """Write the register first and the files after it: the next run continues where a stopped one ended."""
    with locked(folder.parents[1]), stage.Register.opened(root) as register:
        if sum(register.counts(seminar.id).values()) and not register.personal_rows(seminar.id):
            message = f"the personal data of {seminar.id} has been purged: no certificate is issued any more"
            raise SourceError([Problem(path=stage.REGISTER.as_posix(), line=1, message=message)])
        issued = register.issue(seminar.id, seminar.title, seminar.date, attendees)
        frames = {each: frame(seminar, each, series, root) for each in sorted({one.language for one in issued})}

        def draw(one: stage.Issued) -> bytes:
            code, text = stage.shown(one.code), frames[one.language]
            document = certificate(text, name=one.name, minutes=one.minutes, number=one.number, code=code)
            return render.write("pdf", document, series.brand, root / "templates")

        written = list(zip(issued, stage.write_all(issued, folder, draw)))
        failed = {
            one.place: f"it could not be drawn ({result}); write the name in other letters"
            for one, result in written
            if isinstance(result, ToolError)
        }
        made = [one for one in issued if one.place not in failed]
        stage.write_private(folder / stage.LIST, as_csv(LIST_COLUMNS, map(_row, made)))
        counts = register.counts(seminar.id)
    return _Written(
        made=len(made),
        changed=sum(result is True for _, result in written),
        earlier=counts["valid"] - len(issued),
        revoked=counts["revoked"],
        failed=failed,
    )


def _row(one: stage.Issued) -> tuple[str, ...]:
    """Return the row of the list from which mails are made."""
    code, file = stage.shown(one.code), f"{one.number}.pdf"
    return one.number, code, one.name, one.address, one.language, str(one.minutes), file


def verify(code: str, root: Path) -> stage.Entry | None:
    """Return the register's entry for a verification code; None if no certificate has this code."""
    if not (root / stage.REGISTER).exists():
        return None
    with stage.Register.opened(root) as register:
        return register.find(code)


def revoke(text: str, root: Path, output: Path) -> stage.Entry | None:
    """Revoke the certificate with this code or number, and remove its file and its row of the list.

    Return its entry from before; None if there is no such certificate.
    """
    if not (root / stage.REGISTER).exists():
        return None
    with locked(output), stage.Register.opened(root) as register:
        found = register.find(text, numbers=True)
        if not found:
            return None
        register.revoke(found.number)
        folder = output / found.seminar / stage.CERTIFICATES
        (folder / f"{found.number}.pdf").unlink(missing_ok=True)
        if (folder / stage.LIST).is_file():
            # A spreadsheet may have saved the list with other separators and without quotes.
            row = rb'(?m)^"?' + re.escape(found.number.encode()) + rb'"?[,;\t].*\n?'
            stage.write_private(folder / stage.LIST, re.sub(row, b"", (folder / stage.LIST).read_bytes()))
    return found
