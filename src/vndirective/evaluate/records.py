"""The records of a run, by the name of their source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from vndirective.errors import InputError
from vndirective.schema.record import Record


@dataclass(frozen=True, slots=True)
class RecordSet:
    """`by_stem`: the records of a source in order of their parts, by its name up to the first dot. `broken`: files that
    call themselves records and do not obey the schema; they count as missing."""

    by_stem: Mapping[str, list[Record]]
    broken: tuple[str, ...]


def read_records(folder: Path) -> RecordSet:
    """All records below a folder; files that are none (run.json) are passed over. InputError without a folder."""
    if not folder.is_dir():
        raise InputError(str(folder))
    found: dict[str, list[tuple[int, str, Record]]] = {}
    broken = []
    for path in sorted(folder.rglob("*.json")):
        try:
            data = json.loads(path.read_bytes())
        except ValueError:
            continue
        if not isinstance(data, dict) or "schema_version" not in data:
            continue
        try:
            record = Record.model_validate_json(path.read_bytes())
        except ValidationError:
            broken.append(path.relative_to(folder).as_posix())
            continue
        found.setdefault(stem_of(record.source.uri), []).append((record.source.part, str(path), record))
    return RecordSet(
        {stem: [r for _, _, r in sorted(rows, key=lambda row: row[:2])] for stem, rows in found.items()}, tuple(broken)
    )


def stem_of(uri: str) -> str:
    """ "2024/tb-12.signed.pdf" gives "tb-12"."""
    return PurePosixPath(uri.replace("\\", "/")).name.split(".")[0]
