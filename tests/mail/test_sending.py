"""Sending: each message at most once, each failure with its reason, and nothing without the right number."""

from __future__ import annotations

import subprocess
import sys
import threading
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.mail.outbox import drafts
from pipeline.mail.sending import ATTEMPTS, FAILURES, wait_before
from tests.conftest import run_here
from tests.mail.conftest import people
from tests.mail.server import Fault

ROOT = Path(__file__).parents[2]
ADDRESSES = [f"person{i}@example.org" for i in range(9)]


def test_without_a_number_nothing_is_sent_and_every_message_is_listed(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    lines, code = desk.planned()
    assert code == 0 and mailbox.received == []
    assert sum(line.startswith("to send ") for line in lines) == len(ADDRESSES)
    assert lines[-1] == "To send 9 through 127.0.0.1: make send SEMINAR=talk SEND=9"


@pytest.mark.parametrize("count", ["8", "10", "-9"])
def test_another_number_than_that_of_the_messages_sends_nothing(desk, server, mailbox, count):
    desk.write(people(*ADDRESSES))
    said, code = desk.send(count)
    assert (said, code) == (f"9 messages are to be sent, not {count}; nothing was sent.", 1)
    desk.write(people(ADDRESSES[0]))
    assert desk.send(count) == (f"1 message is to be sent, not {count}; nothing was sent.", 1)
    assert mailbox.received == []


@pytest.mark.parametrize("count", ["all", "nine", ""])
def test_what_is_no_number_sends_nothing(desk, server, mailbox, count):
    desk.write(people(*ADDRESSES))
    done = run_here("send", "talk", "--send", count, "--root", str(desk.root))
    assert (done.returncode, done.stdout) == (2, "") and "--send" in done.stderr
    assert mailbox.received == []


def test_every_recipient_gets_one_message_and_a_second_run_sends_nothing(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    said, code = desk.send()
    assert code == 0 and "9 sent now" in said
    assert mailbox.count() == dict.fromkeys(ADDRESSES, 1)
    assert desk.send("0")[1] == 0
    assert desk.send("9") == ("0 messages are to be sent, not 9; nothing was sent.", 1)
    assert mailbox.count() == dict.fromkeys(ADDRESSES, 1)


def test_what_arrives_is_what_staff_have_read_and_a_date(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    desk.send()
    assert len(mailbox.received) == len(ADDRESSES)
    for (address, arrived), item in zip(mailbox.received, desk.items(), strict=True):
        date, _, rest = arrived.partition(b"\r\n")
        assert date.startswith(b"Date: ")
        assert rest == (desk.place / item.draft.file).read_bytes()
        assert message_from_bytes(rest, policy=SMTP)["To"].addresses[0].addr_spec == address


def test_each_answer_of_the_server_has_its_own_consequence(desk, server, mailbox, monkeypatch):
    monkeypatch.setenv("SEMINAR_SMTP_FINAL", "0.5")
    desk.write(people(*ADDRESSES))
    later, refused, lost, kept, late = ADDRESSES[1], ADDRESSES[2], ADDRESSES[4], ADDRESSES[5], ADDRESSES[6]
    mailbox.faults = {
        later: [Fault(stage="RCPT", reply="450 4.2.0 greylisted, come back")],
        refused: [Fault(stage="RCPT", reply=f"550 5.1.1 <{refused}>: user person2 unknown")],
        ADDRESSES[3]: [Fault(stage="DATA", reply="452 4.3.1 disk full")],
        lost: [Fault(stage="DATA", drop=True)],
        kept: [Fault(stage="DATA", drop=True, keep=True)],
        late: [Fault(stage="DATA", delay=2, keep=True)],
        ADDRESSES[7]: [Fault(stage="DATA", reply="554 5.7.1 content refused")],
        ADDRESSES[8]: [Fault(stage="RCPT", drop=True)],
    }
    said, code = desk.send()
    wanted = ["sent", "to send", "refused", "to send", "uncertain", "uncertain", "uncertain", "refused", "to send"]
    assert desk.verdicts() == wanted and code == 1
    assert "450 4.2.0 greylisted, come back" in said and "554 5.7.1 content refused" in said
    assert "550 5.1.1 <[address]>: user [address] unknown" in said
    assert mailbox.count() == {ADDRESSES[0]: 1, kept: 1, late: 1}
    said, code = desk.send("3")
    assert "3 sent now. In all: 4 sent; 3 may have arrived: ask; 2 refused for good." in said and code == 1
    assert mailbox.count() == dict.fromkeys([ADDRESSES[i] for i in (0, 1, 3, 5, 6, 8)], 1)


def test_what_may_have_arrived_is_sent_again_only_when_somebody_says_so(desk, server, mailbox):
    desk.write(people(*ADDRESSES[:2]))
    mailbox.faults = {a: [Fault(stage="DATA", drop=True, keep=a == ADDRESSES[0])] for a in ADDRESSES[:2]}
    desk.send()
    kept, lost = desk.items()
    assert desk.resolve("uncertain", "again")[1] == 1  # not for all at once
    assert desk.resolve(kept.id, "sent")[1] == 0
    assert desk.resolve(lost.id, "again")[1] == 0
    assert desk.send("1")[1] == 0
    assert mailbox.count() == dict.fromkeys(ADDRESSES[:2], 1)


@pytest.mark.parametrize("count", [2, 13])
def test_what_is_open_is_said_however_much_it_is(desk, server, mailbox, count):
    addresses = [f"person{i}@example.org" for i in range(count)]
    desk.write(people(*addresses))
    assert desk.resolve("nothing", "sent") == (
        ["nothing to decide for `nothing`; nothing is open"], 1,
    )  # fmt: skip
    mailbox.faults = {address: [Fault(stage="RCPT", reply="550 5.1.1 no")] for address in addresses}
    desk.send()
    (said,), code = desk.resolve("nothing", "sent")
    wanted = "; known are `" if count == 2 else "; 13 are open: `make send SEMINAR=talk` lists them"
    assert code == 1 and wanted in said and "nothing is open" not in said


def test_a_refusal_for_now_is_tried_again_in_the_same_run_if_so_set(desk, server, mailbox, monkeypatch):
    monkeypatch.setenv("SEMINAR_SMTP_ROUNDS", "2")
    desk.write(people(*ADDRESSES[:2]))
    mailbox.faults = {ADDRESSES[0]: [Fault(stage="RCPT", reply="451 4.7.1 later")]}
    assert desk.send()[1] == 0
    assert mailbox.count() == dict.fromkeys(ADDRESSES[:2], 1)


def test_refusals_for_now_end_as_one_for_good(desk, server, mailbox):
    desk.write(people(ADDRESSES[0]))
    mailbox.faults = {ADDRESSES[0]: [Fault(stage="DATA", reply="451 4.7.1 later") for _ in range(ATTEMPTS)]}
    for _ in range(ATTEMPTS):
        assert desk.verdicts() == ["to send"]
        said, _ = desk.send()
    assert desk.verdicts() == ["refused"]
    assert f"given up after {ATTEMPTS} attempts: 451 4.7.1 later" in said


def test_a_server_that_refuses_the_sender_is_not_asked_for_everybody(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    mailbox.faults = {"office@example.org": [Fault(stage="MAIL", reply="530 5.7.0 not you") for _ in ADDRESSES]}
    said, code = desk.send()
    assert f"stopped after {FAILURES} failures in a row: 530 5.7.0 not you" in said and code == 1
    assert desk.verdicts() == ["refused"] * FAILURES + ["to send"] * (len(ADDRESSES) - FAILURES)
    mailbox.faults = {}
    assert desk.resolve("refused", "again")[1] == 0
    assert desk.send()[1] == 0
    assert mailbox.count() == dict.fromkeys(ADDRESSES, 1)


def test_without_a_server_nothing_is_tried(desk, server, mailbox, monkeypatch):
    desk.write(people(*ADDRESSES))
    monkeypatch.setenv("SEMINAR_SMTP_PORT", "1")
    said, code = desk.send()
    assert "stopped: " in said and code == 1
    assert desk.verdicts() == ["to send"] * len(ADDRESSES)
    monkeypatch.setenv("SEMINAR_SMTP_PORT", str(server.port))
    assert desk.send()[1] == 0


def test_a_changed_text_is_a_new_decision(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    desk.send()
    desk.write(people(*ADDRESSES, "new@example.org"), text="Good evening.\n")
    assert desk.verdicts() == ["changed"] * len(ADDRESSES) + ["to send"]
    desk.send("1")
    assert mailbox.count() == dict.fromkeys([*ADDRESSES, "new@example.org"], 1)
    assert desk.resolve(desk.items()[0].id, "again")[1] == 0
    assert desk.verdicts()[:2] == ["to send", "changed"]
    assert desk.resolve("changed", "sent")[1] == 0
    assert desk.send("1")[1] == 0
    assert mailbox.count()[ADDRESSES[0]] == 2 and mailbox.count()[ADDRESSES[1]] == 1


def test_a_decision_to_send_again_holds_for_the_text_it_was_made_about(desk, server, mailbox):
    desk.write(people(ADDRESSES[0]))
    desk.send()
    desk.write(people(ADDRESSES[0]), text="Good evening.\n")
    desk.resolve("changed", "again")
    desk.write(people(ADDRESSES[0]), text="Good night.\n")
    assert desk.verdicts() == ["changed"]


def test_a_changed_address_is_a_new_decision_even_where_only_the_name_is_the_same(desk, server, mailbox):
    before, after = people("ana@example.org")[0], people("ana@example.net")[0]
    desk.write([before])
    desk.send()
    desk.write([after])
    assert desk.verdicts() == ["changed"]
    desk.write([before, after])  # both are registered: two people of one name
    assert desk.verdicts() == ["sent", "to send"]


def test_an_address_that_was_refused_is_not_tried_again_by_itself(desk, server, mailbox):
    desk.write(people(ADDRESSES[0]))
    mailbox.faults = {ADDRESSES[0]: [Fault(stage="RCPT", reply="550 5.1.1 no")]}
    desk.send()
    assert desk.send("1")[1] == 1
    assert desk.verdicts() == ["refused"] and mailbox.received == []


def test_a_file_that_was_changed_by_hand_stops_everything(desk, server, mailbox, tmp_path):
    desk.write(people(*ADDRESSES))
    file = desk.place / drafts(desk.place)[3].file
    file.write_bytes(file.read_bytes().replace(b"Good", b"Bad!"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.mail.sender", str(desk.root), "9"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2 and "is not as it was made: make the outbox again" in done.stdout
    assert mailbox.received == []


def test_two_sendings_at_once_are_one(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    mailbox.gate = threading.Event()
    command = [sys.executable, "-m", "tests.mail.sender", str(desk.root), "9"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as first:
        while mailbox.events.get(timeout=60) != "RCPT":
            pass
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        mailbox.gate.set()
        first.communicate(timeout=60)
    assert second.returncode == 2 and f"process {first.pid}" in second.stdout
    assert first.returncode == 0 and mailbox.count() == dict.fromkeys(ADDRESSES, 1)


def test_a_damaged_log_sends_nothing(desk, server, mailbox):
    desk.write(people(*ADDRESSES))
    desk.send()
    (desk.root / "sources/registrations/mail.sqlite").write_bytes(b"no database at all" * 100)
    command = [sys.executable, "-m", "tests.mail.sender", str(desk.root), "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "without its log no mail is sent" in done.stdout
    assert mailbox.count() == dict.fromkeys(ADDRESSES, 1)


def test_no_line_and_no_log_holds_a_name_or_an_address(desk, server, mailbox, monkeypatch):
    desk.write(people("zenobia.quist@example.org", "wilfred@example.net"))
    secret = "correct horse"
    monkeypatch.setenv("SEMINAR_SMTP_PASSWORD", secret)
    mailbox.faults = {
        "zenobia.quist@example.org": [Fault(stage="DATA", reply="451 try Zenobia.Quist@example.org or Quist later")],
        "wilfred@example.net": [Fault(stage="RCPT", reply="550 no WILFRED here")],
    }
    dry, _ = desk.planned()
    said = "\n".join(dry) + desk.send()[0]
    said += "\n".join(desk.planned()[0])
    kept = b"".join(path.read_bytes() for path in (desk.root / "sources/registrations").iterdir())
    names = "".join(path.name for path in desk.place.iterdir()) + (desk.place / "outbox.json").read_text()
    for text in (said, kept.decode("latin-1"), names):
        assert not [word for word in ("zenobia", "quist", "wilfred", secret) if word in text.casefold()]
    shown, _ = desk.planned(show_addresses=True)
    assert any("zenobia.quist@example.org" in line for line in shown)


def test_messages_are_spaced_by_the_rate():
    assert wait_before(None, 100, 30) == 0
    assert wait_before(100, 100.5, 30) == 1.5
    assert wait_before(100, 103, 30) == 0
