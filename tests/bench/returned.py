"""A hundred decks that come back, and the largest that are still taken: the time of `collect` and its memory."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from PIL import Image, ImageFilter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from tests.bench import synthetic
from tests.bench.cases import Bench, Result, middle
from tests.bench.growth import MEGABYTE
from tests.bench.measure import Usage, peak, run
from tests.collect.largest import LARGEST

DECKS, SLIDES = 100, 20
SEMINARS = 20  # of five speakers each
SECONDS, GOAL, MEMORY = 12, 8, 300 * MEGABYTE
PHOTO = (1600, 1067)


def returned(bench: Bench) -> list[Result]:
    """A hundred returned decks of twenty slides, judged for the first time and once more; then the largest decks."""
    root = synthetic.series(bench.root, bench.fresh("returned"), SEMINARS)
    run(bench.pipeline("build", "--root", root), bench.root)
    count = _given_back(root)
    collect = bench.pipeline("collect", "--root", root)
    first, memory = peak(collect, bench.root, 0.02)
    rounds = [first, *(_again(bench, root, collect) for _ in range(bench.long - 1))]
    used = middle(rounds)
    case = f"collect: {count} returned decks of {SLIDES} slides"
    reached = count == DECKS and used.wall < SECONDS and memory < MEMORY
    result = Result(case=case, pipeline=used, memory=memory, reached=reached)
    result = replace(result, target=f"< {SECONDS} s, < {MEMORY // MEGABYTE} MB", goal=f"< {GOAL} s")
    return [result, _largest(bench, root, collect)]


def _again(bench: Bench, root: Path, collect: list[str]) -> Usage:
    """Return the usage of a run that finds no copy in its place."""
    shutil.rmtree(root / "sources/presentations")
    return run(collect, bench.root)


def _largest(bench: Bench, root: Path, collect: list[str]) -> Result:
    """Return what the largest decks take that are not refused, each kind twice, so that any two may meet."""
    shutil.rmtree(root / "sources/returned")
    folders = [folder for folder in _speakers(root)][: 2 * len(LARGEST)]
    for number, (folder, make) in enumerate(zip(folders, 2 * tuple(LARGEST.values()), strict=True)):
        target = root / "sources/returned" / folder.relative_to(root / "output").parts[0] / folder.name
        target.mkdir(parents=True)
        (target / f"{number}.pptx").write_bytes(make())
    usage, memory = peak(collect, bench.root, 0.005)
    case = f"collect: the {len(folders)} largest decks that are taken"
    return Result(case=case, pipeline=usage, memory=memory, target="< 300 MB", reached=memory < MEMORY)


def _speakers(root: Path) -> Iterator[Path]:
    """Yield the folders that hold what leaves for each speaker."""
    for folder in sorted((root / "output").glob("*/speakers/*")):
        if any(folder.glob("*.pptx")):
            yield folder


# --- decks as speakers fill them -------------------------------------------------------------------------------------


def _given_back(root: Path) -> int:
    """Put each speaker's own deck, filled, into the folder of returned files under a name that tells nothing."""
    (root / "sources/returned").mkdir()
    photos = [_photo(seed) for seed in range(6)]
    folders = list(_speakers(root))[:DECKS]
    for number, folder in enumerate(folders):
        (sent,) = folder.glob("*.pptx")
        (root / f"sources/returned/final ({number}).pptx").write_bytes(filled(sent, photos))
    return len(folders)


def filled(sent: Path, photos: list[bytes]) -> bytes:
    """Return a sent deck with questions answered and as many slides as are wanted, each with notes."""
    deck = Presentation(sent)
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.has_text_frame and not shape.text_frame.text and shape.name == "Body":
                shape.text_frame.text = "What the law says\nWhat the courts make of it\nWhat is still open"
    layout = next(layout for layout in deck.slide_layouts if layout.name == deck.slides[2].slide_layout.name)
    fillers = (_pictured(photos), _tabled, _charted, _worded)
    for number in range(SLIDES - len(deck.slides)):
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text = f"Point {number + 1}"
        fillers[number % len(fillers)](slide, number)
        slide.notes_slide.notes_text_frame.text = "What is to be said here, in a sentence or two. " * 3
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _photo(seed: int) -> bytes:
    """Return a JPEG as a camera makes it, with facts about the camera, of some 300 KB."""
    width, height = PHOTO
    noise = Image.frombytes("RGB", (width // 8, height // 8), Random(seed).randbytes(3 * (width // 8) * (height // 8)))
    out, facts = io.BytesIO(), Image.Exif()
    facts[0x010F] = "Camera"
    noise.resize(PHOTO).filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=90, exif=facts)
    return out.getvalue()


def _pictured(photos: list[bytes]) -> Callable:
    def fill(slide, number: int) -> None:
        photo = io.BytesIO(photos[number % len(photos)])
        picture = slide.shapes.add_picture(photo, Inches(1), Inches(2), height=Inches(3))
        picture._element.nvPicPr.cNvPr.set("descr", "A view of the court")

    return fill


def _tabled(slide, number: int) -> None:
    table = slide.shapes.add_table(6, 4, Inches(1), Inches(2), Inches(8), Inches(3)).table
    for row in range(6):
        for column in range(4):
            table.cell(row, column).text = f"{number}.{row}.{column}"


def _charted(slide, number: int) -> None:
    values = CategoryChartData()
    values.categories = [str(year) for year in range(2014, 2021)]
    values.add_series("Cases", [number + year % 5 for year in range(7)])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = slide.shapes.add_chart(kind, Inches(1), Inches(2), Inches(8), Inches(4), values)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "Cases by year")


def _worded(slide, number: int) -> None:
    frame = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(3)).text_frame
    for line in range(5):
        run_ = frame.add_paragraph().add_run()
        run_.text, run_.font.size = (
            f"A point, number {number}.{line}, which says a little more than the one before",
            Pt(20),
        )
