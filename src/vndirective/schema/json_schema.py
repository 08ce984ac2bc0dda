"""The published JSON Schema, with Vietnamese titles."""

from __future__ import annotations

import json

from vndirective.schema.record import SCHEMA_VERSION, Record


def json_schema_text() -> str:
    """JSON Schema (draft 2020-12) of `Record` as indented text; checked in as `record.schema.json`."""
    schema = Record.model_json_schema(mode="serialization")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:vndirective:record:{SCHEMA_VERSION}",
        **schema,
        "title": "Bản ghi văn bản chỉ đạo",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
