"""The site appears whole or not at all, changes only where its sources do, and takes no room for what it shares."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.atomic import put_folder
from tests.build.site.conftest import read
from tests.build.test_trust import contents, leftovers
from tests.conftest import ROOT, build_here, run, run_here
from tests.faults import replace

HARBOUR, HILL, BEN = "sources/seminars/harbour-en.yaml", "sources/seminars/tal-ar.yaml", "sources/people/ben-south.yaml"
KILLS = 4
SEED = 20210301


def build(root: Path, *ids: str) -> str:
    done = build_here(root, *ids)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def dates(site: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def look_again(root: Path) -> None:
    """Make the next build look at everything, as after any change of a source."""
    (root / "output/.cache/build.json").unlink()


# --- only where the sources change -----------------------------------------------------------------------------------


def test_a_second_build_leaves_every_byte_and_date_of_the_site(made):
    whole, before = contents(made / "output"), dates(made / "output/site")
    look_again(made)
    assert "up to date" in build(made)
    assert (contents(made / "output"), dates(made / "output/site")) == (whole, before)


def test_an_edited_line_changes_only_the_pages_that_print_it(made):
    site = made / "output/site"
    before = dates(site)
    replace(made, HILL, ("title: ندوة على التل", "title: ندوة في الوادي"))
    build(made)
    after = dates(site)
    changed = {path.relative_to(site).as_posix() for path in after if after[path] != before.get(path)}
    own = {path for path in changed if not path.startswith("tal-ar/")}
    assert own == {"index.html", "index.ar.html", "miniature.ics", "schedule.json"}
    assert "tal-ar/index.html" in changed


EDITS = {
    "a name": (BEN, "family: SOUTH", "family: SOUTHWARD"),
    "a role": (BEN, "for networks", "for ports"),
    "a text": ("sources/texts/en.yaml", "Rules do not.", "Rules do not yet."),
    "a word": ("templates/locales/en.yaml", "seminars: Seminars", "seminars: Events"),
    "a host": ("sources/series.yaml", "en: First Host", "en: The First Host"),
    "a region": (HILL, "region: africa", "region: asia-pacific"),
    "a capital": (HARBOUR, "city: Vienna", "city: Bratislava"),
    "a registration": (HARBOUR, "/register?a=1", "/enrol?a=1"),
    "a work": ("bibliography/references.bib", "Sharing evidence: a guide", "Sharing evidence: the guide"),
    "a logo": ("sources/logos/harbour.svg", "</svg>", "<!-- new --></svg>"),
    "a template": (
        "templates/kinds/index.html",
        "<section><h2>{{ words.rationale }}",
        "<section><h2>{{ words.objectives }}",
    ),
    "a colour": ("templates/brand.yaml", "1A1F36", "1A1F37"),
}
"""One after the other; what is edited and how."""


def test_after_every_edit_the_site_is_the_one_that_would_be_built_anew(made):
    """Nothing that a page tells may be forgotten by the marks that spare the page from being made again."""
    for name, edit in EDITS.items():
        path, old, new = edit
        replace(made, path, (old, new))
        before = contents(made / "output/site")
        if path.startswith("templates/"):  # a process keeps templates open
            assert run("build", "--root", str(made)).returncode == 0
            anew = run("build", "--root", str(made), "--output", str(made / "anew"))
        else:
            build(made)
            anew = build_here(made, output=made / "anew")
        assert anew.returncode == 0, anew.stdout
        assert contents(made / "output") == contents(made / "anew"), name
        assert contents(made / "output/site") != before, name
        shutil.rmtree(made / "anew")


def test_a_page_follows_its_sister(miniature):
    replace(miniature, HILL, ("region: africa", "region: asia-pacific"))
    build(miniature)
    site = miniature / "output/site"
    before = dates(site)
    replace(miniature, HILL, ("date: 2021-03-02", "date: 2021-03-04"))
    build(miniature)
    (sister,) = read(site / "harbour-en/index.html").xpath("//dd//a[@href='../tal-ar/index.html']/..")
    assert "4 March" in sister.text_content().replace("\u00a0", " ")
    changed = {path.name for path in (site / "harbour-en").iterdir() if path.stat().st_mtime_ns != before[path]}
    listing = {name for name in changed if "factsheet" in name or "print" in name}  # a table of all seminars
    assert listing and changed - listing == {"index.html", "harbour-en.zip"}


def test_a_page_follows_the_presentations_that_have_come(made):
    sent = next((made / "output/harbour-en/speakers/ben-south").glob("*.pptx"))
    (made / "sources/returned").mkdir()
    shutil.copy(sent, made / "sources/returned/my talk.pptx")
    assert run_here("collect", "--root", str(made)).returncode == 0
    build(made)
    page = made / "output/site/harbour-en/index.html"
    (link,) = [link for link in read(page).xpath("//ul[@class='files']//a") if link.text == "Ben SOUTH"]
    (placed,) = (made / "sources/presentations/harbour-en").glob("*.pptx")
    assert (page.parent / link.get("href")).read_bytes() == placed.read_bytes()
    assert re.search(r"To follow: [^<]*Dora WEST", page.read_text(encoding="utf-8"))


def test_nothing_is_done_when_nothing_has_changed_and_the_site_stands(made):
    assert "up to date" in run("build", "--root", str(made)).stdout


def test_a_file_that_was_lost_or_spoilt_is_made_again(made):
    whole = contents(made / "output")
    site = made / "output/site"
    (site / "index.ar.html").unlink()
    build(made)
    assert contents(made / "output") == whole
    (site / "schedule.json").write_text("spoilt")
    (site / "stray.html").write_text("stray")
    build(made)
    assert contents(made / "output") == whole
    shutil.rmtree(site)
    build(made)
    assert contents(made / "output") == whole


def test_a_seminar_that_is_gone_is_gone_from_the_site(made):
    (made / HILL).unlink()
    build(made)
    site = made / "output/site"
    assert sorted(path.name for path in site.iterdir()) == [
        "harbour-en",
        "index.html",
        "miniature.ics",
        "schedule.json",
    ]
    assert "tal-ar" not in (site / "index.html").read_text(encoding="utf-8")
    assert read(site / "index.html").xpath("//nav") == []  # there is one language only


def test_why_tells_what_a_page_of_the_site_was_made_again_for(made):
    page = made / "output/site/harbour-en/index.html"
    assert "for the first time" in run_here("why", str(page), "--root", str(made)).stdout
    brand = made / "templates/brand.yaml"
    brand.write_text(brand.read_text(encoding="utf-8").replace("1A1F36", "1A1F37"), encoding="utf-8")
    build(made)
    said = run_here("why", str(page), "--root", str(made)).stdout
    assert said.strip().endswith("made again because templates/brand.yaml changed")


# --- never of different sources --------------------------------------------------------------------------------------


def test_a_build_of_one_seminar_leaves_the_site_and_says_so(miniature):
    assert "site" not in build(miniature, "harbour-en")
    assert not (miniature / "output/site").exists()
    build(miniature)
    site = miniature / "output/site"
    before, then = contents(site), dates(site)
    replace(miniature, BEN, ("for networks", "for ports"))
    assert f"{site} is from the last build of all seminars" in build(miniature, "harbour-en")
    assert (contents(site), dates(site)) == (before, then)
    package = miniature / "output/harbour-en/package"
    assert any((site / "harbour-en" / path.name).read_bytes() != path.read_bytes() for path in package.glob("*.docx"))
    build(miniature)
    assert all((site / "harbour-en" / path.name).read_bytes() == path.read_bytes() for path in package.glob("*.docx"))


def test_after_a_build_of_each_seminar_by_name_the_site_is_still_made(miniature):
    build(miniature, "harbour-en", "tal-ar")
    assert not (miniature / "output/site").exists()
    build(miniature)
    assert (miniature / "output/site/index.html").exists()


def test_a_mistake_in_the_sources_leaves_the_site(made):
    whole = contents(made / "output")
    replace(made, HARBOUR, ("chair: ada-north", "chair: nobody"))
    assert build_here(made).returncode == 1
    assert contents(made / "output") == whole
    assert leftovers(made / "output") == []


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(made, tmp_path):
    root = made
    site, old = root / "output/site", contents(root / "output/site")
    replace(root, BEN, ("for networks", "for ports"))
    kept, chance, seen = tmp_path / "kept", random.Random(SEED), set()
    shutil.copytree(root / "output", kept)
    started = time.monotonic()
    build(root)
    length, new = time.monotonic() - started, contents(site)
    assert new != old
    for i in range(KILLS):
        shutil.rmtree(root / "output")
        shutil.copytree(kept, root / "output")
        victim = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "build", "--root", str(root)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(length * (i + chance.random()) / KILLS)  # from just begun to nearly done
        if victim.poll() is None:
            os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
        if site.exists():
            assert contents(site) in (old, new)
            seen.add(contents(site) == new)
        else:  # between the two renamings; the old one stands under its other name
            assert [contents(path) for path in site.parent.glob(".old-*-site")] == [old]
        build(root)
        assert contents(site) == new
        assert leftovers(root / "output") == []
    assert False in seen  # some were killed before the site was put in place


def test_a_site_that_was_being_replaced_comes_back(made):
    site, whole = made / "output/site", contents(made / "output")
    site.rename(site.with_name(".old-1-site"))
    shutil.copytree(site.with_name(".old-1-site"), site.with_name(".new-1-site"))
    build(made)
    assert contents(made / "output") == whole
    assert leftovers(made / "output") == []


# --- as it is put on a disk ------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[Path]:
    """A folder on another file system, from which nothing can be linked."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        assert Path(folder).stat().st_dev != tmp_path.stat().st_dev
        yield Path(folder)


def test_the_files_of_the_packages_take_no_room_a_second_time(sites):
    for site in sites.values():
        shared = [path for path in site.folder.rglob("*") if path.is_file() and path not in site.pages]
        shared = [path for path in shared if path.parent != site.folder]
        assert len(shared) > 5 * len(site.series.seminars)
        for path in shared:
            first = site.output / path.name
            first = first if path.suffix == ".zip" else site.output / path.parent.name / "package" / path.name
            assert path.samefile(first), path


def test_a_web_server_may_read_the_site_whatever_the_umask(miniature):
    script = 'umask 077; exec "$@"'
    command = ["bash", "-c", script, "bash", sys.executable, "-m", "pipeline", "build", "--root", str(miniature)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, timeout=120)
    site = miniature / "output/site"
    for path in (site, *site.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_where_files_cannot_have_a_second_name_they_are_copied_with_their_dates(tmp_path, elsewhere):
    finished = elsewhere / "finished.pdf"
    finished.write_bytes(b"whole")
    os.utime(finished, ns=(10**18, 10**18))
    files = {"one/page.html": b"page", "one/finished.pdf": finished}
    assert put_folder(tmp_path / "site", files.items()) == ["one/page.html", "one/finished.pdf"]
    assert put_folder(tmp_path / "site", files.items()) == []
    copy = tmp_path / "site/one/finished.pdf"
    assert (copy.read_bytes(), copy.stat().st_mtime_ns, copy.samefile(finished)) == (b"whole", 10**18, False)


def test_a_folder_that_is_left_unfinished_changes_nothing(tmp_path):
    def interrupted():
        yield "one/page.html", b"another page"
        raise InterruptedError

    put_folder(tmp_path / "site", [("one/page.html", b"page")])
    with pytest.raises(InterruptedError):
        put_folder(tmp_path / "site", interrupted())
    assert (tmp_path / "site/one/page.html").read_bytes() == b"page"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
