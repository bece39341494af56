"""Golden outlines: PowerPoint files of a real seminar and of one from right to left, read back as text.

`make golden` rewrites them; the difference is then read before it is kept.
"""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.render.powerpoint_outline import outline

CASES = [
    ("built", "africa-fr/package", "africa-fr-deck"),
    ("built", "africa-fr/speakers/alexander-seger", "africa-fr-speaker"),
    ("built_miniature", "tal-ar/package", "tal-ar-deck"),
]


@pytest.mark.parametrize(("series", "folder", "name"), CASES, ids=lambda value: value)
def test_a_powerpoint_file_has_the_golden_outline(series, folder, name, request, golden):
    (file,) = (request.getfixturevalue(series) / folder).glob("*.pptx")
    found = outline(file.read_bytes())
    path = ROOT / f"tests/golden/{name}-powerpoint.txt"
    if golden:
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found, f"{path.name} differs: `make golden`, then read the difference"
