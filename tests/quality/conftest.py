"""The packages under judgement, each read once."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.quality.packages import INVENTED, REAL, Package, read


@pytest.fixture(scope="session")
def packages(built, built_miniature, tmp_path_factory) -> dict[str, Package]:
    """Every package of the real series and of the miniature one, by seminar."""
    cache = tmp_path_factory.mktemp("readings")
    return read(ROOT, built, cache) | read(built_miniature.parent, built_miniature, cache)


@pytest.fixture(scope="session", params=(*REAL, *INVENTED))
def package(request, packages) -> Package:
    """One seminar's package after the other."""
    return packages[request.param]


@pytest.fixture(scope="session", params=REAL)
def real_package(request, packages) -> Package:
    return packages[request.param]
