"""Whether a time zone exists under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.core.problems import nearest, quoted

if TYPE_CHECKING:
    from pipeline.load.files import Sources
    from pipeline.load.yaml_file import Loc


def check_zone(zone: str | None, sources: Sources, path: str, loc: Loc) -> None:
    """Note a time zone that there is not; none at all is no mistake."""
    if zone and not _is_zone(zone):
        _note_zone(zone, sources, path, loc)


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # not there; a path; a folder of zones
        return False
    return True


def _note_zone(zone: str, sources: Sources, path: str, loc: Loc) -> None:
    from zoneinfo import available_timezones  # walks through hundreds of files: only when one has to be named

    otherwise = "zones are called like Africa/Dakar"
    fix = nearest(zone, available_timezones(), otherwise=otherwise, likeness=0.8)
    sources.note(path, loc, f"no time zone {quoted(zone)}", fix)
