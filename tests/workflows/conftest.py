"""The fixtures of these tests."""

from __future__ import annotations

from tests.libreoffice import saved_by_libreoffice  # noqa: F401 - a fixture
