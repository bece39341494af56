"""Remarks on the works that lists print: addresses that nobody has opened, and reasons to read that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.sources import Reference, Remark
from pipeline.curate.bibtex import link_in

Listed = Mapping[str, Sequence[Reference]]
"""The works that are printed, by the language of the list."""
LONGEST_WHY = 25
"""Words of a reason to begin with a work."""


def remark_on_works(listed: Listed) -> Iterator[Remark]:
    """Yield one remark on all unchecked addresses, and one for each work marked `first` without a short reason."""
    yield from _unchecked(listed)
    for language, works in listed.items():
        for work in works:
            why, name = work.fields.get(f"why_{language}", ""), f"why_{language}"
            count = len(re.findall(r"\w[^\s]*", why))
            if work.first and not why:
                message = f"`{work.key}` is marked `first` and has no `{name}`: its panel does not say why to read it"
                yield Remark(path=work.path, line=work.line, message=message)
            elif count > LONGEST_WHY:
                message = f"`{name}` of `{work.key}` has {count} words: write {LONGEST_WHY} at most"
                yield Remark(path=work.path, line=work.line, message=message)


def _unchecked(listed: Listed) -> Iterator[Remark]:
    """Yield one remark with the number of printed addresses that no person has opened yet."""
    links = {link: work for language, works in listed.items() for work in works if (link := link_in(work, language))}
    waiting = {link: work for link, work in links.items() if not work.checked}
    if waiting:
        first = min(waiting.values(), key=lambda work: (work.path, work.line))
        message = (
            f"{len(waiting)} of {len(links)} printed addresses have not been opened by a person: open those of an "
            f"entry, then add `checked = {{…}},` with the day; the first is `{first.key}`"
        )
        yield Remark(path=first.path, line=first.line, message=message)
