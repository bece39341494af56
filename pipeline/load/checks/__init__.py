"""What no single value can know: that names exist, times are in order and no language is missing.

A faulty value is None here. Its problem is noted already, so every check passes over it: one mistake, one message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.load.checks.brand import check_brand
from pipeline.load.checks.locales import check_locales
from pipeline.load.checks.people import check_people
from pipeline.load.checks.references import check_references
from pipeline.load.checks.seminars import check_seminars
from pipeline.load.checks.series import check_series
from pipeline.load.checks.texts import check_texts

if TYPE_CHECKING:
    from pipeline.core.sources import Series
    from pipeline.load.files import Sources


def check(series: Series, sources: Sources) -> None:
    """Note everything in `series` that contradicts itself or leads nowhere."""
    check_series(series, sources)
    check_texts(series, sources)
    check_people(series, sources)
    check_seminars(series, sources)
    check_references(series, sources)
    check_locales(series, sources)
    if series.brand:
        check_brand(series.brand, sources)
