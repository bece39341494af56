"""Golden documents: what is composed for every kind of the miniature series and of one real seminar, as readable text.

`make golden` rewrites them; the difference is then read before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.compose import KINDS, compose, compose_message, compose_speaker, seminar_view, turns
from pipeline.core.documents import Deck, Document, Event
from pipeline.curate import curate
from pipeline.load import load
from tests.conftest import ROOT, copy_miniature

GOLDEN = ROOT / "tests/golden"
CASES = [
    *(("miniature", seminar, kind) for seminar in ("harbour-en", "tal-ar") for kind in KINDS),
    *(("real", "africa-fr", kind) for kind in KINDS),
]


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """Both series, with their reading lists."""
    folder = tmp_path_factory.mktemp("golden")
    roots = {"miniature": copy_miniature(folder / "series"), "real": ROOT}
    read = {}
    for name, root in roots.items():
        series = load(root)
        read[name] = (root, series, curate(series, series.seminars.values(), root))
    return read


@pytest.mark.parametrize(("project", "seminar", "kind"), CASES, ids=lambda value: value)
def test_a_composed_document_is_the_golden_one(project, seminar, kind, projects, golden):
    root, series, readings = projects[project]
    composed = compose(kind, seminar_view(series.seminars[seminar], readings[seminar], series, root))
    text = composed.body if isinstance(composed, Document) else _outline(composed)
    _compare(GOLDEN / f"{seminar}-{kind}.{'html' if isinstance(composed, Document) else 'txt'}", text, golden)


@pytest.mark.parametrize(("project", "seminar"), [("miniature", "harbour-en"), ("real", "africa-fr")])
def test_what_a_speaker_gets_is_the_golden_one(project, seminar, projects, golden):
    root, series, readings = projects[project]
    one = series.seminars[seminar]
    turn = list(turns(one))[1]  # the second speaker: of a shared segment in the one, unconfirmed in the other
    view = seminar_view(one, readings[seminar], series, root)
    deck, message = compose_speaker(turn, view), compose_message(turn, view)
    text = f"{_outline(deck)}--- {message.subject}\n{message.text}"
    _compare(GOLDEN / f"{seminar}-speaker.txt", text, golden)


@pytest.mark.parametrize("seminar", ["harbour-en", "tal-ar", "africa-fr"])
def test_the_reading_list_as_bibtex_is_the_golden_one(seminar, projects, golden):
    readings = next(readings for _, _, readings in projects.values() if seminar in readings)
    _compare(GOLDEN / f"{seminar}.bib", readings[seminar].bibtex, golden)


def _compare(path: Path, text: str, golden: bool) -> None:
    if golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} differs: `make golden`, then read the difference"


def _outline(deck: Deck | Event) -> str:
    """Return a deck as text: layouts, what stands in each placeholder, tables and notes; of an event, its words."""
    if isinstance(deck, Event):
        return "\n".join((deck.uid, deck.title, deck.location, str(deck.start), str(deck.end), deck.description)) + "\n"
    lines = []
    for number, slide in enumerate(deck.slides, 1):
        lines.append(f"--- {number} {slide.layout}")
        for name, paragraphs in slide.placeholders.items():
            for paragraph in paragraphs:
                runs = "".join(f"*{r.text}*" if r.emphasis else r.text for r in paragraph.runs)
                lines.append(f"{name}: {'• ' if paragraph.bullet else ''}{runs}")
        for name, table in slide.tables.items():
            lines += [
                f"{name}: " + " | ".join("".join(r.text for r in cell.runs) for cell in row) for row in table.rows
            ]
        lines += [f"picture {name}: {picture.name}" for name, picture in slide.pictures.items()]
        lines += [f"note: {note}" for note in slide.notes]
    return "\n".join(lines) + "\n"
