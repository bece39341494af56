"""What the check of the templates finds that a sample or a reader of templates shows."""

from __future__ import annotations

import pytest

from tests.faults import faults

FACTSHEET = "templates/kinds/factsheet.html"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<p>{{ words.bibliography_lead.format(coun=1) }}</p>", "this cannot be filled: 'count'"),
        ("<p>{{ 1 // (view.works - view.works) }}</p>", "this cannot be filled: integer division or modulo by zero"),
        ("<p>{% if view.title is odds %}{% endif %}</p>", "no test is called `odds`; did you mean `odd`?"),
        ("<p>{% if view.works > 99 %}{{ veiw.day }}{% endif %}</p>", "nothing is called `veiw` here; did you mean `view`?"),  # noqa: E501
        ("<p>{{ view.capitals[0].clock }}</p>", "there is no value `clock` here; known are `city`, `shift`, `time`"),
        ("<p>{{ texts.rational | markdown }}</p>", "there is no value `rational` here; did you mean `rationale`?"),
    ],
)  # fmt: skip
def test_what_a_template_lacks_is_named_with_its_line(line, said, miniature):
    (miniature / FACTSHEET).write_text(f"<h1>{{{{ view.title }}}}</h1>\n\n{line}\n", encoding="utf-8")
    assert faults(miniature) == [f"{FACTSHEET}:3: {said}"]


def test_html_that_is_not_well_formed_is_named(miniature):
    (miniature / FACTSHEET).write_text("<section><p>{{ view.title }}</section>\n", encoding="utf-8")
    (said,) = faults(miniature)
    assert said.startswith(f"{FACTSHEET}:1: this does not give well-formed HTML: Opening and ending tag mismatch")


def test_all_faults_of_one_template_are_named_at_once(miniature):
    lines = ("<p>{{ view.titel }}</p>", "<p>{{ words.dat }}</p>", "<p>{{ view.chair.nam }}</p>")
    (miniature / FACTSHEET).write_text("\n".join(lines), encoding="utf-8")
    assert [said.partition(": ")[0] for said in faults(miniature)] == [f"{FACTSHEET}:{line}" for line in (1, 2, 3)]


def test_a_fault_in_what_templates_share_is_named_in_its_own_file(miniature):
    path = miniature / "templates/kinds/parts.html"
    path.write_text(path.read_text(encoding="utf-8").replace("speaker.initials", "speaker.initial"), encoding="utf-8")
    (said,) = faults(miniature)
    assert said.startswith("templates/kinds/parts.html:")
    assert said.endswith("there is no value `initial` here; did you mean `initials`?")
