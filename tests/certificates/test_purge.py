"""Purging: everything that is held of a seminar's people goes, what others hold stays, and a kill is made good."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.certificates import REGISTER
from pipeline.cli import purge as command
from pipeline.cli.certificates import verify
from pipeline.cli.mail import outbox
from pipeline.core.problems import SourceError
from pipeline.mail.log import opened
from pipeline.mail.outbox import drafts, mail_lock
from pipeline.mail.recipients import address_hash
from pipeline.workflows.search import PIECE, search
from tests.certificates.conftest import ON_THE_HILL, SEMINAR, Desk
from tests.conftest import ROOT, run_here, said

ZOE = "Zoë,Xylander-Quarx,zoe@xylander.example"
MARKS = (b"Xylander", b"xylander.example")
HILL = {"seminar": ON_THE_HILL, "joined": "2021-03-02 09:00", "left": "10:00"}
AFTER = "2021-03-02"
"""A day on which the first seminar is over and the second is not."""


def listed(before: str, root: Path, output: Path) -> tuple[list[str], int]:
    """Return what is said before anything is deleted, and the exit code."""
    return said(command.purge, datetime.fromisoformat(before), root=root, output=output)


def purge(before: str, root: Path, output: Path, count: int | None = None) -> tuple[list[str], int]:
    """Purge as many items as the list says, or try so many; return what is said, and the exit code."""
    if count is None:
        count = sum(counts(listed(before, root, output)[0][1]))
    return said(command.purge, datetime.fromisoformat(before), count, root, output)


@pytest.fixture
def full_desk(built_miniature: Path, tmp_path: Path) -> Desk:
    """A built project that holds all there can be of Zoë: exports, a list, mails, a log of them, and a certificate."""
    root = tmp_path / "project"
    shutil.copytree(built_miniature.parent, root)
    desk = Desk(root=root, output=root / "output")
    desk.fill(ZOE)
    desk.fill("Ada,Stonehouse,ada@example.org", **HILL)
    row = "Zoë Xylander-Quarx,zoe@xylander.example"
    (desk.exports / f"{SEMINAR}-recipients.csv").write_text(f"name,address\n{row}\n", encoding="utf-8")
    for seminar in (SEMINAR, ON_THE_HILL):
        desk.issue(seminar)
        said(outbox, seminar, root=root, output=desk.output)
        with mail_lock(root) as folder, opened(folder) as log:
            for draft in drafts(desk.output / seminar / "outbox"):
                log.record(draft, seminar, "sent", "250 taken for [address]")
    (desk.output / SEMINAR / ".new-1-outbox").mkdir()
    (desk.output / SEMINAR / ".new-1-outbox/0001.eml").write_bytes(MARKS[0])
    return desk


def counts(line: str) -> list[int]:
    return [int(number) for number in re.findall(r"(?<=[a-z] )\d+", line)]


def holding(root: Path) -> list[str]:
    """Return the files in whose bytes anything of Zoë stands."""
    files = (path for path in root.rglob("*") if path.is_file())
    return [path.name for path in files if any(mark in path.read_bytes() for mark in MARKS)]


def test_everything_personal_goes_and_that_it_is_gone_is_looked_up(full_desk):
    _, code = full_desk.listed()["Zoë Xylander-Quarx"]
    number = full_desk.listed()["Zoë Xylander-Quarx"][0]
    assert len(holding(full_desk.root)) >= 6
    log, stands_for_her = full_desk.exports / "mail.sqlite", address_hash("zoe@xylander.example").encode()
    assert stands_for_her in log.read_bytes()
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert returned == 0
    assert stands_for_her not in log.read_bytes()
    assert lines[0] == f"before {AFTER}: {SEMINAR}"
    assert counts(lines[1]) == [2, 1, 4, 2, 3, 1]
    assert counts(lines[2]) == [0, 0, 0, 0, 0, 0]
    assert re.match(r"  looked for 2 names and addresses .* in \d{2,} files: found in none", lines[3])
    assert holding(full_desk.root) == []
    assert "Xylander" not in "\n".join(lines)  # counts, not names
    answer, returned = said(verify, code, True, full_desk.root)
    assert returned == 0
    assert answer[0].startswith(f"issued: certificate {number}") and "deleted" in answer[0]


def test_first_it_lists_what_would_go_and_deletes_nothing(full_desk):
    before = {path: path.read_bytes() for path in full_desk.root.rglob("*") if path.is_file()}
    lines, code = listed(AFTER, full_desk.root, full_desk.output)
    assert (code, lines[0], counts(lines[1])) == (0, f"before {AFTER}: {SEMINAR}", [2, 1, 4, 2, 3, 1])
    names = [Path(line.strip()).name for line in lines[2:-3]]
    assert names == [
        f"{SEMINAR}-participants.csv",
        f"{SEMINAR}-registration.csv",
        f"{SEMINAR}-recipients.csv",
        "outbox",
        ".new-1-outbox",
        "certificates",
    ]
    assert lines[-3:] == [
        "13 items are to be deleted. Nothing was deleted.",
        "Afterwards no certificate of these seminars can be issued, changed or shown with its name any more.",
        f"To delete 13: make purge BEFORE={AFTER} PURGE=13",
    ]
    assert {path: path.read_bytes() for path in full_desk.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("count", [0, 12, 14, -13])
def test_a_wrong_number_deletes_nothing_and_says_the_right_one(full_desk, count):
    before = holding(full_desk.root)
    said = f"13 items are to be deleted, not {count}; nothing was deleted."
    assert purge(AFTER, full_desk.root, full_desk.output, count) == ([said], 1)
    assert holding(full_desk.root) == before


def test_where_nothing_is_held_there_is_nothing_to_type(desk):
    lines, code = listed(AFTER, desk.root, desk.output)
    assert (code, lines[-1]) == (0, "0 items are to be deleted. Nothing was deleted.")
    assert not (desk.root / REGISTER).exists()


def test_what_other_seminars_hold_stays_and_so_does_the_package(full_desk):
    package = (full_desk.output / f"{SEMINAR}.zip").read_bytes()
    purge(AFTER, full_desk.root, full_desk.output)
    _, code = full_desk.listed(ON_THE_HILL)["Ada Stonehouse"]
    assert said(verify, code, True, full_desk.root)[0][0].endswith("issued to Ada Stonehouse")
    assert len(list(full_desk.exports.glob("*.csv"))) == 2
    assert len(list(full_desk.folder(ON_THE_HILL).iterdir())) == 2
    with mail_lock(full_desk.root) as folder, opened(folder) as log:
        assert (len(log.rows(SEMINAR)), len(log.rows(ON_THE_HILL))) == (0, 1)
    assert len(drafts(full_desk.output / ON_THE_HILL / "outbox")) == 1
    assert (full_desk.output / f"{SEMINAR}.zip").read_bytes() == package


def test_who_is_registered_for_a_later_seminar_too_is_not_looked_for(full_desk):
    full_desk.fill(ZOE, **HILL)
    full_desk.issue(ON_THE_HILL)
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, lines[3].split(" names")[0]) == (0, "  looked for 0")
    assert "Zoë Xylander-Quarx" in full_desk.listed(ON_THE_HILL)


def test_a_copy_that_somebody_made_is_found_and_named(full_desk):
    shutil.copy(full_desk.exports / f"{SEMINAR}-participants.csv", full_desk.output / "copy.csv")
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert returned == 1
    assert "found in 1" in lines[3]
    assert lines[4].startswith(f"    {full_desk.output / 'copy.csv'}: ")


LEFT = (
    "liste.csv",
    "docs/minutes of March.md",
    "templates/letter.txt",
    "bibliography/thanks.txt",
    "sources/returned/harbour-en/notes.md",
    "sources/liste.yaml",
    "sources/registrations/backup/old.bak",
)
OF_TOOLS = (".git/index", ".venv/x.txt", "tests/node_modules/x.js", "docs/__pycache__/x.pyc")


def test_every_file_of_the_project_is_looked_through_and_none_of_tools(full_desk):
    for name in (*LEFT, *OF_TOOLS):
        path = full_desk.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("There was also Zoë Xylander-Quarx.\n", encoding="utf-8")
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert returned == 1
    assert f"found in {len(LEFT)}" in lines[3]
    named = {line.strip().partition(": found 1×;")[0] for line in lines[4:-1]}
    assert {str(full_desk.root / name) for name in LEFT} <= named


def test_an_output_folder_elsewhere_is_looked_through_too(full_desk, tmp_path):
    output = tmp_path / "elsewhere"
    full_desk.output.rename(output)
    for folder in (output, full_desk.root):
        (folder / "liste.csv").write_text("zoe@xylander.example\n", encoding="utf-8")
    lines, returned = purge(AFTER, full_desk.root, output)
    assert (returned, "found in 2" in lines[3]) == (1, True)


def test_a_name_that_is_public_is_not_looked_for(full_desk):
    speaker = next((full_desk.root / "sources/people").glob("*.yaml"))
    with speaker.open("a", encoding="utf-8") as file:
        file.write("# once Zoë Xylander-Quarx\n")
    (full_desk.root / "liste.csv").write_text("Zoë Xylander-Quarx\n", encoding="utf-8")
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, lines[3].split(" (of")[0]) == (0, "  looked for 1 name or address")


def test_a_speaker_who_registered_too_is_public_however_the_name_is_written(full_desk):
    full_desk.fill("ben,south,ben.s@example.org", "South,Ben,b.south@example.org")
    (full_desk.exports / f"{SEMINAR}-recipients.csv").unlink()
    for name in ("outbox", "certificates"):
        shutil.rmtree(full_desk.output / SEMINAR / name)
    (full_desk.root / REGISTER).unlink()
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, lines[3].split(" (of")[0]) == (0, "  looked for 2 names and addresses")


def test_a_large_file_is_looked_through_piece_by_piece_and_nothing_is_lost_between_them(tmp_path):
    name = "Zoë Xylander-Quarx".encode()
    edge = PIECE - len(name) // 2
    (tmp_path / "large").write_bytes(b"." * edge + name + b"." * (PIECE - 7) + name + name)
    assert search(["Zoë Xylander-Quarx", "a much longer name " * 9], [tmp_path / "large"]) == {tmp_path / "large": 3}


def test_what_is_looked_for_is_found_in_any_bytes_and_a_short_name_is_not(tmp_path):
    places = {
        "a": b"\0\1Ana Lima-Diop\2",
        "b": b"Ana Lima-Dia, Ana Lim",
        "c": "x Zoë Ñandú".encode() * 2,
        "d": b"Ana Li",
    }
    for name, content in places.items():
        (tmp_path / name).write_bytes(content)
    found = search(["Ana Lima-Diop", "Zoë Ñandú", "Ana Li"], sorted(tmp_path.iterdir()))
    assert {path.name: count for path, count in found.items()} == {"a": 1, "c": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("written", ["Zoë Xylander-Quarx", "ZOË XYLANDER-QUARX", "zoë xyLANDer-Quarx"])
def test_a_name_is_found_in_every_encoding_and_however_large_its_letters_are(tmp_path, encoding, written):
    path = tmp_path / "liste.csv"
    path.write_bytes(f"name;address\r\n{written};x\r\n\r\n{written}".encode(encoding))
    assert search(["Zoë Xylander-Quarx", "Zoë Ñandú", "Ελένη Βασιλείου"], [path]) == {path: 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_name_beyond_western_letters_is_found_in_every_encoding_that_has_it(tmp_path, encoding):
    path = tmp_path / "liste.csv"
    path.write_bytes("x Ελένη Βασιλείου x 雷李王 x".encode(encoding))
    assert search(["Ελένη Βασιλείου", "雷李王"], [path]) == {path: 2}


def test_a_name_that_is_too_short_is_not_made_long_enough_by_an_encoding(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes("Ana Li".encode("utf-16"))
    assert search(["Ana Li"], [path]) == {}


def test_programs_and_their_tests_are_not_to_be_deleted_for_an_invented_name(full_desk):
    for name in ("tests/test_x.py", "pipeline/x.py", ".ci/run"):
        path = full_desk.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Zoë Xylander-Quarx\n", encoding="utf-8")
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, "found in none" in lines[3]) == (0, True)
    assert lines[4].startswith("  packed files (zip, docx, xlsx, pdf and the like) were not looked into")


def test_after_a_purge_no_second_number_can_be_given(full_desk):
    purge(AFTER, full_desk.root, full_desk.output)
    full_desk.fill(ZOE)
    with pytest.raises(SourceError, match="has been purged"):
        full_desk.issue()


def test_a_seminar_whose_source_is_gone_is_reached_by_the_register(full_desk):
    (full_desk.root / f"sources/seminars/{SEMINAR}.yaml").unlink()
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, lines[0]) == (0, f"before {AFTER}: {SEMINAR}")
    assert holding(full_desk.root) == []


def test_a_seminar_that_was_put_off_keeps_its_people(full_desk):
    source = full_desk.root / f"sources/seminars/{SEMINAR}.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("2021-03-01", "2021-04-01"), encoding="utf-8")
    lines, _ = purge(AFTER, full_desk.root, full_desk.output)
    assert lines[0].endswith("no seminar")
    assert len(holding(full_desk.root)) >= 6


def test_a_list_under_a_similar_name_goes_with_its_seminar(full_desk):
    for name in (f"{SEMINAR}_recipients.csv", f"{SEMINAR.title()}-recipients.csv", f"{ON_THE_HILL}_recipients.csv"):
        (full_desk.exports / name).write_text("name,address\nZoë,zoe@xylander.example\n", encoding="utf-8")
    lines, returned = purge(AFTER, full_desk.root, full_desk.output)
    assert (returned, counts(lines[1])[1], holding(full_desk.root)) == (0, 3, [f"{ON_THE_HILL}_recipients.csv"])


def test_a_file_that_is_nobodys_is_named_and_left(full_desk):
    (full_desk.exports / "old list.csv").write_text("Name,Email\n", encoding="utf-8")
    lines, _ = purge(AFTER, full_desk.root, full_desk.output)
    assert "  not touched, since it belongs to no seminar: sources/registrations/old list.csv" in lines
    assert (full_desk.exports / "old list.csv").exists()


def test_a_day_to_come_deletes_nothing(desk):
    desk.fill(ZOE)
    with pytest.raises(SourceError, match="in the future"):
        purge("9999-01-01", desk.root, desk.output)
    assert len(list(desk.exports.glob("*.csv"))) == 2


@pytest.mark.parametrize("before", ["01/02/2021", "", "2021-02-30"])
def test_what_is_no_date_deletes_nothing_and_says_how_one_is_written(desk, before):
    desk.fill(ZOE)
    done = run_here("purge", "--before", before, "--root", str(desk.root))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--before" in done.stderr and "%Y-%m-%d" in done.stderr
    assert len(list(desk.exports.glob("*.csv"))) == 2


DYING = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pipeline.workflows.purge import held, purge

removed = 0

def die(event, arguments):
    global removed
    if event in ("os.remove", "os.rmdir") and not _of_the_system(os.fsdecode(arguments[0])):
        removed += 1
        if removed == 2:
            os.kill(os.getpid(), signal.SIGKILL)

def _of_the_system(path):
    # Python itself makes and removes a file when it looks for the folder of temporary files.
    return os.path.isabs(path) and not path.startswith(sys.argv[1])

root, killed, returned = Path(sys.argv[1]), 0, -signal.SIGKILL
while returned == -signal.SIGKILL:
    child = os.fork()
    if not child:
        day, output = date.fromisoformat(sys.argv[2]), root / "output"
        count = held(day, root, output).total
        sys.addaudithook(die)
        assert purge(day, count, root, output)
        os._exit(0)
    returned = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    killed += returned == -signal.SIGKILL
    assert killed < 30
print(returned, killed)
"""
"""Starts purges until one of them ends well; each of them is killed when it has removed one file or folder and is
about to remove the next. They are copies of one process, which has loaded the program already."""


def test_a_purge_that_is_killed_after_every_single_file_is_finished_by_the_next(full_desk):
    words = [sys.executable, "-c", DYING, str(full_desk.root), AFTER]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 11\n"  # of twelve files and folders, the last is followed by no other
    lines, code = purge(AFTER, full_desk.root, full_desk.output)
    assert (code, counts(lines[1]), counts(lines[2])) == (0, [0] * 6, [0] * 6)
    assert holding(full_desk.root) == []
    assert not list(full_desk.root.rglob("*-journal"))


def test_the_register_is_private_after_a_purge(full_desk):
    purge(AFTER, full_desk.root, full_desk.output)
    assert (full_desk.root / REGISTER).stat().st_mode & 0o777 == 0o600
