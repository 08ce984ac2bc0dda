"""`OUT/corrections/<path of the record>`: what was applied to a record, so that a later reading puts it in again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vndirective.corrections.correction import Correction, corrections
from vndirective.corrections.marks import corrected
from vndirective.corrections.patch import Json, PatchError, PatchTestError, operations
from vndirective.errors import CorrectionError
from vndirective.schema.record import Record, Warning
from vndirective.schema.warnings import warning_message

CODE = "correction_conflict"
_SHOWN = 60  # characters of a value in a message


@dataclass(frozen=True, slots=True)
class Entry:
    """Corrections applied together; `by` and `on` only where the user gave them."""

    corrections: tuple[Correction, ...]
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """All that was applied to one record, in order. `sha256` is that of the source it was read from."""

    sha256: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that a later reading did not take: `expected` is what it was made from, `found` what is read now.

    Both are None where the source itself changed.
    """

    pointer: str
    expected: str | None = None
    found: str | None = None


def kept_path(out: Path, record_path: Path) -> Path:
    """`OUT/records/a/b.txt.json` → `OUT/corrections/a/b.txt.json`."""
    return out / "corrections" / record_path.relative_to(out / "records")


def read_kept(path: Path) -> Kept | None:
    """What is kept for a record, None for nothing. CorrectionError for a file that is not in its format."""
    try:
        return kept_of(path.read_bytes(), path.name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CorrectionError(f"{path.name}: {error}") from error


def kept_of(data: bytes, name: str) -> Kept:
    """What such a file holds. CorrectionError where it is not in its format."""
    try:
        content = json.loads(data)
        entries = tuple(
            Entry(tuple(corrections(operations(row["patch"]))), row.get("by"), row.get("on"))
            for row in content["applied"]
        )
        return Kept(str(content["sha256"]), entries)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorrectionError(f"{name}: {error}") from error


def kept_text(kept: Kept) -> str:
    applied: list[Json] = []
    for entry in kept.entries:
        who = {name: value for name, value in (("by", entry.by), ("on", entry.on)) if value}
        applied.append(who | {"patch": [o.as_json() for c in entry.corrections for o in c.operations]})
    return json.dumps({"sha256": kept.sha256, "applied": applied}, ensure_ascii=False, indent=1) + "\n"


def without(kept: Kept, pointers: set[str]) -> Kept:
    """What is kept, less the corrections that write at these pointers."""
    entries = (
        replace(e, corrections=tuple(c for c in e.corrections if c.pointer not in pointers)) for e in kept.entries
    )
    return replace(kept, entries=tuple(e for e in entries if e.corrections))


def restored(record: Record, kept: Kept) -> tuple[Record, tuple[Conflict, ...]]:
    """A record as it was read, with what people corrected; what no longer fits is a conflict and a warning."""
    conflicts: list[Conflict] = []
    for correction in (c for e in kept.entries for c in e.corrections):
        if kept.sha256 != record.source.sha256:
            conflicts.append(Conflict(correction.pointer))
            continue
        try:
            record = corrected(record, correction)
        except PatchTestError as error:
            conflicts.append(Conflict(correction.pointer, _short(error.expected), _short(error.found)))
        except PatchError as error:
            conflicts.append(Conflict(correction.pointer, _short(correction.operations[0].value), str(error)[:_SHOWN]))
    warnings = tuple(_warning(c) for c in conflicts)
    return record.model_copy(update={"warnings": (*record.warnings, *warnings)}), tuple(conflicts)


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _warning(conflict: Conflict) -> Warning:
    detail = f": {conflict.found!r} ≠ {conflict.expected!r}" if conflict.expected is not None else ""
    return Warning(code=CODE, message=f"{warning_message(CODE)} ({conflict.pointer}{detail})", field=conflict.pointer)


def conflicting(warnings: Sequence[Warning]) -> set[str]:
    """Pointers of the conflicts that a record tells of."""
    return {w.field for w in warnings if w.code == CODE and w.field}
