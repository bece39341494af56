"""Decks as LibreOffice saves them: all that the tests ask for, made in three starts of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.collect.legitimate import rich
from tests.desk import deck_of, filled, with_rules

SECONDS = 300


@pytest.fixture(scope="session")
def saved_by_libreoffice(once, built_miniature) -> Callable[..., bytes]:
    """Returns a deck, by its name and the formats in which LibreOffice saves it one after the other."""
    deck = deck_of(built_miniature.parent, "harbour-en", "ben-south")

    def convert(folder: Path) -> None:
        decks = {
            "sent": deck.read_bytes(),
            "with-rules": with_rules(deck.read_bytes()),
            "filled": filled(deck),
            "filled-by-benjamin": filled(deck, name="Benjamin SOUTH"),
            "rich": rich(),
        }
        for name, content in decks.items():
            (folder / f"{name}.pptx").write_bytes(content)
        for source, format, target in (("", "pptx", "pptx"), ("", "odp", "odp"), ("odp", "pptx", "odp-pptx")):
            files = [str(path) for path in sorted((folder / source).glob("*.*"))]
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", format, "--outdir", str(folder / target)]
            subprocess.run([*command, *files], check=True, capture_output=True, timeout=SECONDS)

    return lambda name, *formats: (once("libreoffice", convert) / "-".join(formats) / f"{name}.pptx").read_bytes()
