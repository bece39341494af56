"""The decks that must not pass: each is refused, or comes out without what made it hostile."""

from __future__ import annotations

from tests.collect.hostile import active, container, disguise, markup, no_deck, outside, private, roots, sights
from tests.collect.hostile.case import HOSTILE

__all__ = ["HOSTILE", "active", "container", "disguise", "markup", "no_deck", "outside", "private", "roots", "sights"]
