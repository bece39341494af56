"""A build that can be relied on: the same bytes anywhere, nothing half-made, whoever kills it and whenever."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, build_here, copy_miniature, run, run_here
from tests.faults import replace

KILLS = 3
SEED = 20200709


def contents(output: Path) -> dict[str, str]:
    """Return the hash of every published file below `output` by its path; the cache is nobody's business."""
    files = (p for p in sorted(output.rglob("*")) if p.is_file() and not p.relative_to(output).parts[0].startswith("."))
    return {p.relative_to(output).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def leftovers(output: Path) -> list[Path]:
    """Return everything that has the name of something unfinished."""
    return [path for path in output.rglob("*") if path.name.startswith((".new-", ".old-"))]


def test_the_same_sources_give_the_same_bytes_from_another_place_zone_locale_umask_and_hash_seed(
    tmp_path, built_miniature
):
    elsewhere = copy_miniature(tmp_path / "a path with spaces and é")
    done = subprocess.run(
        ["bash", "-c", 'umask 077; exec "$@"', "bash", sys.executable, "-m", "pipeline", "build", "--root", elsewhere],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": "77",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(elsewhere / "output") == contents(built_miniature)
    assert all(p.stat().st_mode & 0o777 == 0o644 for p in (elsewhere / "output").glob("*/package/*"))


def test_a_second_build_changes_no_byte_and_no_date(made):
    dates = {p: p.stat().st_mtime_ns for p in (made / "output").rglob("*") if p.is_file()}
    (made / "output/.cache/build.json").unlink()  # so that it looks at everything again
    done = build_here(made)
    assert "up to date" in done.stdout
    now = {p: p.stat().st_mtime_ns for p in (made / "output").rglob("*") if p.is_file()}
    assert {p: d for p, d in now.items() if ".cache" not in p.parts and p.name != ".lock"} == {
        p: d for p, d in dates.items() if ".cache" not in p.parts and p.name != ".lock"
    }


def test_an_edited_role_line_remakes_only_what_prints_it(made):
    package = made / "output/harbour-en/package"
    before = {p.name: p.stat().st_mtime_ns for p in package.iterdir()}
    person = made / "sources/people/ben-south.yaml"
    person.write_text(person.read_text(encoding="utf-8").replace("for networks", "for ports"), encoding="utf-8")
    build_here(made)
    changed = {p.name.rpartition("_")[2] for p in package.iterdir() if before[p.name] != p.stat().st_mtime_ns}
    programme = {f"introduction-and-programme.{ending}" for ending in ("docx", "pdf", "html")}
    assert changed - {"index.html"} == programme | {
        "documents-to-print.pdf",
        "presentation.pptx",
        "manifest.json",
        "SHA256SUMS",
    }


def test_why_names_what_had_changed(made):
    brand = made / "templates/brand.yaml"
    brand.write_text(brand.read_text(encoding="utf-8").replace("1A1F36", "1A1F37"), encoding="utf-8")
    build_here(made)
    file = next((made / "output/harbour-en/package").glob("*factsheet.pdf"))
    done = run_here("why", str(file), "--root", str(made))
    assert done.stdout.strip().endswith("made again because templates/brand.yaml changed")


def test_why_names_the_source_file_that_had_changed(made):
    replace(made, "sources/people/ben-south.yaml", ("for networks", "for ports"))
    replace(made, "sources/texts/ar.yaml", ("speakers:\n", "speakers: # who speaks\n"))
    build_here(made)
    file = next((made / "output/harbour-en/package").glob("*programme.html"))
    done = run_here("why", str(file), "--root", str(made))
    assert done.stdout.strip().endswith("its words or pictures changed: sources/people/ben-south.yaml"), done.stdout


def test_why_says_that_a_file_was_lost(made):
    file = next((made / "output/harbour-en/package").glob("*factsheet.pdf"))
    lost, kept = "made again because the file on the disk was missing", "made for the first time"
    for spoil in (file.unlink, lambda: file.write_bytes(b"spoilt")):
        spoil()
        build_here(made)
        assert lost in run_here("why", str(file), "--root", str(made)).stdout
    for other in (file.with_suffix(".docx"), file.with_name("index.html")):
        assert kept in run_here("why", str(other), "--root", str(made)).stdout


def test_a_seminar_for_which_no_work_fits_has_an_empty_bibliography(miniature):
    replace(miniature, "sources/seminars/harbour-en.yaml", ("date: 2021-03-01", "date: 1921-03-01"))
    for _ in range(2):
        done = build_here(miniature)
        assert done.returncode == 0, done.stdout + done.stderr
    (file,) = (miniature / "output/harbour-en/package").glob("*.bib")
    assert file.read_bytes() == b""


def test_a_link_that_leads_nowhere_is_named_and_no_build_stumbles_over_it(made):
    (made / "sources/people/ada-north.fr.md").symlink_to("/nowhere")
    done = build_here(made)
    assert (done.returncode, done.stderr) == (1, "1 mistake in the sources; nothing was made.\n"), done.stdout


def test_a_change_of_the_program_counts_wherever_the_project_lies(miniature, tmp_path):
    program = tmp_path / "program"
    shutil.copytree(ROOT / "pipeline", program / "pipeline")
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, program / name)
    command = [sys.executable, "-m", "pipeline", "build", "--root", str(miniature)]
    said = [subprocess.run(command, cwd=program, capture_output=True, text=True).stdout for _ in range(2)]
    assert "files made" in said[0] and "up to date" in said[1]
    why = program / "pipeline/build/why.py"
    why.write_text(why.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert "files made" in subprocess.run(command, cwd=program, capture_output=True, text=True).stdout
    file = next((miniature / "output/harbour-en/package").glob("*factsheet.pdf"))
    command[3:] = ["why", str(file), "--root", str(miniature)]
    said = subprocess.run(command, cwd=program, capture_output=True, text=True).stdout
    assert said.strip().endswith("the program, a pinned library or Python changed: pipeline/build/why.py")


def test_a_file_spoilt_in_the_package_is_made_again(made):
    whole = contents(made / "output")
    file = next((made / "output/harbour-en/package").glob("*factsheet.docx"))
    file.write_bytes(b"spoilt")
    assert build_here(made).returncode == 0
    assert contents(made / "output") == whole


def test_the_zip_and_the_sums_hold_the_package(built_miniature):
    for folder in built_miniature.glob("*/package"):
        with zipfile.ZipFile(built_miniature / f"{folder.parent.name}.zip") as archive:
            assert {i.filename: archive.read(i) for i in archive.infolist()} == {
                p.name: p.read_bytes() for p in folder.iterdir()
            }
            assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        lines = (folder / "SHA256SUMS").read_text().splitlines()
        sums = dict(reversed(line.split("  ")) for line in lines)
        assert sums == {
            p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.name != "SHA256SUMS"
        }
        assert all(name.isascii() for name in sums)


def test_the_manifest_tells_every_file(built):
    for folder in built.glob("*/package"):
        listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        assert {f["path"] for f in listed} == {p.name for p in folder.iterdir()} - {"manifest.json", "SHA256SUMS"}
        for file in listed:
            content = (folder / file["path"]).read_bytes()
            assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
            assert all(file[key] for key in ("title", "language", "kind", "edition", "fingerprint"))


def test_a_build_killed_at_any_moment_leaves_whole_packages_and_the_next_run_recovers(tmp_path, built_miniature):
    root = copy_miniature(tmp_path / "series")
    whole = contents(built_miniature)
    chance = random.Random(SEED)
    started = time.monotonic()
    run("build", "--root", str(root), "--output", str(tmp_path / "warm"))
    length = time.monotonic() - started
    output = root / "output"
    for _ in range(KILLS):
        shutil.rmtree(output, ignore_errors=True)
        victim = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "build", "--root", str(root)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, length))
        if victim.poll() is None:
            os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
        final = (
            {p: h for p, h in contents(output).items() if "/.new-" not in p and "/.old-" not in p}
            if output.exists()
            else {}
        )
        assert final.items() <= whole.items()  # what has a final name is whole
        done = build_here(root)
        assert done.returncode == 0, done.stdout + done.stderr
        assert contents(output) == whole
        assert leftovers(output) == []


def test_a_folder_that_was_being_replaced_comes_back(made):
    package = made / "output/harbour-en/package"
    whole = contents(made / "output")
    package.rename(package.with_name(".old-1-package"))
    shutil.copytree(package.with_name(".old-1-package"), package.with_name(".new-1-package"))
    assert build_here(made).returncode == 0
    assert contents(made / "output") == whole
    assert leftovers(made / "output") == []


def test_two_builds_at_once_give_one_result_and_the_second_says_that_it_waits(miniature, built_miniature):
    command = [sys.executable, "-m", "pipeline", "build", "--root", str(miniature)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert contents(miniature / "output") == contents(built_miniature)
    assert any("waiting for it to end" in error for _, error in said)


def test_an_output_folder_that_cannot_be_written_gives_one_clear_line(miniature):
    (miniature / "output").write_text("a file where the folder should be")
    done = build_here(miniature)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_full_disk_gives_one_clear_line_and_leaves_what_was_there(tmp_path, miniature, built_miniature):
    """A small file system of its own, filled by the build itself; only root may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        done = _with_small_files(miniature)
    else:
        try:
            done = run("build", "--root", str(miniature), "--output", str(disk / "output"))
            assert contents(disk / "output").items() <= contents(built_miniature).items()  # what is there is whole
            assert leftovers(disk / "output") == []
        finally:
            subprocess.run(["umount", disk], check=True)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def _with_small_files(root: Path) -> subprocess.CompletedProcess[str]:
    """Return a run in which no file may grow over 20 kB: writing fails in the middle, as on a full disk."""
    script = 'ulimit -f 20; trap "" XFSZ; exec "$@"'
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-m", "pipeline", "build", "--root", root],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_write_that_fails_leaves_the_last_package_untouched(made):
    whole = contents(made / "output")
    person = made / "sources/people/ben-south.yaml"
    person.write_text(person.read_text(encoding="utf-8").replace("for networks", "for ports"), encoding="utf-8")
    done = _with_small_files(made)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert contents(made / "output") == whole
    assert leftovers(made / "output") == []


def test_a_build_opens_no_connection(miniature):
    """Every socket is refused; a build that wanted one would fail."""
    guard = miniature / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo'):\n"
        "        raise RuntimeError(f'{event} {args}')\n"
        "sys.addaudithook(refuse)\n"
    )
    done = run("build", "--root", str(miniature), PYTHONPATH=f"{guard}{os.pathsep}{ROOT}")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["biuld"], 2, "Did you mean 'build'?"),
        (["build", "--quick"], 2, "No such option: --quick"),
        (["build", "africa-frr"], 1, "did you mean `africa-fr`?"),
        (["why", "nothing.docx"], 1, "this file is not in the cache"),
        ([], 0, "Commands:"),
        (["help"], 0, "Commands:"),
        (["help", "build"], 0, "Make the packages of these seminars"),
        (["build", "--help"], 0, "Make the packages of these seminars"),
    ],
)
def test_the_command_line_answers_with_its_exit_codes(arguments, code, said):
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_killed_run_left_anywhere_is_removed(made):
    whole = contents(made / "output")
    for place in (".cache", "harbour-en/speakers/ben-south", "harbour-en"):
        (made / "output" / place / ".new-1-half").write_bytes(b"half")
    (made / "output/.cache/build.json").unlink()
    assert build_here(made).returncode == 0
    assert leftovers(made / "output") == []
    assert contents(made / "output") == whole


@pytest.mark.parametrize("command", ["build", "check"])
def test_where_nothing_can_be_said_there_is_a_line_and_no_traceback(command, made):
    arguments = [sys.executable, "-m", "pipeline", command, "--root", str(made)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(arguments, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr and "Traceback" not in done.stderr
    reader, writer = os.pipe()
    os.close(reader)  # as `head` does once it has enough
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(arguments, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")
