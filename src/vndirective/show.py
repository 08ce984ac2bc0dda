"""One record as a sheet that a clerk reads: head, tasks, targets, references, what needs a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vndirective.errors import Lang
from vndirective.export.cells import plain
from vndirective.export.dates import printed_date
from vndirective.export.register import document_row
from vndirective.messages import say
from vndirective.schema.record import Deadline, Record, Task

if TYPE_CHECKING:
    from rich.console import RenderableType

_ROLES = ("lead", "coordinate", "implement", "report_to")


def sheet(record: Record, lang: Lang) -> Iterator[RenderableType]:
    """Parts of the sheet, from top to bottom."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    yield Text(plain(_title(record, lang)), style="bold")
    head = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    head.add_column(style="dim", no_wrap=True)
    head.add_column(overflow="fold")
    for label, value in _head(record, lang):
        head.add_row(label, Text(plain(value)))
    yield head
    if record.tasks:
        table = Table(
            title=_heading(say("tasks_title", lang), len(record.tasks)), title_justify="left", box=box.SIMPLE_HEAD
        )
        table.expand = True
        table.add_column(say("item", lang), width=9, overflow="fold")
        table.add_column(say("task", lang), ratio=6, overflow="fold")
        table.add_column(say("who", lang), ratio=4, overflow="fold")
        table.add_column(say("when", lang), ratio=3, overflow="fold")
        for task in record.tasks:
            when = "\n".join(_when(d, lang) for d in task.deadlines)
            table.add_row(*(Text(plain(c)) for c in (" ".join(task.path) or "–", task.text, _who(task, lang), when)))
        yield table
    for key, lines in (
        ("targets", [t.raw if t.metric in t.raw else f"{t.metric}: {t.raw}" for t in record.targets]),
        ("references", [r.raw for r in record.references]),
        ("warnings", [w.message for w in record.warnings]),
    ):
        if lines:
            yield Text(f"\n{_heading(say(key, lang), len(lines))}", style="bold")
            yield Text("\n".join(f"  • {' '.join(plain(line).split())}" for line in lines))


def _heading(title: str, count: int) -> str:
    return f"{title} ({count})"


def _title(record: Record, lang: Lang) -> str:
    kind = record.doc_type.name if record.doc_type else say("notice", lang)
    number = record.number.canonical or record.number.symbol if record.number else None
    return f"{kind.upper()} {number or say('no_number', lang)}"


def _head(record: Record, lang: Lang) -> Iterator[tuple[str, str]]:
    row = document_row(record)
    day = printed_date(row.issued_on, lang) if row.issued_on else None
    signer = ", ".join(filter(None, (row.position, row.signer)))
    marks = ", ".join(filter(None, (row.urgency, row.secrecy, row.circulation)))
    for key, value in (
        ("subject", row.subject),
        ("issuer", " – ".join(filter(None, (row.parent, row.issuer)))),
        ("issued_on", ", ".join(filter(None, (row.place, day)))),
        ("signer", f"{row.authority}. {row.on_behalf_of or ''} – {signer}" if row.authority else signer),
        ("marks", marks),
        ("meeting", row.meeting),
        ("addressees", row.addressees),
        ("recipients", row.recipients),
        ("source", row.uri),
    ):
        if value:
            yield say(key, lang), value


def _who(task: Task, lang: Lang) -> str:
    """Each body on a line, under the role it has."""
    lines = []
    for role in _ROLES:
        names = list(dict.fromkeys(a.name for a in task.assignees if a.role == role))
        lines += [f"{say(role, lang)}: {name}" for name in names]
    return "\n".join(lines) or "–"


def _when(deadline: Deadline, lang: Lang) -> str:
    """The printed words and the date that they come to."""
    bounds = [printed_date(day, lang) for day in (deadline.start, deadline.end) if day]
    day = " ".join(filter(None, (deadline.time, " – ".join(bounds))))
    words = " ".join(deadline.raw.split())
    return f"{day}\n({words})" if day else words
