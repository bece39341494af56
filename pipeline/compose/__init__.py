"""Stage: composes documents in semantic HTML, decks and calendar entries from seminars, reading lists and the series.

`seminar_view` makes the values that all documents of a seminar print; `compose`, `compose_page`, `compose_speaker` and
`compose_message` make each document from them. A kind of document is one row of `KINDS` and, if it is text, one
template in `templates/kinds`. Templates get plain values, which Jinja escapes, and give HTML in the vocabulary of
`pipeline.render`; they contain no words of any language.
"""

from pipeline.compose.kinds import KINDS, Kind, compose
from pipeline.compose.page import compose_page
from pipeline.compose.series import is_held
from pipeline.compose.slides import LAYOUTS
from pipeline.compose.speaker import (
    Turn,
    compose_message,
    compose_speaker,
    presentation_properties,
    signature,
    turns,
)
from pipeline.compose.view import View, seminar_view

__all__ = [
    "KINDS",
    "LAYOUTS",
    "Kind",
    "Turn",
    "View",
    "compose",
    "compose_message",
    "compose_page",
    "compose_speaker",
    "is_held",
    "presentation_properties",
    "seminar_view",
    "signature",
    "turns",
]
