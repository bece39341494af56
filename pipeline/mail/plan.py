"""What is to be sent and what is not: one verdict for each message, from outbox and log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.mail.log import Row
from pipeline.mail.outbox import Draft

Verdict = Literal["to send", "sent", "changed", "uncertain", "refused"]

WHY: dict[Verdict, str] = {
    "to send": "to be sent",
    "sent": "sent",
    "changed": "changed since it was sent or refused: decide",
    "uncertain": "may have arrived: ask",
    "refused": "refused for good",
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One message with its verdict. Without `draft`, the person is no longer in the outbox."""

    id: str
    kind: str
    verdict: Verdict
    draft: Draft | None
    row: Row | None


def plan(drafts: Iterable[Draft], rows: Mapping[str, Row]) -> list[Item]:
    """Return every message of the outbox in its order, then those that only the log has and that may have arrived."""
    drafts = list(drafts)
    present = {draft.id for draft in drafts}
    gone = [row for row in rows.values() if row.id not in present]
    moved = {(row.kind, row.namesake) for row in gone if row.namesake and row.state in ("sent", "trying", "refused")}
    items = []
    for draft in drafts:
        row = rows.get(draft.id)
        verdict = _verdict(draft, row) if row else _new(draft, moved)
        items.append(Item(id=draft.id, kind=draft.kind, verdict=verdict, draft=draft, row=row))
    lost = [row for row in gone if row.state == "trying"]
    return items + [Item(id=row.id, kind=row.kind, verdict="uncertain", draft=None, row=row) for row in lost]


def _new(draft: Draft, moved: set[tuple[str, str]]) -> Verdict:
    """Return the verdict on a message that is not in the log: perhaps the same person had another address."""
    return "changed" if (draft.kind, draft.namesake) in moved else "to send"


def _verdict(draft: Draft, row: Row) -> Verdict:
    if row.state == "trying":
        return "uncertain"
    if row.state == "later":  # nothing has arrived yet, so the text of today is the first
        return "to send"
    if (row.digest, row.address) != (draft.digest, draft.address):
        return "changed"
    return "to send" if row.state == "again" else row.state
