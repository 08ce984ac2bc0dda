"""Tables and views in one SQLite file; dates are ISO text, as SQLite's own date functions read them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from vndirective.export import left_out, sql
from vndirective.export.cells import plain
from vndirective.export.collection import Collection
from vndirective.export.register import REVIEW, TABLES, Kind, Row, Table, Value, rows_of, values
from vndirective.export.writing import Settings, Written, whole_file

_TYPES: dict[Kind, str] = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    with whole_file(target) as draft, closing(sqlite3.connect(draft, isolation_level=None)) as database:
        # a draft that is thrown away on failure needs no journal
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(sql.create_table(table, _TYPES))
        for record in collection.records():
            for table in TABLES:
                _insert(database, table, list(rows_of(record, table)))
        _insert(database, REVIEW, list(left_out.rows(collection, settings.lang)))
        database.execute("CREATE INDEX tasks_due ON tasks (due)")
        database.execute("CREATE INDEX assignees_task ON assignees (task_key)")
        for view in sql.create_views():
            database.execute(view)
        database.execute("COMMIT")
    return Written([target])


def _insert(database: sqlite3.Connection, table: Table, rows: list[Row]) -> None:
    places = ", ".join("?" * len(table.columns))
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', [list(map(_stored, values(r))) for r in rows])


def _stored(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else value
