"""A seminar that a change does not concern is not looked at again; one that it concerns always is."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from tests.build.test_trust import contents
from tests.conftest import build_here, run


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _build(root: Path, *seminars: str) -> str:
    done = build_here(root, *seminars)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _looked_at(root: Path, change) -> set[str]:
    """Return the seminars of a built project whose entry in the cache changes with the next build."""
    entries = {id: root / f"output/.cache/seminars/{id}.json" for id in ("harbour-en", "tal-ar")}
    before = {id: path.read_bytes() for id, path in entries.items()}
    change()
    _build(root)
    return {id for id, path in entries.items() if path.read_bytes() != before[id]}


def test_a_change_of_one_seminar_leaves_the_other_alone(made):
    seminar = made / "sources/seminars/harbour-en.yaml"
    assert _looked_at(made, lambda: _edit(seminar, "at the harbour", "at the old harbour")) == {"harbour-en"}


def test_a_change_of_one_language_leaves_the_other_alone(made):
    texts = made / "sources/texts/en.yaml"
    assert _looked_at(made, lambda: _edit(texts, "share what works", "share what has worked")) == {"harbour-en"}


def test_a_change_of_the_series_concerns_every_seminar(made):
    series = made / "sources/series.yaml"
    change = lambda: _edit(series, "en: Evidence across borders", "en: Evidence over borders")  # noqa: E731
    assert _looked_at(made, change) == {"harbour-en", "tal-ar"}


def test_a_change_of_a_template_concerns_every_seminar(made):
    template = made / "templates/kinds/bodies.html"
    assert _looked_at(made, lambda: _edit(template, '<div class="prose">', '<div  class="prose">')) == {
        "harbour-en",
        "tal-ar",
    }


def test_a_seminar_that_was_renamed_leaves_a_folder_that_is_named(made):
    (made / "sources/seminars/tal-ar.yaml").rename(made / "sources/seminars/hill-ar.yaml")
    old = made / "output/tal-ar"
    said = f"{old} belongs to no seminar any more: delete it, and tal-ar.zip, once nothing in it is needed"
    assert said in _build(made)
    assert (old / "package/index.html").exists()


def test_another_font_concerns_every_pdf_and_nothing_else(miniature):
    font = miniature / "templates/fonts/own.ttf"
    font.parent.mkdir()
    font.write_bytes(Path(find_spec("fontpkg_arimo").origin).parent.joinpath("files/Arimo[wght].ttf").read_bytes())
    _build(miniature)
    before = _fingerprints(miniature)
    font.write_bytes(font.read_bytes() + b"another")
    _build(miniature)
    after = _fingerprints(miniature)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {path for path in before if path.suffix == ".pdf"}


def _fingerprints(root: Path) -> dict[Path, str]:
    """Return what the files of both packages were made from, as their manifests say."""
    manifests = {path: json.loads(path.read_bytes()) for path in root.glob("output/*/package/manifest.json")}
    return {
        path.parent / file["path"]: file["fingerprint"] for path, told in manifests.items() for file in told["files"]
    }


def test_a_picture_concerns_every_seminar(made):
    logo = made / "sources/logos/harbour.svg"
    assert _looked_at(made, lambda: _edit(logo, "</svg>", " </svg>")) == {"harbour-en", "tal-ar"}


def test_a_file_that_is_gone_is_made_again_though_no_source_has_changed(made):
    whole = contents(made / "output")
    next((made / "output/tal-ar/package").glob("*.docx")).unlink()
    _build(made)
    assert contents(made / "output") == whole


def test_the_other_seminars_follow_when_one_was_built_alone_after_a_change_of_all(made):
    _edit(made / "sources/series.yaml", "en: Evidence across borders", "en: Evidence over borders")
    _edit(made / "sources/series.yaml", "الأدلة عبر الحدود", "الأدلة خلف الحدود")
    _build(made, "harbour-en")
    assert "up to date" not in _build(made)
    factsheet = next((made / "output/tal-ar/package").glob("*.html"))
    assert any("الأدلة خلف الحدود" in page.read_text(encoding="utf-8") for page in factsheet.parent.glob("*.html"))
    assert "up to date" in _build(made)


def test_a_template_is_compiled_once_for_all_builds(miniature, tmp_path):
    def compiled() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in temporary.glob("_jinja2-cache-*/*")}

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    run("build", "--root", str(miniature), TMPDIR=str(temporary))
    before = compiled()
    assert before
    run("build", "--root", str(miniature), "--output", str(miniature / "again"), TMPDIR=str(temporary))
    assert compiled() == before
    assert contents(miniature / "again") == contents(miniature / "output")
