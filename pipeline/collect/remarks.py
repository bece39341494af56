"""Finds what a speaker may want to change in a clean deck: what is too long, too small, too faint or missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.collect import contrast, fitting
from pipeline.collect.limits import MEGABYTE
from pipeline.collect.looks import SMALL_PRINT, Look, Looks, read
from pipeline.collect.names import shown
from pipeline.collect.sent import filled
from pipeline.collect.texts import Shape, shapes
from pipeline.collect.verdict import UNFILLED, Finding
from pipeline.collect.vocabulary import EXTENSIONS, A, P

if TYPE_CHECKING:
    from pipeline.collect.rebuild import Rebuild

EXTRA_SLIDES = 2
"""A deck may have one slide per minute and two more, the first and the last."""
WORDS_PER_MINUTE = 130
"""The words read aloud in a minute; two Chinese or Japanese characters count as one word."""
TEXT_POINTS, TABLE_POINTS = 18.0, 14.0
MEDIA_MEGABYTES = 20
SHARE = 0.5
"""The share of a slide's letters in another language that is worth a remark."""
LONG_RUN = 10_000
"""The number of characters of a run that are counted."""

FONTS = frozenset(
    name.casefold()
    for name in (
        "Arial", "Arial Black", "Arial Narrow", "Aptos", "Aptos Display", "Book Antiqua", "Bookman Old Style",
        "Calibri", "Calibri Light", "Cambria", "Cambria Math", "Candara", "Century", "Century Gothic", "Comic Sans MS",
        "Consolas", "Constantia", "Corbel", "Courier New", "Franklin Gothic Book", "Franklin Gothic Medium",
        "Garamond", "Georgia", "Gill Sans MT", "Helvetica", "Impact", "Lucida Console", "Lucida Sans Unicode",
        "Palatino Linotype", "Segoe UI", "Segoe UI Light", "Segoe UI Semibold", "Symbol", "Tahoma", "Times New Roman",
        "Trebuchet MS", "Tw Cen MT", "Verdana", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3",
        "Arabic Typesetting", "Simplified Arabic", "Traditional Arabic", "Sakkal Majalla", "Dubai", "Andalus",
        "SimSun", "NSimSun", "SimHei", "Microsoft YaHei", "DengXian", "KaiTi", "FangSong", "PMingLiU", "MingLiU",
        "Microsoft JhengHei", "MS Gothic", "MS PGothic", "MS Mincho", "MS PMincho", "Yu Gothic", "Yu Mincho",
        "Meiryo", "Malgun Gothic", "Batang", "Gulim", "Mangal", "Nirmala UI", "Leelawadee UI", "Ebrima",
        "宋体", "新宋体", "黑体", "微软雅黑", "等线", "楷体", "仿宋", "新細明體", "微軟正黑體",
        "メイリオ", "游ゴシック", "맑은 고딕",
    )
)  # fmt: skip
"""The fonts that come with Office on Windows and on the Mac."""

_FILE_NAME = re.compile(r"[^\n]{1,200}\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|mp4|mp3|m4a|wav)", re.IGNORECASE)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_DECORATIVE = f"{{{EXTENSIONS['adec']}}}decorative"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The remarks on a deck, and the text of its first slide."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    title_texts: tuple[str, ...] = ()
    title_places: Mapping[str, str] = field(default_factory=dict)


def remarks(deck: Rebuild, *, language: str, minutes: int) -> Said:
    """Return the remarks on a clean deck, slide by slide."""
    looks, found = Looks(deck), list(_whole(deck, minutes))
    first: list[Shape] = []
    titles: dict[str, int] = {}
    fonts: dict[str, int] = {}
    to_fill: list[bool] = []
    for part, number in sorted(deck.slides.items(), key=lambda each: each[1]):
        path = deck.paths[part]
        root, look = read(deck, path), looks.of(path)
        seen = shapes(root, look, looks)
        first = first or seen
        if deck.sent and not deck.sent.is_given(deck, part, _title(seen)):
            to_fill.append(filled(seen))
        found += _titled(seen, number, titles)
        optional = ("pic",) if deck.sent and number == 1 else ()  # the speaker's photo
        for each in (_places(seen, optional), _sized(seen), _full(seen), _described(seen), _faint(seen, root, look)):
            found += (Finding(code=code, slide=number, where=where, detail=text) for code, where, text in each)
        found += (Finding(code=code, slide=number, detail=text) for code, text in _spoken(seen, language))
        for font in _fonts(seen, look):
            fonts.setdefault(font, number)
    found += (Finding(code="font-unknown", slide=number, detail=font) for font, number in fonts.items())
    if to_fill and not any(to_fill):
        found.insert(0, Finding(code=UNFILLED))
    return Said(
        findings=tuple(dict.fromkeys(found)),
        title=_title(first),
        title_texts=tuple(" ".join(shape.lines) for shape in _worded(first)),
        title_places={shape.name: " ".join(shape.lines) for shape in _worded(first) if shape.type},
    )


def _worded(seen: list[Shape]) -> list[Shape]:
    return [shape for shape in seen if shape.lines and shape.type not in SMALL_PRINT]


def _whole(deck: Rebuild, minutes: int) -> Iterator[Finding]:
    """Yield the remarks on the deck as a whole."""
    count, allowed = len(deck.slides), minutes + EXTRA_SLIDES
    if count > allowed:
        yield Finding(code="too-many-slides", where=str(allowed), detail=str(count))
    spoken, aloud = sum(map(words, deck.notes.values())), minutes * WORDS_PER_MINUTE
    if spoken > aloud:
        yield Finding(code="notes-too-long", where=str(aloud), detail=str(spoken))
    media = sum(part.size for path, part in deck.parts.items() if path.startswith("ppt/media/media"))
    if media > MEDIA_MEGABYTES * MEGABYTE:
        yield Finding(code="media-large", detail=str(media // MEGABYTE))


def words(text: str) -> int:
    """Return how many words a text has when it is read aloud."""
    characters = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + (characters + 1) // 2


def _title(seen: list[Shape]) -> str:
    return next((" ".join(shape.lines) for shape in seen if shape.type in ("title", "ctrTitle") and shape.lines), "")


def _titled(seen: list[Shape], number: int, titles: dict[str, int]) -> Iterator[Finding]:
    title = _title(seen)
    if not title:
        yield Finding(code="no-title", slide=number)
    elif title.casefold() in titles:
        yield Finding(code="title-twice", slide=number, where=str(titles[title.casefold()]), detail=shown(title))
    else:
        titles[title.casefold()] = number


def _places(seen: list[Shape], optional: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield prompts of the template that are still there, and empty placeholders but those of `optional` types."""
    for shape in seen:
        if shape.type is None or shape.type in SMALL_PRINT:
            continue
        prompts = {text.casefold() for place in shape.chain for text in place.prompts}
        for text in shape.lines:
            if text.casefold() in prompts:
                yield "prompt-left", shown(shape.name), shown(text)
        is_text = shape.element.tag == f"{{{P}}}sp" and shape.element.find(f"{{{P}}}spPr/{{{A}}}blipFill") is None
        if is_text and not shape.text and shape.type not in ("title", "ctrTitle", "sldImg", *optional):
            yield "placeholder-empty", shown(shape.name), ""


def _sized(seen: list[Shape]) -> Iterator[tuple[str, str, str]]:
    """Yield shapes whose text is too small, unless the template has small text in that placeholder."""
    for shape in seen:
        if shape.type in SMALL_PRINT:
            continue
        sizes = [r.points for p in shape.paragraphs for r in p.runs if r.text.strip() and not r.raised]
        least = TABLE_POINTS if shape.table else min([TEXT_POINTS, *_meant(shape)])
        if sizes and min(sizes) < least - 0.05:
            yield "text-small", shown(shape.name), f"{min(sizes):g}"


def _meant(shape: Shape) -> list[float]:
    """Return the size that the layout gives the first level of a placeholder; lower levels must not be smaller."""
    if not shape.chain or 1 not in shape.chain[0].levels:
        return []
    points = shape.chain[0].levels[1].points
    return [points] if points else []


def _full(seen: list[Shape]) -> Iterator[tuple[str, str, str]]:
    for shape in seen:
        share = fitting.fullness(shape)
        if share > fitting.TOO_FULL:
            yield "text-overflow", shown(shape.name), str(round(share * 100))


def _described(seen: list[Shape]) -> Iterator[tuple[str, str, str]]:
    """Yield pictures, charts and diagrams without a description."""
    for shape in seen:
        name = shape.element.tag.rpartition("}")[2]
        if name not in ("pic", "graphicFrame") or shape.table or _inside_described(shape):
            continue
        about = shape.element.find(f"./*/{{{P}}}cNvPr")
        if about is not None and not _told(about):
            yield "alt-missing", shown(shape.name), ""


def _told(about: etree._Element) -> bool:
    text = (about.get("descr") or about.get("title") or "").strip()
    return bool(text) and not _FILE_NAME.fullmatch(text) or about.find(f".//{_DECORATIVE}[@val='1']") is not None


def _inside_described(shape: Shape) -> bool:
    groups = shape.element.iterancestors(f"{{{P}}}grpSp")
    return any(_told(about) for group in groups if (about := group.find(f"./*/{{{P}}}cNvPr")) is not None)


def _faint(seen: list[Shape], root: etree._Element, look: Look) -> Iterator[tuple[str, str, str]]:
    """Yield shapes whose text has too little contrast, where both colours are known."""
    for number, shape in enumerate(seen):
        if not shape.text or shape.table:
            continue
        ground = contrast.ground(shape, seen[:number], root, look)
        if len(ground) != 6:
            continue
        runs = [run for each in shape.paragraphs for run in each.runs if run.text.strip()]
        pairs = [(contrast.ratio(colour, ground), run) for run in runs if (colour := contrast.text_colour(run, look))]
        faint = [ratio for ratio, run in pairs if ratio < contrast.needed(run) - 0.01]
        if faint:
            yield "contrast-low", shown(shape.name), f"{min(faint):.1f}"


def _spoken(seen: list[Shape], language: str) -> Iterator[tuple[str, str]]:
    """Yield a remark if most text of a slide is marked with another language than the seminar's, or with none."""
    letters: Counter[str] = Counter()
    for shape in seen:
        for run in (run for each in shape.paragraphs for run in each.runs if not run.field):
            letters[run.language] += sum(character.isalpha() for character in run.text[:LONG_RUN])
    total = letters.total()
    if not total:
        return
    if letters[""] > SHARE * total:
        yield "language-missing", shown(next(line for shape in seen for line in shape.lines), 40)
    wanted = language.partition("-")[0].lower()
    others = {tag: count for tag, count in letters.items() if tag and tag.partition("-")[0].lower() != wanted}
    if wanted and sum(others.values()) > SHARE * total:
        yield "language-other", max(others, key=others.__getitem__)


def _fonts(seen: list[Shape], look: Look) -> Iterator[str]:
    for shape in seen:
        for run in (run for each in shape.paragraphs for run in each.runs if run.text.strip()):
            font = look.fonts.get(run.font, "" if run.font.startswith("+") else run.font)
            if font and font.casefold() not in FONTS:
                yield shown(font, 60)
