"""What is due: a row a task and deadline, with its state on a given day.

No clock is read: without a day nothing is overdue and a recurring task has no next date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vndirective.export.names import matches
from vndirective.export.occurrences import last_day, next_occurrence
from vndirective.export.register import as_date, document_name, issued_date, task_key
from vndirective.schema.record import Deadline, Record, Task

State = Literal["overdue", "due", "recurring", "begins", "open"]
Grouping = Literal["unit", "week", "none"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A task and one of its deadlines. `due` is the date printed (or next in turn), `days` those left, negative where over."""

    key: str
    text: str
    leads: tuple[str, ...]
    others: tuple[str, ...]
    due: date | None
    time: str | None
    words: str | None
    recurrence: str | None
    state: State
    days: int | None
    document: str | None
    issuer: str | None
    uri: str
    page: int | None

    @property
    def week(self) -> str | None:
        """ISO week, "2025-W39"."""
        if self.due is None:
            return None
        year, week, _ = self.due.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: on which day, until when, of whom."""

    on: date | None = None
    until: date | None = None
    assignee: str = ""
    overdue: bool = False
    undated: bool = False


def entries(records: Iterable[Record], question: Question) -> list[Entry]:
    """Entries that answer the question, by date, those without one last."""
    found = [e for record in records for e in _of_record(record, question) if _answers(e, question)]
    return sorted(found, key=lambda e: (e.due or date.max, e.time or "", e.document or "", e.key))


def _of_record(record: Record, question: Question) -> Iterator[Entry]:
    for task in record.tasks:
        if question.assignee and not any(matches(question.assignee, a.name) for a in task.assignees):
            continue
        for deadline in task.deadlines:
            yield _entry(record, task, deadline, question.on)
        if not task.deadlines and question.undated:
            yield _entry(record, task, None, question.on)


def _entry(record: Record, task: Task, deadline: Deadline | None, on: date | None) -> Entry:
    state, due, days = _state(deadline, issued_date(record), on)
    leads = tuple(dict.fromkeys(a.name for a in task.assignees if a.role == "lead"))
    return Entry(
        key=task_key(record, task.id),
        text=task.text,
        leads=leads,
        others=tuple(dict.fromkeys(a.name for a in task.assignees if a.name not in leads)),
        due=due,
        time=deadline.time if deadline else None,
        words=deadline.raw if deadline else None,
        recurrence=deadline.recurrence if deadline else None,
        state=state,
        days=days,
        document=document_name(record),
        issuer=record.issuer.name if record.issuer else None,
        uri=record.source.uri,
        page=task.evidence.spans[0].page if task.evidence.spans else None,
    )


def _state(deadline: Deadline | None, issued: date | None, on: date | None) -> tuple[State, date | None, int | None]:
    if deadline is None:
        return "open", None, None
    if deadline.recurrence:
        since = as_date(deadline.start) or issued
        due = next_occurrence(deadline, since, max(since, on)) if since and on else None
        return "recurring", due, (due - on).days if due and on else None
    last = last_day(deadline)
    if last is None:
        begins = as_date(deadline.start)
        return ("begins" if begins else "open"), begins, None
    days = (last - on).days if on else None
    return ("overdue" if days is not None and days < 0 else "due"), as_date(deadline.end), days


def _answers(entry: Entry, question: Question) -> bool:
    if question.overdue and entry.state != "overdue":
        return False
    if question.until is not None:
        return entry.due is not None and entry.due <= question.until
    return True


def groups(found: list[Entry], by: Grouping) -> Iterator[tuple[str, list[Entry]]]:
    """Heading and entries; by unit a task of several leads stands under each, and "" heads those without."""
    if by == "none":
        yield "", found
        return
    gathered: dict[str, list[Entry]] = {}
    for entry in found:
        for heading in (entry.leads or ("",)) if by == "unit" else (entry.week or "",):
            gathered.setdefault(heading, []).append(entry)
    for heading in sorted(gathered, key=lambda h: (h == "", h)):
        yield heading, gathered[heading]


def week_days(week: str) -> tuple[date, date]:
    """Monday and Sunday of "2025-W39"."""
    year, number = week.split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return monday, monday + timedelta(days=6)
