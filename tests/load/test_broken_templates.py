"""Messages about faulty templates and outputs; hostile texts are printed as text."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, build_here, copy_miniature, run_here
from tests.faults import EVE, faults, put, replace


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change a passage in one part of an Office file, or in every part that `part` begins the name of."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(old in content for name, content in parts.items() if name.startswith(part))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name.startswith(part) else content)


# --- Office templates ------------------------------------------------------------------------------------------------


def test_a_style_that_was_renamed_in_word_is_missed(miniature):
    rewrite(miniature / "templates/document.docx", "word/", b'w:styleId="Lead"', b'w:styleId="Leads"')
    assert faults(miniature) == ["templates/document.docx:1: has no style `Lead`; did you mean `Leads`?"]


def test_a_template_that_is_broken_after_a_good_build_is_missed_by_the_next(miniature):
    path = miniature / "templates/document.docx"
    whole = path.read_bytes()
    assert build_here(miniature).returncode == 0
    rewrite(path, "word/", b'w:styleId="Lead"', b'w:styleId="Leads"')
    for names in ((), ("harbour-en",)):
        done = build_here(miniature, *names)
        assert done.returncode == 1
        assert "templates/document.docx:1: has no style `Lead`; did you mean `Leads`?" in done.stdout
    path.write_bytes(whole)
    assert build_here(miniature).returncode == 0


def test_a_master_without_styles_of_text_is_still_a_powerpoint_file(miniature):
    path = miniature / "templates/deck.pptx"
    rewrite(path, "ppt/slideMasters/slideMaster1.xml", b"p:txStyles>", b"p:extLst>")
    assert not [fault for fault in faults(miniature) if "no PowerPoint file" in fault]


def test_a_layout_that_was_renamed_in_powerpoint_is_missed(miniature):
    rewrite(miniature / "templates/deck.pptx", "ppt/slideLayouts/", b'cSld name="Readings"', b'cSld name="Reading"')
    assert faults(miniature) == ["templates/deck.pptx:1: no layout `Readings`; did you mean `Reading`?"]


def test_a_placeholder_that_was_renamed_in_powerpoint_is_missed(miniature):
    rewrite(miniature / "templates/deck.pptx", "ppt/slideLayouts/", b'name="Kicker"', b'name="Kickr"')
    message = "layout `Title` has no placeholder `Kicker`; did you mean `Kickr`?"
    assert f"templates/deck.pptx:1: {message}" in faults(miniature)


def test_an_office_file_of_another_kind_is_reported(miniature):
    deck, document = miniature / "templates/deck.pptx", miniature / "templates/document.docx"
    deck.write_bytes(document.read_bytes())
    assert faults(miniature) == ["templates/deck.pptx:1: this is no PowerPoint file; save it in PowerPoint as .pptx"]


def test_a_language_copied_from_another_and_not_changed_is_reported(miniature):
    text = (miniature / "templates/locales/en.yaml").read_text(encoding="utf-8")
    put(miniature, "templates/locales/pt.yaml", text.replace("language: en", "language: pt"))
    line = {key: next(i for i, t in enumerate(text.split("\n"), 1) if t.startswith(key)) for key in ("tag", "biblatex")}
    path = "templates/locales/pt.yaml"
    assert faults(miniature) == [
        f"{path}:{line['tag']}: `tag` is `en-GB`, which is not the language `pt`; begin it with `pt`",
        f"{path}:{line['biblatex']}: en.yaml has `british` too; write what BibTeX calls this language",
    ]


def test_what_only_shows_when_a_page_of_the_desk_is_filled_is_reported_with_its_place(miniature):
    path = miniature / "templates/kinds/status.html"
    many = "<p>{{ boards[0].wrod if boards | length > 1 else boards[0].title }}</p>"  # the check fills in one board
    path.write_text(f"<p>{{{{ verdicts.status_title }}}}</p>\n{many}\n", encoding="utf-8")
    done = run_here("status", "--root", str(miniature))
    assert done.returncode == 1
    assert done.stdout.startswith("templates/kinds/status.html:2: this cannot be filled: ")
    assert "Traceback" not in done.stderr


# --- tools and the output: exit code 2 -------------------------------------------------------------------------------


def packages(output: Path) -> list[str]:
    return sorted(path.name for path in output.glob("*") if not path.name.startswith("."))


def test_a_fault_in_the_typst_template_shows_what_typst_says(miniature):
    path = miniature / "templates/document.typ"
    path.write_text(path.read_text(encoding="utf-8") + "\n#unheard-of()\n", encoding="utf-8")
    done = build_here(miniature, "harbour-en")
    assert done.returncode == 2
    assert "typst, evidence_harbour-en_2021-03-01_" in done.stderr
    assert "unheard-of" in done.stderr
    assert "Traceback" not in done.stderr
    assert packages(miniature / "output") == []


def test_a_fault_in_the_citation_style_shows_what_pandoc_says(miniature):
    put(miniature, "bibliography/seminar.csl", "<style>This is not closed.")
    done = build_here(miniature, "harbour-en")
    assert done.returncode == 2
    assert "pandoc failed on the bibliography" in done.stderr
    assert "Traceback" not in done.stderr
    assert packages(miniature / "output") == []


def test_an_output_that_is_a_file_is_reported(miniature, tmp_path):
    output = put(tmp_path, "output", "I was here before.\n")
    done = build_here(miniature, output=output)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{output}")
    assert "Traceback" not in done.stderr
    assert output.read_text(encoding="utf-8") == "I was here before.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a bound on the size of files is needed")
def test_a_full_disk_is_reported_and_leaves_nothing_half_made(miniature):
    command = 'ulimit -f 8; exec "$0" -m pipeline build --root "$1"'  # nothing over eight blocks can be written
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(miniature)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "what was finished before is untouched" in done.stderr
    assert [path for path in (miniature / "output").rglob("*.zip")] == []
    assert [path for path in (miniature / "output").rglob("package")] == []


# --- hostile and odd texts that are no fault --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> Path:
    """The package of a seminar chaired by somebody from Norway whose biography is full of markup."""
    root = copy_miniature(tmp_path_factory.mktemp("odd") / "series")
    put(root, "sources/people/eve-pier.yaml", EVE.replace("SN", "NO").replace("Judge", "Judge & <b>Chair</b>"))
    put(root, "sources/people/eve-pier.en.md", BIOGRAPHY)
    replace(root, "sources/seminars/harbour-en.yaml", ("chair: ada-north", "chair: eve-pier"))
    done = build_here(root, "harbour-en")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output/harbour-en/package"


BIOGRAPHY = r"""\<script>alert("pier")\</script> and \<img src=x onerror=alert(1)>

#read("/etc/passwd") {{ 7 * 7 }} {% raw %} $(id) =1+1 **bold**
"""


def page(package: Path) -> str:
    return next(package.glob("*introduction*.html")).read_text(encoding="utf-8")


def test_html_in_a_biography_is_shown_as_text(odd):
    html = page(odd)
    assert "&lt;script&gt;alert(" in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "Judge &amp; &lt;b&gt;Chair&lt;/b&gt;" in html
    assert "<script" not in html
    assert "onerror=alert" not in html.replace("&lt;img src=x onerror=alert(1)&gt;", "")


def test_what_templates_and_typst_would_obey_is_shown_as_text(odd):
    for text in ('#read("/etc/passwd")', "{{ 7 * 7 }}", "{% raw %}", "$(id)", "=1+1"):
        assert text in page(odd).replace("&quot;", '"')
    assert "<strong>bold</strong>" in page(odd)


def test_somebody_from_norway_comes_from_norway(odd):
    assert "Norway" in page(odd)


def test_line_ends_byte_order_marks_and_utf_16_give_the_same_packages(miniature, built_miniature):
    encodings = ("utf-8-sig", "utf-16", "utf-8")
    texts = [path for path in sorted(miniature.rglob("*")) if path.suffix in (".yaml", ".md", ".bib")]
    for i, path in enumerate(texts):
        content = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(content.encode(encodings[i % 3]))
    done = build_here(miniature)
    assert done.returncode == 0, done.stdout + done.stderr
    same = {path.relative_to(built_miniature): path for path in built_miniature.glob("*/package/*")}
    assert len(same) > 20
    for name, path in same.items():
        if path.name not in ("manifest.json", "SHA256SUMS"):
            assert (miniature / "output" / name).read_bytes() == path.read_bytes(), name
