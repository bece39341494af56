"""Pages whose landmarks, headings, tables, pictures and links a screen reader can list and understand."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from tests.quality import placed

TAKING = (
    "//@src", "//link/@href", "//script[not(@type='application/ld+json')]", "//iframe", "//object", "//embed", "//form",
)  # fmt: skip


@lru_cache(maxsize=64)
def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def test_a_page_has_one_first_heading_and_skips_no_level(package):
    for path, _ in package.written("html"):
        levels = [int(heading.tag[1]) for heading in page(path).xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        assert levels.count(1) == 1 and levels[0] == 1, path.name
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), path.name


def test_every_header_cell_has_its_scope_and_every_table_its_caption(package):
    for path, document in package.written("html"):
        tables = page(path).xpath("//table")
        assert len(tables) == document.body.count("<table"), path.name
        for table in tables:
            assert table.xpath("string(caption)").strip(), path.name
            assert table.xpath(".//th"), path.name
            assert all(cell.get("scope") == "col" for cell in table.xpath("thead//th")), path.name
            assert all(cell.get("scope") == "row" for cell in table.xpath("tbody//th")), path.name


def test_every_picture_on_a_page_has_the_alternative_text_that_was_composed(package):
    for path, document in package.written("html"):
        composed = placed.body(document)
        for image in composed.xpath("//img[@class='map']"):
            image.getparent().remove(image)  # drawn in the page itself
        assert sorted(placed.pictures(page(path))) == sorted(placed.pictures(composed)), path.name
        assert all(drawing.get("aria-hidden") == "true" for drawing in page(path).iter("{*}svg", "svg")), path.name


def test_a_page_has_its_landmarks_and_a_way_past_the_first_of_them(package):
    for path, _ in package.written("html"):
        found = [child.tag for child in page(path).find("body")]
        assert found == ["a", "header", "main", "footer"], path.name
        labels = [nav.get("aria-label") for nav in page(path).iter("nav")]
        assert all(labels) and len(labels) == len(set(labels)), path.name
        assert page(path).find("body/a").get("href") == f"#{page(path).find('body/main').get('id')}", path.name


def test_the_title_of_a_page_is_the_title_of_the_document(package):
    for path, document in package.written("html"):
        assert page(path).findtext(".//title") == document.properties.title, path.name


def test_every_link_of_the_page_leads_to_a_file_beside_it_or_to_the_web(package):
    for path, _ in package.written("html"):
        for link in page(path).xpath("//body//a"):
            target = link.get("href")
            if target.startswith("#"):
                assert page(path).xpath("//*[@id = $id]", id=target[1:]), f"{path.name}: {target}"
                continue
            on_the_web = target.startswith(("https://", "http://", "mailto:"))
            assert link.text_content().strip(), f"{path.name}: {target}"
            assert on_the_web or (path.parent / target).is_file(), f"{path.name}: {target}"


def test_every_document_leads_back_to_the_page_of_its_package(package):
    for path, document in package.written("html"):
        ways = page(path).xpath("//header/nav//a[@href = 'index.html']")
        expected = [] if document is package.page else [package.locale.words["page"]]
        assert [way.text for way in ways] == expected, path.name


def test_every_page_brings_its_font_and_keeps_small(package):
    for path, _ in package.written("html"):
        address = re.search(r'url\("data:font/woff;base64,([^"]+)"', page(path).xpath("string(//style)"))[1]
        assert len(address) < 55_000, path.name
        font = TTFont(BytesIO(b64decode(address)))
        letters = {ord(letter) for letter in page(path).find("body").text_content() if "A" <= letter <= "ž"}
        assert letters <= font.getBestCmap().keys(), path.name
        assert [(axis.axisTag, axis.minValue <= 400, axis.maxValue >= 700) for axis in font["fvar"].axes] == [
            ("wght", True, True)
        ]
        assert font["name"].getDebugName(13) and not font["name"].getDebugName(1), path.name


def test_the_map_is_drawn_in_the_page_and_not_read_out(package):
    for path, _ in package.written("html"):
        drawing = page(path).xpath("//header/svg")[0]
        names = [name.text for name in drawing.iter("text")]
        assert drawing.get("aria-hidden") == "true" and not drawing.xpath("//text/@font-family"), path.name
        assert set(names) <= {capital.city for capital in package.seminar.capitals} and names, path.name


def test_the_funding_stands_once_on_the_first_screen_of_a_package_and_at_the_end_of_a_document(package):
    for path, _ in package.written("html"):
        (funding,) = page(path).find_class("funding")
        assert package.view.funding["statement"] in funding.text_content(), path.name
        assert funding.find("span[@class='emblem']/svg") is not None, path.name
        place = "header" if path.name == "index.html" else "footer"
        assert [each.tag for each in funding.iterancestors(place)] == [place], path.name


def test_the_partners_stand_at_the_end(package):
    for path, _ in package.written("html"):
        imprint = page(path).find("body/footer/div[@class='imprint']")
        assert imprint.find("ul[@class='logos']") is not None, path.name
        assert page(path).find("body/main//div[@class='imprint']") is None, path.name


def test_links_of_the_same_words_lead_to_the_same_place(package):
    index = package.output / package.id / "package/index.html"
    targets: dict[str, set[str]] = {}
    for link in page(index).xpath("//a"):
        targets.setdefault(link.get("aria-label") or link.text_content().strip(), set()).add(link.get("href"))
    assert {words: places for words, places in targets.items() if len(places) > 1} == {}


def test_the_landing_page_tells_machines_when_the_seminar_is_and_in_which_language(package):
    index = package.output / package.id / "package/index.html"
    told = json.loads(page(index).xpath("string(//script[@type='application/ld+json'])"))
    times = [datetime.fromisoformat(told[name]) for name in ("startDate", "endDate")]
    seminar = package.seminar
    assert times == [datetime.combine(seminar.date, hour, tzinfo=UTC) for hour in (seminar.start, seminar.end)]
    assert told["inLanguage"] == package.locale.tag
    assert package.seminar.title in told["name"]


def test_a_page_takes_nothing_from_anywhere(package):
    for path, _ in package.written("html"):
        taken = page(path).xpath(" | ".join(TAKING))
        assert [str(each) for each in taken if not str(each).startswith("data:")] == [], path.name
        style = page(path).xpath("string(//style)")
        assert style.count("url(") == style.count('url("data:font/woff;base64,') == 1, path.name
        assert page(path).xpath("//meta[@http-equiv='Content-Security-Policy']/@content"), path.name


@pytest.mark.parametrize("name", ["viewport", "description", "author"])
def test_a_page_says_what_it_is_and_lets_itself_be_enlarged(package, name):
    for path, _ in package.written("html"):
        said = page(path).xpath(f"//meta[@name='{name}']/@content")[0]
        assert said.strip() and "maximum-scale" not in said and "user-scalable" not in said, path.name
