"""The published schema is the one the code has, and records obey it."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from samples import NOTICES, records_of
from vndirective.schema.json_schema import json_schema_text

PUBLISHED = (files("vndirective.schema") / "record.schema.json").read_text(encoding="utf-8")


def test_schema_is_current() -> None:
    assert json_schema_text() == PUBLISHED, "run `make schema`"


def test_every_property_has_a_title() -> None:
    schema = json.loads(PUBLISHED)
    models = [schema, *schema["$defs"].values()]
    missing = [k for m in models for k, v in m.get("properties", {}).items() if "title" not in v and "$ref" not in v]
    assert not missing


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.name)
def test_records_validate(path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(PUBLISHED))
    for record in records_of(path):
        validator.validate(json.loads(record.model_dump_json()))
