"""Whose export a file is: its name begins with the seminar's; what lies there is nobody's but the owner's to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.core.private import keep_private
from pipeline.core.problems import Problem, nearest

REGISTRATIONS = Path("sources/registrations")
OTHERS = (".sqlite", ".sqlite-journal")
"""How the names of files end that lie here too and are no exports: the register and the log."""

LIST = "-recipients.csv"
"""What follows a seminar in the name of the list of those who get its mails."""

OTHER = {"speakers.csv", "smtp.yaml"}


def exports(root: Path, seminars: Iterable[str]) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Return the CSV files by seminar and a problem for each file that is nobody's; make all there private."""
    folder, known = root / REGISTRATIONS, sorted(seminars, key=len, reverse=True)
    found: dict[str, list[Path]] = {seminar: [] for seminar in known}
    problems = [fault for _, fault in misnamed_lists(root, known)]
    keep_private(folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith((".", "README")) or path.name.endswith(OTHERS) or path.name in OTHER:
            continue
        if _is_list(path):
            continue
        problem = _fault(path, path.relative_to(root).as_posix(), known)
        if problem:
            problems.append(problem)
        else:
            found[_owner(path, known)].append(path)
    return found, problems


def misnamed_lists(root: Path, seminars: Iterable[str]) -> list[tuple[str, Problem]]:
    """Return a problem for each list of recipients that is not used because of its name, after the seminar that the
    name begins with, if it does with one."""
    folder, known = root / REGISTRATIONS, sorted(seminars, key=len, reverse=True)
    right = [f"{seminar}{LIST}" for seminar in known]
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _is_list(path) and path.name not in right and not path.name.startswith("."):
            owner, why = _owner(path, known), "is another"
            fix = f"save it as `{owner}{LIST}`"
            if not owner:
                why = "begins with no seminar"
                fix = nearest(path.name, right, otherwise=f"name it like `africa-fr{LIST}`", likeness=0.85)
            message = f"this list of recipients is not used, since its name {why}"
            found.append((owner, Problem(path=path.relative_to(root).as_posix(), line=1, message=message, fix=fix)))
    return found


def _is_list(path: Path) -> bool:
    """Return whether a file was surely meant as a list of recipients: no export has the word in its name."""
    return "recipient" in path.name.casefold()


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
