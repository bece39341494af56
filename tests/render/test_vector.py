"""Vector pictures as bitmaps: their proportions, and the fonts that they do not use."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pipeline.render.vector import bitmap


@pytest.mark.parametrize(
    "head",
    [
        "viewBox='0 0 60 20'",
        'viewBox="-3 -1.5, 60,20"',
        'viewBox = "0 0 60.0 20" width="1" height="1"',
        "height='20px'  width='60px'",
        'width="100%" height="2cm" viewBox="0 0 60 20"',
    ],
)
def test_a_drawing_keeps_its_proportions_however_they_are_written(head):
    svg = f"<svg {head} xmlns='http://www.w3.org/2000/svg'><rect width='60' height='20'/></svg>"
    text = f"<?xml version='1.0'?><!-- width=\"9\" -->{svg}"
    with Image.open(BytesIO(bitmap(text.encode()))) as image:
        assert image.width / image.height == 3
        assert image.getbbox()


def test_a_drawing_in_word_is_the_same_whatever_fonts_the_machine_has(monkeypatch, tmp_path):
    text = b'<text y="15" font-family="Arimo">Pier</text>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">' + text + b"</svg>"
    own = tmp_path / ".local/share/fonts/own.ttf"
    own.parent.mkdir(parents=True)
    own.write_bytes(Path(find_spec("fontpkg_arimo").origin).with_name("files").joinpath("Arimo[wght].ttf").read_bytes())
    without = bitmap(svg)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert bitmap(svg) == without
