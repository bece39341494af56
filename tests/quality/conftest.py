"""The packages under judgement, each read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality import spoil
from tests.quality.outside import JUDGES, Outside
from tests.quality.packages import INVENTED, REAL, Package, read


@pytest.fixture(scope="session")
def packages(built, built_miniature, tmp_path_factory) -> dict[str, Package]:
    """Every package of the real series and of the miniature one, by seminar."""
    return read(ROOT, built) | read(built_miniature.parent, built_miniature)


@pytest.fixture(scope="session", params=(*REAL, *INVENTED))
def package(request, packages) -> Package:
    """One seminar's package after the other."""
    return packages[request.param]


@pytest.fixture(scope="session", params=REAL)
def real_package(request, packages) -> Package:
    return packages[request.param]


@pytest.fixture
def open_fault(request) -> Callable[[str], None]:
    """Marks a test as showing a fault that is known and not mended yet; once it is mended, the mark must go."""

    def mark(what: str) -> None:
        shown = pytest.mark.xfail(reason=f"open fault: {what}", raises=AssertionError, strict=True)
        request.node.add_marker(shown)

    return mark


@pytest.fixture(scope="session")
def spoilt(packages, once) -> dict[str, Path]:
    """One spoilt file of each format."""
    package = packages[INVENTED[0]]

    def make(folder: Path) -> None:
        for format in ("docx", "pdf", "html"):
            getattr(spoil, format)(next(package.written(format))[0], folder / f"spoilt.{format}")

    folder = once("spoilt", make)
    return {format: folder / f"spoilt.{format}" for format in ("docx", "pdf", "html")}


def site_pages(output: Path) -> list[Path]:
    """Return the pages that a site has of its own, beside the files of the packages."""
    return sorted((output / "site").rglob("index*.html"))


@pytest.fixture(scope="session")
def outside(packages, spoilt, built, built_miniature, once) -> Iterator[Outside]:
    """The judges from outside, with the files of every package, both sites and the spoilt ones before them."""
    files = [path for package in packages.values() for path in package.judged()]
    files += [*site_pages(built), *site_pages(built_miniature)]
    judges = Outside(files=[*files, *spoilt.values()], name="outside", once=once)
    yield judges
    judges.pool.shutdown(cancel_futures=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """Hear the judges from outside last: they are slow, and work while all other tests run."""
    items.sort(key=lambda item: "outside" in item.fixturenames)


@pytest.fixture(scope="session", autouse=True)
def early(request) -> None:
    """Start the judges before the first test here, where any is to be heard."""
    if any("outside" in item.fixturenames for item in request.session.items):
        judges = request.getfixturevalue("outside")
        for name in JUDGES:
            judges.start(name)
