"""No-break spaces, dashes, quotation marks and colons of word processors are named where YAML wants the plain ones."""

from __future__ import annotations

import pytest

from pipeline.load.files import File, yaml_values
from tests.faults import faults, replace

SPACE = "a no-break space (U+00A0)"
DAY = "write a day of the calendar as year-month-day, like 2020-07-09"
AGAIN, PLAIN, ITEM = "delete it and type the space again", "indent it with plain spaces", "begin the item with `- `"
PRINTED = 'use plain ones (`"`), or put plain ones around them if they are to be printed'
BOTH, COLON = "use the same plain mark at both ends", "write `:` and a space"
QUOTE = "a typographic quotation mark"
FAULTS = {
    "language: en\u00a0\n": f"1: the text ends with {SPACE}; delete it",
    "language:\u00a0en\n": f"1: the space after the colon is {SPACE}; {AGAIN}",
    "title: A\nlanguage:\u202fen\n": f"2: the space after the colon is a narrow no-break space (U+202F); {AGAIN}",
    "title: \u00a0A\n": f"1: the text begins with {SPACE}; {AGAIN}",
    "name:\n\u00a0\u00a0en: Judge\n": f"2: this line is indented with {SPACE}; {PLAIN}",
    "name:\n  en: Judge\n \u00a0fr: Juge\n": f"3: this line is indented with {SPACE}; {PLAIN}",
    "name:\n  en: Judge\n\u3000\u3000fr: Juge\n": f"3: this line is indented with an ideographic space (U+3000); {PLAIN}",  # noqa: E501
    "questions:\n  – First\n  – Second\n": f"2: a list cannot begin with `–`, an en dash (U+2013); {ITEM}",
    "questions:\n  - First\n  – Second\n": f"3: a list cannot begin with `–`, an en dash (U+2013); {ITEM}",
    "questions:\n- First\n– Second\n": f"3: a list cannot begin with `–`, an en dash (U+2013); {ITEM}",
    "questions:\n  • First\n": f"2: a list cannot begin with `•`, a bullet (U+2022); {ITEM}",
    "segments:\n  — person: a\n    role: b\n": f"2: a list cannot begin with `—`, an em dash (U+2014); {ITEM}",
    "questions:\n  -\u00a0First\n": f"2: the space after the dash is {SPACE}; {AGAIN}",
    "questions:\n  - First\n  -\u00a0Second\n": f"3: the space after the dash is {SPACE}; {AGAIN}",
    "title: “Evidence”\n": f"1: `“` is {QUOTE} (U+201C), which is printed; {PRINTED}",
    "title: “Evidence: a view”\n": f'1: `“` is {QUOTE} (U+201C); use plain ones: `"`',
    "title: ‘Evidence: a view’\n": f'1: `‘` is {QUOTE} (U+2018); use plain ones: `"`',
    "title: «\u202fEvidence: a view\u202f»\n": f'1: `«` is {QUOTE} (U+00AB); use plain ones: `"`',
    'title: "Evidence”\nlanguage: en\n': f'1: the text begins with `"` but ends with {QUOTE} (U+201D); {BOTH}',
    "title：Evidence\n": f"1: the colon of this line is a full-width colon (U+FF1A); {COLON}",
    "chair: {person:\u00a0ada-north, label: x}\n": f"1: the space after the colon is {SPACE}; {AGAIN}",
    "title\u00a0: Evidence\n": f"1: the text ends with {SPACE}; delete it",
    "chair: {person: ada-north，label: x}\n": "1: `，` is a full-width comma (U+FF0C); write `,` and a space",
    "language: en\ntitle：Evidence\n": f"2: the colon of this line is a full-width colon (U+FF1A); {COLON}",
}


@pytest.mark.parametrize("text", FAULTS, ids=ascii)
def test_a_character_that_looks_like_one_of_yaml_is_named(text):
    file = File(path="x.yaml", made_from=None)
    yaml_values(text, file)
    assert [f"{problem.line}: {problem.message}; {problem.fix}" for problem in file.problems] == [FAULTS[text]]


@pytest.mark.parametrize(
    "text",
    [
        "title: '“Evidence”'\n",
        'title: "Evidence\u00a0"\n',
        '" ;": "\u202f;"\n',
        "title: The “cloud” – and after\u00a0all\n",
        "title: “Cloud” and “evidence” are words\n",
        "text: |\n  First\n  – second\n  \u00a0third\n",
        "text: Paris –\n  Dakar\n",
        "from: –5\n",
    ],
    ids=ascii,
)
def test_in_a_text_such_a_character_is_allowed(text):
    file = File(path="x.yaml", made_from=None)
    assert yaml_values(text, file)
    assert file.problems == []


def test_a_dash_in_a_date_is_named_and_a_list_is_no_word(miniature):
    date = "sources/seminars/harbour-en.yaml"
    replace(miniature, date, ("date: 2021-03-01", "date: 2021–03–01"), ("language: en", "language: [en, fr]"))
    assert faults(miniature) == [
        f"{date}:2: `language` must be one word, not a list; keep one of `en`, `fr`: write `language: en`",
        f"{date}:4: `date` cannot be `2021–03–01`: `–` in it is an en dash (U+2013); {DAY}",
    ]
