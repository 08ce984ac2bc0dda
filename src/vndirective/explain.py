"""A record as tables: each value with its quote, place, rule and confidence; what to look at, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vndirective.errors import Lang
from vndirective.messages import say
from vndirective.schema.record import Evidence, Model, Record, Task

if TYPE_CHECKING:
    from rich.table import Table

_QUOTE = 90  # characters shown; the record holds all
_HEADER = ("doc_type", "number", "issuer", "place", "issued_on", "subject", "meeting", "signatory")
_LISTS = ("addressees", "recipients", "targets", "references")


def tables(record: Record, lang: Lang) -> Iterator[Table]:
    """One table for the notice, one for its tasks, one for the values to look at with the reasons, one for its warnings."""
    title = say("record", lang, part=record.source.part, parts=record.source.parts, uri=record.source.uri)
    yield _table(title, list(_header_rows(record)), lang)
    if record.tasks:
        yield _table(Record.model_fields["tasks"].title or "", list(_task_rows(record, lang)), lang)
    if record.review:
        yield _review_table(record, lang)
    if record.warnings:
        rows = [(w.code, w.message, w.evidence) for w in record.warnings]
        yield _table(say("warnings", lang), rows, lang)


Row = tuple[str, str, Evidence | None]


def _header_rows(record: Record) -> Iterator[Row]:
    for name in _HEADER:
        value = getattr(record, name)
        title = Record.model_fields[name].title or name
        yield (title, _shown(value), value.evidence) if value is not None else (title, "∅", None)
    for name in _LISTS:
        for value in getattr(record, name):
            yield Record.model_fields[name].title or name, _shown(value), value.evidence


def _task_rows(record: Record, lang: Lang) -> Iterator[Row]:
    for task in record.tasks:
        yield f"{task.id} [{'.'.join(task.path)}]", "", task.evidence
        for assignee in task.assignees:
            yield f"  {say(assignee.role, lang)}", assignee.name, assignee.evidence
        for deadline in task.deadlines:
            bounds = " – ".join(filter(None, (deadline.start, deadline.end)))
            yield f"  {say(deadline.kind, lang)}", deadline.recurrence or bounds or "∅", deadline.evidence


def _review_table(record: Record, lang: Lang) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from vndirective.confidence.observed import observe
    from vndirective.confidence.reasons import reasons
    from vndirective.confidence.values import values_of

    title = say("review", lang, n=len(record.review))
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True)
    for key, ratio in (("field", 3), ("value", 6), ("why", 12)):
        table.add_column(say(key, lang), ratio=ratio, overflow="fold")
    table.add_column("✓", justify="right", width=5)
    doubted = set(record.review)
    seen = observe(record) if doubted else {}
    for value in values_of(record):
        if value.pointer in doubted:
            why = "; ".join(reasons(value, seen[value.pointer], lang))
            owner = f" ({value.task.id})" if value.task else ""
            shown = value.item.text if isinstance(value.item, Task) else _shown(value.item)
            cells = (_title(value.field) + owner, _cut(shown), why)
            table.add_row(*(Text(c) for c in cells), Text(_percent(value.evidence.confidence), style="yellow"))
    return table


def _title(field: str) -> str:
    """The Vietnamese term of a field of the record or of a task."""
    name = field.partition(".")[0]
    found = Record.model_fields.get(name) or Task.model_fields.get(name)
    return (found.title if found else None) or field


def _percent(share: float) -> str:
    """One place near the top, where it matters."""
    return f"{share:.1%}" if 0.95 < share < 1 else f"{share:.0%}"


def _shown(value: Model) -> str:
    """The telling values of an object on one line."""
    fields = value.model_dump(exclude={"evidence", "raw", "id", "chain", "baseline", "task_id"}, exclude_none=True)
    return " · ".join(_flat(v) for v in fields.values())


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("iso") or value.get("text") or value.get("name") or "")
    return str(value)


def _table(title: str, rows: list[Row], lang: Lang) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True)
    for key, ratio in (("field", 3), ("value", 6), ("quote", 8), ("place", 3), ("rule", 4)):
        table.add_column(say(key, lang), ratio=ratio, overflow="fold")
    table.add_column("✓", justify="right", width=5)
    for name, value, evidence in rows:
        cells = ["", "", "", ""] if evidence is None else _evidence(evidence, lang)
        table.add_row(*(Text(c) for c in (name, value, *cells)))
    return table


def _evidence(evidence: Evidence, lang: Lang) -> list[str]:
    quote = " ".join(evidence.quote.split())
    span = evidence.spans[0]
    place = say("page" if span.page else "offset", lang, page=span.page, start=span.start)
    return [f"“{_cut(quote)}”", place, evidence.rule, _percent(evidence.confidence)]


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"
