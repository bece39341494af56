"""Personal data stays where it belongs: private files that git does not see, no package, no message; and it goes."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import zipfile

import pytest

from pipeline.certificates import REGISTER
from pipeline.certificates.ledger import as_csv
from pipeline.problems import SourceError
from pipeline.purge import purge
from pipeline.register_commands import registrations
from pipeline.verify_commands import verify
from tests.certificates.conftest import ON_THE_HILL, SEMINAR
from tests.conftest import ROOT, run

ZOE = "Zoë,Xylander-Quarx,zoe@xylander.example"
MARKS = (b"Xylander", b"xylander.example")
HILL = {"seminar": ON_THE_HILL, "joined": "2021-03-02 09:00", "left": "10:00"}


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
    registrations([], desk.root)
    assert {mode(path) for path in desk.exports.iterdir()} == {0o600}
    assert mode(desk.exports) == 0o700


def test_git_does_not_see_exports_register_and_certificates(tmp_path):
    git = shutil.which("git")
    subprocess.run([git, "init", "-q", tmp_path], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    for name in ("sources/registrations/africa-fr.csv", REGISTER.as_posix(), "output/x/certificates/list.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    seen = subprocess.run([git, "status", "--short", "-uall"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["??", ".gitignore"]


def test_nothing_of_it_enters_a_package_and_a_build_leaves_the_certificates(desk):
    desk.fill(ZOE)
    desk.issue()
    done = run("build", "--root", str(desk.root))
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


def test_purging_deletes_everything_personal_and_proves_it(desk):
    desk.fill(ZOE)
    desk.issue()
    number, code = desk.listed()["Zoë Xylander-Quarx"]
    lines, returned = purge("2021-03-02", desk.root, desk.output)
    assert returned == 0
    assert lines[1].startswith("  deleted: 2 exports, 0 lists of recipients, 0 files of outboxes, 2 files of certificates")
    assert not any(count != "0" for count in re.findall(r"\d+", lines[2]))
    assert lines[3].endswith("found in none")
    assert not any(mark in path.read_bytes() for mark in MARKS for path in desk.root.rglob("*") if path.is_file())
    said, returned = verify(code, desk.root, with_name=True)
    assert returned == 0
    assert said[0].startswith(f"issued: certificate {number}") and "deleted" in said[0]


def test_purging_leaves_seminars_from_that_day_on(desk):
    desk.fill(ZOE)
    desk.fill("Ada,Stone,ada@example.org", **HILL)
    for seminar in (SEMINAR, ON_THE_HILL):
        desk.issue(seminar)
    _, code = desk.listed(ON_THE_HILL)["Ada Stone"]
    purge("2021-03-02", desk.root, desk.output)
    assert verify(code, desk.root, with_name=True)[0][0].endswith("issued to Ada Stone")
    assert len(list(desk.exports.glob("*.csv"))) == 2
    assert len(list(desk.folder(ON_THE_HILL).iterdir())) == 2


def test_after_a_purge_no_second_number_can_be_given(desk):
    desk.fill(ZOE)
    desk.issue()
    purge("2021-03-02", desk.root, desk.output)
    desk.fill(ZOE)
    with pytest.raises(SourceError, match="has been purged"):
        desk.issue()


def test_purging_reaches_a_seminar_whose_source_is_gone(desk):
    desk.fill(ZOE)
    desk.issue()
    (desk.root / f"sources/seminars/{SEMINAR}.yaml").unlink()
    lines, _ = purge("2021-03-02", desk.root, desk.output)
    assert SEMINAR in lines[0]
    assert b"Xylander" not in (desk.root / REGISTER).read_bytes()
    assert not list(desk.exports.glob("*.csv"))


@pytest.mark.parametrize(
    ("before", "said"), [("9999-01-01", "still to come"), ("01/02/2021", "is no date"), ("", "no date")]
)
def test_a_day_that_is_not_meant_deletes_nothing(desk, before, said):
    desk.fill(ZOE)
    with pytest.raises(SourceError, match=said):
        purge(before, desk.root, desk.output)
    assert len(list(desk.exports.glob("*.csv"))) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", " ="])
def test_no_cell_of_the_list_is_taken_for_a_formula(start):
    text = as_csv([(f'{start}HYPERLINK("http://x")',)]).decode("utf-8-sig")
    assert text.split("\r\n", 1)[1].startswith('"\t')


def test_a_file_that_is_nobodys_is_named_with_the_nearest_seminar(desk):
    desk.fill(ZOE)
    (desk.exports / "harbor-en.csv").write_text("x")
    (desk.exports / "harbour-en.xlsx").write_text("x")
    (desk.exports / "harbour-english.csv").write_text("x")
    lines, code = registrations([], desk.root)
    assert code == 1
    assert any(
        "harbor-en.csv:1: the name of this file begins with no seminar; did you mean `harbour-en`?" in line for line in lines
    )
    assert any("harbour-en.xlsx:1: this is no CSV file" in line for line in lines)
    assert any("harbour-english.csv:1: the name of this file begins with no seminar" in line for line in lines)


def test_registrations_are_counted_against_the_quota_and_who_to_ask_is_listed(desk):
    desk.fill(*(f"P{i},Q,p{i}@example.org" for i in range(5)), "Ana,Lima,", "Ana,Lima,ana@example.org")
    path = desk.exports / f"{SEMINAR}-registration.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("p0@example.org,Court,Mali", "p0@example.org,,Atlantis"))
    lines, code = registrations([SEMINAR], desk.root)
    text = "\n".join(lines)
    assert code == 0
    assert "6 people in 7 rows: 6 approved, 0 pending, 0 denied" in text
    assert "1 countries (about 3 participants each):" in text
    assert "Mali                             5   2 over: choose" in text
    for title in (
        "registered more than once (counted once): 1",
        "no country that is known: ask: 1",
        "no institution: ask: 1",
    ):
        assert title in text
    assert f"P0 Q <p0@example.org> (sources/registrations/{SEMINAR}-registration.csv:2)" in text
