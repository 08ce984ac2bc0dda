"""Tables and views as SQL that SQLite and DuckDB both read."""

from __future__ import annotations

from collections.abc import Mapping

from vndirective.export.register import Kind, Table

VIEWS = {
    # what is due, whose it is, where it says so: a row a task and lead
    "due": """
        SELECT t.due, t.due_time, t.due_inclusive, a.name AS lead, t.text, t.deadline_text, t.document, t.subject, t.issued_date,
               t.uri, t.page, t.key AS task_key
        FROM tasks AS t LEFT JOIN assignees AS a ON a.task_key = t.key AND a.role = 'lead'
        WHERE t.due IS NOT NULL
        ORDER BY t.due, t.document, t.key, a.ordinal""",
    # how much each body leads and supports
    "workload": """
        SELECT a.name, SUM(CASE WHEN a.role = 'lead' THEN 1 ELSE 0 END) AS leads,
               SUM(CASE WHEN a.role = 'coordinate' THEN 1 ELSE 0 END) AS coordinates, COUNT(*) AS tasks,
               MIN(t.due) AS first_due
        FROM assignees AS a JOIN tasks AS t ON t.key = a.task_key
        GROUP BY a.name ORDER BY leads DESC, a.name""",
    # what comes again and again
    "recurring": """
        SELECT d.recurrence, d.raw, t.lead, t.text, t.document, t.key AS task_key
        FROM deadlines AS d JOIN tasks AS t ON t.key = d.task_key
        WHERE d.recurrence IS NOT NULL ORDER BY t.document, t.key""",
}


def create_table(table: Table, types: Mapping[Kind, str]) -> str:
    """`CREATE TABLE` with a primary key where rows have one."""
    columns = [f'"{c.name}" {types[c.kind]}{" PRIMARY KEY" if c.name == "key" else ""}' for c in table.columns]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'


def create_views() -> list[str]:
    return [f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()]
