"""What only one format cannot write is said by the check, with the line of the template, as the build says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build.check import read
from pipeline.core.problems import SourceError
from tests.conftest import build_here

USE = "use an element and a class that all formats of this document have"


def faults(root: Path) -> list[str]:
    """Return the problems that `make check` prints."""
    try:
        read(root, writers=True)
    except SourceError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("template", "added", "messages"),
    [
        (
            "factsheet.html",
            '<p class="meta">x</p>',
            ["Word has no style for `p.meta`", "the PDF template cannot draw `p.meta`"],
        ),
        ("programme.html", '<p class="honoured">x</p>', ["Word has no style for `p.honoured`"]),
        (
            "bibliography.html",
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
            ["Word has no widths for the columns of `table`"],
        ),
        (
            "bibliography.html",
            "<section>x</section>",
            ["Word has no place for the text `x` between the blocks of `section`"],
        ),
    ],
)
def test_an_element_that_one_format_lacks_is_named_at_its_line(miniature, template, added, messages):
    path = miniature / "templates/kinds" / template
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, added]) + "\n", encoding="utf-8")
    found = faults(miniature)
    for message in messages:
        assert any(f"templates/kinds/{template}:" in each and f": {message}; {USE}" in each for each in found), found
    if added.startswith("<p"):
        assert all(each.startswith(f"templates/kinds/{template}:{len(lines) + 1}:") for each in found)


def test_an_element_in_an_imported_template_is_named_there(miniature):
    path = miniature / "templates/kinds/parts.html"
    text = path.read_text(encoding="utf-8")
    assert text.count('<p class="country">') == 1
    path.write_text(text.replace('<p class="country">', '<p class="day">'), encoding="utf-8")
    line = text[: text.index('<p class="country">')].count("\n") + 1
    assert faults(miniature) == [
        f"templates/kinds/parts.html:{line}: Word has no style for `p.day`; {USE}",
        f"templates/kinds/parts.html:{line}: the PDF template cannot draw `p.day`; {USE}",
    ]


def test_a_fault_in_the_typst_template_is_said_by_the_check(miniature):
    path = miniature / "templates/document.typ"
    path.write_text(path.read_text(encoding="utf-8") + "\n#unheard-of()\n", encoding="utf-8")
    (said,) = faults(miniature)
    assert said.startswith("templates/document.typ:1: this cannot be drawn: typst, ") and "unheard-of" in said


def test_the_build_names_the_same_line(miniature):
    path = miniature / "templates/kinds/factsheet.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + '<p class="meta">x</p>\n', encoding="utf-8")
    done = build_here(miniature, "tal-ar")
    assert done.returncode == 1
    assert f"templates/kinds/factsheet.html:{len(text.splitlines()) + 1}: Word has no style for `p.meta`" in done.stdout
