"""What the title slide of a returned deck says, and where that differs from the programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.verdicts import Verdict

NAME, ROLE = "Name", "Role"
"""The placeholders of the title slide that name the speaker."""
PLACES = ("Kicker", NAME, ROLE, "Subtitle", "When")
"""The placeholders that repeat the programme, in their order on the slide."""
PART = " · "
"""Separates a day from its hours."""


def texts_on_slide(verdict: Verdict, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a title slide that repeat the programme, by placeholder, as far as they can be identified."""
    if not verdict.title_texts:
        return {}
    sent = {key: single(text) for key, text in sent.items()}
    texts = [single(text) for text in verdict.title_texts]
    if single(verdict.title) in texts:
        texts.remove(single(verdict.title))  # the title of the talk, which is the speaker's own
    filled = [key for key in PLACES if sent.get(key)]
    found = {key: single(verdict.title_places.get(key, "")) for key in PLACES}
    if not any(found[key] for key in (NAME, ROLE)):  # LibreOffice keeps only the order of the texts
        others = {text for key, text in sent.items() if key not in PLACES}
        left = [text for text in texts if text not in others]
        kept = len(left) == len(filled) and not {sent[key] for key in filled}.isdisjoint(left)
        found = dict(zip(filled, left, strict=True)) if kept else {}
    return {key: text for key, text in found.items() if text}


def agreeing(found: Mapping[str, str], sent: Mapping[str, str]) -> frozenset[str]:
    """Return the placeholders whose text on the title slide agrees with the programme."""
    return frozenset(key for key, text in found.items() if is_same(text, sent.get(key, "")))


def outdated(found: Mapping[str, str], sent: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each text of an accepted title slide that is out of date, with today's text of the programme."""
    for key in PLACES:
        before, now = single(found.get(key, "")), single(sent.get(key, ""))
        if before and now and not is_same(before, now):
            parts_before, parts_now = before.split(PART), now.split(PART)
            one = PART.join(part for part in parts_before if part not in parts_now)
            other = PART.join(part for part in parts_now if part not in parts_before)
            yield (one, other) if one and other else (before, now)


def single(text: str) -> str:
    """Return a text on one line, with one space between two words."""
    return " ".join(text.split())


def is_same(one: str, other: str) -> bool:
    """Return whether two texts differ at most in capitals and spaces."""
    return single(one).casefold() == single(other).casefold()


def name_and_role(verdict: Verdict, sent: Mapping[str, str]) -> dict[str, str]:
    """Return name and role as the deck has them; each is empty if it cannot be identified.

    PowerPoint keeps the names of the placeholders. LibreOffice keeps only the order of their texts.
    """
    places = {key: single(verdict.title_places.get(key, "")) for key in (NAME, ROLE)}
    if all(key in verdict.title_places for key in (NAME, ROLE)):
        return places
    others = {text.casefold() for key, text in sent.items() if key not in (NAME, ROLE)}
    texts = [single(text) for text in verdict.title_texts]
    left = [text for text in texts if text.casefold() not in others]
    if len(left) == len(texts):  # another first slide: it has none of the texts that were sent
        return dict.fromkeys((NAME, ROLE), "")
    left = [text for text in left if text != single(verdict.title)]
    folded = [text.casefold() for text in left]
    at = {key: folded.index(sent[key].casefold()) for key in (NAME, ROLE) if sent[key].casefold() in folded}
    return {NAME: _one(left, at, NAME, sent), ROLE: _one(left, at, ROLE, sent)}


def _one(left: Sequence[str], at: Mapping[str, int], key: str, sent: Mapping[str, str]) -> str:
    """Return the one text of `left` that can be the name or the role (`key`), else ""; the name comes first."""
    if key in at:
        return sent[key]
    if not at:
        return left[0 if key == NAME else 1] if len(left) == 2 else ""
    rest = left[: at[ROLE]] if key == NAME else left[at[NAME] + 1 :]
    return rest[0] if len(rest) == 1 else ""
