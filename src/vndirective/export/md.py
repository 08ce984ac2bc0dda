"""The register as Markdown: a heading a notice, its tasks as a table. What a notice prints is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vndirective.errors import Lang
from vndirective.export import left_out
from vndirective.export.cells import plain, shown
from vndirective.export.collection import Collection
from vndirective.export.dates import printed_date
from vndirective.export.register import DocumentRow, TaskRow, document_row, target_rows, task_rows
from vndirective.export.writing import Settings, Written, whole_file
from vndirective.messages import say
from vndirective.schema.record import Record

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_TASK_COLUMNS = ("no", "task", "lead_unit", "coordinating_unit", "due", "deadline_printed")


def write(collection: Collection, target: Path, settings: Settings) -> Written:
    lang = settings.lang
    with whole_file(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"# {say('register', lang)}\n")
        for record in collection.records():
            stream.writelines(f"{line}\n" for line in _notice(record, lang))
        rows = list(left_out.rows(collection, lang))
        if rows:
            stream.write(f"\n## {say('to_review', lang)}\n\n")
            stream.writelines(f"- {escaped(row.message)}\n" for row in rows)
    return Written([target])


def _notice(record: Record, lang: Lang) -> Iterator[str]:
    row = document_row(record)
    yield ""
    yield f"## {escaped(_title(row, lang))}"
    yield ""
    for key, value in (
        ("issuer", row.issuer),
        ("issued_on", printed_date(row.issued_on, lang) if row.issued_on else None),
        ("subject", row.subject),
        ("signer", " – ".join(filter(None, (row.position, row.signer)))),
        ("source", row.uri),
    ):
        if value:
            yield f"- **{say(key, lang)}:** {escaped(value)}"
    tasks = list(task_rows(record))
    if tasks:
        yield ""
        yield _line(say(key, lang) for key in _TASK_COLUMNS)
        yield _line(["---"] * len(_TASK_COLUMNS))
        for number, task in enumerate(tasks, start=1):
            yield _line([str(number), *map(escaped, _task_cells(task, lang))])
    targets = [t.raw for t in target_rows(record)]
    if targets:
        yield ""
        yield f"**{say('targets', lang)}:** {escaped('; '.join(targets))}"
    for warning in record.warnings:
        yield ""
        yield f"> ⚠ {escaped(warning.message)}"


def _title(row: DocumentRow, lang: Lang) -> str:
    return " ".join(filter(None, (row.type_name, row.canonical or say("no_number", lang))))


def _task_cells(task: TaskRow, lang: Lang) -> list[str]:
    due = printed_date(shown(task.due), lang) if task.due else ""
    return [
        task.text,
        task.lead or "",
        task.coordinate or "",
        " ".join(filter(None, (task.due_time, due))),
        task.deadline_text or "",
    ]


def _line(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Text on one line in which no character is markup; "- " and "1. " can open no list inside a cell or after a label."""
    return _MARKUP.sub(r"\\\1", " ".join(plain(text).split()))
