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
