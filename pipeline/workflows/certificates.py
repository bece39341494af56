"""Certificates of attendance: show who would get one, issue those of a seminar, verify one, revoke one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import attendance, render
from pipeline import certificates as stage
from pipeline.attendance import Participant
from pipeline.build.check import read
from pipeline.build.parallel import Files, folder, in_order
from pipeline.compose import forms, is_held
from pipeline.compose.certificate import TEMPLATE, Frame, certificate, frame, languages
from pipeline.core.csv_file import as_csv
from pipeline.core.problems import Problem, SourceError, ToolError
from pipeline.core.sources import Seminar, Series
from pipeline.workflows.attendance import attendance_of, seminar_named, unused_exports
from pipeline.workflows.entitlement import minutes_needed, printed_institution, refusals

LIST_COLUMNS = ("Number", "Verification code", "Name", "Email", "Language", "Minutes", "File")
TOGETHER = 50
"""The number of certificates that one task draws, in about a second."""


@dataclass(frozen=True, kw_only=True)
class Certified:
    """Somebody who gets a certificate, in `language`; `number` is empty until it was issued."""

    person: Participant
    language: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The certificates of a seminar as they would be issued, for staff to read before they are.

    `needed` is the number of minutes that a person must attend, `too_short` counts those who attended less. `refused`
    are people who attended long enough, with the reason why they get no certificate. `other_languages` counts, by
    language, people who asked for a language that the series does not have; their certificates are in `language`.
    `earlier` counts valid certificates from earlier runs whose people are not entitled to one by today's exports.
    """

    certified: tuple[Certified, ...]
    people: int
    present: int
    needed: int
    too_short: int
    remarks: tuple[Problem, ...]
    refused: tuple[tuple[Participant, str], ...]
    unmatched: tuple[attendance.UnmatchedAttendee, ...]
    language: str
    other_languages: Mapping[str, int]
    earlier: int
    revoked: int


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The result of issuing: nothing is in `folder` unless the number of certificates was the right one (`right`).

    `unwritten` are people whose certificate could not be drawn, with the reason.
    """

    proof: Proof
    right: bool
    folder: Path
    made: int = 0
    changed: int = 0
    unwritten: tuple[tuple[Participant, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Planned:
    """A proof, and the series, the seminar and the certificates from which it is made."""

    proof: Proof
    series: Series
    seminar: Seminar
    issued: Sequence[stage.Issued]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The argument of the task `draw`: some certificates, and the part of the series that they are made from."""

    issued: Sequence[stage.Issued]
    series: Series


def proof(id: str, threshold: str, root: Path) -> Proof:
    """Return who would get a certificate of a seminar; nothing is written.

    That is all approved people who attended for `threshold`: minutes (`60`), a share of the seminar (`75%`), or by
    default more than half of it.
    """
    return _planned(id, threshold, None, root).proof


def issue(id: str, threshold: str, count: int, root: Path, output: Path, scheduler: str = "") -> Issue:
    """Issue the certificates of a seminar to the people of its proof, if these are `count` people.

    The register is written first and the files after it: the next run continues where a stopped one ended.
    """
    planned, place = _planned(id, threshold, count, root), output / id / stage.CERTIFICATES
    issued, people = planned.issued, {one.person.place: one.person for one in planned.proof.certified}
    if count != len(issued):
        return Issue(proof=planned.proof, right=False, folder=place)
    part = planned.series.model_copy(
        update={"seminars": {id: planned.seminar}, "people": {}, "texts": {}, "references": {}, "remarks": ()}
    )
    chunks = [Drawing(issued=issued[i : i + TOGETHER], series=part) for i in range(0, len(issued), TOGETHER)]
    drawn = in_order(draw, chunks, root, scheduler, ("pipeline.render.to_pdf",))
    made, unwritten, changed = [], [], 0
    for one, result in stage.write_all(issued, place, (each for chunk in drawn for each in chunk)):
        if isinstance(result, str):
            unwritten.append((people[one.place], f"it could not be drawn ({result}); write the name in other letters"))
        else:
            made.append(one)
            changed += result
    stage.write_private(place / stage.LIST, as_csv(LIST_COLUMNS, map(_row, made)))
    return Issue(
        proof=planned.proof,
        right=True,
        folder=place,
        made=len(made),
        changed=changed,
        unwritten=tuple(unwritten),
    )


def _planned(id: str, threshold: str, count: int | None, root: Path) -> _Planned:
    """Return the certificates of a seminar; they are in the register afterwards if there are `count` of them."""
    series = read(root, templates=[TEMPLATE])
    seminar = seminar_named(id, series)
    needed = minutes_needed(threshold, seminar)
    found = _complete_attendance(seminar, series, root)
    present = [person for person in found.people if person.minutes >= needed]
    refused = refusals(present, root / "templates")
    entitled = {person.place: person for person in present if person.place not in refused}
    asked = Counter(person.language for person in entitled.values() if person.language)
    chosen = _languages(asked, series)
    issued, states = _registered(list(entitled.values()), chosen, seminar, count, root)
    numbers = {one.number for one in issued}
    shown = Proof(
        certified=tuple(
            Certified(
                person=entitled[one.place],
                language=series.locales[one.language].name,
                number=one.number if one.number in states else "",
            )
            for one in issued
        ),
        people=len(found.people),
        present=len(present),
        needed=needed,
        too_short=sum(0 < person.minutes < needed for person in found.people),
        remarks=(*unused_exports(series, root), *found.remarks),
        refused=tuple((person, refused[person.place]) for person in present if person.place in refused),
        unmatched=tuple(attendee for attendee in found.unmatched if not attendee.is_host),
        language=series.locales[seminar.language].name,
        other_languages={text: times for text, times in sorted(asked.items()) if not chosen[text]},
        earlier=sum(state == "valid" and number not in numbers for number, state in states.items()),
        revoked=sum(state == "revoked" for state in states.values()),
    )
    return _Planned(proof=shown, series=series, seminar=seminar, issued=issued)


def _complete_attendance(seminar: Seminar, series: Series, root: Path) -> attendance.Attendance:
    """Return the people of a seminar; raise `SourceError` if it was not held, or a part of its exports is not read."""
    source = f"sources/seminars/{seminar.id}.yaml"
    if not is_held(seminar):
        message = f"the seminar is {seminar.status}, so it has no attendance"
        raise SourceError([Problem(path=source, line=1, message=message, fix="if it was held, correct its `status`")])
    found = attendance_of(seminar, series, root)
    problems = list(found.problems)
    if not problems and not found.sessions:
        message, fix = "no times of participants are in sources/registrations", "put Zoom's participants report there"
        problems = [Problem(path=source, line=1, message=message, fix=fix)]
    if problems:
        raise SourceError(problems, (*unused_exports(series, root), *found.remarks))
    return found


def _registered(
    people: Sequence[Participant], chosen: Mapping[str, str], seminar: Seminar, count: int | None, root: Path
) -> tuple[list[stage.Issued], dict[str, stage.State]]:
    """Return the certificates of these people, and the states of the certificates that were issued before.

    They are written to the register only if there are `count` of them.
    """
    attendees = [
        stage.Attendee(
            name=person.name,
            address=person.address,
            place=person.place,
            keys=person.keys,
            name_key=person.name_key,
            language=chosen.get(person.language) or seminar.language,
            minutes=person.minutes,
            institution=printed_institution(person, root / "templates"),
            country=person.country,
        )
        for person in people
    ]
    with stage.Register.opened(root, make=count == len(people)) as register:
        states = register.states(seminar.id)
        if states and not register.personal_rows(seminar.id):
            message = f"the personal data of {seminar.id} has been purged: no certificate is issued any more"
            raise SourceError([Problem(path=stage.REGISTER.as_posix(), line=1, message=message)])
        return register.issue(seminar.id, seminar.title, seminar.date, attendees, count), states


def _languages(asked: Iterable[str], series: Series) -> dict[str, str]:
    """Return the language that each text means, or an empty string if the series does not have it."""
    names = {language: series.locales[language].name for language in languages(series)}
    return {text: attendance.language(text, names) for text in asked}


def draw(drawing: Drawing, files: Files) -> list[bytes | str]:
    """Return the PDF of each certificate, or the reason why it cannot be drawn."""
    root, series = folder(files), drawing.series
    (seminar,) = series.seminars.values()
    frames = {language: frame(seminar, language, series, root) for language in {one.language for one in drawing.issued}}
    return [_pdf(one, frames[one.language], series, root) for one in drawing.issued]


def _pdf(one: stage.Issued, shared: Frame, series: Series, root: Path) -> bytes | str:
    code = stage.shown(one.code)
    origin = (one.institution, forms.country_name(one.country, series.locales[one.language]))
    document = certificate(shared, name=one.name, origin=origin, minutes=one.minutes, number=one.number, code=code)
    try:
        return render.write("pdf", document, series.brand, root / "templates")
    except ToolError as error:
        return str(error)


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
    with stage.Register.opened(root) as register:
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
