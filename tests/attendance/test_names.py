"""Names come as a whole, as two halves or as one half; who has only a half is never taken for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attendance.zoom import messages, read

CASES = Path(__file__).parent / "cases"


def names(found) -> list[str]:
    return [person.name for person in found.people]


@pytest.mark.parametrize("case", ["half-names-fr", "half-names-es"])
def test_a_bare_name_beside_one_half_is_the_other_half(tmp_path, case):
    found = read(tmp_path, (CASES / f"{case}.csv").read_bytes())
    assert (names(found), messages(found), found.people[0].approval) == (["Awa Diop"], [], "approved")


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Prénom", "Nom"),
        ("Prénom(s)", "NOM"),
        ("Nombre", "Apellidos"),
        ("Nome", "Cognome"),
        ("Nome", "Sobrenome"),
        ("Nome", "Apelido"),
        ("Vorname", "Name"),
        ("First Name", "Name"),
        ("Name", "Surname"),
        ("Nombres", "Apellidos"),
        ("First names", "Surnames"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_two_halves_are_known_in_every_language_and_order(tmp_path, given, family, order):
    header, row = (";".join(pair[::order]) for pair in ((given, family), ("Awa", "Diop")))
    found = read(tmp_path, f"{header};E-mail\n{row};awa@example.org\n")
    assert (names(found)[0], messages(found)) == ("Awa Diop", [])


def test_a_bare_name_that_contains_the_half_beside_it_is_the_whole_name(tmp_path):
    rows = "Prénom,Nom,Courriel\nAwa,Awa Diop,awa@example.org\nZoë,ZOE Ñandú,zoe@example.org\n,Bo,bo@example.org\n"
    assert names(read(tmp_path, rows)) == ["Awa Diop", "ZOE Ñandú", "Bo"]
    assert names(read(tmp_path, rows + "Madonna,Madonna,m@example.org\n"))[-1] == "Madonna"
    mixed = rows + "Ana,Lima,ana@example.org\n"
    assert names(read(tmp_path, mixed))[-1] == "Ana Lima"


def test_a_bare_name_alone_is_the_whole_name(tmp_path):
    assert names(read(tmp_path, "Nom;Courriel\nAwa Diop;awa@example.org\n")) == ["Awa Diop"]


def test_a_column_of_whole_names_is_enough_beside_one_half(tmp_path):
    found = read(tmp_path, "First Name,Full Name,Email\nAwa,Awa Diop,awa@example.org\n")
    assert (names(found), messages(found)) == (["Awa Diop"], [])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "Prénom,Nom de jeune fille,Courriel",
            "`Prénom`; the other half may be `Nom de jeune fille`; call its column `Last Name`",
        ),
        ("Given,Last Name,Email", "`Last Name`; the other half may be `Given`; call its column `First Name`"),
        ("Vorname,Rufname,E-Mail", "`Vorname`; the other half may be `Rufname`; call its column `Last Name`"),
        ("Nombres,Guest,Correo", "`Nombres`; export it again with the other half, or add a column `Last Name`"),
        (
            "First Name,User Name,Email",
            "`First Name`; export it again with the other half, or add a column `Last Name`",
        ),
    ],
)
def test_a_half_without_its_other_half_is_a_problem_that_names_the_column(tmp_path, header, said):
    found = read(tmp_path, f"Meeting report\n\n{header}\nAwa,Diop,awa@example.org\n")
    problem = f"harbour-en-0.csv:3: only one half of each name is read, {said}"
    assert [str(each) for each in found.problems] == [problem]


@pytest.mark.parametrize(
    ("header", "cells", "approval", "unknown"),
    [
        ("Statut", ("refusé", "approuvé"), ("denied", "approved"), False),
        ("Estado", ("Jalisco", "Oaxaca"), ("approved", "approved"), True),
        ("Estado", ("aprobado", "pendiente"), ("approved", "pending"), False),
        ("Stato", ("rifiutato", "in attesa"), ("denied", "pending"), False),
    ],
)
def test_a_status_counts_if_its_cells_say_so(tmp_path, header, cells, approval, unknown):
    rows = "".join(f"P{i} Q,p{i}@example.org,{cell}\n" for i, cell in enumerate(cells))
    found = read(tmp_path, f"Name,Email,{header}\n{rows}")
    assert tuple(person.approval for person in found.people) == approval
    assert any("unknown, and not read" in message for message in messages(found)) == unknown
