"""The JSON Schemas of the YAML files, from the models of `core.sources`: an editor completes keys and marks mistakes.

An editor sees the type that YAML gives to a value (a number, true, null) where `load` takes the text as typed, so a
schema allows each value in every form that `load` accepts.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from pipeline.core.sources import Brand, Locale, Person, Seminar, Series, Texts

FILES: dict[str, type[BaseModel]] = {
    "series.json": Series,
    "seminar.json": Seminar,
    "person.json": Person,
    "texts.json": Texts,
    "locale.json": Locale,
    "brand.json": Brand,
}
"""By schema: the model that a file of this kind becomes."""


def schemas() -> dict[str, str]:
    """Return the schemas by file name, as JSON that ends with a line break."""
    made = {name: model.model_json_schema(schema_generator=_AsTyped) for name, model in FILES.items()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}


class _AsTyped(GenerateJsonSchema):
    """Schemas of draft 7, which is what the YAML extension of VS Code knows, for values as they are typed in YAML."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        comment = "Written by `make schema` from pipeline/core/sources.py."
        return {"$schema": self.schema_dialect, "$comment": comment, **super().generate(schema, mode)}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        longest = {"maxLength": schema["max_length"]} if "max_length" in schema else {}
        return {"type": ["string", "number", "boolean"], **longest}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": "^[0-9]+$"}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {**super().float_schema(schema), "type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]+)?$"}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [True, False, "true", "yes", "false", "no"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of a value that may be left empty after its key."""
        inner = self.generate_inner(schema["schema"])
        if "enum" in inner:
            return {"enum": [*inner["enum"], None]}
        if "type" in inner:
            kinds: Any = inner["type"]
            return {**inner, "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
        return {"anyOf": [inner, {"type": "null"}]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
