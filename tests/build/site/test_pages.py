"""The site of a series as a reader walks through it: every page whole in itself, every way leading somewhere."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pipeline.compose import forms
from pipeline.compose.series import region_names
from tests.build.site.conftest import read, told
from tests.conftest import build_here, copy_miniature
from tests.faults import put, replace

SERIES = "sources/series.yaml"
HARBOUR, HILL = "sources/seminars/harbour-en.yaml", "sources/seminars/tal-ar.yaml"
TAKING = "//@src | //link | //iframe | //object | //embed | //form | //script[not(@type='application/ld+json')]"


def ways(path: Path) -> list[tuple[str, str]]:
    """Return address and language of every link of a page that leads to a file."""
    links = [(link.get("href"), link.get("hreflang", "")) for link in read(path).iter("a")]
    return [(to, language) for to, language in links if not to.startswith(("https://", "http://", "mailto:", "#"))]


def built_with(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Return the output of the miniature series with changes to its sources: path, old and new passage."""
    root = copy_miniature(folder / "series")
    for path, old, new in changes:
        replace(root, path, (old, new))
    done = build_here(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output"


# --- whole in itself -------------------------------------------------------------------------------------------------


def test_there_is_an_index_in_each_language_and_a_page_for_each_seminar(site):
    assert set(site.pages) == {path for path in site.folder.rglob("index*.html")}
    for path, language in site.pages.items():
        page, locale = read(path), site.series.locales[language]
        assert (page.get("lang"), page.get("dir")) == (locale.tag, locale.direction), path


def test_every_link_leads_to_a_file_of_the_site_even_after_it_has_been_carried_elsewhere(site, tmp_path):
    moved = tmp_path / "a web server" / "htdocs"
    shutil.copytree(site.folder, moved)
    count = 0
    for path in site.pages:
        page = moved / path.relative_to(site.folder)
        for address, _ in ways(page):
            target = (page.parent / unquote(address)).resolve()
            assert target.is_relative_to(moved.resolve()) and target.is_file(), f"{page}: {address}"
            count += 1
    assert count > 10 * len(site.series.seminars)


def test_every_file_of_the_site_can_be_reached_from_its_index(site):
    seen, waiting = set(), [site.folder / "index.html"]
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            if page in site.pages:
                waiting += [(page.parent / unquote(address)).resolve() for address, _ in ways(page)]
    assert {path.resolve() for path in site.folder.rglob("*") if path.is_file()} == {path.resolve() for path in seen}


def test_a_page_takes_nothing_from_anywhere(site):
    for path in site.pages:
        taken = [each for each in read(path).xpath(TAKING) if not str(each).startswith("data:image/")]
        assert taken == [], path
        style = read(path).xpath("string(//style)")
        assert style.count("url(") == style.count('url("data:font/woff;base64,') == 1, path


def test_a_page_obeys_no_script_and_no_style_but_its_own(site):
    for path in site.pages:
        page, text = read(path), path.read_text(encoding="utf-8")
        style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = dict(part.split(" ", 1) for part in page.xpath("//meta[@http-equiv]/@content")[0].split("; "))
        assert policy == {
            "default-src": "'none'",
            "img-src": "data:",
            "font-src": "data:",
            "style-src": f"'sha256-{digest}'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }, path
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == [], path
        assert text.index("Content-Security-Policy") < text.index("<style>"), path


def test_a_page_can_be_read_by_ear_and_by_keyboard(site):
    for path in site.pages:
        page = read(path)
        assert [child.tag for child in page.find("body")] == ["a", "header", "main", "footer"], path
        assert page.find("body/a").get("href") == f"#{page.find('body/main').get('id')}", path
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), path
        for nav in page.iter("nav"):
            assert nav.get("aria-label"), path
        targets: dict[str, set[str]] = {}
        for link in page.iter("a"):
            targets.setdefault(link.get("aria-label") or link.text_content().strip(), set()).add(link.get("href"))
        assert {words: places for words, places in targets.items() if len(places) > 1 or not words} == {}, path


def test_the_funding_statement_stands_on_every_page_with_the_emblem(site):
    for path, language in site.pages.items():
        (funding,) = read(path).find_class("funding")
        assert forms.in_language(site.series.funding.statement, language) in funding.text_content(), path
        assert funding.find("span[@class='emblem']/svg") is not None, path


# --- the index -------------------------------------------------------------------------------------------------------


def test_a_region_is_added_in_the_sources_alone(miniature):
    replace(
        miniature, "sources/series.yaml", ("regions:\n", "regions:\n  - {id: moon, name: {en: The Moon, ar: القمر}}\n")
    )
    replace(miniature, HARBOUR, ("region: asia-pacific", "region: moon"))
    done = build_here(miniature)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "القمر" in (miniature / "output/site/index.ar.html").read_text(encoding="utf-8")
    assert told_tracks(miniature) == {"The Moon", "Africa"}


def told_tracks(root: Path) -> set[str]:
    """Return the tracks of the schedule that conference apps read."""
    schedule = json.loads((root / "output/site/schedule.json").read_bytes())
    return {track["name"] for track in schedule["schedule"]["conference"]["tracks"]}


def test_an_index_lists_the_seminars_in_their_order_for_whom_they_are_in_the_readers_language(site):
    expected = sorted(site.series.seminars.values(), key=lambda seminar: (seminar.date, seminar.start))
    for language, path in site.indexes.items():
        locale = site.series.locales[language]
        rows = read(path).xpath("//li[@class='seminar']")
        assert len(rows) == len(expected)
        for row, seminar in zip(rows, expected, strict=True):
            (link,) = row.iter("a")
            own = site.series.locales[seminar.language]
            region = region_names(seminar, locale, site.series)
            heading = seminar.short if own is locale and seminar.short else region
            spoken = forms.language_name(seminar.language, locale)
            assert link.text_content() == f"{heading} {spoken}", path
            assert link.get("href") == f"{seminar.id}/index.html", path
            assert (link.get("hreflang"), link.get("lang")) == (own.tag, None), path
            said = row.text_content()
            assert forms.day(seminar.date, locale) in said and forms.hours(seminar, locale) in said, path


def test_an_index_leads_to_itself_in_the_other_languages_by_their_own_names(site):
    for language, path in site.indexes.items():
        links = read(path).xpath("//nav//a")
        assert [link.get("href") for link in links] == [other.name for other in site.indexes.values()]
        for link, other in zip(links, site.indexes, strict=True):
            tag = site.tag(other)
            assert (link.text, link.get("lang"), link.get("hreflang")) == (site.series.locales[other].name, tag, tag)
            assert (link.get("aria-current") == "page") == (other == language)


@pytest.mark.parametrize("name", ["ics", "json"])
def test_an_index_offers_the_files_for_all_seminars_with_their_type_and_size(name, site):
    for language, path in site.indexes.items():
        (link,) = read(path).xpath(f"//a[substring-after(@href, '.') = '{name}']")
        size = forms.size((site.folder / link.get("href")).stat().st_size, site.series.locales[language])
        assert {"ics": "iCalendar", "json": "JSON"}[name] == link.text
        assert link.getnext().text == f"({size})"


def test_an_index_in_a_language_says_no_word_of_another(sites):
    """Titles of seminars are marked as being in theirs."""
    english, french = (set(sites["real"].series.locales[language].words.values()) for language in ("en", "fr"))
    page = read(sites["real"].indexes["fr"])
    for foreign in page.xpath("//body//*[@lang]"):
        foreign.drop_tag() if foreign.get("lang") == "fr-FR" else foreign.drop_tree()
    assert "Africa" not in page.find("body").text_content()
    words = {line.strip() for line in page.find("body").itertext() if line.strip()}
    assert words & (english - french) == set()
    assert len(words & french) > 8


# --- a seminar's page ------------------------------------------------------------------------------------------------


def test_a_seminars_page_leads_back_to_the_index_in_its_language(site):
    for seminar in site.series.seminars.values():
        first = read(site.page(seminar)).xpath("//nav//a")[0]
        home = (site.page(seminar).parent / first.get("href")).resolve()
        assert home == site.indexes[seminar.language].resolve()


def test_sister_seminars_lead_to_each_other_and_say_in_which_language(sites):
    site = sites["real"]
    for one, other in (("africa-en", "africa-fr"), ("lac-en", "lac-es")):
        for here, there in ((one, other), (other, one)):
            page, sister = read(site.folder / here / "index.html"), site.series.seminars[there]
            tag = site.tag(sister.language)
            links = page.xpath(f"//a[@href='../{there}/index.html']")
            assert [link.get("hreflang") for link in links] == [tag, tag]
            assert [link.get("lang") for link in links] == [tag, None]
            own = site.series.locales[site.series.seminars[here].language]
            title = f"{region_names(sister, own, site.series)} ({forms.language_name(sister.language, own)})"
            assert [link.text for link in links] == [site.series.locales[sister.language].name, title]
    assert read(site.folder / "asia-pacific-en/index.html").xpath("//a[starts-with(@href, '../a') or @lang]") == []


def test_of_several_seminars_in_another_language_the_nearest_is_the_sister(tmp_path):
    root = copy_miniature(tmp_path / "series")
    hill = (root / HILL).read_text(encoding="utf-8").replace("region: africa", "region: asia-pacific")
    for name, day in (("tal-ar", "2021-03-20"), ("near-ar", "2021-02-25"), ("far-ar", "2022-03-01")):
        put(root, f"sources/seminars/{name}.yaml", hill.replace("2021-03-02", day))
    assert build_here(root).returncode == 0
    page = read(root / "output/site/harbour-en/index.html")
    assert {link.get("href") for link in page.xpath("//a[starts-with(@href, '../')]")} == {
        "../index.html",
        "../near-ar/index.html",
    }


def test_a_language_of_a_link_is_that_of_the_page_it_leads_to(site):
    for path in site.pages:
        for address, language in ways(path):
            if language:
                assert read(path.parent / address).get("lang") == language, f"{path}: {address}"


def test_the_files_of_a_seminar_are_those_of_its_package_with_type_and_size(site):
    for seminar in site.series.seminars.values():
        page, folder = site.page(seminar), site.output / seminar.id / "package"
        locale = site.series.locales[seminar.language]
        listed = {link.get("href"): link for link in read(page).xpath("//ul[@class='files']//a")}
        whole = f"{seminar.id}.zip"
        assert listed[whole].get("aria-label") == f"{locale.words['whole_package']}, ZIP"
        assert (page.parent / whole).read_bytes() == (site.output / whole).read_bytes()
        for name, link in listed.items():
            size = forms.size((page.parent / name).stat().st_size, locale)
            if link.getparent().tag == "h3":
                kind, printed, language = link.xpath("../../p[@class='meta']/span/text()")
                assert link.get("aria-label") == f"{link.text}, {kind}"
                assert (printed, language) == (size, forms.language_name(seminar.language, locale)), name
            else:
                assert link.getnext().text == f"({size})", name
                assert link.xpath("ancestor::details/summary/text()") == [locale.words["other_formats"]], name
        del listed[whole]
        private = {"index.html", "manifest.json", "SHA256SUMS"}
        assert set(listed) == {path.name for path in folder.iterdir()} - private
        assert all((page.parent / name).read_bytes() == (folder / name).read_bytes() for name in listed)


def test_a_seminar_can_be_put_into_every_calendar(site):
    for seminar in site.series.seminars.values():
        page = read(site.page(seminar))
        addresses = {link.text: link.get("href") for link in page.xpath("//ul[@class='facts']/li[last()]/a")}
        start, end = (datetime.combine(seminar.date, hour, tzinfo=UTC) for hour in (seminar.start, seminar.end))
        google = parse_qs(urlsplit(addresses["Google"]).query)
        assert google["dates"] == [f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}"]
        for name, host in (("Outlook.com", "outlook.live.com"), ("Microsoft 365", "outlook.office.com")):
            asked = urlsplit(addresses[name])
            assert (asked.hostname, "+" in asked.query) == (host, False)  # Outlook shows a plus as a plus
            given = parse_qs(asked.query)
            assert [datetime.fromisoformat(given[key][0]) for key in ("startdt", "enddt")] == [start, end]
            assert seminar.title.split()[0] in given["subject"][0]
        assert addresses["iCalendar"].endswith(".ics")


def test_a_page_begins_with_what_most_readers_need(site):
    for seminar in site.series.seminars.values():
        page, locale = read(site.page(seminar)), site.series.locales[seminar.language]
        cover = page.find("body/header")
        assert cover.findtext("h1") == forms.spaced(seminar.short, locale)
        said = " ".join(cover.text_content().split())
        for text in (site.series.texts[seminar.language].summary, forms.day(seminar.date, locale)):
            assert " ".join(text.split()) in said
        first, second = cover.xpath("p[@class='actions']/a/@href")
        assert first.endswith(".pdf")
        assert second == (seminar.registration or next(site.page(seminar).parent.glob("*.ics")).name)
        assert cover.xpath(".//ul[@class='jumps']//a/@href") == ["#programme", "#documents", "#join"]


def test_a_page_answers_the_questions_of_readers_in_a_fixed_order(site):
    for seminar in site.series.seminars.values():
        page, words = read(site.page(seminar)), site.series.locales[seminar.language].words
        texts = site.series.texts[seminar.language]
        headings = [heading.text_content() for heading in page.xpath("//main/section/h2")]
        order = ("participants", "joining", "programme", "speakers", "documents", "further_reading", "about_page")
        assert headings == [texts.statements.timeline or words["rationale"], *(words[name] for name in order)]
        assert page.xpath("//section[@id='join']/ol[@class='strip']")


def test_a_page_shows_the_chair_and_each_speaker_once_with_what_they_do(site):
    for seminar in site.series.seminars.values():
        page, people = read(site.page(seminar)), site.series.people
        names = [strong.text for strong in page.xpath("//ul[@class='people']//strong")]
        slots = [seminar.chair, *(slot for item in seminar.segments for slot in item.speakers)]
        assert names == list(dict.fromkeys(f"{people[s.person].given} {people[s.person].family}" for s in slots))
        label = page.xpath("//ul[@class='people']/li[1]/p[@class='term']")[0].text
        assert label.startswith(seminar.chair.label or site.series.locales[seminar.language].words["chair"])


def test_a_page_prints_the_day_of_the_last_change_once_it_is_known(tmp_path):
    output = built_with(tmp_path, (HARBOUR, "edition: 2\n", "edition: 2\nchanged: 2021-02-20\n"))
    for page in (output / "site/harbour-en/index.html", output / "harbour-en/package/index.html"):
        (detail,) = read(page).xpath("//dt[. = 'Last change']/following-sibling::dd[1]")
        assert detail.text == "Edition 2 · 20\xa0February\xa02021"
    assert read(output / "tal-ar/package/index.html").xpath("//dt[. = 'آخر تحديث']") == []


def test_a_page_shows_a_first_work_for_each_segment_and_leads_to_all_of_them(site):
    for seminar in site.series.seminars.values():
        page = read(site.page(seminar))
        works = page.xpath("//li[@class='entry']")
        bibliography = next((site.output / seminar.id / "package").glob("*.bib"))
        count = bibliography.read_text(encoding="utf-8").count("\n@") + 1
        assert 1 <= len(works) <= min(count, len(seminar.segments))
        words = site.series.locales[seminar.language].words
        assert words["further_reading_lead"].format(count=count) in page.text_content()
        (link,) = page.xpath(f"//a[text() = '{words['whole_bibliography']}']")
        whole = read(site.page(seminar).parent / link.get("href")).text_content()
        assert all(work.text_content() in whole for work in works)


def test_nothing_is_said_of_a_contact_that_is_not_known(site):
    for seminar in site.series.seminars.values():
        terms = [term.text for term in read(site.page(seminar)).iter("dt")]
        assert site.series.locales[seminar.language].words["contact"] not in terms


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("office@example.org", "mailto:office@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("The office on the hill", None),
    ],
)
def test_a_contact_is_shown_with_the_link_that_it_makes_possible(contact, link, tmp_path):
    output = built_with(tmp_path, (SERIES, "works_per_segment: 3\n", f"works_per_segment: 3\ncontact: {contact}\n"))
    for page in (output / "site/index.html", output / "site/tal-ar/index.html", output / "tal-ar/package/index.html"):
        (place,) = [detail for detail in read(page).iter("dd") if detail.text_content() == contact]
        assert [each.get("href") for each in place.iter("a")] == ([link] if link else [])


# --- for machines ----------------------------------------------------------------------------------------------------


def test_search_engines_learn_the_series_and_every_seminar_from_an_index(site):
    expected = sorted(site.series.seminars.values(), key=lambda seminar: (seminar.date, seminar.start))
    for language, path in site.indexes.items():
        series = told(path)
        assert (series["@context"], series["@type"]) == ("https://schema.org", "EventSeries")
        assert series["name"] == forms.in_language(site.series.title, language)
        moments = [datetime.combine(seminar.date, seminar.start, tzinfo=UTC) for seminar in expected]
        assert [datetime.fromisoformat(event["startDate"]) for event in series["subEvent"]] == moments
        assert datetime.fromisoformat(series["startDate"]) == min(moments)
        for event, seminar in zip(series["subEvent"], expected, strict=True):
            assert (path.parent / event["url"]).resolve() == site.page(seminar).resolve()
            assert event["inLanguage"] == site.tag(seminar.language)


def test_search_engines_learn_what_a_seminar_is_from_its_page(site):
    for seminar in site.series.seminars.values():
        event = told(site.page(seminar))
        assert event["@type"] == "EducationEvent"
        assert event["superEvent"]["@type"] == "EventSeries" and event["superEvent"]["name"] in event["name"]
        assert event["location"]["@type"] == "VirtualLocation"
        assert event["location"].get("url", "") == seminar.registration
        assert event["eventStatus"] == "https://schema.org/EventScheduled"
        assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
        assert event["isAccessibleForFree"] is True
        slots = [slot for item in seminar.segments for slot in item.speakers if slot.confirmed]
        names = {f"{site.series.people[slot.person].given} {site.series.people[slot.person].family}" for slot in slots}
        assert {person["name"] for person in event["performer"]} == names
        assert {host["name"] for host in event["organizer"]} == {
            forms.in_language(host.name, seminar.language) for host in site.series.hosts
        }
        times = [datetime.fromisoformat(event[name]) for name in ("startDate", "endDate")]
        assert times == [datetime.combine(seminar.date, hour, tzinfo=UTC) for hour in (seminar.start, seminar.end)]


def test_whole_addresses_are_told_once_the_site_has_one(tmp_path):
    website = "https://seminars.example.org/2021/"
    output = built_with(tmp_path, (SERIES, "works_per_segment: 3\n", f"works_per_segment: 3\nwebsite: {website}\n"))
    addresses = {event["url"] for event in told(output / "site/index.html")["subEvent"]}
    assert addresses == {f"{website}harbour-en/index.html", f"{website}tal-ar/index.html"}
    assert told(output / "harbour-en/package/index.html")["url"] == f"{website}harbour-en/index.html"


def test_no_text_of_ours_can_end_the_script_that_tells_it(tmp_path):
    root = copy_miniature(tmp_path / "series")
    put(root, HARBOUR, (root / HARBOUR).read_text(encoding="utf-8").replace("at the harbour", "</script><b>harbour"))
    assert build_here(root).returncode == 0
    for path in (root / "output/site/index.html", root / "output/site/harbour-en/index.html"):
        page = read(path)
        assert "</script><b>harbour" in str(told(path))
        assert page.find(".//b") is None
    assert "Seminar </script><b>harbour" in page.find("body").text_content()
