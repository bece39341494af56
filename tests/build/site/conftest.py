"""The sites under judgement: that of the five real seminars, and that of the miniature series."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipeline.core.sources import Seminar, Series
from pipeline.load import load
from tests.conftest import ROOT


@dataclass(frozen=True, kw_only=True)
class Site:
    """A built site with the series it was made from; `output` holds the packages, too."""

    output: Path
    series: Series

    @property
    def folder(self) -> Path:
        return self.output / "site"

    @cached_property
    def indexes(self) -> dict[str, Path]:
        """The index pages by language."""
        first, *others = self.languages
        return {first: self.folder / "index.html"} | {other: self.folder / f"index.{other}.html" for other in others}

    @property
    def languages(self) -> list[str]:
        held = {seminar.language for seminar in self.series.seminars.values()}
        return [language for language in self.series.working_languages if language in held]

    @cached_property
    def pages(self) -> dict[Path, str]:
        """Every page that is the site's own, with its language."""
        own = {path: language for language, path in self.indexes.items()}
        return own | {self.page(seminar): seminar.language for seminar in self.series.seminars.values()}

    def page(self, seminar: Seminar) -> Path:
        return self.folder / seminar.id / "index.html"

    def tag(self, language: str) -> str:
        return self.series.locales[language].tag


def read(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def told(path: Path) -> dict[str, Any]:
    """Return what a page tells search engines."""
    return json.loads(read(path).xpath("string(//script[@type='application/ld+json'])"))


@pytest.fixture(scope="session")
def sites(built, built_miniature) -> dict[str, Site]:
    return {
        "real": Site(output=built, series=load(ROOT)),
        "miniature": Site(output=built_miniature, series=load(built_miniature.parent)),
    }


@pytest.fixture(params=["real", "miniature"])
def site(request, sites) -> Site:
    return sites[request.param]
