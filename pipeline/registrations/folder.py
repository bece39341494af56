"""Whose export a file is: its name begins with the seminar's; what lies there is nobody's but the owner's to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.private import keep_private
from pipeline.problems import Problem, nearest

REGISTRATIONS = Path("sources/registrations")
OTHERS = (".sqlite", ".sqlite-journal", "-recipients.csv")
"""How the names of files end that lie here too and are no exports: the register and the log, lists for mails."""

OTHER = {"speakers.csv", "smtp.yaml"}


def exports(root: Path, seminars: Iterable[str]) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Return the CSV files by seminar and a problem for each file that is nobody's; make all there private."""
    folder, known = root / REGISTRATIONS, sorted(seminars, key=len, reverse=True)
    found: dict[str, list[Path]] = {seminar: [] for seminar in known}
    problems = []
    keep_private(folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith((".", "README")) or path.name.endswith(OTHERS) or path.name in OTHER:
            continue
        problem = _fault(path, path.relative_to(root).as_posix(), known)
        if problem:
            problems.append(problem)
        else:
            found[_owner(path, known)].append(path)
    return found, problems


def _owner(path: Path, known: Iterable[str]) -> str:
    """Return the seminar with the longest id that the file's name begins with."""
    name = path.stem.casefold()
    return next((id for id in known if name == id or name.startswith((f"{id}-", f"{id}_", f"{id}.", f"{id} "))), "")


def _fault(path: Path, name: str, known: list[str]) -> Problem | None:
    if path.is_symlink() or not path.is_file():
        return Problem(path=name, line=1, message="this is no file", fix="put the export itself here")
    if path.suffix.casefold() != ".csv":
        return Problem(path=name, line=1, message="this is no CSV file", fix="save it as “CSV UTF-8”")
    if not _owner(path, known):
        guess = nearest(path.stem.split("_")[0], known, otherwise="begin its name like `africa-fr-registration.csv`")
        return Problem(path=name, line=1, message="the name of this file begins with no seminar", fix=guess)
    return None
