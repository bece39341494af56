"""Works on slides: a long link in parts, and titles without what surrounds them."""

from __future__ import annotations

import pytest

from pipeline.compose.slide_works import LONGEST_LINK, _parts
from pipeline.core.documents import Run


@pytest.mark.parametrize(
    "text",
    [
        " du 19 août 2011 portant lutte contre la cybercriminalité dans l’espace de la CEDEAO",
        "Le traitement de la cybercriminalité devant le juge\u00a0: l’exemple du Sénégal",
        "Cybercrime",
        f"{'a' * 3 * LONGEST_LINK} and more ",
    ],
)
def test_the_parts_of_a_long_link_are_its_text_and_end_where_a_line_may_break(text):
    parts = [run.text for run in _parts(Run(text=text, link="https://example.org"))]
    assert "".join(parts) == text
    assert all(part.endswith(" ") for part in parts[:-1])
