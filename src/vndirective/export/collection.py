"""The records of a run, one at a time.

    OUT ─▶ Collection.records() ─▶ Record, Record, …      (one in memory)
              └─ left_out   files that give no record, each with its reason

A run may be going on, have been cut short, or be of another version: what cannot be read is named, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from vndirective.errors import InputError
from vndirective.schema.record import SCHEMA_VERSION, Record

Reason = Literal["damaged", "unfinished", "other_version", "same_file", "unreadable", "failed_list"]
_DETAIL = 160  # characters of a validation message that are shown


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file below OUT that gives no record; `path` is relative to OUT."""

    path: str
    reason: Reason
    detail: str = ""

    @property
    def is_loss(self) -> bool:
        """Whether something is missing from the export; a copy of a record that is there is none."""
        return self.reason != "same_file"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that the run could not read, from `failures.jsonl`; messages by language."""

    uri: str
    message: dict[str, str]
    next_step: dict[str, str]


@dataclass(slots=True)
class Collection:
    """A folder that `vndirective extract` wrote. `left_out` is complete once `records()` has come to its end."""

    out: Path
    left_out: list[LeftOut] = field(default_factory=list)
    count: int = 0  # records given so far
    _known_folders: list[Path] | None = None

    def records(self) -> Iterator[Record]:
        """Records in the order of their paths. InputError where OUT holds no records folder."""
        for _, record in self.named_records():
            yield record

    def named_records(self) -> Iterator[tuple[str, Record]]:
        """Each record with its path relative to OUT ("records/a.txt.json"); otherwise as `records`."""
        folder = self.out / "records"
        if not folder.is_dir():
            raise InputError(str(folder))
        self.left_out.clear()
        self.count, self._known_folders = 0, None
        seen: dict[str, str] = {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(self.out).as_posix()
            if path.name.endswith(".part"):
                self.left_out.append(LeftOut(name, "unfinished"))
                continue
            if path.suffix != ".json":
                continue
            record = self._read(path, name)
            if record is None:
                continue
            if record.id in seen:
                self.left_out.append(LeftOut(name, "same_file", seen[record.id]))
                continue
            seen[record.id] = name
            self.count += 1
            yield name, record

    def _read(self, path: Path, name: str) -> Record | None:
        found = read_record(path)
        if isinstance(found, Record):
            return found
        reason, detail = found
        self.left_out.append(LeftOut(name, reason, detail))
        return None

    def failures(self) -> list[Failure]:
        """Sources that could not be read; a list that is itself damaged is named in `left_out`."""
        path = self.out / "failures.jsonl"
        if not path.exists():
            return []
        try:
            rows = [json.loads(line) for line in path.read_bytes().splitlines()]
            return [Failure(str(r["uri"]), dict(r["message"]), dict(r["next_step"])) for r in rows]
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.left_out.append(LeftOut("failures.jsonl", "failed_list", type(error).__name__))
            return []

    def source_of(self, record: Record) -> Path | None:
        """The file that a record was read from, where it still lies in a folder of the run; a bundle for a file within.

        What a record calls its source is not trusted: a path that leads out of the folder gives None.
        """
        for folder in self._folders():
            path = folder
            for part in record.source.uri.split("/"):
                path = path / part
                if path.is_file():
                    inside = path.resolve().is_relative_to(folder)
                    return path.resolve() if inside else None
        return None

    def _folders(self) -> list[Path]:
        if self._known_folders is None:
            try:
                folders = json.loads((self.out / "sources.json").read_bytes())["folders"]
                self._known_folders = [(self.out / folder).resolve() for folder in folders]
            except (OSError, ValueError, KeyError, TypeError):
                self._known_folders = []
        return self._known_folders


def read_record(path: Path) -> Record | tuple[Reason, str]:
    """The record in a file, or why there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return "unreadable", error.strerror or ""
    try:
        return Record.model_validate_json(data)
    except ValidationError as error:
        return _reason(data, error)


def _reason(data: bytes, error: ValidationError) -> tuple[Reason, str]:
    try:
        content = json.loads(data)
    except ValueError as broken:
        return "damaged", str(broken)[:_DETAIL]
    version = content.get("schema_version") if isinstance(content, dict) else None
    if isinstance(version, str) and version != SCHEMA_VERSION:
        return "other_version", version[:20]
    first = error.errors()[0]
    where = "/".join(map(str, first["loc"]))
    return "damaged", f"{where}: {first['msg']}"[:_DETAIL]
