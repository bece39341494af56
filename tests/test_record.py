"""What all records have in common, beside a dataclass of Python's own."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import get_type_hints

import pytest

from pipeline.record import Record


class Town(Record):
    name: str
    people: int = 0
    streets: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Plain:
    name: str
    people: int = 0
    streets: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


def test_a_record_is_what_a_dataclass_is():
    assert is_dataclass(Town)
    assert [(f.name, f.default) for f in fields(Town)] == [(f.name, f.default) for f in fields(Plain)]
    assert get_type_hints(Town) == get_type_hints(Plain)
    given = {"people": 3, "name": "Rome", "secret": "x"}
    assert asdict(Town(**given)) == asdict(Plain(**given))
    assert repr(Town(**given)) == repr(Plain(**given)).replace("Plain", "Town")
    assert "x" not in repr(Town(**given))
    assert replace(Town(**given), people=4) == Town(name="Rome", people=4, secret="x")


def test_records_are_equal_by_their_fields_whatever_the_order_they_were_given_in():
    one, other = Place(name="a", height=1), Place(height=1, name="a")
    assert one == other and hash(one) == hash(other) and {one} == {other}
    assert one != Place(name="a", height=2)
    assert one != Spot(name="a", height=1)
    assert pickle.loads(pickle.dumps(one)) == one


class Place(Record):
    name: str
    height: int


class Spot(Record):
    name: str
    height: int


class Walk(Record):
    steps: tuple[int, ...]

    @cached_property
    def length(self) -> int:
        return sum(self.steps)


def test_what_a_property_keeps_makes_no_difference():
    one, other = Walk(steps=(1, 2)), Walk(steps=(1, 2))
    assert one.length == 3
    assert one == other and hash(one) == hash(other) and repr(one) == repr(other)


def test_two_records_share_no_default():
    assert Town(name="a").streets is not Town(name="b").streets


def test_a_record_stays_as_it_is():
    town = Town(name="Rome")
    with pytest.raises(FrozenInstanceError):
        town.name = "Paris"
    with pytest.raises(FrozenInstanceError):
        del town.name
    assert town.name == "Rome"


@pytest.mark.parametrize("given", [{}, {"people": 1}, {"name": "a", "mayor": "b"}, {"nam": "a"}])
def test_a_field_too_few_or_too_many_is_an_error_that_names_it(given):
    with pytest.raises(TypeError, match="mayor|nam"):
        Town(**given)
