"""Registrations of many invented people read and counted, a certificate for each of them, and a mail for half."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.cases import ONE, Bench, Result
from tests.bench.growth import MEGABYTE
from tests.bench.measure import peak, run

MANY, FEW = 10_000, 1_000
READ, ISSUED, WRITTEN = (5, 1), (300, 60), (20, 10)
"""Seconds for `MANY` people, or mails for half of them, to be reached, and the goal."""

MOST_MEMORY = 200 * MEGABYTE
"""The most memory that mails may take, however many they are."""

FLAT = 1.5
"""How many times the memory of `FEW` certificates `MANY` may take: ten times the people, not ten times the memory."""

DAY = "2020-07-09"
SOUNDS = ("ka", "do", "re", "mi", "lou", "sé", "ñan", "gül", "tze", "va", "nío", "thi", "bra", "osk", "wé", "jü")
SCRIPTS = ("", "", "", "", "", "", "", "", "محمد ", "Анна ", "Ελένη ")
COUNTRIES = (
    "Sénégal",
    "Mali",
    "Niger",
    "Côte d'Ivoire",
    "Burkina Faso",
    "Cameroun",
    "Maroc",
    "Tunisie",
    "Bénin",
    "Togo",
)


def measured(bench: Bench, *, quick: bool) -> Iterator[Result]:
    """Yield reading and issuing for many people; `quick` for a tenth of them, with a tenth of the time to issue in."""
    counts = (FEW,) if quick else (FEW, MANY)
    found = [_of(bench, count) for count in counts]
    read, issued = found[-1]
    share = counts[-1] / MANY
    yield _judged(read, READ, 1)
    less = found[0][1].memory if not quick else issued.memory
    flat = issued.memory <= FLAT * less
    note = "" if quick else f", {less / MEGABYTE:.0f} MB for {FEW:,}"
    yield _judged(issued, ISSUED, share, also=flat, note=note)
    written = _mails(bench, counts[-1] // 2)
    yield _judged(written, WRITTEN, share, also=(written.memory or 0) < MOST_MEMORY)


def _of(bench: Bench, count: int) -> tuple[Result, Result]:
    """Return what so many people took: registrations read and counted, and their certificates written."""
    root = _project(bench, count)
    usage, memory = peak(bench.pipeline("registrations", ONE, "--root", root), bench.root)
    read = Result(case=f"{count:,} registrations read and counted", pipeline=usage, memory=memory)
    usage, memory = peak(bench.pipeline("certificates", ONE, "--issue", str(count), "--root", root), bench.root, 0.25)
    made = len(list((root / "output" / ONE / "certificates").glob("*.pdf")))
    if made != count:
        raise SystemExit(f"{made} certificates instead of {count}")
    shutil.rmtree(root)
    return read, Result(case=f"{count:,} certificates", pipeline=usage, memory=memory)


def _mails(bench: Bench, count: int) -> Result:
    """Return what it took to write a mail with the package for so many people."""
    root = _project(bench, count)
    run(bench.pipeline("build", ONE, "--root", root), bench.root)
    usage, memory = peak(bench.pipeline("outbox", ONE, "--root", root), bench.root, 0.25)
    made = len(list((root / "output" / ONE / "outbox").glob("*.eml")))
    if made != count:
        raise SystemExit(f"{made} mails instead of {count}")
    shutil.rmtree(root)
    return Result(case=f"{count:,} mails with the package", pipeline=usage, memory=memory)


def _judged(found: Result, seconds: tuple[int, int], share: float, *, also: bool = True, note: str = "") -> Result:
    target, goal = (f"< {limit * share:g} s" for limit in seconds)
    reached = found.pipeline.wall < seconds[0] * share and also
    return Result(
        case=found.case + note,
        pipeline=found.pipeline,
        memory=found.memory,
        target=target + (", flat" if note else ""),
        goal=goal,
        reached=reached,
    )


def _project(bench: Bench, count: int) -> Path:
    """Return a copy of the project with the exports of so many people: each came in twice, once on a second device."""
    root = bench.fresh(f"people-{count}")
    for name in ("sources", "templates", "bibliography"):
        shutil.copytree(bench.root / name, root / name, ignore=shutil.ignore_patterns("registrations", "returned"))
    folder = root / "sources/registrations"
    folder.mkdir(mode=0o700)
    chance = random.Random(1)
    rows = [
        "Prénom,Nom de famille,Adresse e-mail,Organisation,Pays/Région,Langue,Heure d’inscription,Statut d’approbation"
    ]
    stays = [
        "Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ,Durée (minutes),Invité"
    ]
    for i in range(count):
        given, family = chance.choice(SCRIPTS) + _name(chance), f"{_name(chance)} {_name(chance)}"
        address, language = f"p{i}@example.org", chance.choice(("français", "English", "español", "", ""))
        country = chance.choice(COUNTRIES)
        rows.append(f"{given},{family},{address},Court {i % 99},{country},{language},{DAY} 07:00:00,approuvé")
        stays.append(f"{given} {family},{address},{DAY} 07:5{i % 10}:00,{DAY} 09:1{i % 10}:30,80,Oui")
        stays.append(f"iPhone ({given} {family}),{address},{DAY} 08:4{i % 10}:00,{DAY} 09:45:00,60,Oui")
    (folder / f"{ONE}-inscriptions.csv").write_text("\ufeff" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / f"{ONE}-participants.csv").write_text("\ufeff" + "\n".join(stays) + "\n", encoding="utf-8")
    return root


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SOUNDS, k=chance.randrange(2, 5))).title()
