"""Turns a changed name or role on a returned title slide into a patch of the source file; staff decide to apply it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.sources import Person, Seminar
from pipeline.core.verdicts import Verdict
from pipeline.load.yaml_edit import NotEditable, with_value
from pipeline.workflows.title_slide import NAME, ROLE, is_same, name_and_role, single

Way = tuple[str, ...]
"""The keys that lead to a value of a YAML file."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The differences as pairs of programme and title slide, with a patch of the file `path` that removes them.

    `edits` describe the patch in words, each with the number of its line. `also` are the ids of other seminars that
    print the patched lines. `unsure` describes the differences that the patch does not cover.
    """

    path: str
    pairs: tuple[tuple[str, str], ...] = ()
    patch: str = ""
    edits: tuple[tuple[int, str], ...] = ()
    also: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def changes(
    verdict: Verdict,
    sent: Mapping[str, str],
    person: Person,
    seminar: Seminar,
    root: Path,
    others: Iterable[Seminar] = (),
    agreed: Collection[str] = (),
) -> Changes:
    """Return how the title slide of a returned deck differs from the texts that were `sent` to `person`.

    `others` are the other seminars of the person. `agreed` names the placeholders that agreed with the programme
    before: the speaker has not changed these.
    """
    path = f"sources/people/{person.id}.yaml"
    if not verdict.title_texts:
        return Changes(path=path)
    sent = {key: single(text) for key, text in sent.items()}
    found = name_and_role(verdict, sent) | {key: sent[key] for key in (NAME, ROLE) if key in agreed}
    pairs = tuple((sent[key], found[key]) for key in (NAME, ROLE) if found[key] and not is_same(found[key], sent[key]))
    unsure = [f"the {key.lower()} is no longer where it was" for key in (NAME, ROLE) if not found[key]]
    ways: list[Way] = []
    text = before = (root / path).read_bytes().decode("utf-8", "replace")
    for way, value in _edits(found, sent, person, seminar, unsure):
        try:
            text = with_value(text, way, value)
            ways.append(way)
        except NotEditable as why:
            unsure.append(f"`{': '.join(way)}` cannot be changed by a patch ({why})")
    also = tuple(each.id for each in others if any(len(way) == 1 or _role(person, each) == way for way in ways))
    return Changes(
        path=path,
        pairs=pairs,
        patch=_patch(path, before, text),
        edits=tuple(_in_words(before.splitlines(), text.splitlines())),
        also=also,
        unsure=tuple(unsure),
    )


def _edits(
    found: Mapping[str, str], sent: Mapping[str, str], person: Person, seminar: Seminar, unsure: list[str]
) -> Iterator[tuple[Way, str]]:
    """Yield each field that changes with its new value; add a message to `unsure` for a doubtful change."""
    if found[NAME] and not is_same(found[NAME], sent[NAME]):
        name = _name(found[NAME], person)
        if name is None:
            unsure.append(f"“{found[NAME]}” does not show which part is the family name")
        for key, value in zip(("given", "family"), name or (), strict=False):
            if value != getattr(person, key):
                yield (key,), value
    if found[ROLE] and not is_same(found[ROLE], sent[ROLE]):
        way = _role(person, seminar)
        if way is None:
            where = f"`affiliation: {seminar.language}:`"
            unsure.append(f"the role is borrowed from another language; a new one is to be written as {where}")
        else:
            yield way, found[ROLE]


def _name(name: str, person: Person) -> tuple[str, str] | None:
    """Return given and family name, or None if they cannot be distinguished: only a family name is in capitals."""
    words = name.split()
    for known, sign in ((person.given, 1), (person.family, -1)):
        size = len(known.split())
        start, rest = (words[:size], words[size:]) if sign > 0 else (words[-size:], words[:-size])
        if rest and is_same(" ".join(start), known):
            other = " ".join(rest)
            return (person.given, _capitals(other)) if sign > 0 else (other, person.family)
    family = next((i for i, _ in enumerate(words) if all(_in_capitals(word) for word in words[i:])), 0)
    if family and not any(_in_capitals(word) for word in words[:family]):
        return " ".join(words[:family]), " ".join(words[family:])
    return None


def _in_capitals(word: str) -> bool:
    return word.isupper() and sum(sign.isalpha() for sign in word) > 1


def _capitals(family: str) -> str:
    """Return a family name as it is printed: in capitals, unless it already has some (McDONALD)."""
    capitals = any(a.isupper() and b.isupper() for a, b in zip(family, family[1:], strict=False))
    return family if capitals else family.upper()


def _role(person: Person, seminar: Seminar) -> Way | None:
    """Return the keys that lead to the role line of this seminar; None if it is borrowed from another language."""
    language = seminar.language
    if language in person.affiliation_at.get(seminar.id, {}):
        return "affiliation_at", seminar.id, language
    return ("affiliation", language) if language in person.affiliation else None


def _in_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that changes, from 1, with the change in words."""
    for tag, start, end, first, last in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        before, after = ([f"`{line.strip()}`" for line in lines] for lines in (old[start:end], new[first:last]))
        shared = min(len(before), len(after))
        for number in range(shared):
            yield start + number + 1, f"{before[number]} becomes {after[number]}"
        for number in range(shared, len(before)):
            yield start + number + 1, f"{before[number]} is deleted"
        if after[shared:]:
            yield start + shared, f"below this line comes {', then '.join(after[shared:])}"


def _patch(path: str, before: str, after: str) -> str:
    """Return a unified diff as `git apply` and `patch -p1` read it, empty when nothing changes."""
    old, new = (text.replace("\n", "\n\0").split("\0") for text in (before, after))
    old, new = ([line for line in lines if line] for lines in (old, new))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
