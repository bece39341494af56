"""What the check of the templates finds: faults in every line of every template, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.compose.template_check import check_templates
from pipeline.core.sources import Locale
from pipeline.load import load
from pipeline.render.vocabulary import CLASSES, ELEMENTS
from tests.conftest import ROOT

NAMES = sorted(path.name for path in (ROOT / "templates/kinds").glob("*.html"))
FACTSHEET = "templates/kinds/factsheet.html"


@pytest.fixture(scope="module")
def locales():
    return load(ROOT).locales


def faults(root: Path, locales: Mapping[str, Locale]) -> list[str]:
    """Return what is said of the templates of a project, in the order of files and lines."""
    return [str(problem) for problem in sorted(check_templates(root, locales, ELEMENTS, CLASSES))]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<p>{{ words.bibliography_lead.format(coun=1) }}</p>", "this cannot be filled: 'count'"),
        ("<p>{{ 1 // (view.works - view.works) }}</p>", "this cannot be filled: integer division or modulo by zero"),
        ("<p>{% if view.title is odds %}{% endif %}</p>", "no test is called `odds`; did you mean `odd`?"),
        ("<p>{{ veiw.day if view.works > 99 else 1 }}</p>", "nothing is called `veiw` here; did you mean `view`?"),
        ("<p>{{ view.funding.clock }}</p>", "there is no value `clock` here; known are `sample`, `statement`"),
        ("<p>{{ texts.rational | markdown }}</p>", "there is no value `rational` here; did you mean `rationale`?"),
    ],
)  # fmt: skip
def test_what_a_template_lacks_is_named_with_its_line(line, said, miniature, locales):
    (miniature / FACTSHEET).write_text(f"<h1>{{{{ view.title }}}}</h1>\n\n{line}\n", encoding="utf-8")
    assert faults(miniature, locales) == [f"{FACTSHEET}:3: {said}"]


def test_html_that_is_not_well_formed_is_named(miniature, locales):
    (miniature / FACTSHEET).write_text("<section><p>{{ view.title }}</section>\n", encoding="utf-8")
    (said,) = faults(miniature, locales)
    assert said.startswith(f"{FACTSHEET}:1: this does not give well-formed HTML: Opening and ending tag mismatch")


def test_all_faults_of_one_template_are_named_at_once(miniature, locales):
    lines = ("<p>{{ view.titel }}</p>", "<p>{{ words.dat }}</p>", "<p>{{ view.chair.nam }}</p>")
    (miniature / FACTSHEET).write_text("\n".join(lines), encoding="utf-8")
    assert [said.partition(": ")[0] for said in faults(miniature, locales)] == [
        f"{FACTSHEET}:{line}" for line in (1, 2, 3)
    ]


def test_a_fault_in_what_templates_share_is_named_in_its_own_file(miniature, locales):
    path = miniature / "templates/kinds/parts.html"
    path.write_text(path.read_text(encoding="utf-8").replace("speaker.initials", "speaker.initial"), encoding="utf-8")
    (said,) = faults(miniature, locales)
    assert said.startswith("templates/kinds/parts.html:")
    assert said.endswith("there is no value `initial` here; did you mean `initials`?")


@pytest.mark.parametrize("template", NAMES)
def test_samples_reach_every_word_of_every_template(template, miniature, locales):
    path = miniature / "templates/kinds" / template
    text = re.sub(r"\b((?:words|verdicts)\.\w+)", r"\1_", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    lines = {number for number, line in enumerate(text.split("\n"), 1) if re.search(r"(words|verdicts)\.\w+_\b", line)}
    assert {
        int(said.split(":")[1]) for said in faults(miniature, locales) if "no language has the word" in said
    } == lines


@pytest.mark.parametrize("template", NAMES)
def test_samples_reach_every_value_that_a_template_prints(template, miniature, locales):
    path = miniature / "templates/kinds" / template
    text = re.sub(r"\{\{ (?!words|verdicts|parts)(\w+(?:\.\w+)*\.\w+) ", r"{{ \1_ ", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    lines = {number for number, line in enumerate(text.split("\n"), 1) if re.search(r"\{\{ [\w.]+_ ", line)}
    found = [said for said in faults(miniature, locales) if "there is no value" in said]
    assert {int(said.split(":")[1]) for said in found} == lines
