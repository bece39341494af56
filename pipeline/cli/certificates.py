"""The commands of certificates: issue, verify, revoke; what they do and what they say, as lines for `__main__`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import attendance
from pipeline import certificates as stage
from pipeline.compose import is_held
from pipeline.compose.certificate import Frame, certificate, frame, languages
from pipeline.core.csv_file import as_csv
from pipeline.core.problems import Problem, SourceError, ToolError, quoted
from pipeline.core.sources import Brand, Seminar, Series
from pipeline.core.text import number_of
from pipeline.workflows.people import Lines, attendance_of, owned_by_nobody, person_line, seminar_of, unmatched_line

LONGEST_NAME, LONGEST_WORD = 150, 70
"""Letters: so much of the widest letter fits into the frame at the smallest size."""

LIST_COLUMNS = ("Number", "Verification code", "Name", "Email", "Language", "Minutes", "File")
FONT_FIX = "put a font that has it (.ttf or .otf, like Noto Sans for that script) into templates/fonts"


def certificates(id: str, threshold: str, root: Path, output: Path) -> Lines:
    """Issue a seminar's certificates; return what is said, and 1 if somebody's could not be made."""
    from pipeline.build.check import read

    series = read(root)
    seminar = seminar_of(id, series)
    _refuse_unheld(seminar)
    needed = _needed(threshold, seminar)
    found = _attendance(seminar, series, root)
    present = [person for person in found.people if person.minutes >= needed]
    refused = _refused(present, root / "templates")
    entitled = [person for person in present if person.place not in refused]
    folder = output / id / stage.CERTIFICATES
    issue = _issue([_attendee(person, seminar, series) for person in entitled], seminar, series, root, folder)
    refused |= issue.failed
    everybody = number_of(len(found.people), "person", "people")
    return [
        f"{id}: {everybody}, {len(present)} of them there for {number_of(needed, 'minute')} or more",
        *_too_short(found.people, needed),
        *(f"  remark: {remark}" for remark in (*owned_by_nobody(series, root), *found.remarks)),
        *_refusals(present, refused),
        *(f"  joined, and matches no registration: {unmatched_line(attendee)}" for attendee in found.unmatched),
        *_languages(entitled, seminar, series),
        *_more(issue.more),
        f"{number_of(issue.made, 'certificate')} in {folder}, {issue.changed} made or changed, {issue.revoked} revoked",
    ], 1 if refused else 0


@dataclass(frozen=True, kw_only=True)
class _Issue:
    """What came of issuing: counts, and by row why a certificate could not be drawn."""

    made: int
    changed: int
    more: int
    revoked: int
    failed: Mapping[str, str]


def _issue(attendees: Sequence[stage.Attendee], seminar: Seminar, series: Series, root: Path, folder: Path) -> _Issue:
    """Write the register first and the files after it: a run that is stopped is taken up by the next one."""
    from pipeline.core.lock import locked

    with locked(folder.parents[1]), stage.Register.opened(root) as register:
        _refuse_purged(register, seminar.id)
        issued = register.issue(seminar.id, seminar.title, seminar.date, attendees)
        draw = partial(_drawn, frames=_frames(issued, seminar, series, root), brand=series.brand, root=root)
        written = list(zip(issued, stage.write_all(issued, folder, draw)))
        failed = {one.place: _undrawn(result) for one, result in written if isinstance(result, ToolError)}
        made = [one for one in issued if one.place not in failed]
        stage.write_private(folder / stage.LIST, as_csv(LIST_COLUMNS, map(_listed, made)))
        counts = register.counts(seminar.id)
    return _Issue(
        made=len(made),
        changed=sum(result is True for _, result in written),
        more=counts["valid"] - len(issued),
        revoked=counts["revoked"],
        failed=failed,
    )


def _more(count: int) -> Iterator[str]:
    """Yield how many certificates are valid that were not issued this time."""
    if count:
        found = number_of(count, "more was issued before and is", "more were issued before and are")
        yield f"  {found} valid; revoke one to withdraw it"


def _too_short(people: Sequence[attendance.Participant], needed: int) -> Iterator[str]:
    """Yield how many people were there and not long enough."""
    count = sum(0 < person.minutes < needed for person in people)
    if count:
        yield f"  there for less than the {needed} minutes that are needed, and without a certificate: {count}"


def _refusals(present: Sequence[attendance.Participant], refused: Mapping[str, str]) -> Iterator[str]:
    """Yield everybody who was there and gets nothing, with the row and what mends it."""
    for person in present:
        if person.place in refused:
            yield f"  no certificate: {person_line(person)}: {refused[person.place]}"


def _languages(people: Sequence[attendance.Participant], seminar: Seminar, series: Series) -> Iterator[str]:
    """Yield how many people asked for a language in which there are no certificates."""
    own = series.locales[seminar.language].name
    for text, count in sorted(Counter(person.language for person in people if person.language).items()):
        if not _language(text, series):
            yield f"  remark: no certificates in {quoted(text)}; {count} in the seminar's language ({own}) instead"


def _attendance(seminar: Seminar, series: Series, root: Path) -> attendance.Attendance:
    """Return the people of a seminar; raise `SourceError` unless all that its exports say is understood."""
    found = attendance_of(seminar, series, root)
    remarks = (*owned_by_nobody(series, root), *found.remarks)
    if found.problems:
        raise SourceError(found.problems, remarks)
    if not found.sessions:
        message, fix = "no times of participants are in sources/registrations", "put Zoom's participants report there"
        problem = Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message, fix=fix)
        raise SourceError([problem], remarks)
    return found


def _needed(threshold: str, seminar: Seminar) -> int:
    """Return the minutes to be attended: as given (60), as a share of the seminar (75%), or else more than half."""
    start, end = attendance.seminar_hours(seminar)
    whole = int((end - start).total_seconds()) // 60
    if not threshold:
        return whole // 2 + 1
    found = re.fullmatch(r"(\d{1,4})\s*(%?)", threshold.strip())
    needed = -(-int(found[1]) * whole // 100) if found and found[2] else int(found[1]) if found else 0
    if not 0 < needed <= whole:
        why = "is no number of minutes and no share"
        if found:
            why = f"is longer than the seminar ({whole} minutes)" if needed else "is not above 0"
        fix = f"write minutes (1 to {whole}) or a share, like 75%"
        message = f"the threshold {quoted(threshold)} {why}"
        raise SourceError([Problem(path="THRESHOLD", line=1, message=message, fix=fix)])
    return needed


def _refused(present: Sequence[attendance.Participant], templates: Path) -> dict[str, str]:
    """Return why people who were there get no certificate, by their rows."""
    namesakes = Counter(person.name_key for person in present)
    letters = _letters(templates) if any(not person.name.isascii() for person in present) else frozenset()
    reasons = {person.place: _reason(person, namesakes[person.name_key] > 1, letters) for person in present}
    return {place: reason for place, reason in reasons.items() if reason}


def _reason(person: attendance.Participant, has_namesake: bool, letters: Collection[int]) -> str:
    """Return why a person who was there gets no certificate, or nothing."""
    if person.approval != "approved":
        return f"the registration is {person.approval}"
    if not person.name_key or person.name == person.address:
        return "no name is registered"
    if has_namesake and not person.keys:
        return "nothing tells this person from another of the same name; write an address into the row"
    if person.by_joining and "(" in person.name:
        return "two names stand there, and nobody registered; leave the one to be printed in the row"
    if len(person.name) > LONGEST_NAME:
        return f"the name has {len(person.name)} letters; the certificate has room for {LONGEST_NAME}"
    longest = max(map(len, person.name.split()))
    if longest > LONGEST_WORD:
        return f"the name has a word of {longest} letters; the certificate has room for {LONGEST_WORD}"
    lacking = "" if person.name.isascii() else stage.missing_characters(person.name, letters)
    return f"no font here has {lacking}; {FONT_FIX}" if lacking else ""


def _undrawn(error: ToolError) -> str:
    """Return what is said of a name that has letters in the fonts and still cannot be drawn."""
    return f"it could not be drawn ({error}); write the name in other letters"


def _letters(templates: Path) -> frozenset[int]:
    """Return every letter that can be printed; a supplied font that cannot be read is a `SourceError`."""
    from pipeline.render.to_pdf import font_files, supplied_fonts

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
    """Return the language in which a certificate is asked for, or nothing if the series does not have it."""
    return attendance.language(text, {language: series.locales[language].name for language in languages(series)})


def _attendee(person: attendance.Participant, seminar: Seminar, series: Series) -> stage.Attendee:
    """Return a person for the register, in the language that was asked for if the series has it."""
    return stage.Attendee(
        name=person.name,
        address=person.address,
        place=person.place,
        keys=person.keys,
        name_key=person.name_key,
        language=(_language(person.language, series) if person.language else "") or seminar.language,
        minutes=person.minutes,
    )


def _refuse_unheld(seminar: Seminar) -> None:
    """Raise `SourceError` for a seminar that is called off: exports of a rehearsal, say, are not those of it."""
    if not is_held(seminar):
        message = f"the seminar is {seminar.status}, so nobody can have been there"
        fix = "if it was held, say so in its `status`"
        raise SourceError([Problem(path=f"sources/seminars/{seminar.id}.yaml", line=1, message=message, fix=fix)])


def _refuse_purged(register: stage.Register, id: str) -> None:
    if sum(register.counts(id).values()) and not register.personal_rows(id):
        message = f"the personal data of {id} has been purged: no certificate is issued any more"
        raise SourceError([Problem(path=stage.REGISTER.as_posix(), line=1, message=message)])


def _frames(issued: Sequence[stage.Issued], seminar: Seminar, series: Series, root: Path) -> dict[str, Frame]:
    return {language: frame(seminar, language, series, root) for language in sorted({i.language for i in issued})}


def _drawn(issued: stage.Issued, frames: Mapping[str, Frame], brand: Brand, root: Path) -> bytes:
    """Return one certificate as PDF."""
    from pipeline.render import write

    name, minutes, number = issued.name, issued.minutes, issued.number
    document = certificate(
        frames[issued.language], name=name, minutes=minutes, number=number, code=stage.shown(issued.code)
    )
    return write("pdf", document, brand, root / "templates")


def _listed(issued: stage.Issued) -> tuple[str, ...]:
    """Return the row of the list from which mails are made."""
    file = f"{issued.number}.pdf"
    code = stage.shown(issued.code)
    return (issued.number, code, issued.name, issued.address, issued.language, str(issued.minutes), file)
