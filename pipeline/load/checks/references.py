"""What works must hold beyond their shape: segments and regions that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.problems import nearest
from pipeline.load.bibliography import BIB
from pipeline.load.checks.known import known_regions, known_segments

if TYPE_CHECKING:
    from pipeline.core.sources import Series
    from pipeline.load.files import Sources

EVERYWHERE = "global"
"""The region of works that concern every seminar."""


def check_references(series: Series, sources: Sources) -> None:
    """Note keywords that name a segment or a region which the series does not have."""
    known, regions = known_segments(series), known_regions(series)
    for key, reference in series.references.items():
        for region in reference.regions:
            if regions and region not in (EVERYWHERE, *regions):
                fix = nearest(region, [EVERYWHERE, *regions])
                sources.note(BIB, (key, "keywords"), f"no region `{region}`", fix)
        for segment in reference.segments:
            if known and segment not in known:
                fix = nearest(segment, known)
                sources.note(BIB, (key, "keywords"), f"`{key}`: no segment `{segment}`", fix)
