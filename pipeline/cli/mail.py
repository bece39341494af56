"""Write the mails of a seminar, send them, and record decisions on mails with an unknown result.

No line contains a name or an address without `--show-addresses`; a text that is not a valid address is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import Output, Root, Scheduler, SeminarId, output_of
from pipeline.core.lock import locked
from pipeline.core.problems import nearest, quoted
from pipeline.core.text import is_mail_address, number_of, printable
from pipeline.mail.plan import WHY, Item
from pipeline.workflows import mail, sending

Send = Annotated[int | None, typer.Option("--send", metavar="COUNT", help="Send them, if COUNT are to be sent.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be sent (the default).")]
ShowAddresses = Annotated[bool, typer.Option("--show-addresses", help="Show the addresses.")]


def outbox(id: SeminarId, scheduler: Scheduler = "", root: Root = Path(), output: Output = None) -> int:
    """Write the mails of a seminar; nothing is sent.

    Each participant and each speaker gets one mail. The mails are in output/SEMINAR/outbox.
    """
    output = output_of(root, output)
    with locked(output, console.wait):
        made = mail.write_outbox(id, root, output, scheduler)
    kinds = Counter(draft.kind for draft in made.drafts)
    to = " and ".join(number_of(kinds[kind], kind) for kind in ("speaker", "participant"))
    console.say(f"{number_of(len(made.drafts), 'message')} in {made.place}: to {to}; nothing was sent")
    for remark in made.remarks:
        console.say(f"  {remark}")
    for person, reason in made.unfit:
        console.say(f"  no message: {person.place or person.kind}: {reason}{_no_address(person.address)}", console.RED)
    for speaker in made.returned:
        console.say(f"  no message: the presentation has come back: {speaker}")
    for speaker in made.without_address:
        console.say(f"  no message: no address in speakers.csv: {speaker}")
    for speaker in made.silent:
        why = "in speakers.csv, but speaks in no seminar (only speakers get mails)"
        console.say(f"  no message: {why}: {speaker}")
    if made.merged:
        found = number_of(made.merged, "person", "people")
        console.say(f"  listed twice, and get only one message: {found}")
    if not made.attached:
        console.say("  the package is too large to be attached: the letters link to it, or say how to ask for it")
    if made.placeholder:
        console.say("  no sender is set: write `from:` into sources/registrations/smtp.yaml before you send")
    if made.drafts:
        console.say(f"Read them in any mail program, then type: make send SEMINAR={id}")
    return 1 if made.unfit or not made.drafts else 0


def _no_address(text: str) -> str:
    """Return a text in place of an address that is not one; an empty string for a valid address."""
    return "" if not text or is_mail_address(text) else f": {printable(quoted(text))}"


def send(
    id: SeminarId,
    count: Send = None,
    dry_run: DryRun = False,
    show_addresses: ShowAddresses = False,
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Show what would be sent, or send it.

    No message is sent twice.
    """
    output = output_of(root, output)
    if count is None or dry_run:
        _say_plan(sending.planned(id, root, output), id, show_addresses=show_addresses)
        return 0
    result = sending.send(id, count, root, output, console.say)
    if count != result.waiting:
        found = number_of(result.waiting, "message is", "messages are")
        console.say(f"{found} to be sent, not {count}; nothing was sent.", console.RED)
        return 1
    _say_open(result.items)
    if result.stopped:
        console.say(result.stopped, console.RED)
    console.say(f"{result.sent} sent now. In all: {_counted(result.items)}.")
    return 0 if not result.stopped and all(item.verdict == "sent" for item in result.items) else 1


def _say_plan(planned: sending.Planned, id: str, *, show_addresses: bool) -> None:
    """Print which messages would be sent, which would not and why, and the command that sends them."""
    for item in planned.items:
        if item.verdict == "to send":
            reply = f", refused for now before: {item.row.reply}" if item.row and item.row.state == "later" else ""
            shown = f"  {planned.addresses[item.id]}" if show_addresses else ""
            console.say(f"to send    {item.id}  {item.kind}{shown}{reply}")
    _say_open(planned.items)
    count = sum(item.verdict == "to send" for item in planned.items)
    console.say(f"{_counted(planned.items)}. Nothing was sent.")
    if count:
        through = f" through {planned.host}" if planned.host else ", once a server is set (see the README)"
        console.say(f"To send {count}{through}: make send SEMINAR={id} SEND={count}")


def _say_open(items: Iterable[Item]) -> None:
    """Print which messages need a decision, or will not arrive."""
    for item in items:
        if item.verdict in ("changed", "uncertain", "refused"):
            reply = f" ({item.row.reply})" if item.row and item.row.reply else ""
            gone = "" if item.draft else ", no longer in the outbox"
            console.say(f"{item.verdict:10} {item.id}  {item.kind}: {WHY[item.verdict]}{reply}{gone}", console.YELLOW)


def _counted(items: Iterable[Item]) -> str:
    counts = Counter(item.verdict for item in items)
    return "; ".join(f"{counts[verdict]} {why}" for verdict, why in WHY.items() if counts[verdict]) or "no messages"


def resolve(
    id: SeminarId,
    which: Annotated[str, typer.Argument(metavar="ID|changed|refused", help="A message, or all of these.")],
    decision: Annotated[sending.Decision, typer.Argument(help="It has arrived, or is to be sent once more.")],
    root: Root = Path(),
    output: Output = None,
) -> int:
    """Decide on mails with an unknown result.

    They may have arrived, have changed, or were refused.
    """
    result = sending.resolve(id, which, decision, root, output_of(root, output))
    if result.gone:
        console.say(f"`{which}` is no longer in the outbox and cannot be sent again.")
        return 1
    if not result.decided:
        count = len(result.open)
        many = f"{count} are open: `make send SEMINAR={id}` lists them" if count else "nothing is open"
        console.say(f"nothing to decide for `{which}`; {nearest(which, result.open) or many}")
        return 1
    console.say(f"{result.decided} decided: {decision}. Type: make send SEMINAR={id}")
    return 0
