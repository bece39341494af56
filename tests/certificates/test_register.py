"""The register: one person, one number, whatever changes; a code answers for it; what is revoked stays revoked."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.certificates import REGISTER
from pipeline.certificates.codes import ALPHABET
from pipeline.cli import certificates as commands
from pipeline.core.problems import SourceError, ToolError
from tests.certificates.conftest import PARTICIPANTS, SEMINAR, Desk
from tests.conftest import ROOT, run_here, said
from tests.faults import replace


def verify(code: str, root: Path, *, with_name: bool = False) -> tuple[list[str], int]:
    return said(commands.verify, code, with_name, root)


def revoke(text: str, root: Path, output: Path) -> tuple[list[str], int]:
    return said(commands.revoke, text, root, output)


ZOE, ADA = "Zoë,Ú,zoe@example.org", "Ada,Stone,ada@example.org"


def test_numbers_and_codes_have_their_form(desk):
    desk.fill(ZOE, ADA)
    desk.issue()
    numbers = [number for number, _ in desk.listed().values()]
    assert numbers == [f"{SEMINAR}-2021-0001", f"{SEMINAR}-2021-0002"]
    for _, code in desk.listed().values():
        assert re.fullmatch(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", code)
    assert not set("01IOLS58B") & set(ALPHABET)


def test_nobody_can_work_out_a_code_from_a_number(desk, tmp_path_factory):
    from tests.conftest import copy_miniature

    other = copy_miniature(tmp_path_factory.mktemp("other") / "series")
    second = Desk(root=other, output=other / "output")
    for one in (desk, second):
        one.fill(ZOE)
        one.issue()
    (first_number, first_code), (other_number, other_code) = desk.listed()["Zoë Ú"], second.listed()["Zoë Ú"]
    assert first_number == other_number
    assert first_code != other_code


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ((ADA, ZOE), "Zoë Ú"),  # another order
        (("Bo,New,bo@example.org", ADA, ZOE), "Zoë Ú"),  # somebody new before her
        ((ADA, "Zoé,Úrsula,ZOE@example.org"), "Zoé Úrsula"),  # another name, the same address
        ((ADA, "Zoë,Ú,new@example.org"), "Zoë Ú"),  # another address, the same name
        ((ADA, "Zoë,Ú,new@example.org", ZOE), "Zoë Ú"),  # both
    ],
)
def test_the_same_person_never_gets_two_numbers(desk, people, name):
    desk.fill(ZOE, ADA)
    desk.issue()
    before = desk.listed()
    desk.fill(*people)
    desk.issue()
    assert desk.listed()[name] == before["Zoë Ú"]
    assert desk.listed()["Ada Stone"] == before["Ada Stone"]
    assert len(set(desk.listed().values())) == len(desk.listed())


def test_two_people_never_get_one_number(desk):
    namesakes = ("Moussa,Ba,moussa@example.org", "Moussa,Ba,ba@example.com")
    desk.fill(*namesakes)
    desk.issue()  # nothing tells them apart: one person
    assert len(list(desk.folder().glob("*.pdf"))) == 1
    path = desk.exports / f"{SEMINAR}-registration.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ba@example.com,Court", "ba@example.com,Embassy"), encoding="utf-8")
    for _ in range(2):
        desk.issue()
        assert len(list(desk.folder().glob("*.pdf"))) == 2


def test_people_behind_one_mailbox_keep_their_own_numbers(desk):
    office = ("Ana,Lima,embassy@example.org", "Bo,New,embassy@example.org")
    desk.fill(*office)
    desk.issue()
    before = desk.listed()
    assert len(before) == 2
    desk.fill(*reversed(office))
    desk.issue()
    assert desk.listed() == before


def test_namesakes_whom_nothing_tells_apart_are_asked_for_an_address(desk):
    desk.fill(ZOE)
    rows = "\nMoussa,Ba,,Court,Mali,,,approved\nMoussa,Ba,,Embassy,Niger,,,approved"
    with (desk.exports / f"{SEMINAR}-registration.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    with (desk.exports / f"{SEMINAR}-participants.csv").open("a", encoding="utf-8") as file:
        file.write("\nMoussa Ba,,2021-03-01 22:30,2021-03-01 23:30")
    lines, code = desk.issue()
    assert (code, list(desk.listed())) == (0, ["Zoë Ú"])  # nobody can tell which of them was there
    assert any("matches no registration: Moussa Ba" in line for line in lines)


def test_without_a_registration_the_name_shown_is_printed_unless_it_is_two(desk):
    desk.exports.mkdir()
    rows = ("Zoë Ú,zoe@example.org", "Ana Lima (Peru),ana@example.org")
    stays = "\n".join(f"{row},2021-03-01 22:30,2021-03-01 23:30" for row in rows)
    (desk.exports / f"{SEMINAR}.csv").write_text(f"{PARTICIPANTS}\n{stays}", encoding="utf-8")
    lines, code = desk.issue()
    assert (code, list(desk.listed())) == (1, ["Zoë Ú"])
    assert any("the row has two names" in line and f"{SEMINAR}.csv:3" in line for line in lines)


def test_the_commands_are_typed_with_their_options_and_answer_with_exit_codes(desk):
    desk.fill(ZOE, left="23:00")

    def typed(*words: str) -> tuple[int, str]:
        done = run_here(*words, "--root", str(desk.root))
        return done.returncode, (done.stdout + done.stderr).splitlines()[0]

    assert typed("certificates", SEMINAR)[1].startswith(f"{SEMINAR}: 1 person, 0 of them there for 31 minutes")
    issue = ("certificates", SEMINAR, "--threshold", "50%", "--issue")
    assert typed(*issue, "2") == (1, "1 certificate is to be issued, not 2; nothing was written.")
    assert typed(*issue, "1")[1].startswith(f"{SEMINAR}: 1 person, 1 of them")
    number, code = desk.listed()["Zoë Ú"]
    about = f"certificate {number}, Seminar at the harbour, 2021-03-01"
    assert typed("verify", code) == (0, f"valid: {about}")
    assert typed("verify", code, "--show-name") == (0, f"valid: {about}; issued to Zoë Ú")
    assert typed("revoke", number) == (0, f"revoked: {about}")
    assert typed("verify", code) == (1, f"revoked: {about}")
    assert typed("purge", "--before", "2021-03-02") == (0, f"before 2021-03-02: {SEMINAR}")
    assert typed("purge", "--before", "2021-03-02", "--purge", "1")[0] == 1
    assert typed("revoke", "AAAAA-AAAAA")[0] == 1
    for words, why in ((("verify", ""), "it is empty"), (("verify",), "CODE"), (("purge",), "--before")):
        done = run_here(*words, "--root", str(desk.root))
        assert done.returncode == 2 and done.stdout == "" and why in done.stderr.splitlines()[-1], done.stderr


def test_first_a_proof_shows_everybody_and_writes_nothing(desk):
    desk.fill(ZOE, "Ada,Stone,ada@example.org,Arabic", "Madonna,,m@example.org")
    files = {path for path in desk.root.rglob("*") if path.is_file()}
    lines, code = desk.proof()
    assert code == 0
    rows = [re.split(r"  +", line.strip()) for line in lines[1:4]]
    assert rows == [
        ["Zoë Ú", "Mali", "60 minutes", "English", "new"],
        ["Ada Stone", "Mali", "60 minutes", "العربية", "new"],
        ["Madonna", "Mali", "60 minutes", "English", "new"],
    ]
    assert lines[4].startswith("  remark: the name is one word: Madonna <m@example.org> (sources/registrations/")
    assert lines[5:] == [
        "3 certificates, 0 of them issued before. Nothing was written.",
        f"To issue 3: make certificates SEMINAR={SEMINAR} ISSUE=3",
    ]
    assert {path for path in desk.root.rglob("*") if path.is_file()} == files


def test_a_word_that_stands_twice_in_a_name_is_remarked_on(desk):
    desk.fill("Awa,Awa Diop,awa@example.org", ZOE)
    lines, _ = desk.proof()
    (said,) = [line for line in lines if "remark: the name has a word twice" in line]
    assert "Awa Awa Diop <awa@example.org>" in said


@pytest.mark.parametrize("count", [1, 3, 0, -2])
def test_a_wrong_number_issues_nothing_and_says_the_right_one(desk, count):
    desk.fill(ZOE, ADA)
    files = {path for path in desk.root.rglob("*") if path.is_file()}
    said = f"2 certificates are to be issued, not {count}; nothing was written."
    assert desk.issue(count=count) == ([said], 1)
    assert {path for path in desk.root.rglob("*") if path.is_file()} - files <= {desk.output / ".lock"}
    desk.issue(count=2)
    before = (desk.root / REGISTER).read_bytes(), desk.listed()
    desk.fill(ZOE, ADA, "Bo,New,bo@example.org")
    assert desk.issue(count=2)[1] == 1
    assert ((desk.root / REGISTER).read_bytes(), desk.listed()) == before


def test_what_was_issued_is_issued_again_with_the_same_number_and_the_proof_shows_what_is_new(desk):
    desk.fill(ZOE, ADA)
    desk.issue(count=2)
    assert "0 made or changed" in desk.issue(count=2)[0][-1]
    desk.fill(ZOE, ADA, "Bo,New,bo@example.org")
    lines, _ = desk.proof(threshold="50%")
    assert [line.split("  ")[-1].strip() for line in lines[1:4]] == [
        f"{SEMINAR}-2021-0001",
        f"{SEMINAR}-2021-0002",
        "new",
    ]
    assert lines[-2:] == [
        "3 certificates, 2 of them issued before. Nothing was written.",
        f"To issue 3: make certificates SEMINAR={SEMINAR} THRESHOLD=50% ISSUE=3",
    ]
    revoke(f"{SEMINAR}-2021-0001", desk.root, desk.output)
    assert "2 certificates, 1 of them issued before." in desk.proof()[0][-2]


def test_where_nobody_is_entitled_there_is_nothing_to_type(desk):
    desk.fill(ZOE, left="22:31")
    assert desk.proof()[0][-1] == "0 certificates, 0 of them issued before. Nothing was written."


def test_a_name_with_a_comma_is_asked_about(desk):
    desk.fill(ZOE)
    path = desk.exports / f"{SEMINAR}-registration.csv"
    path.write_text('Name,Email\n"Ú, Zoë",zoe@example.org\n', encoding="utf-8")
    lines, code = desk.issue()
    assert code == 1
    assert any("the name has a comma; write it into the row as it is to be printed" in line for line in lines)


def test_asking_about_a_code_makes_no_register(desk):
    assert verify("AAAAA-AAAAA", desk.root)[1] == revoke("AAAAA-AAAAA", desk.root, desk.output)[1] == 1
    assert not (desk.root / REGISTER).exists()


def test_two_runs_at_once_give_everybody_the_same_number_and_code(desk):
    desk.fill(*(f"P{i},Q,p{i}@example.org" for i in range(5)))
    outputs = [desk.root / f"output-{i}" for i in range(3)]  # no lock on an output keeps them apart
    words = [sys.executable, "-m", "pipeline", "certificates", SEMINAR, "--issue", "5", "--root", str(desk.root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen([*words, "--output", str(output)], env=environment, stdout=subprocess.DEVNULL)
        for output in outputs
    ]
    assert [one.wait(timeout=120) for one in runs] == [0, 0, 0]
    lists = {(output / SEMINAR / "certificates/list.csv").read_bytes() for output in outputs}
    assert len(lists) == 1
    with sqlite3.connect(desk.root / REGISTER) as base:
        assert base.execute("SELECT count(*) FROM certificates").fetchone() == (5,)
        assert base.execute("SELECT count(*) FROM secret").fetchone() == (1,)
    base.close()


def test_a_corrected_name_changes_the_file_and_not_its_number(desk):
    desk.fill("Zoe,U,zoe@example.org")
    desk.issue()
    number = desk.listed()["Zoe U"]
    desk.fill(ZOE)
    assert "1 made or changed" in desk.issue()[0][-1]
    assert desk.listed() == {"Zoë Ú": number}


def test_verify_says_valid_revoked_or_unknown_and_a_name_only_when_asked(desk):
    desk.fill(ZOE)
    assert verify("AAAAA-AAAAA", desk.root) == (["unknown: no certificate has this code"], 1)
    desk.issue()
    number, code = desk.listed()["Zoë Ú"]
    about = f"certificate {number}, Seminar at the harbour, 2021-03-01"
    assert verify(code, desk.root) == ([f"valid: {about}"], 0)
    assert verify(f" {code.lower().replace('-', ' ')} ", desk.root) == ([f"valid: {about}"], 0)
    assert verify(code, desk.root, with_name=True) == ([f"valid: {about}; issued to Zoë Ú"], 0)
    assert verify(number, desk.root)[1] == 1  # a number can be guessed: it proves nothing
    assert revoke(code, desk.root, desk.output)[1] == 0
    assert verify(code, desk.root, with_name=True) == ([f"revoked: {about}"], 1)


def test_who_was_revoked_gets_no_other_certificate(desk):
    desk.fill(ZOE, ADA)
    desk.issue()
    number, _ = desk.listed()["Zoë Ú"]
    revoke(number, desk.root, desk.output)
    lines, _ = desk.issue()
    assert "1 revoked" in lines[-1]
    assert list(desk.listed()) == ["Ada Stone"]
    assert not (desk.folder() / f"{number}.pdf").exists()


@pytest.mark.parametrize("saved_by_a_spreadsheet", [False, True])
def test_revoking_takes_the_row_out_of_the_list_at_once_and_once_more_says_so(desk, saved_by_a_spreadsheet):
    desk.fill(ZOE, ADA)
    desk.issue()
    path, (number, _) = desk.folder() / "list.csv", desk.listed()["Zoë Ú"]
    if saved_by_a_spreadsheet:
        path.write_bytes(path.read_bytes().replace(b'"', b"").replace(b",", b";"))
    others = [line for line in path.read_bytes().splitlines(keepends=True) if number.encode() not in line]
    about = f"certificate {number}, Seminar at the harbour, 2021-03-01"
    assert revoke(number, desk.root, desk.output) == ([f"revoked: {about}"], 0)
    assert path.read_bytes() == b"".join(others) and len(others) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert revoke(number, desk.root, desk.output) == ([f"was revoked before: {about}"], 0)


def test_revoking_what_is_not_there_changes_nothing(desk):
    desk.fill(ZOE)
    desk.issue()
    assert revoke("harbour-en-2021-9999", desk.root, desk.output)[1] == 1
    assert verify(desk.listed()["Zoë Ú"][1], desk.root)[1] == 0


@pytest.mark.parametrize(("threshold", "count"), [("", 0), ("30", 1), ("31", 0), ("50%", 1), ("51%", 0), ("1", 2)])
def test_the_threshold_is_in_minutes_or_a_share_of_the_seminar_and_else_more_than_half(desk, threshold, count):
    desk.fill(ZOE, left="23:00")
    with (desk.exports / f"{SEMINAR}-participants.csv").open("a", encoding="utf-8") as file:
        file.write("\nAda Stone,ada@example.org,2021-03-01 22:30,2021-03-01 22:40")
    with (desk.exports / f"{SEMINAR}-registration.csv").open("a", encoding="utf-8") as file:
        file.write("\nAda,Stone,ada@example.org,,,,,approved")
    desk.issue(threshold=threshold)
    assert len(list(desk.folder().glob("*.pdf"))) == count


def test_who_stayed_too_short_is_counted_with_the_minutes_that_are_needed(desk):
    desk.fill(ZOE)
    with (desk.exports / f"{SEMINAR}-participants.csv").open("a", encoding="utf-8") as file:
        file.write("\nAda Stone,ada@example.org,2021-03-01 22:30,2021-03-01 22:40")
    with (desk.exports / f"{SEMINAR}-registration.csv").open("a", encoding="utf-8") as file:
        file.write("\nAda,Stone,ada@example.org,,,,,approved\nBo,New,bo@example.org,,,,,approved")
    lines, code = desk.issue(threshold="1")
    assert lines[0].endswith("2 of them there for 1 minute or more")
    lines, code = desk.issue()
    assert code == 0
    assert "  1 more was issued before and is valid; revoke one to withdraw it" in lines
    assert "  there for less than the 31 minutes that are needed, and without a certificate: 1" in lines
    assert "Ada" not in "".join(lines)
    assert not any("for less than" in line for line in desk.issue(threshold="1")[0])


@pytest.mark.parametrize(
    ("threshold", "why"),
    [
        ("0", "is not above 0"),
        ("0%", "is not above 0"),
        ("61", r"is longer than the seminar \(60 minutes\)"),
        ("101%", r"is longer than the seminar \(60 minutes\)"),
        ("half", "is no number of minutes and no share"),
        ("-5", "is no number of minutes and no share"),
        ("5.5", "is no number of minutes and no share"),
    ],
)
def test_a_threshold_that_nobody_can_reach_is_a_mistake(desk, threshold, why):
    desk.fill(ZOE)
    with pytest.raises(SourceError, match=f"the threshold `{threshold}` {why}"):
        desk.issue(threshold=threshold)


def test_without_times_or_with_a_line_not_understood_nothing_is_issued(desk):
    desk.fill(ZOE)
    stays = desk.exports / f"{SEMINAR}-participants.csv"
    stays.write_text(f"{PARTICIPANTS}\nZoë Ú,zoe@example.org,some day,2021-03-01 23:00\n", encoding="utf-8")
    with pytest.raises(SourceError, match=":2: a time in this line cannot be read"):
        desk.issue()
    stays.unlink()
    with pytest.raises(SourceError, match="no times of participants"):
        desk.issue()
    assert not desk.folder().exists()


def test_with_only_half_of_each_name_nothing_is_issued_and_the_count_of_registrations_says_it_too(desk):
    desk.fill(ZOE)
    path = desk.exports / f"{SEMINAR}-registration.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Last Name", "Maiden Name"), encoding="utf-8")
    said = "only one half of each name is read, `First Name`; the other half may be `Maiden Name`"
    problem = f"sources/registrations/{SEMINAR}-registration.csv:1: {said}; call its column `Last Name`"
    for words in (("registrations",), ("certificates", SEMINAR)):
        done = run_here(*words, "--root", str(desk.root))
        assert (done.returncode, problem in done.stdout) == (1, True)
    assert not (desk.root / REGISTER).exists()


@pytest.mark.parametrize("row", ["Zoë Ú,zoe@example.org,2021-03-01 22:30,2021-03-01 23:30", ",,,", None])
def test_a_column_that_is_not_understood_is_named_as_by_the_count_of_registrations(desk, row):
    desk.fill(ZOE)
    stays = desk.exports / f"{SEMINAR}-participants.csv"
    stays.unlink()
    if row is not None:
        stays.write_text(f"{PARTICIPANTS},Blood type\n{row},AB+\n", encoding="utf-8")
    registered = desk.exports / f"{SEMINAR}-registration.csv"
    text = registered.read_text(encoding="utf-8")
    registered.write_text(text.replace("Approval Status", "Approval Status,Shoe size"), encoding="utf-8")
    counted, issued = (
        run_here(*words, "--root", str(desk.root)).stdout for words in (("registrations",), ("certificates", SEMINAR))
    )
    lines = [line for line in counted.splitlines() if "unknown, and not read" in line]
    assert len(lines) == (1 if row is None else 2)
    assert [line for line in issued.splitlines() if "unknown, and not read" in line] == lines


@pytest.mark.parametrize(("status", "held"), [("cancelled", False), ("postponed", False), ("tentative", True)])
def test_for_a_seminar_that_was_not_held_nothing_is_issued(desk, status, held):
    desk.fill(ZOE)
    replace(desk.root, f"sources/seminars/{SEMINAR}.yaml", ("edition: 2\n", f"edition: 2\nstatus: {status}\n"))
    done = run_here("certificates", SEMINAR, "--issue", "1", "--root", str(desk.root))
    problem = f"sources/seminars/{SEMINAR}.yaml:1: the seminar is {status}, so it has no attendance"
    assert (done.returncode == 0, problem in done.stdout) == (held, not held)
    assert (desk.root / REGISTER).exists() == held


@pytest.mark.parametrize("status", ["pending", "denied"])
def test_who_was_not_approved_is_asked_about(desk, status):
    desk.fill(ZOE)
    path = desk.exports / f"{SEMINAR}-registration.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("approved", status), encoding="utf-8")
    lines, code = desk.issue()
    assert code == 1
    assert any(f"the registration is {status}" in line for line in lines)


def test_a_broken_register_is_said_and_left_as_it_is(desk):
    desk.fill(ZOE)
    (desk.root / REGISTER).write_bytes(b"no database at all, " * 100)
    with pytest.raises(ToolError, match="restore it from your backup"):
        desk.issue()
    assert (desk.root / REGISTER).read_bytes().startswith(b"no database")


def test_a_run_that_breaks_off_between_register_and_files_is_taken_up_again(desk):
    desk.fill(*(f"P{i},Q,p{i}@example.org" for i in range(3)))
    desk.issue()
    before = desk.listed()
    (desk.folder() / f"{SEMINAR}-2021-0002.pdf").unlink()
    (desk.folder() / ".new-1-half.pdf").write_bytes(b"%PDF")
    assert "1 made or changed" in desk.issue()[0][-1]
    assert desk.listed() == before
    assert {path.suffix for path in desk.folder().iterdir()} == {".pdf", ".csv"}
    assert not list(desk.folder().glob(".*"))


def test_the_register_holds_no_address(desk):
    desk.fill(ZOE)
    desk.issue()
    assert b"example.org" not in (desk.root / REGISTER).read_bytes()
    with sqlite3.connect(desk.root / REGISTER) as base:
        assert base.execute("SELECT count(*) FROM people").fetchone()[0] >= 1
    base.close()
