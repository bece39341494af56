"""The outbox of a built series: every part of every message, in the seminar's language, and who is not written to."""

from __future__ import annotations

import csv
import io
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from lxml import html

from pipeline.build.check import read
from pipeline.cli.mail import outbox
from pipeline.core.problems import SourceError
from pipeline.workflows import letters
from tests.conftest import build_here, run_here, said

LISTS, LIST = "sources/registrations", "harbour-en-recipients.csv"


def write(root: Path, seminar: str = "harbour-en") -> tuple[list[str], int]:
    return said(outbox, seminar, root=root, output=root / "output")


def register(root: Path, rows: str, seminar: str = "harbour-en") -> None:
    (root / LISTS / f"{seminar}-recipients.csv").write_text(f"name,address\n{rows}", encoding="utf-8")


def speak(root: Path, rows: str) -> None:
    (root / LISTS / "speakers.csv").write_text(f"speaker,address\n{rows}", encoding="utf-8")


def mails(root: Path, seminar: str = "harbour-en") -> list:
    place = root / "output" / seminar / "outbox"
    return [message_from_bytes(path.read_bytes(), policy=SMTP) for path in sorted(place.glob("*.eml"))]


def parts(message) -> tuple[str, html.HtmlElement, dict[str, bytes]]:
    """Return a message's text, its page, and its attachments by name."""
    text, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    files = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    return text, html.document_fromstring(page), files


@pytest.mark.parametrize("seminar", ["harbour-en", "tal-ar"])
def test_a_participant_gets_text_page_calendar_and_package_in_the_seminars_language(project, seminar):
    register(project, "Ana,ana@example.org\n", seminar)
    assert write(project, seminar)[1] == 0
    series = read(project)
    locale = series.locales[series.seminars[seminar].language]
    (message,) = mails(project, seminar)
    text, page, files = parts(message)
    assert message["Content-Language"] == locale.tag
    assert (page.get("lang"), page.get("dir")) == (locale.tag, locale.direction)
    assert message["Subject"] == page.findtext(".//title")
    package = (project / "output" / f"{seminar}.zip").read_bytes()
    calendar = next((project / "output" / seminar / "package").glob("*.ics"))
    assert files == {calendar.name: calendar.read_bytes(), f"{seminar}.zip": package}
    shown = " ".join(page.find("body").text_content().split())
    for word in ("mail_package", "mail_calendar", "mail_contact", "mail_regards", "factsheet", "bibliography"):
        expected = locale.words[word]
        assert expected in text and " ".join(expected.split()) in shown, word
    assert series.seminars[seminar].title in text


@pytest.mark.parametrize("seminar", ["harbour-en", "tal-ar"])
def test_text_and_page_say_the_same(project, seminar):
    register(project, "Ana,ana@example.org\n", seminar)
    speak(project, "ben-south,ben@example.org\n")
    write(project, seminar)
    for message in mails(project, seminar):
        text, page, _ = parts(message)
        blocks = [" ".join(b.text_content().split()) for b in page.iter("p", "li")]
        assert blocks == [" ".join(line.removeprefix("– ").split()) for line in text.splitlines() if line]


def test_a_registration_link_can_be_followed(project):
    register(project, "Ana,ana@example.org\n")
    write(project)
    text, page, _ = parts(mails(project)[0])
    link = "https://example.org/register?a=1&b=2"
    assert [a.get("href") for a in page.iter("a")] == [link] and link in text


def test_a_speaker_gets_the_deck_and_a_calendar_entry(project):
    speak(project, "ben-south,ben@example.org\ndora-west,dora@example.org\n")
    lines, code = write(project)
    assert code == 0 and "  no message: no address in speakers.csv: cleo-east" in lines
    ben, dora = mails(project)
    text, _, files = parts(ben)
    deck = next((project / "output/harbour-en/speakers/ben-south").glob("*.pptx"))
    assert files[deck.name] == deck.read_bytes() and len(files) == 2
    lines = text.splitlines()
    assert (lines[0], lines[-2:]) == ("Dear Ben South,", ["", "First Host"])
    assert dora["To"].addresses[0].addr_spec == "dora@example.org"


def test_a_person_signs_with_function_hosts_and_contact(project):
    path = project / "sources/series.yaml"
    lines = "contact: desk@example.org\nsigned_by: {name: Eve Hill, function: {en: Head of Unit, ar: رئيسة الوحدة}}\n"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    build_here(project, "harbour-en")
    register(project, "Ana,ana@example.org\n")
    speak(project, "ben-south,ben@example.org\n")
    write(project)
    signed = ["Eve Hill", "Head of Unit", "First Host", "desk@example.org"]
    for message in mails(project):
        text, page, _ = parts(message)
        assert "\n\n" + "\n".join(signed) + "\n" in text.replace("\r\n", "\n")
        assert signed in [[*paragraph.itertext()] for paragraph in page.iter("p")]


def test_the_note_of_a_seminar_that_may_move_follows_the_salutation(project):
    path = project / "sources/seminars/harbour-en.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "status: tentative\n", encoding="utf-8")
    build_here(project, "harbour-en")
    speak(project, "ben-south,ben@example.org\n")
    write(project)
    text, _, _ = parts(mails(project)[0])
    note = read(project).locales["en"].words["tentative_note"]
    assert text.splitlines()[:3] == ["Dear Ben South,", "", note]


def test_a_speaker_whose_presentation_has_come_back_is_not_asked_again(project):
    speak(project, "ben-south,ben@example.org\ndora-west,dora@example.org\n")
    place = project / "sources/presentations/harbour-en/ben-south.pptx"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"accepted")
    lines, _ = write(project)
    assert "  no message: the presentation has come back: ben-south" in lines
    assert [mail["To"].addresses[0].addr_spec for mail in mails(project)] == ["dora@example.org"]


def test_a_file_keeps_its_name_in_one_piece(project):
    speak(project, "ben-south,ben@example.org\n")
    write(project)
    (path,) = (project / "output/harbour-en/outbox").glob("*.eml")
    assert b"filename*" not in path.read_bytes()


def test_the_same_sources_give_the_same_bytes(project):
    register(project, "Ana,ana@example.org\nBo,bo@example.org\n")
    speak(project, "ben-south,ben@example.org\n")
    write(project)
    place = project / "output/harbour-en/outbox"
    first = {path.name: path.read_bytes() for path in place.iterdir()}
    write(project)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == first


def test_only_their_owner_can_read_outbox_and_log(project):
    register(project, "Ana,ana@example.org\n")
    write(project)
    place = project / "output/harbour-en/outbox"
    assert place.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in place.iterdir()} == {0o600}
    from pipeline.mail.log import opened

    with opened(project / LISTS):
        pass
    assert (project / LISTS / "mail.sqlite").stat().st_mode & 0o777 == 0o600


def test_whoever_stands_in_the_list_twice_gets_one_message(project):
    register(project, "Ana,ana@example.org\nA. N.,  ANA@Example.org \n")
    lines, code = write(project)
    assert len(mails(project)) == 1 and code == 0
    place = project / "output/harbour-en/outbox"
    assert lines[0] == f"1 message in {place}: to 0 speakers and 1 participant; nothing was sent"
    assert "  listed twice, and get only one message: 1 person" in lines


def test_whoever_cannot_be_written_to_is_named_by_line_and_stands_in_the_table(project):
    register(project, '"=?UTF-8?Q?=0A?=Bcc: é",evil@example.org\n"=1+1",sum@example.org\nBo,"b@x.org, c@x.org"\n')
    lines, code = write(project)
    place = f"{LISTS}/harbour-en-recipients.csv"
    assert code == 1 and "evil" not in "".join(lines)
    assert f"  no message: {place}:2: the characters =?, which mail programs decode" in lines
    assert f"  no message: {place}:4: more than one plain mail address: `b@x.org, c@x.org`" in lines
    table = (project / "output/harbour-en/outbox/outbox.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["name"] for row in rows] == ["\t=?UTF-8?Q?=0A?=Bcc: é", "\t=1+1", "Bo"]
    assert [bool(row["not written because"]) for row in rows] == [True, False, True]


def test_a_large_package_is_linked_or_asked_for_but_not_attached(project, monkeypatch):
    package = project / "output/harbour-en.zip"
    with package.open("ab") as file:
        file.truncate(letters.ATTACHED_UP_TO + 1)
    register(project, "Ana,ana@example.org\n")
    assert "the package is too large to be attached" in " ".join(write(project)[0])
    text, _, files = parts(mails(project)[0])
    assert read(project).locales["en"].words["mail_too_large"] in text
    assert [name.rpartition(".")[2] for name in files] == ["ics"]
    monkeypatch.setenv("SEMINAR_SMTP_PACKAGES", "https://example.org/packages")
    write(project)
    text, page, _ = parts(mails(project)[0])
    assert "https://example.org/packages/harbour-en.zip" in text
    assert "https://example.org/packages/harbour-en.zip" in [a.get("href") for a in page.iter("a")]


TOO_MANY = "this row has more cells than the first; put the name in quotes"


@pytest.mark.parametrize("header", ["name,address", "Name,Address", "E-mail,NAME", "nr,Mail,remark,Name", "EMAIL,name"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_as_a_spreadsheet_saves_it(project, header, separator, encoding):
    cells = {"name": '"Ñandú, Zoë"', "nr": "1", "remark": ""}
    row = ",".join(cells.get(column.lower(), "zoe@example.org") for column in header.split(","))
    text = f"{header}\n{row}\n\n".replace(",", separator).replace(f"Ñandú{separator}", "Ñandú,").replace("\n", "\r\n")
    (project / LISTS / "harbour-en-recipients.csv").write_bytes(text.encode(encoding))
    lines, code = write(project)
    assert code == 0
    place = f"  {LISTS}/harbour-en-recipients.csv:1: not UTF-8 (line 2); read as Western European: check the accents"
    assert any(line.startswith(place) for line in lines) == (encoding == "cp1252")
    (mail,) = mails(project)
    assert [(to.display_name, to.addr_spec) for to in mail["To"].addresses] == [("Ñandú, Zoë", "zoe@example.org")]


def test_a_list_of_speakers_is_read_as_a_spreadsheet_saves_it(project):
    (project / LISTS / "speakers.csv").write_bytes("Speaker;E-Mail\nben-south;ben@example.org\n".encode("utf-16"))
    assert write(project)[1] == 0
    assert [mail["To"].addresses[0].addr_spec for mail in mails(project)] == ["ben@example.org"]


def test_whoever_does_not_speak_may_stand_in_the_list_of_speakers_and_gets_no_mail(project):
    speak(project, "ada-north,ada@example.org\nben-south,ben@example.org\n")
    lines, code = write(project)
    assert code == 0
    assert "  no message: in speakers.csv, but speaks in no seminar (only speakers get mails): ada-north" in lines
    assert [mail["To"].addresses[0].addr_spec for mail in mails(project)] == ["ben@example.org"]


def test_what_is_no_address_is_shown(project):
    register(project, "Ana,ana at example\nBo,\nCleo,cleo\x1b[1m@example.org\n")
    lines, code = write(project)
    assert code == 1
    place = f"{LISTS}/harbour-en-recipients.csv"
    assert f"  no message: {place}:2: no mail address: `ana at example`" in lines
    assert any(line.startswith(f"  no message: {place}:4: ") and "`cleo\\u001b[1m@example" in line for line in lines)
    assert f"  no message: {place}:3: no mail address" in lines


@pytest.mark.parametrize(
    "name",
    [LIST.replace("-r", "_r"), LIST.replace("h", "H", 1), LIST.replace("csv", "xls"), "harbour-en recipient.csv"],
)
def test_a_list_of_recipients_with_another_name_stops_the_outbox_of_its_seminar(project, name):
    (project / LISTS / name).write_text("name,address\nAna,ana@example.org\n", encoding="utf-8")
    fix = "save it as `harbour-en-recipients.csv` or `.xlsx`"
    problem = f"{LISTS}/{name}:1: this list of recipients is not used, since its name is another; {fix}"
    with pytest.raises(SourceError) as error:
        write(project)
    assert str(error.value) == problem
    speak(project, "ben-south,ben@example.org\n")
    assert write(project, "tal-ar")[1] == 0  # another seminar's
    assert run_here("registrations", "--root", str(project)).stdout == f"{problem}\n"


def test_a_list_of_recipients_that_is_nobodys_is_named(project):
    (project / LISTS / "harbor-en-recipients.csv").write_text("name,address\n", encoding="utf-8")
    (project / LISTS / "recipients.csv").write_text("name,address\n", encoding="utf-8")
    lines, _ = write(project)
    why = "this list of recipients is not used, since its name begins with no seminar"
    assert f"  {LISTS}/harbor-en-recipients.csv:1: {why}; did you mean `harbour-en-recipients.csv`?" in lines
    assert f"  {LISTS}/recipients.csv:1: {why}; name it like `africa-fr-recipients.csv`" in lines


def test_beside_the_list_that_is_used_another_one_stops_nothing(project):
    register(project, "Ana,ana@example.org\n")
    (project / LISTS / "harbour-en-recipients-old.csv").write_text("name,address\n", encoding="utf-8")
    lines, code = write(project)
    assert code == 0
    assert any("recipients-old.csv:1: this list of recipients is not used" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("speakers.csv", "speaker,address\nben-sout,b@example.org\n", "speakers.csv:2: no such speaker; did you mean"),
        ("speakers.csv", "who,address\nben-south,b@example.org\n", "speakers.csv:1: the columns are not recognised"),
        ("speakers.csv", "speaker,address\nben-south\nben-south\n", "speakers.csv:3: `ben-south` is listed twice"),
        (LIST, "name;address\nSouth; Ana;a@b.org\n", f"{LIST}:2: {TOO_MANY}"),
        (LIST, "name,address\nSouth, Ana,a@b.org\n", f"{LIST}:2: {TOO_MANY}"),
        (LIST, 'name,address\n"Ana,a@b.org\n', f"{LIST}:1: the quotation marks from line 2 on do not match"),
        (LIST, "name,Mail,Email\n", f"{LIST}:1: two columns mean `address`; rename the one that is not meant"),
        (LIST, "PK\3\4", f"{LIST}:1: this Excel file is damaged or has a password; save it again as .xlsx"),
        (LIST, "Nimi;Osoite\nAna;a@b.org\n", f"{LIST}:1: the columns are not recognised; write `name`, `address`"),
        (LIST, "Ana;a@b.org\n", f"{LIST}:1: the columns are not recognised; write `name`, `address`"),
        (LIST, "User name;Nom complet;Courriel\nAna;B;a@b.org\n", f"{LIST}:1: two columns mean `name`"),
        (LIST, "", f"{LIST}:1: the columns are not recognised; write `name`, `address` into the first line"),
    ],
)
def test_a_faulty_list_stops_everything_and_names_its_line(project, name, text, message):
    (project / LISTS / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        write(project)
    assert message in str(error.value)


def test_without_a_package_there_is_no_outbox(miniature):
    register_folder = miniature / LISTS
    register_folder.mkdir()
    register(miniature, "Ana,ana@example.org\n")
    with pytest.raises(SourceError) as error:
        write(miniature)
    assert "has not been built; type `make harbour-en` first" in str(error.value)


def test_a_build_leaves_the_outbox_alone(project):
    register(project, "Ana,ana@example.org\n")
    write(project)
    before = {path.name: path.read_bytes() for path in (project / "output/harbour-en/outbox").iterdir()}
    texts = project / "sources/texts/en.yaml"
    texts.write_text(texts.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert build_here(project).returncode == 0
    assert {path.name: path.read_bytes() for path in (project / "output/harbour-en/outbox").iterdir()} == before
