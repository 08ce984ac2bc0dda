"""The records of a run, by the name of their source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from vndirective.errors import InputError
from vndirective.evaluate.gold import GoldNotice
from vndirective.schema.record import Record

_BUNDLES = {".zip", ".eml", ".msg", ".edxml"}


@dataclass(frozen=True, slots=True)
class RecordSet:
    """`by_source`: the records of a source in order of their parts, by its name; those of a bundle in the order of the files in it.
    `broken`: files that call themselves records and do not obey the schema; they count as missing."""

    by_source: Mapping[str, list[Record]]
    broken: tuple[str, ...] = ()

    def of(self, notice: GoldNotice) -> list[Record]:
        """The records of the file that gold names, or of one with the same name up to the first dot: the notice in another format."""
        if notice.file in self.by_source:
            return self.by_source[notice.file]
        return next((self.by_source[n] for n in sorted(self.by_source) if n.split(".")[0] == notice.id), [])


def record_set(records: Iterable[Record], broken: Iterable[str] = ()) -> RecordSet:
    """Records put together by their sources."""
    found: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.source.uri, r.source.part)):
        found.setdefault(source_name(record.source.uri), []).append(record)
    return RecordSet(found, tuple(broken))


def read_records(folder: Path) -> RecordSet:
    """All records below a folder; files that are none (run.json) are passed over. InputError without a folder."""
    if not folder.is_dir():
        raise InputError(str(folder))
    records = []
    broken = []
    for path in sorted(folder.rglob("*.json")):
        try:
            data = json.loads(path.read_bytes())
        except ValueError:
            continue
        if not isinstance(data, dict) or "schema_version" not in data:
            continue
        try:
            records.append(Record.model_validate_json(path.read_bytes()))
        except ValidationError:
            broken.append(path.relative_to(folder).as_posix())
    return record_set(records, broken)


def source_name(uri: str) -> str:
    """ "2024/tb-12.signed.pdf" gives "tb-12.signed.pdf", "2024/thu.eml/tb-12.pdf" the name of the bundle, "thu.eml"."""
    parts = PurePosixPath(uri.replace("\\", "/")).parts
    bundle = (p for p in parts[:-1] if PurePosixPath(p).suffix.lower() in _BUNDLES)
    return next(bundle, parts[-1])
