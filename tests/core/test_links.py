"""Links of the sources: they lead only to where they say, and mail links fill in a subject at most."""

from __future__ import annotations

import pytest

from pipeline.core.links import WEB, fault_of_link


@pytest.mark.parametrize(
    "address",
    [
        "https://www.coe.int/en/web/cybercrime",
        "HTTP://example.org:8080/a@b?q=a@b#c@d",
        "https://zoom.us/webinar/register/WN_a-b_c?x=%20%C3%A9",
        "https://例え.jp/パス",
        "https://[2001:db8::1]/",
        "mailto:office@example.org",
        "mailto:office@example.org?subject=Registration%20in%20March",
    ],
)
def test_a_plain_address_has_no_fault(address):
    assert fault_of_link(address) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.un.org@other.example/", "leads to `other.example`"),
        ("https://user:word@example.org/", "leads to `example.org`"),
        ("https://www.un.org%40x@other.example/", "leads to `other.example`"),
        ("https://www.un.org\\@other.example/", "contains `\\`, which no address has"),
        ("https://", "has no host"),
        ("https:///path", "has no host"),
        ("https:example.org", "cannot be used"),
        ("https://exa mple.org", "contains U+0020"),
        ("https://example.org/\u202egpj", "contains U+202E"),
        ("https://example.org/a%0d%0ab", "contains a control character"),
        ("https://[::1", "is no web address"),
        ("javascript:alert(1)", "cannot be used"),
        ("JavaScript://example.org/%0aalert(1)", "cannot be used"),
        ("data:text/html,x", "cannot be used"),
        ("file:///etc/passwd", "cannot be used"),
        ("//example.org", "cannot be used"),
        ("ftp://example.org", "cannot be used"),
        ("www.example.org", "cannot be used"),
        ("", "cannot be used"),
        ("mailto:office@example.org?bcc=x@example.org", "fills in `bcc`"),
        ("mailto:office@example.org?subject=a&CC=x@example.org", "fills in `CC`"),
        ("mailto:office@example.org?body=hello", "fills in `body`"),
        ("mailto:office@example.org?attach=/etc/passwd", "fills in `attach`"),
        ("mailto:office@example.org?subject=a%0d%0aBcc:x", "contains a control character"),
        ("mailto:office@example.org,x@example.org", "has not one mail address"),
        ("mailto:office@example.org%2Cx@example.org", "has not one mail address"),
        ("mailto:", "has not one mail address"),
        ("https://example.org/" + "a" * 2_000, "has 2,020 characters"),
    ],
)
def test_any_other_address_is_refused_with_its_reason(address, said):
    message, fix = fault_of_link(address) or ("", "")
    assert said in message and fix


def test_a_place_for_web_addresses_takes_no_mail_address():
    message, fix = fault_of_link("mailto:office@example.org", WEB) or ("", "")
    assert fix == "begin the address with https://"
