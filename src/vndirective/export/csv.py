"""Tables as CSV: UTF-8 with BOM, so that Excel shows Vietnamese; never a formula."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path

from vndirective.export import left_out
from vndirective.export.cells import guarded, shown
from vndirective.export.collection import Collection
from vndirective.export.register import REVIEW, TABLES, Row, rows_of, values
from vndirective.export.writing import Settings, Written, whole_file


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    """One file a table: in the folder `target`, or beside it where it is named `….csv` (which holds the tasks)."""
    paths = table_paths(target, ".csv")
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            draft = stack.enter_context(whole_file(paths[table.name]))
            stream = stack.enter_context(draft.open("w", encoding="utf-8-sig", newline=""))
            writers[table.name] = csv.writer(stream)
            writers[table.name].writerow([c.heading(settings.lang) for c in table.columns])
        for record in collection.records():
            for table in TABLES:
                writers[table.name].writerows(_cells(row) for row in rows_of(record, table))
        writers[REVIEW.name].writerows(_cells(row) for row in left_out.rows(collection, settings.lang))
    return Written(list(paths.values()))


def table_paths(target: Path, suffix: str) -> dict[str, Path]:
    """Where each table goes."""
    if target.suffix.lower() != suffix:
        return {table.name: target / f"{table.name}{suffix}" for table in TABLES}
    named = {table.name: target.with_name(f"{target.stem}.{table.name}{suffix}") for table in TABLES}
    return named | {"tasks": target}


def _cells(row: Row) -> list[str]:
    return [guarded(value) if isinstance(value, str) else shown(value) for value in values(row)]
