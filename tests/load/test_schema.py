"""The JSON Schemas by which an editor completes keys fit the model, and every YAML file of the project fits them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from pipeline.load.schema import FILES, schemas
from tests.conftest import MINIATURE, ROOT

SCHEMAS = ROOT / "sources/schema"
REAL = sorted(path for folder in ("sources", "templates") for path in (ROOT / folder).rglob("*.yaml"))
INVENTED = sorted(MINIATURE.rglob("*.yaml"))
BY_FOLDER = {"seminars": "seminar", "people": "person", "texts": "texts", "locales": "locale", "sources": "series"}


class Editor(yaml.CSafeLoader):
    """Reads YAML as editors do (the core schema of YAML 1.2): numbers, true and null are no text, 22:30 and NO are."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern in {
    "null": "~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), None)


def faults(text: str, name: str) -> list[str]:
    """Return what a schema finds wrong in a YAML text, as an editor would show it."""
    validator = Draft7Validator(json.loads(schemas()[f"{name}.json"]))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(yaml.load(text, Loader=Editor))]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_are_as_make_schema_would_write_them(name):
    assert (SCHEMAS / name).read_text(encoding="utf-8") == schemas()[name], "run `make schema`"


def test_there_is_no_other_schema():
    assert {path.name for path in SCHEMAS.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one_itself(name):
    Draft7Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("path", REAL, ids=shown)
def test_every_yaml_file_names_its_schema_first_and_fits_it(path):
    text = path.read_text(encoding="utf-8")
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert found, "the first line names no schema"
    schema = (path.parent / found[1]).resolve()
    assert schema.parent == SCHEMAS
    assert schema.exists()
    assert faults(text, schema.stem) == []


@pytest.mark.parametrize("path", INVENTED, ids=shown)
def test_the_files_of_the_miniature_fit_too(path):
    assert faults(path.read_text(encoding="utf-8"), BY_FOLDER[path.parent.name]) == []


SEMINAR = """
title: Seminar at the pier
language: en
region: africa
date: 2021-03-03
start: 10:00
end: "11:00"
edition: "2"
registration:
chair: ada-north
segments:
  - search
  - segment: sharing
    speakers: [ben-south, {person: cleo-east, confirmed: no}]
"""


def test_short_forms_quotes_and_empty_keys_are_allowed():
    assert faults(SEMINAR, "seminar") == []
    assert faults(SEMINAR.replace("region: africa", "region: [africa, lac]"), "seminar") == []


@pytest.mark.parametrize(
    "typed, instead, place",
    [
        ("title: Seminar at the pier", "titel: Seminar at the pier", "$"),
        ("title: Seminar at the pier", "title: [Seminar, pier]", "$.title"),
        ("language: en", "", "$"),
        ("region: africa", "region: {id: africa}", "$.region"),
        ("2021-03-03", "3/3/2021", "$.date"),
        ("10:00", "10.00", "$.start"),
        ('"11:00"', '"25:00"', "$.end"),
        ('"2"', "second", "$.edition"),
        ("chair: ada-north", "chair: {name: ada-north}", "$.chair"),
        ("[ben-south,", "[{confirmed: no},", "$.segments[1]"),
    ],
)
def test_an_editor_marks_what_check_refuses(typed, instead, place):
    assert SEMINAR.count(typed) == 1
    assert any(fault.startswith(f"{place}: ") for fault in faults(SEMINAR.replace(typed, instead), "seminar"))


def undescribed(schema: dict[str, Any], way: str) -> list[str]:
    """Return the keys below a schema that have no description."""
    missing = [f"{way}.{key}" for key, value in schema.get("properties", {}).items() if not value.get("description")]
    inner = [*schema.get("properties", {}).items(), *schema.get("$defs", {}).items()]
    inner += [(str(i), option) for i, option in enumerate(schema.get("anyOf", []))]
    return missing + [each for key, value in inner for each in undescribed(value, f"{way}.{key}")]


@pytest.mark.parametrize("name", schemas())
def test_every_key_has_a_text_that_an_editor_shows(name):
    schema = json.loads(schemas()[name])
    assert undescribed(schema, name) == []
    assert all(part["description"] for part in schema.get("$defs", {}).values())


def test_what_the_file_does_not_contain_is_not_offered():
    offered = {name: set(json.loads(text)["properties"]) for name, text in schemas().items()}
    assert "id" not in offered["seminar.json"] | offered["person.json"]
    assert not offered["series.json"] & {"seminars", "people", "references", "brand", "remarks"}
    assert "bio" not in offered["person.json"]
