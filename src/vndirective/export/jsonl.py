"""Whole records, one a line: nothing is lost."""

from __future__ import annotations

from pathlib import Path

from vndirective.export.collection import Collection
from vndirective.export.writing import Settings, Written, whole_file


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    with whole_file(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        for record in collection.records():
            stream.write(record.model_dump_json() + "\n")
    return Written([target])
