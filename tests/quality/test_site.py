"""What programs from outside say of the site's own pages: the rules of axe-core in a browser, and valid HTML."""

from __future__ import annotations

import pytest

from tests.quality.conftest import site_pages


@pytest.fixture(params=["real", "miniature"])
def pages(request, built, built_miniature):
    return site_pages(built if request.param == "real" else built_miniature)


@pytest.fixture
def judged(pages, outside):
    verdicts = outside.verdict("pages")
    return {path: verdicts[path] for path in pages}


def test_the_site_breaks_no_rule_of_axe_in_light_or_dark_on_a_telephone_or_a_desk(judged):
    for path, page in judged.items():
        assert page["violations"] == [], path
        assert page["checks"] > 0, path


def test_the_site_asks_for_nothing_and_logs_no_error(judged):
    for path, page in judged.items():
        assert (page["requests"], page["errors"]) == ([], []), path


def test_the_site_needs_no_sideways_scrolling_on_the_narrowest_telephone(judged):
    assert {path: page["overhang"] for path, page in judged.items() if page["overhang"] > 0} == {}


@pytest.mark.parametrize("judge", ["markup", "checked"])
def test_the_site_is_valid_html(judge, pages, outside):
    assert {path: faults for path, faults in outside.verdict(judge).items() if path in pages} == {}


def test_the_first_screen_of_a_seminar_has_the_measures_of_its_design(judged):
    for path in (path for path in judged if path.parent.name != "site"):
        desk = judged[path]["sizes"]["1280"]
        ((cover,), (title,), (kicker,), (opening,), (map_,), (jumps,)) = (
            desk[name] for name in ("cover", "title", "kicker", "opening", "map", "jumps")
        )
        assert 560 <= cover["height"] <= 690, path
        assert 56 <= title["type"] <= 72 and 12 <= kicker["type"] <= 15, path
        assert opening["type"] == 20 and opening["width"] <= 650, path
        assert len(desk["actions"]) == 2 and all(48 <= action["height"] <= 52 for action in desk["actions"]), path
        assert jumps["top"] < cover["bottom"] < jumps["bottom"] < 800, path
        assert jumps["start"] == 64 and jumps["width"] == 1152, path  # in line with all that stands below
        assert abs(map_["start"] - title["start"]) > 400, path  # side by side


def test_segments_have_a_block_with_their_number_and_documents_stand_three_in_a_row(judged):
    for path in (path for path in judged if path.parent.name != "site"):
        for width, sizes in judged[path]["sizes"].items():
            shares = [
                number["width"] / item["width"] for number, item in zip(sizes["numbers"], sizes["items"], strict=True)
            ]
            assert shares and all(0.15 <= share <= 0.17 for share in shares), (path, width)
            tops = [tile["top"] for tile in sizes["tiles"]]
            assert max(map(tops.count, tops)) == (3 if width == "1280" else 1), (path, width)


def test_every_page_is_set_in_the_font_that_it_brings(judged):
    for path, page in judged.items():
        assert all(sizes["fonts"] == [["Source Sans 3", "loaded"]] for sizes in page["sizes"].values()), path
