"""The look is written once: a colour changed in `brand.yaml` has changed in every file, and the old one is nowhere."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from pipeline.load import load
from pipeline.render import emblem
from tests.conftest import copy_miniature, run

NEW = {
    "primary": "5B1A6E", "accent": "F2B8A0", "ink": "2B1B0E", "muted": "5A4B3C", "panel": "F4EEE2", "rule": "D9C8A9",
    "paper": "FFFEFA",
}  # fmt: skip
OWN_COLOURS = re.compile(r"word/media/|ppt/media/|docProps/")  # pictures keep theirs, the emblem's bitmap too


@pytest.fixture(scope="module")
def recoloured(tmp_path_factory) -> tuple[dict[str, str], Path]:
    """The colours before, and a package built after every colour of the brand was changed."""
    root = copy_miniature(tmp_path_factory.mktemp("brand") / "series")
    old = dict(load(root).brand.colours)
    path = root / "templates/brand.yaml"
    text = path.read_text(encoding="utf-8")
    for name, digits in NEW.items():
        text = re.sub(rf'({name}: )"{old[name]}"', rf'\1"{digits}"', text)
    path.write_text(text, encoding="utf-8")
    done = run("build", "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return old, root / "output/harbour-en/package"


def test_the_brand_has_no_colour_that_this_test_forgets(recoloured):
    assert set(recoloured[0]) == set(NEW)


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("format", ["docx", "pptx", "html", "pdf"])
def test_a_changed_colour_is_in_the_file_and_the_old_one_is_not(format, name, recoloured):
    old, folder = recoloured
    for path in folder.glob(f"*.{format}"):
        found = COLOURS[format](path)
        assert old[name].upper() not in found, path.name
    assert any(NEW[name] in COLOURS[format](path) for path in folder.glob(f"*.{format}"))


def _in_word(path: Path) -> set[str]:
    return set().union(*(_six_digits(text) for text in _parts(path).values()))


def _in_slides(path: Path) -> set[str]:
    """Return the colours of a deck but for the emblem's, which are drawn as vectors and never change."""
    found = set()
    for name, text in _parts(path).items():
        tree = etree.fromstring(text.encode())
        if name.startswith("ppt/slides/slide"):
            for group in tree.xpath("//*[local-name()='grpSp'][.//*[@name='Emblem']]"):
                group.getparent().remove(group)
        found |= _six_digits(etree.tostring(tree, encoding="unicode"))
    return found


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not OWN_COLOURS.match(name) and name.endswith(".xml")]
        return {name: archive.read(name).decode() for name in names}


def _six_digits(text: str) -> set[str]:
    return {digits.upper() for digits in re.findall(r'="([0-9A-Fa-f]{6})"', text)}


def _in_page(path: Path) -> set[str]:
    text = re.sub(r"<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {digits.upper() for digits in re.findall(r"#([0-9A-Fa-f]{6})\b", text)}


def _in_pdf(path: Path) -> set[str]:
    """Return the colours that the pages set; the emblem sets each of its own once, which is left out."""
    found: Counter[str] = Counter()
    for page in PdfReader(path).pages:
        for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)", page.get_contents().get_data()):
            found["".join(f"{round(float(part) * 255):02X}" for part in (red, green, blue))] += 1
    found.subtract((emblem.BLUE, emblem.GOLD))
    return {digits for digits, count in found.items() if count > 0}


COLOURS = {"docx": _in_word, "pptx": _in_slides, "html": _in_page, "pdf": _in_pdf}
