"""What is known while sources are read: the root, the problems so far, and where every value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.problems import Problem
from pipeline.core.sources import Remark
from pipeline.load.text_file import read_text
from pipeline.load.validate import M, validated
from pipeline.load.yaml_file import Loc, Places, compose


@dataclass(kw_only=True)
class Sources:
    """The project being read. `places` holds, by path, the line of every key and value."""

    root: Path
    problems: list[Problem]
    places: dict[str, Places]
    remarks: list[Remark] = field(default_factory=list)

    def line(self, path: Path | str, loc: Loc) -> int:
        """Return the line of a value, or of the nearest one around it that has a line."""
        places = self.places.get(str(path), {})
        while loc and loc not in places:
            loc = loc[:-1]
        return places.get(loc, 1)

    def note(self, path: Path | str, loc: Loc, message: str, fix: str = "") -> None:
        """Add a problem at the place of a value."""
        self.problems.append(Problem(path=str(path), line=self.line(path, loc), message=message, fix=fix))

    def text(self, path: Path) -> str | None:
        """Return a file's text, or None with its problem noted."""
        return read_text(self.root / path, path.as_posix(), self.problems)

    def read(self, model: type[M], path: Path, given: Mapping[str, Any] | None = None) -> M | None:
        """Return a YAML file as a model, or None if nothing can be read; `given` are values that it does not hold.

        A value with a problem is None in the model.
        """
        text = self.text(path)
        name = path.as_posix()
        root = compose(text, name, self.problems) if text is not None else None
        if root is None:
            return None
        read, faults = validated(model, root, self.places.setdefault(name, {}), given or {})
        for line, message, fix in faults:
            self.problems.append(Problem(path=name, line=line, message=message, fix=fix))
        return read
