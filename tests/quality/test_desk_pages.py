"""The pages of the speakers' desk, judged by the same programs as the pages of the packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from tests.conftest import copy_project, run_here
from tests.desk import deck_of, give_back
from tests.quality.outside import Outside

REPORTS = ("harbour-en/ben-south", "tal-ar/dora-west", "tal-ar/cleo-east")


@pytest.fixture(scope="module")
def desk(once, built_miniature) -> list[Path]:
    """A report on a cleaned deck with much to mend in each language, one on a refused file, and the board."""
    root = once("desk", lambda folder: returned(copy_project(built_miniature.parent, folder / "series"))) / "series"
    reports = [root / f"output/{place.split('/')[0]}/speakers/{place.split('/')[1]}/report.html" for place in REPORTS]
    return [*reports, root / "output/status.html"]


def returned(root: Path) -> None:
    """Give decks back and judge them."""
    for place in REPORTS[:2]:
        deck = Presentation(deck_of(root, *place.split("/")))
        deck.slides[3]._element.set("show", "0")
        for shape in deck.slides[0].placeholders:
            if shape.name == "Name":
                shape.text_frame.text = f"A{shape.text_frame.text}"
        deck.save(root / f"output/{place.replace('/', '-')}.pptx")
        give_back(root, f"{place}/deck.pptx", (root / f"output/{place.replace('/', '-')}.pptx").read_bytes())
    give_back(root, f"{REPORTS[2]}/deck.pptx", b"%PDF-1.7 not a deck")
    assert run_here("collect", "--root", str(root)).returncode == 0
    assert run_here("status", "--root", str(root)).returncode == 0


@pytest.fixture(scope="module")
def judges(desk, once) -> Outside:
    return Outside(files=desk, name="outside-desk", once=once)


def test_they_break_no_rule_of_axe_and_ask_for_nothing(desk, judges):
    verdicts = judges.verdict("pages")
    assert set(verdicts) == set(desk)
    for path, page in verdicts.items():
        assert page["violations"] == [], path
        assert page["checks"] > 0, path
        assert page["requests"] == page["errors"] == [], path
        assert page["overhang"] <= 0, path


def test_they_obey_every_rule_of_html_validate(judges):
    assert {path.name: faults for path, faults in judges.verdict("markup").items() if faults} == {}
