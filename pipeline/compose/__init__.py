"""Stage: a seminar, its reading list and the series become documents in semantic HTML, decks and calendar entries.

`seminar_view` makes once what all documents of a seminar print; `compose`, `compose_page`, `compose_speaker` and
`compose_message` make each document from it. A kind of document is one row of `KINDS` and, where it is text, one
template in `templates/kinds`. Templates see plain values, escape them by themselves, and give HTML of the vocabulary in
`pipeline.render`; they hold no word of any language.
"""

from pipeline.compose.kinds import KINDS, Kind, compose
from pipeline.compose.page import compose_page
from pipeline.compose.series import is_held
from pipeline.compose.slides import LAYOUTS
from pipeline.compose.speaker import Turn, compose_message, compose_speaker, presentation_properties, turns
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
    "turns",
]
