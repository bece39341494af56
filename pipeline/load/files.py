"""What is known while sources are read: the root, the problems so far, and where every value stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.load.shape import Places, Shaper
from pipeline.load.yaml_file import compose, read_text
from pipeline.problems import Problem


@dataclass(kw_only=True)
class Sources:
    """The project being read. `places` holds, by path, the line of every key and value."""

    root: Path
    problems: list[Problem]
    places: dict[str, Places]

    def line(self, path: Path | str, way: tuple[str | int, ...]) -> int:
        """Return the line of a value, or of the nearest one around it that has a line."""
        places = self.places.get(str(path), {})
        while way and way not in places:
            way = way[:-1]
        return places.get(way, 1)

    def note(self, path: Path | str, way: tuple[str | int, ...], message: str, fix: str = "") -> None:
        """Add a problem at the place of a value."""
        self.problems.append(Problem(path=str(path), line=self.line(path, way), message=message, fix=fix))


def read_record(sources: Sources, record: type, path: Path, *, given: dict[str, Any] | None = None) -> Any:
    """Return the file as a `record` (fields in `given` are not read from it), or None with its problems noted."""
    name = path.as_posix()
    if not (sources.root / path).exists():
        sources.problems.append(Problem(path=name, line=1, message="this file is missing"))
        return None
    text = read_text(sources.root / path, name, sources.problems)
    node = compose(text, name, sources.problems) if text is not None else None
    if node is None:
        return None
    places = sources.places.setdefault(name, {})
    return Shaper(path=name, places=places, problems=sources.problems).record(record, node, given or {})
