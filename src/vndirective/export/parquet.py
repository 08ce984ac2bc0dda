"""Tables as Parquet, in groups of rows, for pandas, Polars, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from vndirective.export import left_out
from vndirective.export.collection import Collection
from vndirective.export.csv import table_paths
from vndirective.export.register import REVIEW, TABLES, Kind, ReviewRow, Row, Table, rows_of, values
from vndirective.export.writing import Settings, Written, whole_file
from vndirective.schema.record import Record

GROUP = 4096  # rows held before they are written
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """One file a table: in the folder `target`, or beside it where it is named `….parquet` (which holds the tasks)."""
    paths = table_paths(target, ".parquet")
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            draft = stack.enter_context(whole_file(paths[table.name]))
            writers[table.name] = stack.enter_context(pq.ParquetWriter(draft, schema(table), compression="zstd"))
        for table, batch in batches(collection, settings):
            writers[table.name].write_batch(batch)
    return Written(list(paths.values()))


def schema(table: Table) -> pa.Schema:
    """Arrow's types of a table, with the Vietnamese headings as metadata of its fields."""
    return pa.schema(
        [pa.field(c.name, _TYPES[c.kind], metadata={"title": c.vi, "title_en": c.en}) for c in table.columns]
    )


def batches(collection: Collection, settings: Settings) -> Iterator[tuple[Table, pa.RecordBatch]]:
    """All rows of all tables, `GROUP` at a time; what was left out at the end."""
    yield from table_batches(collection.records())
    if rows := list(left_out.rows(collection, settings.lang)):
        yield REVIEW, review_batch(rows)


def review_batch(rows: list[ReviewRow]) -> pa.RecordBatch:
    """Rows of what gave no record."""
    return _batch(REVIEW, [*rows])


def table_batches(records: Iterable[Record]) -> Iterator[tuple[Table, pa.RecordBatch]]:
    """All rows of these records."""
    waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for record in records:
        for table in TABLES:
            rows = waiting[table.name]
            rows.extend(rows_of(record, table))
            if len(rows) >= GROUP:
                yield table, _batch(table, rows)
                rows.clear()
    for table in TABLES:
        if waiting[table.name]:
            yield table, _batch(table, waiting[table.name])


def _batch(table: Table, rows: list[Row]) -> pa.RecordBatch:
    columns = zip(*map(values, rows), strict=True)
    arrays = [pa.array(c, f.type) for c, f in zip(columns, schema(table), strict=True)]
    return pa.record_batch(arrays, schema=schema(table))
