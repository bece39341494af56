"""What works must hold beyond their shape: segments that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.load.bibliography import BIB
from pipeline.load.checks.languages import known_segments
from pipeline.problems import nearest

if TYPE_CHECKING:
    from pipeline.load.files import Sources
    from pipeline.model import Series


def check_references(series: Series, sources: Sources) -> None:
    """Note keywords that name a segment which the series does not have."""
    known = known_segments(series)
    for key, reference in series.references.items():
        for segment in reference.segments:
            if known and segment not in known:
                fix = nearest(segment, known)
                sources.note(BIB, (key, "keywords"), f"`{key}`: no segment `{segment}`", fix)
