"""Remarks: each is made where it is due, and not where everything is well."""

from __future__ import annotations

import io
import re
import time
from xml.sax.saxutils import escape

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from pipeline.collect import review as rules
from pipeline.collect.allowed import LISTS
from pipeline.collect.findings import REMARKS
from pipeline.collect.judge import judge
from pipeline.collect.review import remarks
from pipeline.collect.review.contrast import ratio
from pipeline.collect.review.fitting import TOO_FULL
from tests.collect import decks
from tests.collect.surgery import drawn, packed, unpacked


def made(*change, slides: int = 1, **options) -> list[tuple[str, int | None, str, str]]:
    """Return the remarks on a deck of slides with title and text, after some changes to its first slide."""
    deck = Presentation()
    for number in range(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Title {number}"
        slide.placeholders[1].text = "A point"
        for shape in slide.placeholders:
            for run in shape.text_frame.paragraphs[0].runs:
                run._r.get_or_add_rPr().set("lang", "en-GB")
    for each in change:
        each(deck.slides[0])
    found = judge(decks.saved(deck), **{"language": "en", **options}).remarks
    return [(each.code, each.slide, each.where, each.detail) for each in found]


def codes(*change, **options) -> set[str]:
    """Return only the words."""
    return {code for code, *_ in made(*change, **options)}


def test_a_good_deck_has_no_remark():
    assert made() == []


def _runs(slide):
    return slide.placeholders[1].text_frame.paragraphs[0].runs[0]


def test_no_title():
    assert ("no-title", 1, "", "") in made(lambda slide: setattr(slide.shapes.title, "text", ""))


def test_a_title_that_stands_twice():
    found = made(lambda slide: setattr(slide.shapes.title, "text", "Title 1"), slides=2)
    assert ("title-twice", 2, "1", "Title 1") in found


def test_a_prompt_that_was_left():
    found = made(lambda slide: setattr(slide.placeholders[1], "text", "Click to edit Master text styles"))
    assert ("prompt-left", 1, "Content Placeholder 2", "Click to edit Master text styles") in found


def test_an_empty_place():
    assert ("placeholder-empty", 1, "Content Placeholder 2", "") in made(
        lambda slide: setattr(slide.placeholders[1], "text", "")
    )


def test_slides_up_to_one_a_minute_and_two_more_are_well():
    assert "too-many-slides" not in codes(slides=10 + rules.EXTRA_SLIDES)
    assert ("too-many-slides", None, "12", "13") in made(slides=10 + rules.EXTRA_SLIDES + 1)
    assert "too-many-slides" not in codes(slides=13, minutes=20)


def test_notes_up_to_a_hundred_and_thirty_words_a_minute_are_well():
    def note(count):
        return lambda slide: setattr(slide.notes_slide.notes_text_frame, "text", "word " * count)

    assert "notes-too-long" not in codes(note(10 * rules.WORDS_PER_MINUTE))
    assert ("notes-too-long", None, "1300", "1301") in made(note(10 * rules.WORDS_PER_MINUTE + 1))
    assert rules.words("网络犯罪 two words") == 4


@pytest.mark.parametrize(("points", "small"), [(18, False), (17, True), (12, True)])
def test_text_under_18_points(points, small):
    found = made(lambda slide: setattr(_runs(slide).font, "size", Pt(points)))
    assert (("text-small", 1, "Content Placeholder 2", f"{points}") in found) is small


def test_size_comes_from_the_list_style_of_the_shape_too():
    def style(slide):
        body = slide.placeholders[1].text_frame._txBody
        level = body.find(f"{{{decks.A}}}lstStyle").makeelement(f"{{{decks.A}}}lvl1pPr", {})
        level.append(level.makeelement(f"{{{decks.A}}}defRPr", {"sz": "1100"}))
        body.find(f"{{{decks.A}}}lstStyle").append(level)

    assert ("text-small", 1, "Content Placeholder 2", "11") in made(style)


def test_text_shrunk_to_fit_counts_as_it_is_seen():
    def shrink(slide):
        frame = slide.placeholders[1].text_frame
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame._txBody.find(f".//{{{decks.A}}}normAutofit").set("fontScale", "50000")

    assert ("text-small", 1, "Content Placeholder 2", "16") in made(shrink)


@pytest.mark.parametrize(("points", "small"), [(14, False), (13, True)])
def test_text_in_tables_under_14_points(points, small):
    def table(slide):
        cell = slide.shapes.add_table(1, 1, 0, 0, Inches(3), Inches(1)).table.cell(0, 0)
        cell.text = "cell"
        cell.text_frame.paragraphs[0].runs[0].font.size = Pt(points)

    assert ("text-small" in codes(table)) is small


def _boxed(text: str, height: float = 1.0, size: MSO_AUTO_SIZE = MSO_AUTO_SIZE.NONE):
    def add(slide):
        frame = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(height)).text_frame
        frame.word_wrap, frame.auto_size, frame.text = True, size, text

    return add


def test_text_that_runs_out_of_its_box():
    (found,) = [each for each in made(_boxed("many words " * 40)) if each[0] == "text-overflow"]
    assert found[2] == "TextBox 3"
    assert int(found[3]) > 100 * TOO_FULL
    assert "text-overflow" not in codes(_boxed("few words"))
    assert "text-overflow" not in codes(_boxed("many words " * 40, height=12))
    assert "text-overflow" not in codes(_boxed("many words " * 40, size=MSO_AUTO_SIZE.SHAPE_TO_FIT_TEXT))


@pytest.mark.parametrize(("lines", "points", "spacing", "found"), [
    (10, 10, 1.0, set()),  # 10 lines of 12 points in 104.4 points: 115 %
    (10, 10.2, 1.0, {"117"}),
    (10, 20, 1.0, {"230"}),
    (5, 10, 2.1, {"121"}),
    (5, 10, 1.9, set()),
])  # fmt: skip
def test_a_text_overflows_when_its_lines_are_an_eighth_higher_than_the_room_in_its_box(lines, points, spacing, found):
    def add(slide):
        shape = slide.shapes.add_textbox(0, 0, Inches(8), Pt(104.4 + 7.2))
        shape.text_frame.text, shape.text_frame.word_wrap = "\n".join(["a"] * lines), True
        shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
        for paragraph in shape.text_frame.paragraphs:
            paragraph.line_spacing, paragraph.runs[0].font.size = spacing, Pt(points)
            paragraph.runs[0]._r.get_or_add_rPr().set("lang", "en-GB")

    assert {detail for code, _, _, detail in made(add) if code == "text-overflow"} == found


def test_a_line_breaks_at_the_margins_of_its_box():
    def add(width):
        def change(slide):
            shape = slide.shapes.add_textbox(0, 0, Pt(width), Pt(12 + 7.2))  # room for a line
            shape.text_frame.text, shape.text_frame.word_wrap = "aaaa aaaa", True
            shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
            (run,) = shape.text_frame.paragraphs[0].runs
            run.font.size = Pt(10)
            run._r.get_or_add_rPr().set("lang", "en-GB")

        return change

    text = 10 * (8 * 1139 + 569) / 2048  # points: eight letters and a space of 10 points, as wide as in Arial
    assert "text-overflow" not in codes(add(text + 2 * 7.2 + 0.1))
    assert "text-overflow" in codes(add(text + 2 * 7.2 - 0.1))


def _pictured(text: str | None):
    def add(slide):
        picture = slide.shapes.add_picture(io.BytesIO(decks.png()), Inches(7), 0, Inches(1))
        picture._element.nvPicPr.cNvPr.set("descr", text or "")

    return add


@pytest.mark.parametrize("text", [None, " ", "image1.png", "IMG_0001.JPG"])
def test_a_picture_that_nothing_describes(text):
    assert ("alt-missing", 1, "Picture 3", "") in made(_pictured(text))


def test_a_picture_that_is_described_or_decorative():
    def decorative(slide):
        _pictured(None)(slide)
        about = slide.shapes[-1]._element.nvPicPr.cNvPr
        from lxml import etree

        about.append(etree.fromstring(
            f'<a:extLst xmlns:a="{decks.A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        ))  # fmt: skip

    assert "alt-missing" not in codes(_pictured("A map of Africa"))
    assert "alt-missing" not in codes(decorative)


def _coloured(colour: str, points: int = 20):
    def change(slide):
        font = _runs(slide).font
        font.color.rgb, font.size = RGBColor.from_string(colour), Pt(points)

    return change


def test_text_too_like_its_background():
    assert ("contrast-low", 1, "Content Placeholder 2", "1.6") in made(_coloured("CCCCCC"))
    assert "contrast-low" not in codes(_coloured("595959"))
    assert "contrast-low" not in codes(_coloured("888888"))  # 3.5: enough for 20 points
    assert "contrast-low" in codes(_coloured("888888", 12))


@pytest.mark.parametrize(("one", "other", "contrast"), [
    ("000000", "FFFFFF", 21.0),
    ("FF0000", "FFFFFF", 3.998),  # these are the figures of the formula in WCAG 2
    ("00FF00", "FFFFFF", 1.372),
    ("0000FF", "FFFFFF", 8.592),
    ("767676", "FFFFFF", 4.542),
    ("0A0A0A", "000000", 1.061),
    ("404040", "000000", 2.025),
])  # fmt: skip
def test_the_contrast_of_two_colours_is_that_of_wcag(one, other, contrast):
    assert ratio(one, other) == ratio(other, one) == pytest.approx(contrast, abs=0.0006)


def _sized(points: float, bold: bool):
    def change(slide):
        _runs(slide).font.size, _runs(slide).font.bold = Pt(points), bold

    return change


@pytest.mark.parametrize(("colour", "points", "bold", "low"), [
    ("767676", 12, False, False),  # 4.54
    ("777777", 12, False, True),  # 4.48
    ("949494", 18, False, False),  # 3.03
    ("969696", 18, False, True),  # 2.96
    ("949494", 17.9, False, True),
    ("949494", 14, True, False),
    ("949494", 13.9, True, True),
    ("949494", 14, False, True),
])  # fmt: skip
def test_small_text_needs_a_contrast_of_four_and_a_half_and_large_text_of_three(colour, points, bold, low):
    assert ("contrast-low" in codes(_coloured(colour), _sized(points, bold))) == low


@pytest.mark.parametrize(("changes", "low"), [
    ({"lumMod": 50000}, False),  # grey: 4.0, enough for large text
    ({"lumMod": 50000, "lumOff": 50000}, True),  # light grey
    ({"lumMod": 75000}, True),
    ({}, True),
])  # fmt: skip
def test_a_colour_of_the_theme_may_be_darker_or_lighter(changes, low):
    def change(slide):
        properties = _runs(slide)._r.get_or_add_rPr()
        fill = properties.makeelement(f"{{{decks.A}}}solidFill", {})
        colour = fill.makeelement(f"{{{decks.A}}}schemeClr", {"val": "bg1"})  # white
        for name, share in changes.items():
            colour.append(colour.makeelement(f"{{{decks.A}}}{name}", {"val": str(share)}))
        fill.append(colour)
        properties.insert(0, fill)
        _runs(slide).font.size = Pt(20)

    assert ("contrast-low" in codes(change)) == low


def test_a_colour_may_be_given_by_its_name():
    def yellow(slide):
        properties = _runs(slide)._r.get_or_add_rPr()
        fill = properties.makeelement(f"{{{decks.A}}}solidFill", {})
        fill.append(fill.makeelement(f"{{{decks.A}}}prstClr", {"val": "yellow"}))
        properties.insert(0, fill)

    assert ("contrast-low", 1, "Content Placeholder 2", "1.1") in made(yellow)


def test_the_fill_of_a_shape_is_its_text_s_background():
    def fill(slide):
        slide.placeholders[1].fill.solid()
        slide.placeholders[1].fill.fore_color.rgb = RGBColor(0, 0, 0)

    assert "contrast-low" in codes(fill)
    assert "contrast-low" not in codes(fill, _coloured("FFFFFF"))


def test_text_over_a_picture_is_not_judged():
    def under(slide):
        picture = slide.shapes.add_picture(io.BytesIO(decks.png()), 0, 0, Inches(10), Inches(7))
        picture._element.nvPicPr.cNvPr.set("descr", "A wall")
        slide.shapes._spTree.insert(2, picture._element)

    assert "contrast-low" not in codes(_coloured("CCCCCC"), under)


def test_another_language_than_the_seminar_s():
    assert "language-other" not in codes(language="en")
    assert ("language-other", 1, "", "en-GB") in made(language="fr")
    assert "language-other" not in codes(language="")


def test_text_that_is_not_marked():
    def unmark(slide):
        for shape in slide.placeholders:
            for run in shape.text_frame.paragraphs[0].runs:
                run._r.rPr.attrib.pop("lang")

    assert "language-missing" in codes(unmark)


def test_a_font_that_not_everybody_has():
    assert ("font-unknown", 1, "", "Ministry Sans") in made(
        lambda slide: setattr(_runs(slide).font, "name", "Ministry Sans")
    )
    assert "font-unknown" not in codes(lambda slide: setattr(_runs(slide).font, "name", "Verdana"))
    assert "font-unknown" not in codes(lambda slide: setattr(_runs(slide).font, "name", "맑은 고딕"))


def test_video_and_sound_over_the_size(monkeypatch):
    content = decks.with_media(decks.mp4())
    assert "media-large" not in {each.code for each in judge(content).remarks}
    monkeypatch.setattr(rules, "MEDIA_MEGABYTES", 0)
    assert "media-large" in {each.code for each in judge(content).remarks}


def test_every_remark_has_a_test():
    from pathlib import Path

    files = (Path(__file__), Path(__file__).parents[1] / "test_original.py")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [code for code in REMARKS if f'"{code}"' not in text] == []


# --- values and texts that no honest program writes ------------------------------------------------------------------


_SHADE = (
    '<a:rPr><a:solidFill><a:schemeClr val="tx1"><a:lumMod val="9e9"/></a:schemeClr></a:solidFill></a:rPr><a:t>A point'
)
_ENDLESS_SHADE = _SHADE.replace(
    '<a:lumMod val="9e9"/>', 2 * f'<a:lumMod val="{"9" * 300}"/>' + '<a:lumMod val="0"/>'
)  # infinite, and then no number


@pytest.mark.parametrize(("old", "new"), [
    ('type="title"', 'type="unknown"'),
    ('type="title"', 'type=""'),
    ('idx="1"', 'idx="first"'),
    ('idx="1"', 'idx="1e400"'),
    ("<a:bodyPr/>", '<a:bodyPr lIns="wide" numCol="²"/>'),
    ("<p:spPr/>", '<p:spPr><a:xfrm><a:off x="1e400" y=""/><a:ext cx="-1" cy="99999999999999999999"/></a:xfrm></p:spPr>'),
    ("<a:t>A point", '<a:rPr lang="" sz="abc" b="?"/><a:t>A point'),
    ("<a:t>A point", '<a:rPr><a:solidFill><a:srgbClr val="red"/></a:solidFill></a:rPr><a:t>A point'),
    ("<a:t>A point", '<a:rPr><a:solidFill/></a:rPr><a:t>A point'),
    ("<a:t>A point", _SHADE),
    ("<a:t>A point", _ENDLESS_SHADE),
    ("<a:p>", '<a:p><a:pPr lvl="-3" marL="x"><a:lnSpc><a:spcPct val="much"/></a:lnSpc></a:pPr>'),
    ("<a:p>", '<a:p><a:pPr lvl="12345"/>'),
])  # fmt: skip
def test_values_that_no_schema_allows_are_reviewed(old, new):
    deck = decks.saved(_filled_deck())
    parts = unpacked(deck)
    text = parts["ppt/slides/slide1.xml"].decode()
    assert old in text
    parts["ppt/slides/slide1.xml"] = text.replace(old, new).encode()
    assert judge(packed(parts), language="en").status == "cleaned"


def _filled_deck():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "A title", "A point"
    return deck


def _drawn(xml: str, number: int = 2) -> bytes:
    """Return the plain deck with something drawn on a slide."""
    deck = decks.parts()
    drawn(deck, number, xml)
    return packed(deck)


@pytest.mark.parametrize("text", [
    "a" * 8_000_000,
    "ab " * 2_500_000,
    "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x10FFFE)])),
], ids=["one word", "many words", "every character"])  # fmt: skip
def test_a_long_text_is_reviewed_in_seconds(text):
    shape = decks.shape(90, "Long", f"<a:r><a:rPr lang='en'/><a:t>{escape(text)}</a:t></a:r>")
    start = time.process_time()
    found = judge(_drawn(shape), language="en").remarks
    assert time.process_time() - start < 15
    assert "Long" in {each.where for each in found if each.code == "text-overflow"}


def test_the_contrast_is_computed_of_so_many_shapes_of_a_slide(monkeypatch):
    assert "contrast-low" in codes(_coloured("CCCCCC"))
    monkeypatch.setattr(remarks, "MANY_SHAPES", 1)
    assert "contrast-low" not in codes(_coloured("CCCCCC"))  # in the second shape


def test_of_an_alternative_only_the_choice_is_reviewed():
    choice = decks.shape(90, "Choice", '<a:r><a:rPr lang="en" sz="900"/><a:t>Small</a:t></a:r>')
    fallback = choice.replace("Choice", "Fallback").replace("900", "800")
    either = (
        f'<mc:AlternateContent xmlns:mc="{LISTS.namespaces["mc"]}"><mc:Choice xmlns:a14="{LISTS.namespaces["a14"]}" Requires="a14">'
        f"{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    found = judge(_drawn(either), language="en").remarks
    assert [(each.where, each.detail) for each in found if each.code == "text-small"] == [("Choice", "9")]


def test_a_layout_that_its_master_does_not_list_is_inherited_from():
    parts = unpacked(decks.saved(_filled_deck()))
    parts["ppt/slideMasters/slideMaster1.xml"] = re.sub(
        rb"<p:sldLayoutIdLst>.*</p:sldLayoutIdLst>", b"", parts["ppt/slideMasters/slideMaster1.xml"], flags=re.DOTALL
    )
    found = judge(packed(parts), language="en")
    assert found.title == "A title"
    assert not {"placeholder-empty", "no-title"} & {each.code for each in found.remarks}


def test_the_texts_of_the_title_slide_are_those_of_all_placeholders():
    verdict = judge(decks.saved(_filled_deck()))
    assert verdict.title_places == {"Title 1": "A title", "Content Placeholder 2": "A point"}


def test_text_of_more_than_one_size_is_as_high_as_its_largest():
    def add(slide):
        shape = slide.shapes.add_textbox(0, 0, Inches(8), Pt(24 + 7.2))
        paragraph = shape.text_frame.paragraphs[0]
        for text, points in (("small ", 18), ("large", 30)):
            run = paragraph.add_run()
            run.text, run.font.size = text, Pt(points)
            run._r.get_or_add_rPr().set("lang", "en-GB")
        shape.text_frame.word_wrap, shape.text_frame.auto_size = True, MSO_AUTO_SIZE.NONE

    assert [each[3] for each in made(add) if each[0] == "text-overflow"] == ["150"]  # 1.2 × 30 points in 24


def test_of_long_and_many_texts_of_the_first_slide_only_some_leave_the_review():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Title " * 1_000
    for number in range(200):
        slide.shapes.add_textbox(0, 0, 900, 900).text_frame.text = f"{number} " * 1_000
    verdict = judge(decks.saved(deck))
    assert [len(text) for text in verdict.title_texts] == [1_000] * 100
    assert (len(verdict.title), len(verdict.title_places["Title 1"])) == (1_000, 1_000)
