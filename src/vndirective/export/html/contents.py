"""What the page knows of a record: a summary for the list, rows for the agenda, and all the rest in a block of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vndirective.confidence.observed import observe
from vndirective.confidence.reasons import reasons
from vndirective.confidence.values import values_of
from vndirective.errors import Lang
from vndirective.export.occurrences import last_day
from vndirective.export.register import document_row
from vndirective.schema.record import Record
from vndirective.schema.warnings import WARNINGS, warning_message

Json = dict[str, Any]
Row = list[Any]


def summary(record: Record, name: str, pages: list[list[float]]) -> Json:
    """One row of the list of documents. `pages` holds number, width and height (points) of each picture."""
    row = document_row(record)
    return {
        "record": name,
        "sha256": record.source.sha256,
        "code": row.type_code,
        "type": row.type_name,
        "number": row.canonical or row.symbol,
        "date": row.issued_on,
        "issuer": row.issuer,
        "subject": row.subject,
        "signer": row.signer,
        "uri": row.uri,
        "part": record.source.part if record.source.parts > 1 else None,
        "urgency": row.urgency,
        "scan": record.source.text_origin in {"ocr", "mixed"},
        "tasks": row.tasks,
        "review": len(record.review),
        "warnings": len(record.warnings),
        "pages": pages,
    }


def agenda(record: Record, number: int) -> Iterator[Row]:
    """A row a task: document, task, text, leads, others, deadlines (words, kind, first, printed and last day, hour, rule)."""
    for n, task in enumerate(record.tasks):
        leads = list(dict.fromkeys(a.name for a in task.assignees if a.role == "lead"))
        others = list(dict.fromkeys(a.name for a in task.assignees if a.name not in leads))
        deadlines = []
        for d in task.deadlines:
            last = last_day(d)
            deadlines.append([d.raw, d.kind, d.start, d.end, last.isoformat() if last else None, d.time, d.recurrence])
        yield [number, n, task.text, leads, others, deadlines]


def details(record: Record, lang: Lang) -> Json:
    """The record, why its doubtful values are doubtful (by pointer), and its warnings in the language of the page."""
    doubtful = set(record.review)
    seen = observe(record) if doubtful else {}
    why = {v.pointer: list(reasons(v, seen[v.pointer], lang)) for v in values_of(record) if v.pointer in doubtful}
    said = [_said(w.code, w.message, lang) for w in record.warnings]
    return {"record": record.model_dump(mode="json", exclude={"outline"}), "why": why, "warnings": said}


def _said(code: str, message: str, lang: Lang) -> str:
    """A warning's own sentence; in another language with the detail that stands behind it."""
    if lang == "vi" or code not in WARNINGS:
        return message
    return warning_message(code, lang) + message.removeprefix(warning_message(code, "vi"))
