"""Finds on a slide what is too long, too small, too faint or missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import yaml
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from pipeline.collect.allowed import qn
from pipeline.collect.findings import shown
from pipeline.collect.review.contrast import ground, needed, ratio, text_colour
from pipeline.collect.review.fitting import TOO_FULL, fullness
from pipeline.collect.review.inherited import SMALL_PRINT, TITLES, clark
from pipeline.collect.review.slides import Page, Shape

TEXT_POINTS, TABLE_POINTS = 18.0, 14.0
SHARE = 0.5
"""The share of a slide's letters in another language that is worth a remark."""
LONG_RUN = 10_000
"""The number of characters of a run that are counted."""
MANY_SHAPES = 2_000
"""The number of shapes of a slide whose contrast is computed: each is compared with all that are behind it."""
FONTS = frozenset(
    name.casefold() for name in yaml.safe_load(files(__package__).joinpath("fonts.yaml").read_text(encoding="utf-8"))
)
"""The fonts that come with Office on Windows and on the Mac."""

_FILE_NAME = re.compile(r"[^\n]{1,200}\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|mp4|mp3|m4a|wav)", re.IGNORECASE)
_PICTURE, _FRAME, _TEXT = qn("p:pic"), qn("p:graphicFrame"), qn("p:sp")
_DECORATIVE = clark(".//adec:decorative[@val='1']")

Remark = tuple[str, str, str]
"""The code of a finding, the name of the shape, and the detail."""


def remarks_on(page: Page, *, language: str, with_photo: bool) -> Iterator[Remark]:
    """Yield the remarks on a slide; `with_photo` says that it has a placeholder of a photo, which may stay empty."""
    yield from _placeholders(page, with_photo=with_photo)
    yield from _sizes(page)
    yield from _overflows(page)
    yield from _descriptions(page)
    yield from _contrasts(page)
    yield from _languages(page, language)


def _placeholders(page: Page, *, with_photo: bool) -> Iterator[Remark]:
    """Yield prompts of the template that are still there, and empty placeholders."""
    optional = (*TITLES, PP_PLACEHOLDER.SLIDE_IMAGE, *((PP_PLACEHOLDER.PICTURE,) if with_photo else ()))
    for shape in page.shapes:
        if shape.type is None or shape.type in SMALL_PRINT:
            continue
        for text in shape.lines:
            if text.casefold() in shape.prompts:
                yield "prompt-left", shown(shape.name), shown(text)
        is_text = shape.element.tag == _TEXT and shape.element.find(clark("p:spPr/a:blipFill")) is None
        if is_text and shape.type not in optional and next(shape.runs, None) is None:
            yield "placeholder-empty", shown(shape.name), ""


def _sizes(page: Page) -> Iterator[Remark]:
    """Yield shapes whose text is too small, unless the layout has small text on the first level of that placeholder."""
    for shape in page.shapes:
        sizes = [run.points for run in shape.runs if not run.raised] if shape.type not in SMALL_PRINT else []
        least = TABLE_POINTS if shape.table else min(TEXT_POINTS, shape.meant_points or TEXT_POINTS)
        if sizes and min(sizes) < least - 0.05:
            yield "text-small", shown(shape.name), f"{min(sizes):g}"


def _overflows(page: Page) -> Iterator[Remark]:
    for shape in page.shapes:
        share = fullness(shape)
        if share > TOO_FULL:
            yield "text-overflow", shown(shape.name), str(round(share * 100))


def _descriptions(page: Page) -> Iterator[Remark]:
    """Yield pictures, charts and diagrams that neither have a description nor lie in a group that has one."""
    for shape in page.shapes:
        if shape.element.tag in (_PICTURE, _FRAME) and not shape.table:
            groups = shape.element.iterancestors(qn("p:grpSp"))
            abouts = [each.find(clark("./*/p:cNvPr")) for each in (shape.element, *groups)]
            if abouts[0] is not None and not any(about is not None and _described(about) for about in abouts):
                yield "alt-missing", shown(shape.name), ""


def _described(about: etree._Element) -> bool:
    text = (about.get("descr") or about.get("title") or "").strip()
    return bool(text) and not _FILE_NAME.fullmatch(text) or about.find(_DECORATIVE) is not None


def _contrasts(page: Page) -> Iterator[Remark]:
    """Yield shapes whose text has too little contrast, where both colours are known."""
    for number, shape in enumerate(page.shapes[:MANY_SHAPES]):
        runs = [] if shape.table else list(shape.runs)
        colour = ground(shape, page.shapes[:number], page) if runs else ""
        found = [(ratio(own, colour), run) for run in runs if colour and (own := text_colour(run, page.design))]
        faint = [each for each, run in found if each < needed(run) - 0.01]
        if faint:
            yield "contrast-low", shown(shape.name), f"{min(faint):.1f}"


def _languages(page: Page, language: str) -> Iterator[Remark]:
    """Yield a remark if most text of a slide is marked with another language than the seminar's, or with none."""
    letters: Counter[str] = Counter()
    for run in (run for shape in page.shapes for run in shape.runs if not run.field):
        letters[run.language] += sum(character.isalpha() for character in run.text[:LONG_RUN])
    least, wanted = SHARE * letters.total(), language.partition("-")[0].lower()
    if letters[""] > least:
        yield "language-missing", "", shown(next(line for shape in page.shapes for line in shape.lines), 40)
    others = {tag: count for tag, count in letters.items() if tag and tag.partition("-")[0].lower() != wanted}
    if wanted and sum(others.values()) > least:
        yield "language-other", "", shown(max(others, key=others.__getitem__), 40)


def unknown_fonts(page: Page) -> Iterator[str]:
    """Yield the fonts of a slide that do not come with Office."""
    for run in (run for shape in page.shapes for run in shape.runs):
        font = page.design.fonts.get(run.font, "" if run.font.startswith("+") else run.font)
        if font and font.casefold() not in FONTS:
            yield shown(font, 60)


def is_filled(page: Page) -> bool:
    """Return whether a slide holds anything besides its title and the prompts of the template."""
    return any(_holds(shape) for shape in page.shapes if shape.type not in (*TITLES, *SMALL_PRINT))


def _holds(shape: Shape) -> bool:
    if shape.element.tag == _FRAME or shape.element.tag == _PICTURE and not _is_icon(shape.element):
        return True
    return any(text.casefold() not in shape.prompts for text in shape.lines)


def _is_icon(picture: etree._Element) -> bool:
    """Return whether a picture is the small icon that LibreOffice saves for an empty picture placeholder."""
    crop = picture.find(clark("p:blipFill/a:srcRect"))
    return crop is not None and all(crop.get(side, "").startswith("-") for side in "ltrb")
