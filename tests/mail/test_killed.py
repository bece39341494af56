"""The sender killed at random moments by SIGKILL, before a server that misbehaves: one message each, or a reason."""

from __future__ import annotations

import os
import queue
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.mail.conftest import people
from tests.mail.server import Fault

ROOT = Path(__file__).parents[2]
ADDRESSES = [f"person{i}@example.org" for i in range(60)]
KILLS = 14


def _faults() -> dict[str, list[Fault]]:
    """Return every way to misbehave, at chosen messages among many that go well."""
    kinds = (
        [Fault(stage="RCPT", reply="450 4.2.0 greylisted"), Fault(stage="RCPT", reply="450 4.2.0 greylisted")],
        [Fault(stage="RCPT", reply="550 5.1.1 no such user")] * KILLS * 2,
        [Fault(stage="DATA", reply="451 4.3.0 try later")],
        [Fault(stage="DATA", reply="554 5.7.1 refused")] * KILLS * 2,
        [Fault(stage="RCPT", drop=True)],
        [Fault(stage="DATA", drop=True)],
        [Fault(stage="DATA", drop=True, keep=True)],
        [Fault(stage="DATA", delay=0.2, keep=True)],
    )
    return {address: list(kinds[i // 3 % len(kinds)]) for i, address in enumerate(ADDRESSES) if i % 3 == 1 and i < 48}


def _killed(desk, server, mailbox, chance: random.Random) -> bool:
    """Send until so many things have happened at the server, then kill; return whether it had not ended before."""
    command = [sys.executable, "-m", "tests.mail.sender", str(desk.root), desk.waiting()]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL) as sender:
        for _ in range(chance.randint(1, 14)):
            try:
                mailbox.events.get(timeout=30)
            except queue.Empty:
                break
        time.sleep(chance.uniform(0, 0.015))
        sender.kill()
    _settled(server, mailbox)
    return sender.returncode == -9


def _settled(server, mailbox) -> None:
    """Wait until the server has ended what it was doing: it may yet keep a message whose sender is dead."""
    for _ in range(600):
        if server.open == 0:
            break
        time.sleep(0.05)
    assert server.open == 0
    while not mailbox.events.empty():
        mailbox.events.get()


def _asked(desk, mailbox) -> int:
    """Decide on each message that may have arrived by looking whether it has, as staff would; return how many."""
    arrived = b"\n".join(content for _, content in mailbox.received)
    uncertain = [item for item in desk.items() if item.verdict == "uncertain"]
    for item in uncertain:
        id = next(
            line
            for line in (desk.place / item.draft.file).read_bytes().split(b"\r\n")
            if line.startswith(b"Message-ID")
        )
        decision = "sent" if id in arrived else "again"
        assert desk.resolve(item.id, decision)[1] == 0
    return len(uncertain)


def test_killed_at_random_moments_every_recipient_has_one_message_or_a_stated_reason(desk, server, mailbox):
    chance = random.Random(20200709)
    mailbox.faults, mailbox.slowness = _faults(), 0.004
    desk.write(people(*ADDRESSES))
    kills = sum(_killed(desk, server, mailbox, chance) for _ in range(KILLS))
    assert kills >= 10
    assert max(mailbox.count().values()) == 1  # nobody twice, with nobody having been asked anything
    for _ in range(6):
        asked = _asked(desk, mailbox)
        if desk.waiting() == "0" and not asked:
            break
        desk.send()
    count = mailbox.count()
    reasons = {item.id: item.row.reply for item in desk.items() if item.verdict == "refused"}
    for item, address in zip(desk.items(), ADDRESSES):
        expected = 0 if item.id in reasons else 1
        assert count[address] == expected, (address, item)
    assert sorted(set(reasons.values())) == ["550 5.1.1 no such user", "554 5.7.1 refused"]
    assert len(reasons) == 4
