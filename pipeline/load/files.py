"""What is known while sources are read: the root, the problems so far, and where every value stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.problems import Problem
from pipeline.load.shape import Places, Shaper, Way
from pipeline.load.text_file import read_text
from pipeline.load.yaml_file import compose


@dataclass(kw_only=True)
class Sources:
    """The project being read. `places` holds, by path, the line of every key and value."""

    root: Path
    problems: list[Problem]
    places: dict[str, Places]

    def line(self, path: Path | str, way: Way) -> int:
        """Return the line of a value, or of the nearest one around it that has a line."""
        places = self.places.get(str(path), {})
        while way and way not in places:
            way = way[:-1]
        return places.get(way, 1)

    def note(self, path: Path | str, way: Way, message: str, fix: str = "") -> None:
        """Add a problem at the place of a value."""
        self.problems.append(Problem(path=str(path), line=self.line(path, way), message=message, fix=fix))

    def text(self, path: Path) -> str | None:
        """Return a file's text, or None with its problem noted."""
        return read_text(self.root / path, path.as_posix(), self.problems)

    def record(self, record: type, path: Path, *, given: dict[str, Any] | None = None) -> Any:
        """Return the file as a `record` (fields in `given` are not read from it), or None if nothing can be read."""
        text = self.text(path)
        name = path.as_posix()
        node = compose(text, name, self.problems) if text is not None else None
        if node is None:
            return None
        places = self.places.setdefault(name, {})
        return Shaper(path=name, places=places, problems=self.problems).record(record, node, given or {})
