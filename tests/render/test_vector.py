"""Vector pictures as bitmaps: their proportions, and the fonts that they do not use."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pipeline.render.vector import bitmap, parsed, with_names


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


MAP = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><path stroke-width="4" d="M10 40h.01M92 9h.01"/>'
    b'<text x="90" y="10" text-anchor="start" font-size="8">Antananarivo</text></svg>'
)


def test_a_map_has_room_for_its_names_in_a_larger_size_and_no_dot_under_them():
    drawn = parsed(with_names(MAP, 10))
    left, top, width, height = map(float, drawn.get("viewBox").split())
    assert (left, top, height) == (0, 0, 50)
    assert width >= 90 + len("Antananarivo") * 10 * 0.5
    assert drawn.findtext("{*}text") == "Antananarivo" and drawn.find("{*}text").get("font-size") == "10"
    assert drawn.find("{*}path").get("d") == "M10 40h.01"
