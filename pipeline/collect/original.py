"""Recognises what a deck was sent out with: the house rules for its speaker, slides to be filled in, and notes.

Threat: house rules and questions of ours that reach participants. It only decides what is left out or remarked upon;
nothing of a slide is kept because it is recognised.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

RULES = "House rules"
"""The layout of the slide that is for the speaker only."""
GIVEN = frozenset(("Speaker title", RULES, "Readings", "Closing"))
"""The layouts of the slides that are sent out complete; all others are to be filled in."""
SIGNS = frozenset(("series", "seminar", "speaker"))
"""The properties that a deck has when it was made here."""


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a deck was sent out with: the titles of the house rules and of the other complete slides, and the notes.

    LibreOffice does not keep the names of layouts, so that only the titles identify slides that it saved.
    """

    rules: Collection[str] = ()
    given: Collection[str] = ()
    notes: Collection[str] = ()

    def is_rules(self, layout: str, title: str) -> bool:
        """Return whether a slide is the one with the house rules."""
        return layout == RULES or _is_one_of(title, self.rules)

    def is_given(self, layout: str, title: str) -> bool:
        """Return whether a slide was sent out complete."""
        return layout in GIVEN or _is_one_of(title, self.given)

    def is_notes(self, text: str) -> bool:
        """Return whether the notes of a slide are those that it was sent out with."""
        return _is_one_of(text, self.notes)


BY_LAYOUT = Original()
"""Recognises slides by their layouts only."""


def _is_one_of(text: str, texts: Collection[str]) -> bool:
    """Return whether a text is one of several, whatever its spaces and capitals."""
    return bool(text) and " ".join(text.split()).casefold() in {" ".join(each.split()).casefold() for each in texts}
