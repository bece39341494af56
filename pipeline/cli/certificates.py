"""Issue the certificates of a seminar, verify one, revoke one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.certificates import Entry
from pipeline.cli import console
from pipeline.cli.attendance import person_line, unmatched_line
from pipeline.cli.options import Code, Output, Root, Scheduler, SeminarId, given, output_of
from pipeline.core.lock import locked
from pipeline.core.problems import quoted
from pipeline.core.text import number_of
from pipeline.workflows import certificates as workflow


def certificates(
    id: SeminarId,
    threshold: Annotated[str, typer.Option(metavar="MINUTES|SHARE%", help="60 or 75%; by default over half.")] = "",
    scheduler: Scheduler = "",
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Write a certificate for everybody who attended.

    By default that means more than half of the seminar.
    """
    output = output_of(root, output)
    with locked(output, console.wait):
        issue = workflow.issue(id, threshold, root, output, scheduler)
    people, minutes = number_of(issue.people, "person", "people"), number_of(issue.needed, "minute")
    console.say(f"{id}: {people}, {issue.present} of them there for {minutes} or more")
    if issue.too_short:
        needed = f"less than the {issue.needed} minutes that are needed"
        console.say(f"  there for {needed}, and without a certificate: {issue.too_short}")
    for remark in issue.remarks:
        console.say(f"  remark: {remark}")
    for person, reason in issue.refused:
        console.say(f"  no certificate: {person_line(person)}: {reason}", console.RED)
    for attendee in issue.unmatched:
        console.say(f"  joined, and matches no registration: {unmatched_line(attendee)}")
    for text, count in issue.other_languages.items():
        console.say(
            f"  remark: no certificates in {quoted(text)}; {count} in the seminar's language ({issue.language}) instead"
        )
    if issue.earlier:
        earlier = number_of(issue.earlier, "more was issued before and is", "more were issued before and are")
        console.say(f"  {earlier} valid; revoke one to withdraw it")
    made = f"{number_of(issue.made, 'certificate')} in {issue.folder}"
    console.say(f"{made}, {issue.changed} made or changed, {issue.revoked} revoked")
    return 1 if issue.refused else 0


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
