"""What people corrected in earlier runs, put into a record that is read anew: the same as a run on one machine does."""

from __future__ import annotations

from vndirective.batch.outcomes import Summary, summarise
from vndirective.batch.reading import Options
from vndirective.batch.writing import record_text
from vndirective.corrections.kept import Conflict, kept_of, restored
from vndirective.schema.record import Record


def with_corrections(
    content: bytes, correction: bytes | None, options: Options
) -> tuple[bytes, Summary, tuple[Conflict, ...]]:
    record = Record.model_validate_json(content)
    conflicts: tuple[Conflict, ...] = ()
    if correction is not None:
        record, conflicts = restored(record, kept_of(correction, record.source.uri))
    return record_text(record, options).encode("utf-8"), summarise(record), conflicts
