"""Show and issue the certificates of a seminar, verify one, revoke one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.certificates import Entry
from pipeline.cli import console
from pipeline.cli.attendance import person_line, unmatched_line
from pipeline.cli.options import Code, Output, Root, Scheduler, SeminarId, given, output_of
from pipeline.compose.forms import cldr
from pipeline.core.lock import locked
from pipeline.core.problems import quoted
from pipeline.core.text import number_of
from pipeline.workflows import certificates as workflow

Count = Annotated[int | None, typer.Option("--issue", metavar="COUNT", help="Issue them, if they are COUNT.")]


def certificates(
    id: SeminarId,
    threshold: Annotated[str, typer.Option(metavar="MINUTES|SHARE%", help="60 or 75%; by default over half.")] = "",
    count: Count = None,
    scheduler: Scheduler = "",
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Show who would get a certificate, or issue them.

    By default that is everybody who attended more than half of the seminar.
    """
    if count is None:
        proof = workflow.proof(id, threshold, root)
        _say_proof(proof, id)
        _say_certified(proof.certified)
        all, before = len(proof.certified), sum(bool(one.number) for one in proof.certified)
        console.say(f"{number_of(all, 'certificate')}, {before} of them issued before. Nothing was written.")
        if all:
            again = f" THRESHOLD={threshold}" if threshold else ""
            console.say(f"To issue {all}: make certificates SEMINAR={id}{again} ISSUE={all}")
        return 0
    output = output_of(root, output)
    with locked(output, console.wait):
        issue = workflow.issue(id, threshold, count, root, output, scheduler)
    if not issue.right:
        found = number_of(len(issue.proof.certified), "certificate is", "certificates are")
        console.say(f"{found} to be issued, not {count}; nothing was written.", console.RED)
        return 1
    _say_proof(issue.proof, id)
    for person, reason in issue.unwritten:
        console.say(f"  no certificate: {person_line(person)}: {reason}", console.RED)
    made = f"{number_of(issue.made, 'certificate')} in {issue.folder}"
    console.say(f"{made}, {issue.changed} made or changed, {issue.proof.revoked} revoked")
    return 1 if issue.proof.refused or issue.unwritten else 0


def _say_proof(proof: workflow.Proof, id: str) -> None:
    """Print who was there, who gets no certificate and why, and what staff should look at."""
    people, minutes = number_of(proof.people, "person", "people"), number_of(proof.needed, "minute")
    console.say(f"{id}: {people}, {proof.present} of them there for {minutes} or more")
    if proof.too_short:
        needed = f"less than the {number_of(proof.needed, 'minute that is', 'minutes that are')} needed"
        console.say(f"  there for {needed}, and without a certificate: {proof.too_short}")
    for remark in proof.remarks:
        console.say(f"  remark: {remark}")
    for person, reason in proof.refused:
        console.say(f"  no certificate: {person_line(person)}: {reason}", console.RED)
    for attendee in proof.unmatched:
        console.say(f"  joined, and matches no registration: {unmatched_line(attendee)}")
    for text, count in proof.other_languages.items():
        console.say(
            f"  remark: no certificates in {quoted(text)}; {count} in the seminar's language ({proof.language}) instead"
        )
    if proof.earlier:
        earlier = number_of(proof.earlier, "more was issued before and is", "more were issued before and are")
        console.say(f"  {earlier} valid; revoke one to withdraw it")


def _say_certified(certified: Sequence[workflow.Certified]) -> None:
    """Print what the certificates would say, and which names may be only half of one."""
    names = cldr("en-GB").territories
    rows = [
        (
            one.person.name,
            names.get(one.person.country, "–"),
            number_of(one.person.minutes, "minute"),
            one.language,
            one.number or "new",
        )
        for one in certified
    ]
    if rows:
        console.table(("Name", "Country", "Attended", "Language", "Certificate"), rows)
    for one in certified:
        words = one.person.name.casefold().split()
        if len(words) == 1:
            console.say(f"  remark: the name is one word: {person_line(one.person)}; look whether it is whole")
        elif len({*words}) < len(words):
            console.say(f"  remark: the name has a word twice: {person_line(one.person)}; look whether it is right")


def verify(
    code: Code,
    show_name: Annotated[bool, typer.Option("--show-name", help="Print the person's name.")] = False,
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Check whether a certificate is genuine.

    Exit code 0: it is valid; 1: it is unknown or revoked.
    """
    found = workflow.verify(code, root)
    if not found:
        console.say("unknown: no certificate has this code")
        return 1
    name = f"; issued to {found.name}" if show_name and found.name else ""
    console.say(
        {
            "valid": f"valid: {_about(found)}{name}",
            "revoked": f"revoked: {_about(found)}",
            "expired": f"issued: {_about(found)}; the name has been deleted since and can no longer be checked",
        }[found.state]
    )
    return 1 if found.state == "revoked" else 0


def revoke(
    code: Annotated[str, typer.Argument(metavar="CODE|NUMBER", callback=given)],
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Withdraw a certificate.

    The person gets no other certificate for this seminar.
    """
    output = output_of(root, output)
    with locked(output, console.wait):
        found = workflow.revoke(code, root, output)
    if not found:
        console.say("unknown: no certificate has this code or number; nothing was changed")
        return 1
    console.say(f"{'was revoked before' if found.state == 'revoked' else 'revoked'}: {_about(found)}")
    return 0


def _about(found: Entry) -> str:
    return f"certificate {found.number}, {found.title}, {found.date.isoformat()}"
