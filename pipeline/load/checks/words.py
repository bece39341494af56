"""Whether every language has the same words, with the same gaps to fill: a template asks all languages for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.load.checks.braces import check_braces, words_in
from pipeline.problems import closest, listed, nearest

if TYPE_CHECKING:
    from pipeline.load.files import Sources
    from pipeline.model import Locale

_Words = dict[str, Mapping[str, str]]
"""One group of words by language."""


def check_words(locales: Mapping[str, Locale], order: Sequence[str], sources: Sources) -> None:
    """Note words that most languages have and one lacks, or one has alone; in a tie the first in `order` is right."""
    languages = sorted(locales, key=lambda language: order.index(language) if language in order else len(order))
    for group in ("words", "files"):
        texts = {language: getattr(locales[language], group) or {} for language in languages}
        usual = _usual(texts)
        for language in languages:
            _check_names(language, group, texts[language], usual, sources)
    _check_gaps({language: locales[language].words or {} for language in languages}, sources)


def _usual(texts: _Words) -> dict[str, str]:
    """Return the words that most languages have, each with the first language that has it."""
    count = Counter(word for words in texts.values() for word in words)
    first = next(iter(texts.values()), {})
    half = len(texts) / 2
    usual = [word for word in count if count[word] > half or (count[word] == half and word in first)]
    return {word: next(language for language, words in texts.items() if word in words) for word in usual}


def _check_names(
    language: str, group: str, words: Mapping[str, str], usual: Mapping[str, str], sources: Sources
) -> None:
    path = f"templates/locales/{language}.yaml"
    missing = [word for word in usual if word not in words]
    meant = set()
    for word in words:
        if word not in usual:
            meant.add(closest(word, missing))
            fix = nearest(word, missing, otherwise="delete it, or add it to the other languages")
            sources.note(path, (group, word), f"no other language has `{word}` in `{group}`", fix)
    for word in missing:
        if (group, word) in sources.places.get(path, {}):
            sources.note(path, (group, word), f"`{word}` is empty", f"write `{word}: …`")
        elif word not in meant:
            message = f"`{group}` has no `{word}`, which {usual[word]}.yaml has"
            sources.note(path, (group,), message, f"add `{word}: …` below it")


def _check_gaps(texts: _Words, sources: Sources) -> None:
    """Note gaps like `{name}` that a word has in one language and not in most."""
    for word in {word: None for words in texts.values() for word in words}:
        gaps = {language: sorted(words_in(words[word])) for language, words in texts.items() if words.get(word)}
        if not gaps:
            continue
        usual = Counter(map(tuple, gaps.values())).most_common(1)[0][0]
        for language in gaps:
            path = f"templates/locales/{language}.yaml"
            faults = list(check_braces(texts[language][word], usual))
            if not faults and set(gaps[language]) != set(usual):
                shown = listed(f"{{{gap}}}" for gap in sorted(set(usual) - set(gaps[language])))
                faults = [(f"`{word}` lacks {shown}, which the other languages have", "write it where it belongs")]
            for message, fix in faults:
                sources.note(path, ("words", word), message, fix)
