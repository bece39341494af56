"""What is judged: the finished files of a seminar, beside the documents and decks composed for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.compose import KINDS, View, compose, compose_page, compose_speaker, seminar_view, turns
from pipeline.core.documents import Artifact, Deck, Document, ReadingList
from pipeline.core.sources import Locale, Seminar, Series
from pipeline.curate import curate
from pipeline.load import load
from tests.conftest import MINIATURE, ROOT

REAL = tuple(sorted(path.stem for path in (ROOT / "sources/seminars").glob("*.yaml")))
INVENTED = tuple(sorted(path.stem for path in (MINIATURE / "sources/seminars").glob("*.yaml")))
DOCUMENTS = tuple(kind.id for kind in KINDS.values() if kind.template)


@dataclass(frozen=True, kw_only=True)
class Package:
    """One seminar's output with the series it was made from; `root` is the project, `output` what was built."""

    id: str
    root: Path
    output: Path
    series: Series
    reading: ReadingList

    @property
    def seminar(self) -> Seminar:
        return self.series.seminars[self.id]

    @property
    def locale(self) -> Locale:
        return self.series.locales[self.seminar.language]

    @cached_property
    def view(self) -> View:
        return seminar_view(self.seminar, self.reading, self.series, self.root)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The composed documents by kind."""
        return {kind: compose(kind, self.view) for kind in DOCUMENTS}

    @cached_property
    def page(self) -> Document:
        """The landing page as it is composed from what the manifest lists; no speaker has returned anything yet."""
        listed = json.loads((self.output / self.id / "package/manifest.json").read_text(encoding="utf-8"))["files"]
        fields = set(Artifact.__dataclass_fields__)
        files = [Artifact(**{k: v for k, v in file.items() if k in fields}) for file in listed]
        made = [file for file in files if file.kind in KINDS]
        return compose_page(self.view, made, {})

    def written(self, format: str) -> Iterator[tuple[Path, Document]]:
        """Yield each file of a format with the document it was made from."""
        for kind, document in self.documents.items():
            if format not in KINDS[kind].formats:
                continue
            yield self.output / self.id / "package" / f"{document.properties.name}.{format}", document
        if format == "html":
            yield self.output / self.id / "package/index.html", self.page

    @cached_property
    def decks(self) -> dict[Path, Deck]:
        """The composed decks by the files they became: the seminar's own and one for each speaker's turn."""
        own = compose("deck", self.view)
        found = {self.output / self.id / "package" / f"{own.properties.name}.pptx": own}
        for turn in turns(self.seminar):
            deck = compose_speaker(turn, self.view)
            found[self.output / self.id / "speakers" / turn.folder / f"{deck.properties.name}.pptx"] = deck
        return found

    def files(self, *formats: str) -> list[Path]:
        """Return every file of these formats that leaves for anybody."""
        return sorted(path for path in (self.output / self.id).rglob("*") if path.suffix[1:] in formats)

    def judged(self) -> list[Path]:
        """Return what is shown to outside judges: all but the speakers' decks, of which the largest stands for all.

        They differ in words alone, and one of these judges takes a second for each.
        """
        files = self.files("docx", "pptx", "pdf", "html")
        personal = [path for path in files if "speakers" in path.parts]
        return [path for path in files if path not in personal] + sorted(personal, key=_size)[-1:]


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, path.name


def read(root: Path, output: Path) -> dict[str, Package]:
    """Return the packages of a project that was built into `output`."""
    series = load(root)
    readings = curate(series, series.seminars.values(), root)
    return {id: Package(id=id, root=root, output=output, series=series, reading=readings[id]) for id in series.seminars}
