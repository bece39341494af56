"""Participants are those of the desk's list where there is one, else the approved registrations of Zoom's exports."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP

import pytest

from pipeline.cli.mail import outbox
from pipeline.core.problems import SourceError
from tests.conftest import said

HEADER = "First Name,Last Name,Email,Organization,Country,Registration Time,Approval Status"
ROWS = (
    "Zoë,Ñandú,Zoe.N@Example.org,Court,Mali,,approved",
    "Zoë,Ñandú,zoe.n@example.org,Court,Mali,,approved",
    "Ana,Lima,ana@example.org,Court,Peru,,pending",
    "Bo,New,bo@example.org,Court,Peru,,denied",
    "Cleo,Quay,,Court,Chile,,approved",
    "Dora,Pier,,Court,Niger,,approved",
)


@pytest.fixture
def write(project):
    """Write the outbox of the seminar at the harbour; return exit code, lines and recipients as the heads have them."""

    def write_it(*rows: str, listed: str = ""):
        folder = project / "sources/registrations"
        (folder / "harbour-en_registration.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        if listed:
            (folder / "harbour-en-recipients.csv").write_text(f"name,address\n{listed}", encoding="utf-8")
        lines, code = said(outbox, "harbour-en", root=project, output=project / "output")
        mails = sorted((project / "output/harbour-en/outbox").glob("*.eml"))
        heads = [message_from_bytes(path.read_bytes(), policy=SMTP)["To"].addresses[0] for path in mails]
        return code, lines, [(head.display_name, head.addr_spec) for head in heads]

    return write_it


def test_the_approved_get_one_mail_each_and_whoever_gets_none_is_told(write):
    code, lines, to = write(*ROWS)
    assert to == [("Zoë Ñandú", "Zoe.N@example.org")]  # the part before the @ as it was typed
    assert code == 1
    assert "  the participants are those of Zoom's exports: 3 approved registrations" in lines
    assert "  pending, so no mail is sent to them yet: 1 registration" in lines
    place = "sources/registrations/harbour-en_registration.csv"
    for line in (6, 7):  # two people without an address are two
        assert f"  no message: {place}:{line}: no mail address" in lines
    assert not any("Ñandú" in line or "example.org" in line for line in lines)


def test_the_desks_list_decides_alone_and_says_how_many_it_leaves_out(write):
    code, lines, to = write(*ROWS[:3], "Eve,Dock,eve@example.org,,,,approved", listed="Zoë,zoe.n@example.org\n")
    assert (code, to) == (0, [("Zoë", "zoe.n@example.org")])
    assert "  the participants are those of harbour-en-recipients.csv: 1 approved registration is not in it" in lines


def test_an_office_with_one_mailbox_gets_one_mail(write):
    rows = ("Ana,Lima,embassy@example.org,,,,approved", "Bo,New,embassy@example.org,,,,approved")
    code, lines, to = write(*rows)
    assert (code, len(to)) == (0, 1)
    assert any("listed twice" in line for line in lines)


def test_an_export_that_cannot_be_read_whole_makes_no_outbox(write, project):
    with pytest.raises(SourceError, match=":3: this line has more cells than the header"):
        write(ROWS[0], "Ana,Lima,ana@example.org,Court,Peru,,approved,more")
    assert not (project / "output/harbour-en/outbox").exists()


def test_who_only_joined_has_registered_for_nothing_and_gets_no_mail(write, project):
    joined = "Name,Email,Join Time,Leave Time\nZoë,zoe@example.org,2021-03-01 22:30,2021-03-01 23:30"
    (project / "sources/registrations/harbour-en_1.csv").write_text(joined, encoding="utf-8")
    (project / "sources/registrations/harbour-en_registration.csv").unlink(missing_ok=True)
    lines, _ = said(outbox, "harbour-en", root=project, output=project / "output")
    assert lines[0].startswith("0 messages")


def test_a_file_that_might_be_an_export_and_is_nobodys_is_named(write, project):
    (project / "sources/registrations/harbor-en.csv").write_text("x", encoding="utf-8")
    _, lines, _ = write(ROWS[0])
    assert any("harbor-en.csv:1: the name of this file begins with no seminar" in line for line in lines)
