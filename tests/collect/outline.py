"""What a deck holds, read back with python-pptx: slides, texts, pictures, tables, charts and notes."""

from __future__ import annotations

import io
from collections import Counter

from pptx import Presentation
from pptx.util import Emu

Outline = dict[str, object]


def outline(content: bytes, *, notes: bool) -> Outline:
    """Return everything in a deck that must survive cleaning, in order."""
    deck = Presentation(io.BytesIO(content))
    slides = [list(_shapes(slide.shapes)) for slide in deck.slides]
    return {
        "size": (Emu(deck.slide_width), Emu(deck.slide_height)),
        "layouts": [slide.slide_layout.name for slide in deck.slides],
        "all layouts": [layout.name for layout in deck.slide_layouts],
        "shapes": [[(s.name, s.shape_type, s.left, s.top, s.width, s.height) for s in each] for each in slides],
        "texts": [[s.text_frame.text for s in each if s.has_text_frame] for each in slides],
        "tables": [[_table(s.table) for s in each if s.has_table] for each in slides],
        "charts": [[_chart(s.chart) for s in each if s.has_chart] for each in slides],
        "pictures": [sum(hasattr(s, "image") for s in each) for each in slides],
        "notes": [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide] if notes else [],
        "links": [_links(each) for each in slides],
    }  # fmt: skip


def _shapes(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from _shapes(shape.shapes)


def _table(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def _chart(chart):
    plots = [(type(p).__name__, list(p.categories), [(s.name, list(s.values)) for s in p.series]) for p in chart.plots]
    return chart.chart_type, plots


def _links(shapes) -> Counter[str]:
    runs = (r for s in shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs)
    return Counter(run.hyperlink.address for run in runs if run.hyperlink.address)
