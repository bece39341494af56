"""Lists of recipients under the headers and in the forms that people use."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.core.problems import SourceError
from pipeline.core.text import Unusable, mail_address, typed_address
from pipeline.mail.recipients import participants, speakers

FOLDER = Path("sources/registrations")
CASE = Path(__file__).parent / "cases/m01-recipients.csv"


def workbook(*sheets: list[list[object]], merged: str = "") -> bytes:
    """Return a workbook with these rows in its worksheets."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def listed(root: Path, content: str | bytes, name: str = "talk-recipients.csv") -> list[tuple[str, str]]:
    """Return name and address of everybody in a list with this content."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    (root / FOLDER / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(one.name, one.address) for one in participants(root, "talk")[0]]


def test_a_name_with_its_address_and_a_link_to_it_are_read(tmp_path):
    assert listed(tmp_path, CASE.read_bytes()) == [
        ("José Núñez", "josé@example.org"),
        ("Mailto", "m@example.org"),
        ("Angle", "angle@example.org"),
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ana Lima <ana@example.org>", ("Ana Lima", "ana@example.org")),
        ('"Lima, Ana" <mailto:ana@example.org>', ("Lima, Ana", "ana@example.org")),
        ("<ana@example.org>;", ("", "ana@example.org")),
        ("MAILTO: ana@example.org?subject=x", ("", "ana@example.org")),
        (" ana@example.org\u00a0", ("", "ana@example.org")),
        ("ana@example.org, bo@example.org", ("", "ana@example.org, bo@example.org")),
        ("ana <ana@example.org>, bo <bo@example.org>", ("", "ana <ana@example.org>, bo <bo@example.org>")),
        ("ana\x1b@example.org", ("", "ana\x1b@example.org")),
        ("ana at example.org", ("", "ana at example.org")),
    ],
)
def test_one_address_is_read_in_any_dress_and_nothing_else_is_changed(typed, read):
    assert typed_address(typed) == read


@pytest.mark.parametrize(
    "header",
    ["Nome;E-mail", "Nom;Courriel", "Nombre;Correo", "Name;Address", "Nom;Adresse", "Nombre y apellidos;Dirección",
     "Name;E-Mail-Adresse", "Nome e cognome;Indirizzo e-mail", "Full name;Mail", "NOM;ADRESSE ÉLECTRONIQUE"],
)  # fmt: skip
def test_the_usual_headers_are_known_in_every_language(tmp_path, header):
    assert listed(tmp_path, f"{header}\nAna Lima;ana@example.org\n") == [("Ana Lima", "ana@example.org")]


@pytest.mark.parametrize("header", ["Prénom;Nom;Courriel", "Nome;Cognome;E-mail", "First Name;Last Name;Email;Address"])
def test_two_halves_of_a_name_become_one(tmp_path, header):
    street = ";1 High Street" * header.count("Address")
    assert listed(tmp_path, f"{header}\nAna;Lima;ana@example.org{street}\n") == [("Ana Lima", "ana@example.org")]


def test_contacts_of_outlook_and_google_are_read(tmp_path):
    outlook = "First Name,Middle Name,Last Name,E-mail Address,Notes\nAna,,Lima,ana@example.org,\n"
    google = "Name,Given Name,Family Name,E-mail 1 - Value\nAna Lima,Ana,Lima,ana@example.org\n"
    for text in (outlook, google):
        assert listed(tmp_path, text) == [("Ana Lima", "ana@example.org")]


@pytest.mark.parametrize("address", ["ana @example.org", "ana lima@example.org", "ana@ example.org"])
def test_a_space_in_an_address_is_named(address):
    with pytest.raises(Unusable, match="the mail address contains a space"):
        mail_address(address)


def test_addresses_alone_are_enough_and_a_title_above_the_header_is_passed_over(tmp_path):
    assert listed(tmp_path, "E-mail\nana@example.org\n") == [("", "ana@example.org")]
    text = "Seminar of March;;\n\nNom;Courriel;\nAna;ana@example.org;\n"
    assert listed(tmp_path, text) == [("Ana", "ana@example.org")]


def test_a_workbook_is_read_as_the_same_list_would_be(tmp_path):
    rows = [["Seminar of March"], [], ["Nom", "Courriel"], ["Ana Ñandú", "ana@example.org"], [None, "bo@example.org"]]
    content = workbook(rows, [], merged="A1:B1")
    people = [("Ana Ñandú", "ana@example.org"), ("", "bo@example.org")]
    assert listed(tmp_path, content, "talk-recipients.xlsx") == people
    (tmp_path / FOLDER / "talk-recipients.xlsx").unlink()
    assert listed(tmp_path, content) == people  # under the ending of another kind of file


def test_a_workbook_of_speakers_is_read(tmp_path):
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "speakers.xlsx").write_bytes(workbook([["Speaker", "E-mail"], ["ben", "ben@example.org"]]))
    place = f"{FOLDER}/speakers.xlsx:2"
    assert speakers(tmp_path, ["ben"]) == {"ben": ("ben@example.org", place)}


def test_two_lists_of_one_seminar_are_a_problem(tmp_path):
    listed(tmp_path, "Name,Email\nAna,ana@example.org\n")
    with pytest.raises(SourceError, match="there is `talk-recipients.xlsx` too; delete the one that is not meant"):
        listed(tmp_path, workbook([["Name", "Email"]]), "talk-recipients.xlsx")


HEADER = ["Name", "Email"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            workbook([HEADER, ["Ana", "a@b.org"]], [HEADER]),
            r":1: this Excel file has several worksheets \(`Sheet 0`, `Sheet 1`",
        ),
        (
            workbook([HEADER, ["=A1&B1", "a@b.org"]]),
            ":2: the cell A2 has a formula; copy its column and paste it as values",
        ),
        (workbook([HEADER, ["Ana", "#N/A"]]), ":2: the cell B2 has an error"),
        (workbook([["x"] * 501]), ":1: this Excel file has more than 100000 rows or 500 columns"),
        (workbook([]), ":1: the columns are not recognised"),
        (workbook([HEADER])[:300], ":1: this Excel file is damaged"),
        (b"\xd0\xcf\x11\xe0rest", ":1: this is an old Excel file or has a password; save it as .xlsx"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_named_with_its_cure(tmp_path, content, said):
    with pytest.raises(SourceError, match=f"talk-recipients.xlsx{said}"):
        listed(tmp_path, content, "talk-recipients.xlsx")


def test_dates_and_numbers_of_a_workbook_are_text(tmp_path):
    row = ["Ana", "a@b.org", datetime(2020, 7, 9, 8), 12.0, True, 0.5]
    assert listed(tmp_path, workbook([[*HEADER, "a", "b", "c", "d"], row]), "talk-recipients.xlsx") == [
        ("Ana", "a@b.org")
    ]
