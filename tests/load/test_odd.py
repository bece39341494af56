"""What is allowed but odd is a remark: a day of rest, one name or person twice, a small photo, pale colours."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.faults import EVE, put, remarks, replace

HARBOUR = "sources/seminars/harbour-en.yaml"


@pytest.mark.parametrize(
    ("day", "said"), [("2021-03-06", "Saturday"), ("2021-03-07", "Sunday"), ("2021-03-05", ""), ("2021-03-08", "")]
)
def test_a_seminar_on_a_day_of_rest_is_remarked(miniature, day, said):
    replace(miniature, HARBOUR, ("date: 2021-03-01", f"date: {day}"))
    found = [each for each in remarks(miniature, HARBOUR) if "day" in each.split()[-1]]
    assert found == ([f"4: {day} is a {said}"] if said else [])


def test_two_people_of_one_printed_name_are_remarked(miniature):
    put(miniature, "sources/people/eve-pier.yaml", EVE.replace("Eve", "Ben").replace("PIER", "South"))
    said = "is printed for `ben-south` too: are they one person?"
    assert f"2: Ben South {said}" in remarks(miniature, "sources/people/eve-pier.yaml")
    assert not any(said in each for each in remarks(miniature, "sources/people/dora-west.yaml"))


def test_a_person_who_speaks_in_two_segments_is_remarked_but_not_a_chair_who_speaks(miniature):
    replace(miniature, HARBOUR, ("chair: ada-north", "chair: ben-south"))
    assert not [each for each in remarks(miniature, HARBOUR) if "also speaks" in each]
    sharing = "  - segment: sharing\n"
    replace(miniature, HARBOUR, (sharing, f"{sharing}    speakers: [ben-south]\n"))
    found = [each for each in remarks(miniature, HARBOUR) if "also speaks" in each]
    assert [each.partition(": ")[2] for each in found] == [
        "`ben-south` also speaks in the segment `search` of this seminar"
    ]


@pytest.mark.parametrize(("size", "small"), [((40, 40), True), ((400, 149), True), ((150, 150), False)])
def test_a_photo_that_is_too_small_for_print_is_remarked(miniature, size, small):
    Image.new("RGB", size).save(out := io.BytesIO(), "PNG")
    put(miniature, "sources/people/ada-north.png", out.getvalue())
    said = f"5: the photo is only {size[0]} × {size[1]} pixels: it is blurred in print (at least 150)"
    assert (said in remarks(miniature, "sources/people/ada-north.yaml")) is small


@pytest.mark.parametrize(
    ("name", "colour", "said"),
    [
        ("muted", "AAB0BD", ["`muted` on `paper`: 2.18", "`muted` on `panel`: 1.94"]),
        ("primary", "FFCC00", ["`primary` on `paper`: 1.51"]),
        ("muted", "6F6F6F", ["`muted` on `panel`: 4.47"]),
        ("ink", "FFFFFF", ["`ink` on `paper`: 1.00", "`ink` on `panel`: 1.12"]),
        ("accent", "FFFF00", []),
    ],
)  # fmt: skip
def test_colours_of_text_that_are_too_like_their_ground_are_remarked(miniature, name, colour, said):
    path = miniature / "templates/brand.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf'(  {name}: )"\w+"', rf'\1"{colour}"', text), encoding="utf-8")
    line = text.split("\n").index(next(each for each in text.split("\n") if each.startswith(f"  {name}:"))) + 1
    assert remarks(miniature, "templates/brand.yaml") == [
        f"{line}: {each.replace(': ', ' has a contrast of ')} to 1, but text needs 4.5 to 1" for each in said
    ]


def test_a_language_with_the_words_of_english_is_one_remark_with_their_number(miniature):
    path = "templates/locales/es.yaml"
    english = (miniature / "templates/locales/en.yaml").read_text(encoding="utf-8")
    own = (miniature / path).read_text(encoding="utf-8")
    assert remarks(miniature, path) == []
    put(miniature, path, own[: own.index("\nwords:")] + english[english.index("\nwords:") :])
    (said,) = remarks(miniature, path)
    assert re.fullmatch(r"\d+: 3\d\d of 3\d\d words are the same as in en.yaml: translate them", said)


def test_a_text_without_a_translation_gets_the_line_to_paste(miniature):
    path = miniature / "sources/texts/ar.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^translation:\n(?: .*\n)+|^translation:.*\n", "", text, flags=re.M), encoding="utf-8")
    (said,) = [each for each in remarks(miniature, "sources/texts/ar.yaml") if "translation" in each]
    start = "1: no `translation:` says from which text this one is made; if it is a translation, paste this line: "
    assert said.startswith(f"{start}translation: {{original: en, made_from: {{")
    path.write_text(path.read_text(encoding="utf-8") + said.removeprefix(start) + "\n", encoding="utf-8")
    after = [each.partition(": ")[2] for each in remarks(miniature, "sources/texts/ar.yaml")]
    assert after == ["this translation has not been reviewed yet"]
    assert not [each for each in remarks(miniature, "sources/texts/en.yaml") if "translation" in each]
