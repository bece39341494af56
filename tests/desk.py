"""Decks as they go out and come back: found, filled, given back and read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pptx import Presentation

ANSWER = "Data is searched with a warrant."


def deck_of(root: Path, seminar: str, speaker: str) -> Path:
    """Return the deck that was made for a speaker."""
    (path,) = (root / f"output/{seminar}/speakers/{speaker}").glob("*.pptx")
    return path


def filled(path: Path, *, name: str | None = None) -> bytes:
    """Return a sent deck as its speaker gives it back: questions answered, house rules deleted."""
    deck = Presentation(path)
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.has_text_frame and not shape.text_frame.text and shape.name == "Body":
                shape.text_frame.text = ANSWER
            if name and shape.name == "Name":
                shape.text_frame.text = name
    rules = deck.slides._sldIdLst[1]
    deck.part.drop_rel(rules.rId)
    deck.slides._sldIdLst.remove(rules)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def with_rules(content: bytes, answer: str = ANSWER) -> bytes:
    """Return a deck with its first question answered and its house rules left in."""
    deck = Presentation(BytesIO(content))
    next(s for s in deck.slides[2].placeholders if s.name == "Body").text_frame.text = answer
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def give_back(root: Path, name: str, content: bytes) -> Path:
    """Put a file among the returned ones and return its path."""
    path = root / "sources/returned" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def texts(path: Path | BytesIO) -> str:
    """Return everything that stands on the slides."""
    slides = Presentation(path).slides
    return "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
