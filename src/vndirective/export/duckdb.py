"""Tables and views in one DuckDB file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from vndirective.export import sql
from vndirective.export.collection import Collection
from vndirective.export.parquet import batches
from vndirective.export.register import TABLES, Kind
from vndirective.export.writing import Settings, Written, whole_file

MEMORY = "256MB"  # DuckDB would take most of the machine's
_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    with whole_file(target) as draft:
        with closing(duckdb.connect(str(draft), config={"memory_limit": MEMORY, "threads": "1"})) as database:
            for table in TABLES:
                database.execute(sql.create_table(table, _TYPES))
            for table, batch in batches(collection, settings):
                database.register("batch", batch)
                database.execute(f'INSERT INTO "{table.name}" SELECT * FROM batch')
                database.unregister("batch")
            for view in sql.create_views():
                database.execute(view)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
    return Written([target])
