"""The files of people: what is read from them, checked and remarked."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

from pipeline.core import markdown
from pipeline.core.names import is_sure, running_name
from pipeline.core.problems import closest, nearest, quoted
from pipeline.core.sources import Person, Remark, Series
from pipeline.load.checks.known import check_languages
from pipeline.load.checks.svg import fault_of_svg
from pipeline.load.files import File, Loc, Sources
from pipeline.load.ids import named_files
from pipeline.load.validate import read_model

PEOPLE = "sources/people"

_LIST = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
COUNTRIES = {"XK", *(line[:2] for line in _LIST.splitlines() if not line.startswith("#"))}
"""The codes of ISO 3166 from the list that comes with the time zones, and Kosovo, which CLDR adds."""
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".heic": "HEIF"}
LONGEST = 10_000
"""Characters of a biography: about three pages."""
LARGEST = 100_000_000  # pixels
LARGEST_FILE = 50_000_000  # bytes
SMALLEST_PHOTO = 150
"""Pixels of the shorter side, for a portrait of some 25 millimetres."""


def read_people(sources: Sources, languages: Collection[str]) -> dict[str, Person | None]:
    """Return all people by id with their biographies, `<id>.<language>.md`; None if a person's file cannot be read."""
    bios: dict[str, dict[str, str]] = {}
    for stem, path in named_files(sources, PEOPLE, ".md"):
        id, _, language = stem.partition(".")
        if path and (not language or (languages and language not in languages)):
            message = f"no language `{language}`" if language else "the name of the file gives no language"
            fix = nearest(language, languages, otherwise=f"rename it, for example to `{id}.en.md`")
            sources.note(path, (), message, fix)
        if path and (bio := sources.parsed(path, _bio)):
            bios.setdefault(id, {})[language] = bio
    people: dict[str, Person | None] = {}
    for id, path in named_files(sources, PEOPLE, ".yaml"):
        people[id] = read_model(sources, Person, path, {"id": id, "bio": bios.get(id, {})}) if path else None
    for id in bios.keys() - people.keys():
        fix = nearest(id, people, otherwise=f"add {PEOPLE}/{id}.yaml")
        for language in bios[id]:
            name = f"{id}.{language}.md" if language else f"{id}.md"
            sources.note(f"{PEOPLE}/{name}", (), f"there is no person `{id}`", fix)
    return people


def _bio(text: str, file: File) -> str:
    bio = text.strip(" \t\n")
    if len(bio) > LONGEST:
        file.note(1, f"this biography has {len(bio):,} characters", f"write {LONGEST:,} at most")
        return ""
    file.note_unusual(markdown.prepared(text))
    for fault in markdown.faults(text):
        file.note(*fault)
    if not bio:
        file.remarks.append(Remark(path=file.path, line=1, message="this biography is empty"))
    return bio


def check_person(person: Person, series: Series, sources: Sources) -> None:
    """Note what is wrong in one person's file."""
    path = f"{PEOPLE}/{person.id}.yaml"
    if person.country and person.country not in COUNTRIES:
        fix = "write the two capital letters of ISO 3166, like SN"
        sources.note(path, ("country",), f"`country` cannot be {quoted(person.country)}", fix)
    check_languages(person.affiliation or {}, series, sources, path, ("affiliation",))
    for seminar, lines in person.affiliation_at.items():
        if seminar not in series.seminars:
            fix = nearest(seminar, series.seminars)
            sources.note(path, ("affiliation_at", seminar), f"no seminar {quoted(seminar)}", fix)
        check_languages(lines or {}, series, sources, path, ("affiliation_at", seminar))
    check_languages(person.borrowed, series, sources, path, ("borrowed",))
    for language, other in person.borrowed.items():
        if other and person.affiliation is not None and other not in person.affiliation:
            message = f"`borrowed` takes the line in {quoted(other)}, which `affiliation` does not have"
            sources.note(path, ("borrowed", language), message, nearest(other, person.affiliation))
    if person.photo:
        check_picture(sources, path, ("photo",), PEOPLE, person.photo, (".jpg", ".png", ".heic"))


def check_picture(sources: Sources, path: str, loc: Loc, folder: str, name: str, extensions: tuple[str, ...]) -> None:
    """Note, at the place `loc` of `path`, a picture of `folder` that is missing or cannot be opened."""
    file = sources.root / folder / name
    if any(character in name for character in "/\\:") or name.startswith("."):
        fix = f"put the file into {folder} and write its name alone"
        sources.note(path, loc, f"{quoted(name)} is not a plain file name", fix)
    elif not name.lower().endswith(extensions):
        fix = f"use {', '.join(extensions[:-1])} or {extensions[-1]}"
        sources.note(path, loc, f"{quoted(name)} is not a picture of a known kind", fix)
    elif file.is_symlink():
        sources.note(path, loc, f"{folder}/{name} is a symbolic link", "put the file itself there")
    elif not file.is_file():
        near = closest(name, [each.name for each in file.parent.glob("*") if each.name.lower().endswith(extensions)])
        fix = f"did you mean `{near}`?" if near else "put it there or empty this line"
        sources.note(path, loc, f"there is no picture {folder}/{name}", fix)
    elif file.stat().st_size > LARGEST_FILE:
        message = f"{folder}/{name} has {file.stat().st_size / 1_000_000:,.0f} MB"
        sources.note(path, loc, message, f"save it smaller: {LARGEST_FILE // 1_000_000} MB at most")
    elif fault := fault_of_svg(file.read_bytes()) if file.suffix.lower() == ".svg" else _fault_of_photo(file):
        sources.note(path, loc, f"{folder}/{name} {fault[0]}", fault[1])


def _fault_of_photo(file: Path) -> tuple[str, str] | None:
    from PIL import Image  # here, since few sources name a picture and the libraries take 50 ms to import
    from pillow_heif import register_heif_opener

    register_heif_opener()
    extension = file.suffix.lower()
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file) as image:
            if image.width * image.height > LARGEST:
                return "has more than 100 million pixels", "save it smaller"
            if image.format != FORMATS[extension]:
                message = f"is a {image.format} file with the extension {extension}"
                return message, f"save it again as {FORMATS[extension]}"
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "is not a complete picture", f"save it again as {FORMATS[extension]}"
    return None


def _size_of_photo(file: Path) -> tuple[int, int]:
    from PIL import Image  # here, as above

    with (
        warnings.catch_warnings(action="ignore"),
        Image.open(file) as image,
    ):  # `check_person` has read it, with the reader of HEIC
        return image.size


def remark_on_names(people: Iterable[Person], sources: Sources) -> None:
    """Remark people whose printed names are the same."""
    first: dict[str, str] = {}
    for person in people:
        name = f"{person.given} {person.family}"
        other = first.setdefault(normalize("NFKD", name).casefold(), person.id)
        if other != person.id:
            path = f"{PEOPLE}/{person.id}.yaml"
            sources.remark(path, ("family",), f"{name} is printed for `{other}` too: are they one person?")


def remark_on_person(person: Person, languages: Collection[str], sources: Sources) -> None:
    """Remark what is open and what is missing for a person whom seminars in these languages name."""
    path = f"{PEOPLE}/{person.id}.yaml"
    sources.remark_questions(path, person.questions)
    if not languages:
        sources.remark(path, (), f"no seminar names `{person.id}`")
    if not person.country:
        sources.remark(path, (), "no country is given")
    if not person.running and not is_sure(person.family, person.country):
        name = running_name(person.given, person.family)
        message = f"letters write {name}: if the name is written otherwise, add `running: …` with the whole name"
        sources.remark(path, ("family",), message)
    if person.photo and (size := _size_of_photo(sources.root / PEOPLE / person.photo)) and min(size) < SMALLEST_PHOTO:
        message = f"the photo is only {size[0]} × {size[1]} pixels: it is blurred in print (at least {SMALLEST_PHOTO})"
        sources.remark(path, ("photo",), message)
    if not person.bio:
        sources.remark(path, (), "no biography: only the role line is printed")
        return
    for language in sorted({*languages} - person.bio.keys()):
        sources.remark(path, (), f"no biography in `{language}`: only the role line is printed there")
    for language in sorted(person.bio.keys() - {*languages}) if languages else ():
        message = f"not printed: no seminar in `{language}` names this person"
        sources.remark(f"{PEOPLE}/{person.id}.{language}.md", (), message)
