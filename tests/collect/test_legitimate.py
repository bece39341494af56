"""Legitimate decks pass with nothing lost: the same slides, texts, pictures, tables, charts, and the same places."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile

import pytest
from PIL import Image, ImageChops

from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.laws import breaches
from tests.collect.legitimate import LEGITIMATE, OFFICE_FORMATS, USUAL, Case, rich
from tests.collect.outline import outline
from tests.conftest import ROOT, tool


@pytest.mark.parametrize("name", [*LEGITIMATE, *OFFICE_FORMATS])
def test_legitimate_is_kept(name, saved_by_libreoffice):
    if name in OFFICE_FORMATS:
        tool("soffice", "decks saved by LibreOffice")
        content = saved_by_libreoffice("rich", *OFFICE_FORMATS[name])
        case = Case(make=rich, removed=frozenset(("workbook", "custom-properties")), keep_notes=True)
    else:
        case = LEGITIMATE[name]
        content = case.make()
    verdict = judge(content, keep_notes=case.keep_notes)
    assert verdict.refusals == ()
    assert {each.code for each in verdict.removals} <= case.removed | USUAL, verdict.removals
    assert outline(verdict.content, notes=case.keep_notes) == outline(content, notes=case.keep_notes)
    assert [text for text in case.kept if text not in _everything(verdict.content)] == []
    assert breaches(verdict.content) == []
    assert judge(content, keep_notes=case.keep_notes).content == verdict.content
    again = judge(verdict.content, keep_notes=case.keep_notes)
    assert (again.status, again.content == verdict.content) == ("accepted", True), again.removals


def _everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return b"\n".join(file.read(name) for name in file.namelist())


def test_the_legitimate_set_is_large_enough():
    assert len(LEGITIMATE) + len(OFFICE_FORMATS) >= 15


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lying_on_its_side_is_set_upright_and_looks_the_same(orientation):
    before = decks.jpeg((90, 60), orientation=orientation)
    with zipfile.ZipFile(io.BytesIO(judge(decks.pictured(before, "jpg", "image/jpeg")).content)) as file:
        after = file.read("ppt/media/image1.jpeg")
    from PIL import ImageOps

    wanted, got = ImageOps.exif_transpose(Image.open(io.BytesIO(before))), Image.open(io.BytesIO(after))
    assert wanted.size == got.size
    assert max(high for _, high in ImageChops.difference(wanted, got).getextrema()) < 24
    assert not got.getexif()


def _schema_faults(content: bytes, path) -> list[str]:
    own = shutil.which("ooxml-validator", path=str(ROOT / "tests/quality/node_modules/.bin"))
    validator = own or tool("ooxml-validator", "clean copies against the schemas")
    path.write_bytes(content)
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=120)
    return sorted({each["description"] for each in json.loads(done.stdout)["errors"]})


@pytest.mark.parametrize("name", LEGITIMATE)
def test_a_clean_copy_is_as_valid_as_its_original(name, tmp_path):
    content = LEGITIMATE[name].make()
    before, after = (
        _schema_faults(each, tmp_path / "x.pptx") for each in (content, judge(content, keep_notes=True).content)
    )
    assert [fault for fault in after if fault not in before] == []
