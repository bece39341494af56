"""Golden outlines: Word files of a real seminar and of one from right to left, read back as text.

`make golden` rewrites them; the difference is then read before it is kept.
"""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.render.word_outline import outline

CASES = [
    (series, seminar, kind)
    for series, seminar in (("built", "africa-fr"), ("built_miniature", "tal-ar"))
    for kind in ("factsheet", "programme", "bibliography")
]


@pytest.mark.parametrize(("series", "seminar", "kind"), CASES, ids=lambda value: value)
def test_a_word_file_has_the_golden_outline(series, seminar, kind, request, golden):
    package = request.getfixturevalue(series) / seminar / "package"
    found = [text for path in package.glob("*.docx") if f"property kind: {kind}\n" in (text := outline(path))]
    assert len(found) == 1
    path = ROOT / f"tests/golden/{seminar}-{kind}-word.txt"
    if golden:
        path.write_text(found[0], encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found[0], f"{path.name} differs: `make golden`, then read the difference"
