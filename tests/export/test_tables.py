"""CSV, JSONL, Parquet, SQLite, DuckDB, Markdown: read back by others, they hold what the records hold."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from vndirective.export import export
from vndirective.export.cells import guarded, plain, shown, starts_formula, unguarded
from vndirective.export.register import TABLES, Table, rows_of, values
from vndirective.schema.record import Record

duckdb = pytest.importorskip("duckdb")


def expected(records: list[Record], table: Table) -> list[tuple[Any, ...]]:
    return [values(row) for record in records for row in rows_of(record, table)]


def test_rows_hold_what_records_hold(records: list[Record]) -> None:
    """The rows themselves, against the records they come from."""
    tables = {t.name: expected(records, t) for t in TABLES}
    assert [r[0] for r in tables["documents"]] == [r.id for r in records]
    tasks = [(f"{r.id}/{t.id}", t.text, t.evidence.quote) for r in records for t in r.tasks]
    names = [c.name for c in next(t for t in TABLES if t.name == "tasks").columns]
    rows = [dict(zip(names, row, strict=True)) for row in tables["tasks"]]
    assert [(r["key"], r["text"], r["quote"]) for r in rows] == tasks
    assignees = [(a.name, a.role) for r in records for t in r.tasks for a in t.assignees]
    assert [(row[2], row[3]) for row in tables["assignees"]] == assignees and assignees
    ends = [d.end for r in records for t in r.tasks for d in t.deadlines]
    assert [row[5] and row[5].isoformat() for row in tables["deadlines"]] == ends and any(ends)
    assert [row[5] for row in tables["targets"]] == [t.value for r in records for t in r.targets]
    assert [row[2] for row in tables["citations"]] == [c.canonical for r in records for c in r.references]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_csv(sample_out: Path, records: list[Record], tmp_path: Path, lang: str) -> None:
    from vndirective.export import Settings

    export(sample_out, "csv", tmp_path, Settings(lang=lang))  # type: ignore[arg-type]
    for table in TABLES:
        data = (tmp_path / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        head, *rows = csv.reader(data.decode("utf-8-sig").splitlines(keepends=True))
        assert head == [c.heading(lang) for c in table.columns]  # type: ignore[arg-type]
        wanted = [[shown(v) for v in row] for row in expected(records, table)]
        assert [[unguarded(c) for c in row] for row in rows] == wanted


def test_csv_named_as_a_file_holds_the_tasks(sample_out: Path, tmp_path: Path) -> None:
    export(sample_out, "csv", tmp_path / "viec.csv")
    assert "Nội dung nhiệm vụ" in (tmp_path / "viec.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "viec.documents.csv").exists()


def test_csv_has_no_formula(hostile: Path, tmp_path: Path) -> None:
    export(hostile, "csv", tmp_path)
    cells = [
        c for p in tmp_path.glob("*.csv") for row in csv.reader(p.open(encoding="utf-8-sig", newline="")) for c in row
    ]
    assert not [c for c in cells if c.lstrip()[:1] in set("=+-@\t") and c]
    assert any(c.startswith("'=HYPERLINK") for c in cells) and any(c.startswith("'=cmd") for c in cells)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-Rà soát", "@x", "\t=1", " =1", "'=1", "＝1", "\n=1", "- Rà soát", "\r=1"]
)
def test_guard_is_undone_without_loss(text: str) -> None:
    assert starts_formula(text) and guarded(text).startswith("'")
    assert unguarded(guarded(text)) == plain(text)


def test_jsonl_is_the_records(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "jsonl", tmp_path / "r.jsonl")
    lines = (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Record.model_validate_json(line) for line in lines] == records


def test_parquet_is_read_by_duckdb(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "parquet", tmp_path)
    for table in TABLES:
        rows = duckdb.sql(f"SELECT * FROM '{tmp_path / table.name}.parquet'").fetchall()
        assert rows == expected(records, table)


def test_duckdb_tables_and_views(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "duckdb", tmp_path / "r.duckdb")
    with closing(duckdb.connect(str(tmp_path / "r.duckdb"), read_only=True)) as database:
        for table in TABLES:
            assert database.execute(f'SELECT * FROM "{table.name}"').fetchall() == expected(records, table)
        due = database.execute("SELECT due, lead FROM due").fetchall()
        recurring = database.execute("SELECT COUNT(*) FROM recurring").fetchone()
        leads = dict(database.execute("SELECT name, leads FROM workload").fetchall())
    _check_views(records, due, recurring, leads)


def test_sqlite_tables_and_views(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "sqlite", tmp_path / "r.sqlite")
    with closing(sqlite3.connect(tmp_path / "r.sqlite")) as database:
        for table in TABLES:
            wanted = [
                tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in expected(records, table)
            ]
            assert database.execute(f'SELECT * FROM "{table.name}"').fetchall() == wanted
        due = [(date.fromisoformat(d), lead) for d, lead in database.execute("SELECT due, lead FROM due")]
        recurring = database.execute("SELECT COUNT(*) FROM recurring").fetchone()
        leads = dict(database.execute("SELECT name, leads FROM workload").fetchall())
    _check_views(records, due, recurring, leads)


def _check_views(records: list[Record], due: list[Any], recurring: Any, leads: dict[str, int]) -> None:
    tasks = [t for r in records for t in r.tasks]
    dated = [t for t in tasks if any(d.end for d in t.deadlines)]
    wanted = sum(max(1, sum(a.role == "lead" for a in t.assignees)) for t in dated)
    assert len(due) == wanted and [d for d, _ in due] == sorted(d for d, _ in due)
    assert recurring == (sum(d.recurrence is not None for t in tasks for d in t.deadlines),)
    name = next(a.name for t in tasks for a in t.assignees if a.role == "lead")
    assert leads[name] == sum(a.name == name and a.role == "lead" for t in tasks for a in t.assignees)


def test_markdown_shows_each_task(sample_out: Path, records: list[Record], tmp_path: Path) -> None:
    export(sample_out, "md", tmp_path / "r.md")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse((tmp_path / "r.md").read_text(encoding="utf-8"))
    cells = [_text(t) for i, t in enumerate(tokens) if t.type == "inline" and tokens[i - 1].type == "td_open"]
    for record in records:
        for task in record.tasks:
            assert " ".join(task.text.split()) in cells
            for assignee in task.assignees:
                assert assignee.role not in {"lead", "coordinate"} or any(assignee.name in c for c in cells)
    headings = [_text(t) for i, t in enumerate(tokens) if t.type == "inline" and tokens[i - 1].type == "heading_open"]
    assert len(headings) == len(records) + 1


def test_markdown_takes_no_markup_from_a_notice(hostile: Path, tmp_path: Path) -> None:
    export(hostile, "md", tmp_path / "r.md")
    source = (tmp_path / "r.md").read_text(encoding="utf-8")
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(source)
    assert "<script>" not in html and "<b>" not in html and "<em>" not in html
    assert "&lt;script&gt;" in html and html.count("<tr>") == 6


def _text(token: Any) -> str:
    return "".join(child.content for child in token.children or [])
