"""The role line of one person in the sources, which the bench edits as an officer would."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.core.sources import Seminar
from pipeline.load import load


@dataclass(frozen=True, kw_only=True)
class Role:
    """Somebody who speaks in one seminar alone: `text` is the file around the line, which stands between the two."""

    seminar: str
    path: Path
    line: str
    text: tuple[str, str]

    @classmethod
    def of_one_seminar(cls, root: Path) -> Role:
        """Return the line of the first person whom just one seminar names, in that seminar's language."""
        series = load(root)
        named = {seminar.id: _people(seminar) for seminar in series.seminars.values()}
        count = Counter(person for people in named.values() for person in people)
        for id, people in named.items():
            for person in sorted(people):
                language = series.seminars[id].language
                if count[person] == 1 and language in series.people[person].affiliation:
                    return cls._found(id, root / f"sources/people/{person}.yaml", language)
        raise LookupError("nobody speaks in one seminar alone")

    @classmethod
    def _found(cls, seminar: str, path: Path, language: str) -> Role:
        text = path.read_text(encoding="utf-8")
        root = {key.value: value for key, value in yaml.compose(text).value}
        line = next(value for key, value in root["affiliation"].value if key.value == language)
        around = text[: line.start_mark.index], text[line.end_mark.index :]
        return cls(seminar=seminar, path=path, line=line.value, text=around)

    def printed_in(self, markdown: Path) -> list[Path]:
        """Return the files of ready Markdown below `markdown` that print the line: what the peer has to make again."""
        files = sorted((markdown / self.seminar).glob("*.md"))
        return [path for path in files if _plain(self.line) in _plain(path.read_text(encoding="utf-8"))]

    def edit(self, addition: str) -> None:
        """Write the line with an addition."""
        before, after = self.text
        line = json.dumps(f"{self.line} {addition}", ensure_ascii=False)
        self.path.write_text(f"{before}{line}\n{after}", encoding="utf-8")


def _people(seminar: Seminar) -> set[str]:
    return {seminar.chair.person} | {slot.person for item in seminar.segments for slot in item.speakers}


def _plain(text: str) -> str:
    """Return letters and digits alone: Markdown has escapes of its own, and other spaces."""
    return "".join(filter(str.isalnum, text))
