"""Which export belongs to which seminar: the name of the file begins with the id of the seminar."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.core.private import keep_private
from pipeline.core.problems import Problem, nearest

REGISTRATIONS = Path("sources/registrations")

LISTS = (".csv", ".xlsx")
"""The endings of files that are read."""

RECIPIENTS = "-recipients"
"""How the name of a list of recipients ends, after the id of its seminar and before the ending of the file."""

OTHER_FILES, OTHER_ENDINGS = {"speakers.csv", "speakers.xlsx", "smtp.yaml"}, (".sqlite", ".sqlite-journal")
"""Files in the same folder that are no exports: settings, the register and the log."""


def exports(root: Path, seminars: Iterable[str]) -> tuple[dict[str, list[Path]], list[Problem]]:
    """Return the exports by seminar, and a problem for each file that belongs to none; make all files there private."""
    folder, known = root / REGISTRATIONS, sorted(seminars, key=len, reverse=True)
    found: dict[str, list[Path]] = {seminar: [] for seminar in known}
    problems = [fault for _, fault in misnamed_lists(root, known)]
    keep_private(folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith((".", "~$", "README")) or path.name.endswith(OTHER_ENDINGS) or path.name in OTHER_FILES:
            continue
        if _is_list_of_recipients(path):
            continue
        problem = _fault(path, path.relative_to(root).as_posix(), known)
        if problem:
            problems.append(problem)
        else:
            found[_seminar_of(path, known)].append(path)
    return found, problems


def misnamed_lists(root: Path, seminars: Iterable[str]) -> list[tuple[str, Problem]]:
    """Return a problem for each list of recipients whose name is wrong, after the seminar with which it begins."""
    folder, known = root / REGISTRATIONS, sorted(seminars, key=len, reverse=True)
    right = [f"{seminar}{RECIPIENTS}{ending}" for seminar in known for ending in LISTS]
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not _is_list_of_recipients(path) or path.name in right or path.name.startswith((".", "~$")):
            continue
        seminar, why = _seminar_of(path, known), "is another"
        fix = f"save it as `{seminar}{RECIPIENTS}.csv` or `.xlsx`"
        if not seminar:
            why = "begins with no seminar"
            fix = nearest(path.name, right, otherwise=f"name it like `africa-fr{RECIPIENTS}.csv`", likeness=0.85)
        message = f"this list of recipients is not used, since its name {why}"
        found.append((seminar, Problem(path=path.relative_to(root).as_posix(), line=1, message=message, fix=fix)))
    return found


def _is_list_of_recipients(path: Path) -> bool:
    return "recipient" in path.name.casefold()  # no export has the word in its name


def _seminar_of(path: Path, known: Iterable[str]) -> str:
    """Return the seminar with the longest id with which the name of a file begins; empty if there is none."""
    name = path.stem.casefold()
    return next((id for id in known if name == id or name.startswith((f"{id}-", f"{id}_", f"{id}.", f"{id} "))), "")


def _fault(path: Path, name: str, known: list[str]) -> Problem | None:
    if path.is_symlink() or not path.is_file():
        return Problem(path=name, line=1, message="this is no file", fix="put the export itself here")
    if path.suffix.casefold() not in LISTS:
        fix = "save it as .xlsx or as “CSV UTF-8”"
        return Problem(path=name, line=1, message="this is neither a CSV file nor an Excel file (.xlsx)", fix=fix)
    if not _seminar_of(path, known):
        guess = nearest(path.stem.split("_")[0], known, otherwise="begin its name like `africa-fr-registration.csv`")
        return Problem(path=name, line=1, message="the name of this file begins with no seminar", fix=guess)
    return None
