"""PowerPoint files of small decks, read back: what goes into the placeholders, what continues, and what is refused."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pptx
import pytest
from PIL import Image
from pptx.util import Emu

from pipeline.core.documents import Deck, Paragraph, Picture, Properties, Run, Slide, Table
from pipeline.load import load
from pipeline.render.to_pptx import TemplateMismatch, contract, overflow, unbalanced, write
from tests.conftest import ROOT
from tests.render.powerpoint_outline import outline

TEMPLATES = ROOT / "templates"
PROPERTIES = Properties(
    kind="deck",
    name="small",
    title="A small deck",
    subject="Tests",
    publisher="A publisher",
    language="en",
    direction="ltr",
    date=date(2021, 3, 1),
    seminar="harbour-en",
    edition=1,
    running_title="A small deck · 1 March 2021",
    words={},
)


@pytest.fixture(scope="module")
def brand() -> Any:
    return load(ROOT).brand


@pytest.fixture
def presentation(brand) -> Callable[..., Any]:
    """Writes slides and reads the file back."""

    def written(*slides: Slide, templates: Path = TEMPLATES, **properties: Any) -> Any:
        deck = Deck(properties=replace(PROPERTIES, **properties), slides=slides)
        return pptx.Presentation(BytesIO(write(deck, brand, templates)))

    return written


def texts(*given: str, **look: Any) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(runs=(Run(text=text, **look),)) for text in given)


def text_slide(*paragraphs: Paragraph) -> Slide:
    return Slide(layout="Text", placeholders={"Title": texts("Title"), "Body": paragraphs}, notes=("A note.",))


def table_slide(*rows: tuple[str, ...]) -> Slide:
    table = Table(rows=tuple(tuple(texts(*row)) for row in rows), widths=(0.2, 0.8))
    return Slide(layout="Table", placeholders={"Title": texts("Table")}, tables={"Table": table})


def shapes(slide: Any) -> dict[str, Any]:
    return {shape.name: shape for shape in slide.shapes}


# --- text ------------------------------------------------------------------------------------------------------------


def test_a_run_keeps_its_language_weight_and_link(presentation):
    runs = (Run(text="bold", strong=True), Run(text="cursif", language="fr", emphasis=True))
    linked = Run(text="page", link="https://example.org/?a=1&b=2")
    (slide,) = presentation(text_slide(Paragraph(runs=(*runs, linked)))).slides
    bold, italic, link = shapes(slide)["Body"].text_frame.paragraphs[0].runs
    assert (bold.font.bold, italic.font.italic) == (True, True)
    assert [run._r.rPr.get("lang") for run in (bold, italic, link)] == ["en-GB", "fr-FR", "en-GB"]
    assert link.hyperlink.address == "https://example.org/?a=1&b=2"


def test_a_line_end_breaks_the_line_and_what_xml_forbids_is_left_out(presentation):
    (slide,) = presentation(text_slide(*texts("one\ntwo\x08 <b>&amp;\ufffe"))).slides
    assert shapes(slide)["Body"].text_frame.text == "one\vtwo <b>&amp;"


def test_a_paragraph_has_a_bullet_only_where_it_wants_one(presentation):
    bulleted = Paragraph(runs=(Run(text="item"),), bullet=True)
    (slide,) = presentation(text_slide(*texts("lead"), bulleted)).slides
    lead, item = (paragraph._p for paragraph in shapes(slide)["Body"].text_frame.paragraphs)
    assert len(lead.findall(".//{*}buNone")) == 1
    assert item.findall(".//{*}buNone") == []  # the layout gives it one


def test_what_a_slide_does_not_name_is_not_on_it(presentation):
    (slide,) = presentation(Slide(layout="Title", placeholders={"Title": texts("Only a title")})).slides
    assert list(shapes(slide)) == ["Title"]


def test_a_link_that_is_no_web_or_mail_address_is_refused_with_its_slide(presentation):
    with pytest.raises(ValueError, match=r"deck.pptx, slide 2 \(`Text`\): a link must begin with .* `javascript:"):
        presentation(text_slide(*texts("well")), text_slide(*texts("bad", link="javascript:alert(1)")))


# --- pictures and tables ---------------------------------------------------------------------------------------------


def picture(width: int, height: int, format: str = "PNG") -> Picture:
    content = BytesIO()
    Image.new("RGB", (width, height), "red").save(content, format)
    return Picture(name="red", media_type=f"image/{format.lower()}", content=content.getvalue())


def speaker_slide(given: Picture) -> Slide:
    return Slide(
        layout="One speaker",
        placeholders={"Title": texts("One"), "Name 1": texts("Ben SOUTH")},
        pictures={"Photo 1": given},
    )


@pytest.mark.parametrize(("width", "height"), [(300, 200), (200, 300), (200, 200)])
def test_a_portrait_fills_its_circle_without_being_stretched(width, height, presentation):
    (slide,) = presentation(speaker_slide(picture(width, height))).slides
    photo = shapes(slide)["Photo 1"]
    seen = (width * (1 - photo.crop_left - photo.crop_right), height * (1 - photo.crop_top - photo.crop_bottom))
    assert photo._element.spPr.prstGeom.get("prst") == "ellipse"
    assert photo._element._nvXxPr.cNvPr.get("descr") == "Ben SOUTH"
    assert photo.width / photo.height == pytest.approx(seen[0] / seen[1], rel=0.001)
    assert max(seen[0] / width, seen[1] / height) == pytest.approx(1)


def test_any_other_picture_is_shown_uncropped_within_its_placeholder(presentation):
    given = {"Title": texts("Example"), "Picture": texts("A red field"), "Body": ()}
    slide = Slide(layout="Statement and picture", placeholders=given, pictures={"Picture": picture(300, 100, "JPEG")})
    (written,) = presentation(slide).slides
    shape = shapes(written)["Picture"]
    box = next(each for each in written.slide_layout.placeholders if each.name == "Picture")
    assert (shape.crop_left, shape.crop_right, shape.crop_top, shape.crop_bottom) == (0, 0, 0, 0)
    assert (shape.width / shape.height, shape.top) == (pytest.approx(3, rel=0.001), box.top)
    assert box.left <= shape.left and shape.left + shape.width <= box.left + box.width
    assert shape._element._nvXxPr.cNvPr.get("descr") == "A red field"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (replace(picture(9, 9), media_type="image/svg+xml"), "a picture must be PNG or JPEG, not image/svg"),
        (replace(picture(9, 9), content=b"no picture"), "the picture `red` is no image/png file"),
        (replace(picture(9, 9), media_type="image/jpeg"), "the picture `red` is no image/jpeg file"),
    ],
)
def test_a_picture_that_office_cannot_show_is_refused(given, message, presentation):
    with pytest.raises(ValueError, match=rf"slide 1 \(`One speaker`\): .*{message}"):
        presentation(speaker_slide(given))


def test_a_picture_without_an_alternative_text_is_refused(presentation):
    slide = speaker_slide(picture(9, 9))
    with pytest.raises(ValueError, match="`Photo 1` has no alternative text"):
        presentation(replace(slide, placeholders={"Title": texts("One")}))


def test_a_table_has_the_style_of_the_template_and_the_width_of_its_placeholder(presentation):
    file = presentation(table_slide(("No.", "Name"), ("1", "Ada")))
    (slide,) = file.slides
    table = shapes(slide)["Table"].table
    box = next(each for each in slide.slide_layout.placeholders if each.name == "Table")
    assert [column.width for column in table.columns] == [round(box.width * 0.2), round(box.width * 0.8)]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["No.", "Name"], ["1", "Ada"]]
    assert (table.first_row, table.horz_banding) == (True, True)
    assert table._tbl.tblPr.findtext("{*}tableStyleId") in part_of(file, "ppt/tableStyles.xml")


def part_of(file: Any, part: str) -> str:
    content = BytesIO()
    file.save(content)
    with ZipFile(content) as archive:
        return archive.read(part).decode()


# --- what continues on further slides --------------------------------------------------------------------------------


def words(count: int, generator: random.Random) -> str:
    return " ".join("w" * generator.randint(1, 12) for _ in range(count))


@pytest.mark.parametrize("seed", range(20))
def test_a_long_body_continues_and_no_slide_of_it_is_too_full(seed, presentation):
    generator = random.Random(seed)
    body = texts(*(words(generator.randint(3, 40), generator) for _ in range(generator.randint(12, 40))))
    deck = Deck(properties=PROPERTIES, slides=(text_slide(*body),))
    assert overflow(deck, TEMPLATES) == []
    slides = presentation(text_slide(*body)).slides
    found = [shapes(slide)["Body"].text_frame.text.split("\n") for slide in slides]
    assert [text for each in found for text in each] == [paragraph.runs[0].text for paragraph in body]
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles == [f"Title\u00a0({number}/{len(slides)})" for number in range(1, len(slides) + 1)]
    assert [slide.has_notes_slide for slide in slides] == [True] + [False] * (len(slides) - 1)


def test_a_heading_is_never_the_last_of_a_slide(presentation):
    for lines in range(1, 14):
        body = (*texts(*["filler"] * lines), *texts("Heading", strong=True), *texts(*["text"] * 12))
        for slide in presentation(text_slide(*body)).slides:
            assert shapes(slide)["Body"].text_frame.text.split("\n")[-1] != "Heading"


def test_a_long_table_continues_with_its_header_row(presentation):
    rows = [("No.", "Name"), *((str(number), f"Name {number}") for number in range(40))]
    slides = presentation(table_slide(*rows)).slides
    found = [[tuple(cell.text for cell in row.cells) for row in shapes(slide)["Table"].table.rows] for slide in slides]
    assert len(found) > 2
    assert {part[0] for part in found} == {rows[0]}
    assert [row for part in found for row in part[1:]] == rows[1:]
    for slide in slides:
        box = next(each for each in slide.slide_layout.placeholders if each.name == "Table")
        assert sum(row.height for row in shapes(slide)["Table"].table.rows) <= box.height


def test_a_table_that_nearly_fits_is_set_smaller_instead(presentation):
    def sizes(count: int) -> set[float]:
        file = presentation(table_slide(("No.", "Name"), *((str(number), "Name") for number in range(count))))
        return {
            run.font.size.pt
            for slide in file.slides
            for row in shapes(slide)["Table"].table.rows
            for cell in row.cells
            for run in cell.text_frame.paragraphs[0].runs
        }

    assert [sizes(count) for count in (4, 8, 30)] == [{20}, {19}, {20}]


# --- what does not fit -----------------------------------------------------------------------------------------------


def test_a_text_that_is_too_long_is_reported_with_its_slide_and_its_lines():
    title = "A title that is much too long for the room that it has, " * 4
    deck = Deck(properties=PROPERTIES, slides=(text_slide(*texts("well")), Slide(layout="Text", placeholders={})))
    long = Slide(layout="Text", placeholders={"Title": texts(title)})
    assert overflow(deck, TEMPLATES) == []
    (message,) = overflow(replace(deck, slides=(*deck.slides, long)), TEMPLATES)
    assert message.startswith("slide 3: `A title that is")
    assert message.endswith("takes 4 lines, and there is room for 2")


def test_a_row_that_is_higher_than_the_slide_is_reported():
    deck = Deck(properties=PROPERTIES, slides=(table_slide(("No.", "Name"), ("high", "word " * 400)),))
    assert overflow(deck, TEMPLATES) == ["slide 1: the row `high` of the table is too high for the slide"]


# --- the template ----------------------------------------------------------------------------------------------------


def test_all_that_a_template_lacks_is_said_at_once():
    needed = {"Txt": ("Title",), "Text": ("Title", "Bodi"), "Table": ("Title", "Table")}
    assert contract(TEMPLATES, needed) == [
        "no layout `Txt`; did you mean `Text`?",
        "layout `Text` has no placeholder `Bodi`; did you mean `Body`?",
    ]


def test_a_deck_that_asks_for_what_the_template_lacks_is_not_written(presentation):
    with pytest.raises(TemplateMismatch, match=r"no layout `Txt`; did you mean `Text`\?"):
        presentation(Slide(layout="Txt", placeholders={}))


WHOLE = (TEMPLATES / "deck.pptx").read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"PK\3\4" + bytes(60), WHOLE[:-200], WHOLE[:400] + bytes(9000) + WHOLE[9400:]],
    ids=["empty", "text", "no entries", "cut off", "overwritten"],
)
def test_a_template_that_is_no_powerpoint_file_is_named_as_such(content, tmp_path):
    (tmp_path / "deck.pptx").write_bytes(content)
    assert contract(tmp_path, {}) == ["this is no PowerPoint file; save it in PowerPoint as .pptx"]


@pytest.fixture
def templates(tmp_path) -> Path:
    """A copy of the templates that a test may change."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return tmp_path / "templates"


def test_nothing_of_the_sample_slides_of_a_template_gets_into_a_deck(templates, presentation):
    file = pptx.Presentation(templates / "deck.pptx")
    sample = file.slides.add_slide(file.slide_layouts.get_by_name("Text"))
    sample.shapes.title.text_frame.text = "SAMPLE"
    sample.notes_slide.notes_text_frame.text = "SAMPLE"
    file.core_properties.author = file.core_properties.keywords = "SAMPLE"
    file.save(templates / "deck.pptx")
    content = BytesIO()
    presentation(text_slide(*texts("own")), templates=templates).save(content)
    with ZipFile(content) as archive:
        assert [name for name in archive.namelist() if b"SAMPLE" in archive.read(name)] == []
        assert [name for name in archive.namelist() if name.startswith("ppt/slides/s")] == ["ppt/slides/slide1.xml"]


def test_a_template_that_was_saved_again_is_read_again(templates, presentation):
    assert len(presentation(text_slide(*texts("own")), templates=templates).slide_layouts) == 18
    file = pptx.Presentation(templates / "deck.pptx")
    file.slide_layouts.remove(file.slide_layouts.get_by_name("House rules"))
    file.save(templates / "deck.pptx")
    assert len(presentation(text_slide(*texts("own")), templates=templates).slide_layouts) == 17


def test_a_layout_with_two_placeholders_of_one_name_is_filled_like_any_other(templates, presentation):
    file = pptx.Presentation(templates / "deck.pptx")
    layout = file.slide_layouts.get_by_name("Segment")
    twin = next(each for each in layout.placeholders if each.name == "Number")
    next(each for each in layout.placeholders if each.name == "Time").name = twin.name
    file.save(templates / "deck.pptx")
    given = {"Title": texts("A title"), "Number": texts("1")}
    (slide,) = presentation(Slide(layout="Segment", placeholders=given), templates=templates).slides
    found = {name: shape.text_frame.text for name, shape in shapes(slide).items()}
    assert (found["Title"], found["Number"]) == ("A title", "1")


def test_an_empty_slide_and_a_crowded_one_are_reported_with_their_numbers():
    words = " ".join(["word"] * 70)
    crowded = Slide(layout="Text", placeholders={"Title": texts("A title"), "Body": texts(*[words] * 2)})
    empty = Slide(layout="Text", placeholders={"Title": texts("A title"), "Body": texts("One line")})
    full = Slide(layout="Text", placeholders={"Title": texts("A title"), "Body": texts(*["international " * 11] * 5)})
    assert unbalanced(Deck(properties=PROPERTIES, slides=(crowded, full, empty)), TEMPLATES) == [
        "slide 1: it has 142 words; more than 60 are not read while somebody speaks",
        "slide 3: 8% of it is filled; 55% or more looks full",
    ]


# --- the file --------------------------------------------------------------------------------------------------------

SMALL = Deck(properties=replace(PROPERTIES, identity={"speaker": "ben"}), slides=(text_slide(*texts("one")),))
OTHER = replace(SMALL, properties=replace(PROPERTIES, title="Another", seminar="tal-ar", identity={"speaker": "dora"}))


def test_a_deck_has_only_the_layouts_that_it_names_and_without_names_all(brand):
    slides = (text_slide(*texts("A text.")),)
    for names in ((), ("Text", "Quotation")):
        file = pptx.Presentation(
            BytesIO(write(Deck(properties=PROPERTIES, slides=slides, layouts=names), brand, TEMPLATES))
        )
        found = [layout.name for layout in file.slide_layouts]
        assert found == list(names) if names else len(found) > 10
        assert len([part for part in file.part.package.iter_parts() if "slideLayout" in part.partname]) == len(found)
        assert [slide.slide_layout.name for slide in file.slides] == ["Text"]


def test_a_deck_is_the_same_whatever_was_written_before_it_and_in_another_process(brand):
    first = write(SMALL, brand, TEMPLATES)
    write(OTHER, brand, TEMPLATES)
    write(replace(SMALL, properties=replace(SMALL.properties, direction="rtl", language="ar")), brand, TEMPLATES)
    assert write(SMALL, brand, TEMPLATES) == first
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(write, SMALL, brand, TEMPLATES).result() == first


def test_no_deck_has_the_properties_of_another(brand):
    write(SMALL, brand, TEMPLATES)
    found = outline(write(OTHER, brand, TEMPLATES))
    for line in ("core title: Another", "custom seminar: tal-ar", "custom speaker: dora"):
        assert line in found.splitlines()
    assert "ben" not in found


def test_a_file_holds_no_time_of_day_no_author_and_no_program(brand):
    content = write(SMALL, brand, TEMPLATES)
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert "python" not in core and "lastModifiedBy" not in core and "revision" not in core
    assert core.count("2021-03-01T00:00:00Z") == 2


def test_the_emblem_has_its_proportions_and_a_border_of_a_twenty_fifth_of_its_height(presentation):
    given = {"Title": texts("Title"), "Emblem": texts("The emblem")}
    (slide,) = presentation(Slide(layout="Title", placeholders=given)).slides
    group = shapes(slide)["Emblem"]
    border, field, stars = group.shapes
    assert field.width / field.height == pytest.approx(27 / 18, rel=1e-4)
    assert (border.height - field.height) / 2 / field.height == pytest.approx(1 / 25, rel=1e-3)
    assert stars.width / field.height == pytest.approx((12 + 2 * 0.9510565) / 18, rel=1e-3)
    assert group.width / group.height == pytest.approx(border.width / border.height, rel=1e-4)
    assert Emu(group.height).mm > 10
