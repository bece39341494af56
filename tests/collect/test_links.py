"""Links: which addresses and verbs may stay."""

from __future__ import annotations

import pytest

from pipeline.collect import links
from tests.collect.hostile.active import ADDRESSES

GOOD = (
    "https://www.coe.int/en/web/cybercrime", "http://example.org", "HTTPS://Example.ORG/A%20b?q=1&r=%C3%A9#part", "http://127.0.0.1:8080/x",
    "http://[::1]/", "https://例え.jp/パス", "https://example.org/a@b", "mailto:ada@example.org", "mailto:ada@example.org?subject=A%20b&body=c%0D%0Ad",
    "mailto:ada.north+deck@mail.example.org?Subject=x", "tel:+3221234567", "tel:112", "tel:+32-2-123;ext=9",
)  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_a_plain_address_stays(address):
    assert links.is_allowed(address)


@pytest.mark.parametrize("address", ADDRESSES, ids=range(len(ADDRESSES)))
def test_any_other_address_goes(address):
    assert not links.is_allowed(address)


@pytest.mark.parametrize("scheme", sorted(links.SCHEMES))
def test_every_scheme_is_there_for_a_reason(scheme, monkeypatch):
    good = [address for address in GOOD if address.lower().startswith(f"{scheme}:")]
    monkeypatch.setattr(links, "SCHEMES", links.SCHEMES - {scheme})
    assert good
    assert not any(links.is_allowed(address) for address in good)


@pytest.mark.parametrize("field", sorted(links.MAIL_FIELDS))
def test_every_field_of_a_mail_link_is_there_for_a_reason(field, monkeypatch):
    address = f"mailto:ada@example.org?{field}=x"
    assert links.is_allowed(address)
    monkeypatch.setattr(links, "MAIL_FIELDS", links.MAIL_FIELDS - {field})
    assert not links.is_allowed(address)


def test_an_address_beyond_the_limit_goes():
    address = "https://example.org/"
    assert links.is_allowed(address + "x" * (links.LONGEST - len(address)))
    assert not links.is_allowed(address + "x" * (links.LONGEST - len(address) + 1))


@pytest.mark.parametrize("action", sorted(links.SHOWS | links.PLAIN))
def test_the_verbs_of_a_show_stay(action):
    assert links.is_allowed_action(action)
    assert not links.is_allowed_action(f"{action} ")
    assert not links.is_allowed_action(action.upper())


@pytest.mark.parametrize(
    "action", ("", "ppaction://program", "ppaction://macro?name=x", "ppaction://ole?verb=0", "ppaction://hlinkfile")
)
def test_other_verbs_go(action):
    assert not links.is_allowed_action(action)


def test_a_show_of_the_deck_itself_may_be_started_and_no_other():
    assert links.is_allowed_action("ppaction://customshow?id=3&return=true", frozenset(("3",)))
    assert not links.is_allowed_action("ppaction://customshow?id=4", frozenset(("3",)))
