"""`vndirective apply`: a patch file into the records of an OUT, all of it or nothing.

[{"record": "records/a.txt.json", "sha256": "…", "patch": [RFC 6902 operations]}, …]
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from vndirective.corrections.correction import Correction, corrections
from vndirective.corrections.kept import CODE, Entry, Kept, conflicting, kept_path, kept_text, read_kept, without
from vndirective.corrections.marks import corrected
from vndirective.corrections.patch import Json, PatchError, PatchTestError, operations
from vndirective.errors import CorrectionError, InputError, StaleCorrectionError
from vndirective.filenames import fitted
from vndirective.schema.record import Record

_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a patch file: corrected records, corrections written, entries that had been applied before."""

    records: tuple[str, ...]
    corrections: int
    known: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    path: Path
    sha256: str
    corrections: tuple[Correction, ...]


def apply_file(out: Path, patch: Path, *, by: str | None = None, on: str | None = None) -> Applied:
    """Write the corrections of a patch file into the records below `out` and keep them for later runs.

    CorrectionError for a file that is not in its format, names a record that is not there or makes one unsound;
    StaleCorrectionError where a value is no longer what was corrected; InputError where a file cannot be read or written.
    """
    texts: dict[Path, str] = {}
    records: list[str] = []
    count = known = 0
    for wanted in _read(out, patch):
        record, kept = _record(wanted), read_kept(kept_path(out, wanted.path))
        if kept is None or kept.sha256 != record.source.sha256:
            kept = Kept(record.source.sha256)
        if any(wanted.corrections == entry.corrections for entry in kept.entries):
            known += 1
            continue
        settled = conflicting(record.warnings) & {c.pointer for c in wanted.corrections}
        record = _corrected(record, wanted)
        if settled:
            left = tuple(w for w in record.warnings if not (w.code == CODE and w.field in settled))
            record, kept = record.model_copy(update={"warnings": left}), without(kept, settled)
        kept = replace(kept, entries=(*kept.entries, Entry(wanted.corrections, by, on)))
        texts[wanted.path] = record.model_dump_json(indent=1) + "\n"
        texts[kept_path(out, wanted.path)] = kept_text(kept)
        records.append(wanted.name)
        count += len(wanted.corrections)
    _write_all(texts)
    return Applied(tuple(records), count, known)


def _read(out: Path, patch: Path) -> Sequence[_Wanted]:
    try:
        if patch.stat().st_size > _MOST_BYTES:
            raise CorrectionError(f"{patch.name} > {_MOST_BYTES // 2**20} MB")
        data = patch.read_bytes()
    except OSError as error:
        raise InputError(f"{patch}: {error.strerror or error}") from error
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise CorrectionError(f"{patch.name}: {error}") from error
    if not isinstance(content, list) or not content:
        raise CorrectionError(f"{patch.name}: not a list of records with their patches")
    wanted = [_wanted(out, row, number) for number, row in enumerate(content)]
    twice = {w.name for w in wanted if sum(other.path == w.path for other in wanted) > 1}
    if twice:
        raise CorrectionError(f"{', '.join(sorted(twice))}: named twice")
    return wanted


def _wanted(out: Path, row: Json, number: int) -> _Wanted:
    if not isinstance(row, dict) or not all(isinstance(row.get(k), str) for k in ("record", "sha256")):
        raise CorrectionError(f'[{number}]: "record", "sha256", "patch"')
    name = row["record"]
    steps = PurePosixPath(name).parts
    safe = len(steps) > 1 and steps[0] == "records" and ".." not in steps and "\\" not in name and "\0" not in name
    path = out.joinpath(*steps) if safe else out
    folder = (out / "records").resolve()
    if not safe or path.suffix != ".json" or not path.is_file() or not path.resolve().is_relative_to(folder):
        raise CorrectionError(f"{name}: there is no such record in {out}")
    try:
        found = tuple(corrections(operations(row.get("patch"))))
    except PatchError as error:
        raise CorrectionError(f"{name}: {error}") from error
    if not found:
        raise CorrectionError(f"{name}: the patch is empty")
    return _Wanted(name, path, row["sha256"], found)


def _record(wanted: _Wanted) -> Record:
    try:
        record = Record.model_validate_json(wanted.path.read_bytes())
    except OSError as error:
        raise InputError(f"{wanted.path}: {error.strerror or error}") from error
    except ValidationError as error:
        raise CorrectionError(f"{wanted.name}: {error.errors()[0]['msg']}") from error
    if record.source.sha256 != wanted.sha256:
        raise StaleCorrectionError(f"{wanted.name}: sha256 {record.source.sha256[:16]}… ≠ {wanted.sha256[:16]}…")
    return record


def _corrected(record: Record, wanted: _Wanted) -> Record:
    for correction in wanted.corrections:
        try:
            record = corrected(record, correction)
        except PatchTestError as error:
            raise StaleCorrectionError(f"{wanted.name}: {error}") from error
        except PatchError as error:
            raise CorrectionError(f"{wanted.name}: {error}") from error
    return record


def _write_all(texts: dict[Path, str]) -> None:
    """Every file or none: drafts first, then each takes its place; where one cannot, those before it go back."""
    drafts: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path] = path.with_name(fitted(f".{path.name}", f".{os.getpid()}.part"))
            drafts[path].write_text(text, encoding="utf-8")
        for path, draft in drafts.items():
            before[path] = path.read_bytes() if path.exists() else None
            draft.replace(path)
    except OSError as error:
        for path, data in before.items():
            with suppress(OSError):
                if data is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(data)
        raise InputError(f"{error.filename or ''}: {error.strerror or error}") from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
