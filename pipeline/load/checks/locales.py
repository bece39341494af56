"""Checks of locale files: a language that CLDR knows, and the same words in all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.core.problems import closest, listed, nearest, quoted
from pipeline.core.sources import Locale, Series
from pipeline.load.checks.texts import check_braces, words_in_braces
from pipeline.load.files import Sources
from pipeline.load.ids import ID_FIX, fault_of_id

GROUPS = ("words", "files", "verdicts")
ENGLISH = "en"
SHORT, SHARE = 3, 0.1
"""Words of so few letters, and so few of all words, may well be the same in two languages."""
MANY = 3
"""More words than this are probably one mistake, like a deleted key above them, and are listed in one message."""


def check_locales(series: Series, sources: Sources) -> None:
    """Note what is wrong in the locale files; if languages differ, the majority is right.

    In a tie the first of the working languages is right.
    """
    order = list(series.working_languages or ())
    locales = {language: locale for language, locale in series.locales.items() if locale}
    names: dict[str, str] = {}
    for language, locale in locales.items():
        path = _path(language)
        _check_tag(locale, sources, path)
        _check_clock(locale, sources, path)
        others = [other for other in locales.values() if other is not locale]
        _check_files(locale, {kind for other in others for kind in other.files or ()}, sources, path)
        if locale.biblatex and locale.biblatex in names:  # as after copying a file
            message = f"{names[locale.biblatex]}.yaml has {quoted(locale.biblatex)} too"
            sources.note(path, ("biblatex",), message, "write what BibTeX calls this language")
        names.setdefault(locale.biblatex, language)
    ordered = sorted(locales, key=lambda language: order.index(language) if language in order else len(order))
    for group in GROUPS:
        texts = {language: getattr(locales[language], group) for language in ordered}
        texts = {language: words for language, words in texts.items() if words is not None}
        usual = _usual(texts)
        for language, words in texts.items():
            _check_words(language, group, words, usual, sources)
        _check_gaps(texts, group, sources)


def remark_on_locales(series: Series, sources: Sources) -> None:
    """Remark a language many of whose words are those of English, as after copying a file."""
    english = series.locales.get(ENGLISH)
    for language, locale in series.locales.items() if english else ():
        if language.partition("-")[0] == ENGLISH:
            continue
        words = {
            (group, word): text for group in ("words", "verdicts") for word, text in getattr(locale, group).items()
        }
        same = [
            key for key, text in words.items() if len(text) > SHORT and getattr(english, key[0]).get(key[1]) == text
        ]
        if len(same) > SHARE * len(words):
            message = f"{len(same)} of {len(words)} words are the same as in {ENGLISH}.yaml: translate them"
            sources.remark(_path(language), same[0], message)


def _path(language: str) -> str:
    return f"templates/locales/{language}.yaml"


def _check_tag(locale: Locale, sources: Sources, path: str) -> None:
    """Note a tag that CLDR does not know, or that is another language's, as after copying a file."""
    import babel  # here, since the library takes 30 ms to import and `load` is imported by commands that read nothing

    if not locale.tag or not locale.language:
        return
    if locale.tag.partition("-")[0] != locale.language.partition("-")[0]:
        message = f"`tag` is {quoted(locale.tag)}, which is not the language `{locale.language}`"
        sources.note(path, ("tag",), message, f"begin it with `{locale.language}`")
        return
    try:
        babel.Locale.parse(locale.tag, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        fix = "write a language, or a language and a country, like pt or pt-BR"
        sources.note(path, ("tag",), f"no language {quoted(locale.tag)}", fix)


def _check_clock(locale: Locale, sources: Sources, path: str) -> None:
    """Note patterns that are no time of day."""
    clock = locale.clock
    for name in ("pattern", "full_hour") if clock else ():
        pattern = getattr(clock, name)
        if pattern and not re.fullmatch(r"[^A-Za-z]*[Hhk]{1,2}[Hhkma\W\d]*", re.sub("'[^']*'", "", pattern)):
            fix = "write hours as H or HH, minutes as mm, other letters in '…'"
            sources.note(path, ("clock", name), f"`{name}` cannot be {quoted(pattern)}", fix)
    for name in ("range", "sentence") if clock else ():
        text = getattr(clock, name)
        if text and sorted(re.findall(r"\{.*?\}", text)) != ["{end}", "{start}"]:
            message = f"`{name}` cannot be {quoted(text)}"
            sources.note(path, ("clock", name), message, "write `{start}` and `{end}` in it")


def _check_files(locale: Locale, known: set[str], sources: Sources, path: str) -> None:
    """Note names that cannot name a file, or that two kinds of document share; `_check_words` notes unknown kinds."""
    first: dict[str, str] = {}
    for kind, name in (locale.files or {}).items():
        if known and kind not in known:
            continue
        if name and fault_of_id(name):
            sources.note(path, ("files", kind), f"{quoted(name)} {fault_of_id(name)}", ID_FIX)
        elif name in first:
            message = f"`{kind}` has the same name as `{first[name]}`"
            sources.note(path, ("files", kind), message, "give each kind of file its own name")
        first.setdefault(name, kind)


def _usual(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the words that most languages have, each with the first language that has it."""
    count = Counter(word for words in texts.values() for word in words)
    first = next(iter(texts.values()), {})
    half = len(texts) / 2
    usual = [word for word in count if count[word] > half or (count[word] == half and word in first)]
    return {word: next(language for language, words in texts.items() if word in words) for word in usual}


def _check_words(
    language: str, group: str, words: Mapping[str, str], usual: Mapping[str, str], sources: Sources
) -> None:
    """Note the words of one language that are empty, missing or in no other; where they are many, in one message."""
    path = _path(language)
    absent = [word for word in usual if word not in words]
    empty = [word for word in absent if (group, word) in sources.files[path].places]
    missing = [word for word in absent if word not in empty]
    odd = [word for word in words if word not in usual]
    if len(empty) > MANY:
        sources.note(path, (group, empty[0]), f"{_some(empty)} are empty", "write a text after each")
    else:
        for word in empty:
            sources.note(path, (group, word), f"`{word}` is empty", f"write `{word}: …`")
    if len(odd) > MANY:
        message = f"no other language has {_some(odd)} in `{group}`"
        sources.note(path, (group, odd[0]), message, "look at the lines above them")
    else:
        for word in odd:
            fix = nearest(word, missing, otherwise="delete it, or add it to the other languages")
            sources.note(path, (group, word), f"no other language has `{word}` in `{group}`", fix)
        meant = {closest(word, missing) for word in odd}
        missing = [word for word in missing if word not in meant]
    if missing:
        add = f"add `{missing[0]}: …` below it" if len(missing) == 1 else "add them below it"
        message = f"`{group}` has no {_some(missing)}, which {usual[missing[0]]}.yaml has"
        sources.note(path, (group,), message, add)


def _some(words: Sequence[str]) -> str:
    return listed(words[:MANY]) + (f" and {len(words) - MANY} more" if len(words) > MANY else "")


def _check_gaps(texts: Mapping[str, Mapping[str, str]], group: str, sources: Sources) -> None:
    """Note words in braces, like `{name}`, that a text has in one language and not in most."""
    with_braces = {
        word: None for words in texts.values() for word, text in words.items() if re.search(r"[{}]", text or "")
    }
    for word in with_braces:
        gaps = {language: sorted(words_in_braces(words[word])) for language, words in texts.items() if words.get(word)}
        usual = Counter(map(tuple, gaps.values())).most_common(1)[0][0]
        for language in gaps:
            faults = list(check_braces(texts[language][word], usual))
            if not faults and set(gaps[language]) != set(usual):
                shown = listed(f"{{{gap}}}" for gap in sorted(set(usual) - set(gaps[language])))
                faults = [(f"`{word}` lacks {shown}, which the other languages have", "add it to the text")]
            for message, fix in faults:
                sources.note(_path(language), (group, word), message, fix)
