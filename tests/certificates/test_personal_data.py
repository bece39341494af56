"""Personal data stays where it belongs: private files that git does not see, no package, no message."""

from __future__ import annotations

import shutil
import stat
import subprocess
import zipfile

import pytest

from pipeline.certificates import REGISTER, Register
from pipeline.cli.attendance import registrations
from pipeline.core.csv_file import as_csv
from tests.certificates.conftest import SEMINAR
from tests.conftest import ROOT, build_here, run_here, said, tool

ZOE = "Zoë,Xylander-Quarx,zoe@xylander.example"
MARKS = (b"Xylander", b"xylander.example")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_file_with_personal_data_is_private_even_under_a_generous_umask(desk):
    desk.fill(ZOE)
    for path in (desk.exports, *desk.exports.iterdir()):
        path.chmod(0o777)
    desk.issue()
    for folder in (desk.exports, desk.folder()):
        assert mode(folder) == 0o700
        assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_counting_registrations_makes_the_exports_private(desk):
    desk.fill(ZOE)
    for path in (desk.exports, *desk.exports.iterdir()):
        path.chmod(0o777)
    said(registrations, [], desk.root)
    assert {mode(path) for path in desk.exports.iterdir()} == {0o600}
    assert mode(desk.exports) == 0o700


@pytest.mark.parametrize(
    "words",
    [
        ("registrations",),
        ("certificates", SEMINAR),
        ("verify", "ABCD"),
        ("revoke", "ABCD"),
        ("outbox", SEMINAR),
        ("purge", "--before", "2001-01-01"),
    ],
    ids=lambda words: words[0],
)
def test_whatever_command_reads_the_folder_makes_all_that_lies_there_private(desk, words, tmp_path):
    desk.fill(ZOE)
    with Register.opened(desk.root):
        pass
    (desk.exports / "backup").mkdir()
    for name in ("speakers.csv", f"{SEMINAR}-recipients.csv", "old list.csv", "liste.xlsx", ".kept", "backup/old.csv"):
        (desk.exports / name).write_text("speaker,name,address\n", encoding="utf-8")
    (tmp_path / "elsewhere.txt").touch(mode=0o644)
    (desk.exports / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    inside = [path for path in desk.exports.rglob("*") if not path.is_symlink()]
    for path in (desk.exports, *inside):
        path.chmod(0o755 if path.is_dir() else 0o644)
    done = run_here(*words, "--root", str(desk.root))
    assert "Traceback" not in done.stderr
    assert {mode(path) for path in inside if path.is_file()} == {0o600}
    assert {mode(path) for path in (desk.exports, desk.exports / "backup")} == {0o700}
    assert mode(tmp_path / "elsewhere.txt") == 0o644


PRIVATE = (
    "sources/registrations/africa-fr.csv",
    "sources/registrations/africa-fr-recipients.csv",
    "sources/registrations/mail.sqlite",
    REGISTER.as_posix(),
    f"{REGISTER.as_posix()}-journal",
    "output/africa-fr/certificates/list.csv",
    "output/africa-fr/certificates/africa-fr-2020-0001.pdf",
    "output/africa-fr/outbox/outbox.csv",
)


def test_git_does_not_take_exports_register_and_certificates_even_when_told_to(tmp_path):
    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([tool("git", "what git ignores"), *words], cwd=tmp_path, capture_output=True, text=True)

    git("init", "-q")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    for name in PRIVATE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
        refused = git("add", name)
        assert refused.returncode == 1
        assert "ignored by one of your .gitignore files" in refused.stderr
    assert git("add", "-A").returncode == 0
    assert git("ls-files").stdout.split() == [".gitignore"]


def test_nothing_of_it_enters_a_package_and_a_build_leaves_the_certificates(desk):
    desk.fill(ZOE)
    desk.issue()
    done = build_here(desk.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Xylander" not in done.stdout + done.stderr
    assert len(list(desk.folder().iterdir())) == 2
    with zipfile.ZipFile(desk.output / f"{SEMINAR}.zip") as package:
        contents = {name: package.read(name) for name in package.namelist()}
    for path in desk.output.rglob("*"):
        if path.is_file() and desk.folder() not in path.parents:
            contents[path.as_posix()] = path.read_bytes()
    assert len(contents) > 20
    assert [name for name, content in contents.items() if any(mark in content for mark in MARKS)] == []
    assert not any("certificate" in name.lower() for name in contents if "/" not in name)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%", " ="])
def test_no_cell_of_a_list_is_taken_for_a_formula(start):
    text = as_csv(["Name"], [(f'{start}HYPERLINK("http://x")',)]).decode("utf-8-sig")
    assert text.split("\r\n", 1)[1].startswith('"\t')


def test_a_file_that_is_nobodys_is_named_with_the_nearest_seminar(desk):
    desk.fill(ZOE)
    (desk.exports / "harbor-en.csv").write_text("x")
    (desk.exports / "harbour-en.ods").write_text("x")
    (desk.exports / "harbour-english.csv").write_text("x")
    lines, code = said(registrations, [], desk.root)
    assert code == 1
    assert any(
        "harbor-en.csv:1: the name of this file begins with no seminar; did you mean `harbour-en`?" in line
        for line in lines
    )
    assert any(
        "harbour-en.ods:1: this is neither a CSV file nor an Excel file (.xlsx); save it" in line for line in lines
    )
    assert any("harbour-english.csv:1: the name of this file begins with no seminar" in line for line in lines)
