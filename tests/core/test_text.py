"""Text that people type: what no text may hold, what one mail address is, and numbers with their words."""

from __future__ import annotations

from random import Random

import email_validator
import pytest

from pipeline.core.text import (
    Unusable,
    address_key,
    forbidden,
    is_mail_address,
    mail_address,
    number_of,
    one_line,
    printable,
    without_forbidden,
)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800"]
)
def test_a_character_that_no_text_may_hold_is_found_shown_by_its_number_and_removed(character):
    text = f"a{character}b"
    assert forbidden(text) == character
    assert printable(text) == f"a\\u{ord(character):04x}b"
    assert without_forbidden(text) == "ab"


@pytest.mark.parametrize("text", ["م\u200cن", "a\u200db", "\u200fא", "é", "\U0001f33a", "a\u00a0b", "a\u00adb"])
def test_joiners_direction_marks_and_letters_of_every_script_are_allowed(text):
    assert (forbidden(text), printable(text), without_forbidden(text)) == ("", text, text)


def test_line_ends_are_forbidden_unless_they_are_allowed():
    assert forbidden("a\n\tb") == "\n"
    assert forbidden("a\n\tb\r", "\n\t") == "\r"
    assert without_forbidden("a\n\tb\r", "\n\t") == "a\n\tb"


def test_a_text_on_one_line_has_no_character_that_nobody_sees():
    assert one_line(" Zoe\u0308\u00a0\u200b Ñ\r\nandú\ufeff ") == "Zoë Ñ andú"
    assert one_line("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ana.B+talk@Example.ORG\u00a0", "Ana.B+talk@example.org"),
        ("ana@müller.example", "ana@xn--mller-kva.example"),
        ("用户@example.org", "用户@example.org"),
        ("office@ministry.invalid", "office@ministry.invalid"),
        ("office@mail.test", "office@mail.test"),
    ],
)
def test_one_mail_address_is_returned_with_its_domain_in_ascii(text, address):
    assert mail_address(text) == address
    assert is_mail_address(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no mail address"),
        ("ana at example", "no mail address"),
        ("a@example.org, b@example.org", "more than one plain mail address"),
        ("Ana <ana@example.org>", "more than one plain mail address"),
        ("ana@example", "not a mail address: The part after the @-sign is not valid. It should have a period"),
        ("ana@example.org\r\nBcc: x@example.net", "the mail address contains a control character"),
    ],
)
def test_what_is_not_one_mail_address_is_refused_with_the_reason(text, reason):
    with pytest.raises(Unusable) as error:
        mail_address(text)
    assert str(error.value).startswith(reason)
    assert not is_mail_address(text) and address_key(text) == ""


def test_two_spellings_of_one_address_have_one_key():
    assert address_key("Zoe@Example.org ") == address_key("zoe@example.org") == "zoe@example.org"


def test_a_number_stands_with_its_word():
    assert [number_of(count, "person", "people") for count in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    assert number_of(2, "row") == "2 rows"


@pytest.mark.parametrize("seed", range(5))
def test_an_address_is_read_as_email_validator_reads_it(seed):
    random, read = Random(seed), 0
    for _ in range(200):
        local, domain = ("".join(random.choices("aZ09.-_+", k=random.randint(1, 12))) for _ in range(2))
        address = f"{local}@{domain}.{random.choice(['org', 'ORG', 'x1', 'museum'])}"
        try:
            found = email_validator.validate_email(address, strict=True, check_deliverability=False)
        except email_validator.EmailNotValidError:
            assert not is_mail_address(address), address
        else:
            assert mail_address(address) == f"{found.local_part}@{found.ascii_domain}"
            read += 1
    assert 5 < read < 195  # some of both


@pytest.mark.parametrize("address", [f"{'a' * 65}@example.org", f"a@{'b' * 64}.org", "a@" + "b." * 130 + "org"])
def test_an_address_that_is_too_long_for_mail_is_refused(address):
    assert not is_mail_address(address)
