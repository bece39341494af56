"""Whether every language has the same words, with the same gaps to fill: a template asks all languages for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.problems import closest, listed, nearest
from pipeline.load.checks.braces import check_braces, words_in

if TYPE_CHECKING:
    from pipeline.core.sources import Locale
    from pipeline.load.files import Sources

GROUPS = ("words", "files", "verdicts")
MANY = 3
"""More words than these are one fault, like a key above them that is gone, and are told in one message."""

_Words = dict[str, Mapping[str, str]]
"""One group of words by language."""


def check_words(locales: Mapping[str, Locale], order: Sequence[str], sources: Sources) -> None:
    """Note words that most languages have and one lacks, or one has alone; in a tie the first in `order` is right."""
    languages = sorted(locales, key=lambda language: order.index(language) if language in order else len(order))
    for group in GROUPS:
        texts = {language: getattr(locales[language], group) for language in languages}
        texts = {language: words for language, words in texts.items() if words is not None}  # its fault is noted
        usual = _usual(texts)
        for language, words in texts.items():
            _check_names(_Place(sources, language, group), words, usual)
        _check_gaps(texts, group, sources)


@dataclass(frozen=True)
class _Place:
    """A group of words in a locale file."""

    sources: Sources
    language: str
    group: str

    @property
    def path(self) -> str:
        return f"templates/locales/{self.language}.yaml"

    def note(self, message: str, fix: str, *word: str) -> None:
        self.sources.note(self.path, (self.group, *word), message, fix)


def _usual(texts: _Words) -> dict[str, str]:
    """Return the words that most languages have, each with the first language that has it."""
    count = Counter(word for words in texts.values() for word in words)
    first = next(iter(texts.values()), {})
    half = len(texts) / 2
    usual = [word for word in count if count[word] > half or (count[word] == half and word in first)]
    return {word: next(language for language, words in texts.items() if word in words) for word in usual}


def _check_names(place: _Place, words: Mapping[str, str], usual: Mapping[str, str]) -> None:
    """Note the words that are empty, missing or nobody else's; where they are many, in one message."""
    empty = [word for word in usual if word not in words and (place.group, word) in place.sources.places[place.path]]
    missing = [word for word in usual if word not in words and word not in empty]
    odd = [word for word in words if word not in usual]
    if len(empty) > MANY:
        place.note(f"{_some(empty)} are empty", "write a text after each", empty[0])
        empty = []
    for word in empty:
        place.note(f"`{word}` is empty", f"write `{word}: …`", word)
    if len(odd) > MANY:
        place.note(f"no other language has {_some(odd)} in `{place.group}`", "look at the lines above them", odd[0])
        odd = []
    for word in odd:
        fix = nearest(word, missing, otherwise="delete it, or add it to the other languages")
        place.note(f"no other language has `{word}` in `{place.group}`", fix, word)
    meant = {closest(word, missing) for word in odd}
    missing = [word for word in missing if word not in meant]
    if missing:
        add = f"add `{missing[0]}: …` below it" if len(missing) == 1 else "add them below it"
        place.note(f"`{place.group}` has no {_some(missing)}, which {usual[missing[0]]}.yaml has", add)


def _some(words: Sequence[str]) -> str:
    return listed(words[:MANY]) + (f" and {len(words) - MANY} more" if len(words) > MANY else "")


def _check_gaps(texts: _Words, group: str, sources: Sources) -> None:
    """Note gaps like `{name}` that a word has in one language and not in most."""
    for word in {word: None for words in texts.values() for word in words}:
        gaps = {language: sorted(words_in(words[word])) for language, words in texts.items() if words.get(word)}
        usual = Counter(map(tuple, gaps.values())).most_common(1)[0][0] if gaps else ()
        for language in gaps:
            faults = list(check_braces(texts[language][word], usual))
            if not faults and set(gaps[language]) != set(usual):
                shown = listed(f"{{{gap}}}" for gap in sorted(set(usual) - set(gaps[language])))
                faults = [(f"`{word}` lacks {shown}, which the other languages have", "write it where it belongs")]
            for message, fix in faults:
                _Place(sources, language, group).note(message, fix, word)
